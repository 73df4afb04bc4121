"""``python -m train.pairs.rarity SHARED --out FOLDER``: in how many sentences of news each stem or name stands.

Counted on the train split of PolNeAR, on BASIL and on ECB+: news of 2008 to 2019, 50,000 sentences.
"""

from __future__ import annotations

import argparse
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from inquit.ids import file_id
from inquit.link.contents import Capitals
from inquit.link.propositions import key, terms_in
from inquit.link.words import TOKEN
from inquit.records import Article

LEAST = 2  # sentences that hold a word: others are as good as never seen
WORDS = 4  # of a sentence that is counted
_ENDS = re.compile(r"(?<=[.!?])[\"”’']*\s+|\n+")


def main() -> None:
    """Count and write ``rarity.npz`` and ``card.json``."""
    parser = argparse.ArgumentParser(prog="python -m train.pairs.rarity", description=__doc__)
    parser.add_argument("shared", type=Path, help="folder that holds data/polnear, data/basil, data/ecbplus")
    parser.add_argument("--out", type=Path, required=True, help="folder for what ships")
    given = parser.parse_args()
    data = given.shared / "data"
    counts: Counter[str] = Counter()
    sentences = sum(_count(text, counts) for read in (polnear, basil, ecbplus) for text in read(data))
    write(counts, sentences, given.out)


def polnear(data: Path) -> Iterator[str]:
    """Texts of the train split."""
    for path in sorted((data / "polnear" / "data" / "train").rglob("*.txt")):
        yield path.read_text(encoding="utf-8", errors="replace")


def basil(data: Path) -> Iterator[str]:
    """Texts of all articles."""
    for path in sorted((data / "basil" / "articles").rglob("*.json")):
        paragraphs = json.loads(path.read_text(encoding="utf-8"))["body-paragraphs"]
        yield "\n".join(" ".join(sentences) for sentences in paragraphs)


def ecbplus(data: Path) -> Iterator[str]:
    """Texts of all articles, one sentence a line."""
    for path in sorted((data / "ecbplus").rglob("*.xml")):
        lines: dict[int, list[str]] = defaultdict(list)
        for token in ET.parse(path).getroot().iter("token"):  # noqa: S314  # a corpus at hand
            lines[int(token.get("sentence", "0"))].append(token.text or "")
        yield "\n".join(" ".join(words) for words in lines.values())


def write(counts: Counter[str], sentences: int, folder: Path) -> None:
    """Write the words in order of the alphabet, joined by line feeds, and their counts."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = sorted((word, count) for word, count in counts.items() if count >= LEAST)
    joined = np.frombuffer("\n".join(word for word, _ in kept).encode(), np.uint8)
    path = folder / "rarity.npz"
    np.savez_compressed(
        path, words=joined, counts=np.array([c for _, c in kept], np.int32), sentences=np.int64(sentences)
    )
    card = {
        "name": "rarity-en",
        "version": 1,
        "language": "en",
        "task": "how telling a word is that two statements have in common",
        "licence": "Apache-2.0, as all of inquit; PolNeAR and BASIL state none, the texts of ECB+ are not cleared: the "
        "table holds words and how often each occurs, no text of them",
        "counted_on": ["PolNeAR, train split", "BASIL", "ECB+"],
        "sentences": sentences,
        "words": len(kept),
        "files": {path.name: {"id": file_id(path.read_bytes()), "bytes": path.stat().st_size}},
    }
    (folder / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _count(text: str, counts: Counter[str]) -> int:
    """Add what the sentences of a text hold; how many they are."""
    capitals = Capitals([Article(id="", text=text)])
    sentences = [s for s in _ENDS.split(text) if len(TOKEN.findall(s)) >= WORDS]
    for sentence in sentences:
        counts.update({key(term) for term in terms_in(sentence, capitals)})
    return len(sentences)


if __name__ == "__main__":
    main()
