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
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from inquit.records import Claim, Record
from train.pairs.data import load
from train.pairs.places import Place, Places

DRAWN = Path(__file__).parent / "drawn.tsv"
_NONE: frozenset[str] = frozenset()


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
                one, other = Place(row["one"], row["its_content"]), Place(row["other"], row["other_content"])
                yield Drawn(one, other, row["same"] == "1", float(row["stands_for"]))


def claims(path: Path) -> dict[str, frozenset[str]]:
    """For each statement that is an occurrence the claims that it is one of."""
    decoder = msgspec.json.Decoder(Record)
    found: dict[str, set[str]] = {}
    with path.open("rb") as lines:
        for line in lines:
            record = decoder.decode(line)
            if isinstance(record, Claim):
                for occurrence in record.occurrences:
                    found.setdefault(occurrence.statement, set()).add(record.id)
    return {statement: frozenset(those) for statement, those in found.items()}


def measured(pairs: Iterable[Drawn], places: Places, held: Mapping[str, frozenset[str]]) -> Measured:
    """Pairs with a statement that the ledger has not are left out, and those of which both are one by now."""
    count, both, joined, same = 0, 0.0, 0.0, 0.0
    for pair in pairs:
        one, other = places.at(pair.one), places.at(pair.other)
        if one and other and one[1] != other[1]:
            count += 1
            together = not held.get(one[1].id, _NONE).isdisjoint(held.get(other[1].id, _NONE))
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
    found = measured(drawn(given.corpus), Places(load(given.ledger)), claims(given.ledger))
    print(f"{found.pairs} pairs: precision {found.precision:.2f}, recall {found.recall:.2f}, F1 {found.f1:.2f}")


if __name__ == "__main__":
    main()
