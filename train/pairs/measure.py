"""``python -m train.pairs.measure LEDGER.jsonl --corpus helsinki``: how far claims hold what is one claim.

``drawn.tsv`` has pairs of statements drawn by their score, a part of each range of it, among those that share two of
their rarest words or are near by their vectors, and judged by reading; ``stands_for`` tells how many such pairs each
stands for. LEDGER.jsonl is what ``inquit export LEDGER --to jsonl`` wrote.

What ships was trained on these pairs (``train.pairs``, ``train.pairs.matching``): of helsinki and of basil alike the
figures for it are in-sample, and too high. Held out are only pairs of articles in the fifths that a net was made
``--without``, measured on a ledger linked by that net, and even then the weights of the features have seen them.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from inquit.records import Article, Claim, Record, Statement

DRAWN = Path(__file__).parent / "drawn.tsv"

Place = tuple[str, str]
"""A statement by its article, as the corpus names it, and the spans of its content."""


class Drawn(NamedTuple):
    """Two statements that were judged."""

    one: Place
    other: Place
    same: bool
    stands_for: float


class Measured(NamedTuple):
    """Of the pairs drawn: how many were found, and precision, recall and F1 over those that they stand for."""

    pairs: int
    precision: float
    recall: float
    f1: float


def drawn(corpus: str) -> Iterator[Drawn]:
    """The judged pairs of a corpus."""
    with DRAWN.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            if row["corpus"] == corpus:
                one, other = (row["one"], row["its_content"]), (row["other"], row["other_content"])
                yield Drawn(one, other, row["same"] == "1", float(row["stands_for"]))


def claims(path: Path) -> dict[Place, frozenset[str]]:
    """For each statement of a ledger the claims that it is an occurrence of."""
    decoder = msgspec.json.Decoder(Record)
    articles: dict[str, str] = {}
    places: dict[str, Place] = {}
    found: dict[str, set[str]] = {}
    with path.open("rb") as lines:
        for line in lines:
            record = decoder.decode(line)
            if isinstance(record, Article):
                articles[record.id] = str(record.external_id)
            elif isinstance(record, Statement):
                spans = " ".join(f"{start}-{end}" for start, end in record.content)
                places[record.id] = (articles[record.article], spans)
            elif isinstance(record, Claim):
                for occurrence in record.occurrences:
                    found.setdefault(occurrence.statement, set()).add(record.id)
    return {place: frozenset(found.get(ident, ())) for ident, place in places.items()}


def measured(pairs: Iterator[Drawn], held: dict[Place, frozenset[str]]) -> Measured:
    """Pairs with a statement that the ledger has not are left out."""
    count, both, joined, same = 0, 0.0, 0.0, 0.0
    for pair in pairs:
        if pair.one in held and pair.other in held:
            count += 1
            together = bool(held[pair.one] & held[pair.other])
            both += pair.stands_for * (together and pair.same)
            joined += pair.stands_for * together
            same += pair.stands_for * pair.same
    precision, recall = both / joined if joined else 0.0, both / same if same else 0.0
    return Measured(count, precision, recall, 2 * both / (joined + same) if joined + same else 0.0)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m train.pairs.measure", description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--corpus", choices=("basil", "helsinki"), required=True)
    given = parser.parse_args()
    found = measured(drawn(given.corpus), claims(given.ledger))
    print(f"{found.pairs} pairs: precision {found.precision:.2f}, recall {found.recall:.2f}, F1 {found.f1:.2f}")


if __name__ == "__main__":
    main()
