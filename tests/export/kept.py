"""What each format keeps: a field is kept where another value of it makes another output.

``python tests/export/kept.py`` prints the table of docs/exports.md.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from export_sample import TEXT, exported, rulings, sample

from inquit.export import FORMATS, export_folder
from inquit.records import (
    Article,
    Claim,
    Copy,
    Evidence,
    Link,
    Occurrence,
    Origin,
    Problem,
    Reason,
    Record,
    Ruling,
    Statement,
)

Change = Callable[[list[Record]], list[Record]]


def changed(kind: type[Record], number: int, **fields: Any) -> Change:
    """The records with other fields in the record of that kind and number."""

    def change(found: list[Record]) -> list[Record]:
        record = [one for one in found if isinstance(one, kind)][number]
        other = msgspec.structs.replace(record, **fields)
        return [other if one is record else one for one in found]

    return change


def attributed(**fields: Any) -> Change:
    """The records with other fields in the attribution of the first statement."""

    def change(found: list[Record]) -> list[Record]:
        first = next(one for one in found if isinstance(one, Statement))
        assert first.attribution is not None
        return changed(Statement, 0, attribution=msgspec.structs.replace(first.attribution, **fields))(found)

    return change


def without(kind: type[Record]) -> Change:
    """The records without those of a kind."""
    return lambda found: [one for one in found if not isinstance(one, kind)]


def _says(record: Record, says: str) -> bool:
    return isinstance(record, Ruling) and record.says == says


_CRACKED = TEXT.index("cracked")
_QUAY = "The quay is closed."
_SECOND = TEXT.index(_QUAY) + len(_QUAY) + 1
_CHAIN = (Link(kind="office", name="pilot"), Link(kind="party", name="Port of Ellin"))
_OCCURRENCES = next(one for one in sample() if isinstance(one, Claim)).occurrences
_CARRIED = (Occurrence(statement=_OCCURRENCES[0].statement, article=_OCCURRENCES[0].article, carriage="relay"),)

FIELDS: dict[str, Change] = {
    "article: text": changed(Article, 0, text=f"{TEXT}{_QUAY}\n".replace("She spoke", "She talks")),
    "article: title": changed(Article, 0, title="Another title"),
    "article: outlet": changed(Article, 0, outlet="Daily Lantern"),
    "article: day of publication": changed(Article, 0, published="2031-04-02T07:10:00+01:00"),
    "article: time of publication": changed(Article, 0, published="2031-04-08T09:45:00+01:00"),
    "article: address": changed(Article, 0, url="https://harbourpost.example/other"),
    "article: authors": changed(Article, 0, authors=("Pieter Lamm",)),
    "article: external id": changed(Article, 0, external_id="other.html"),
    "statement: words": changed(Statement, 0, content=((_CRACKED, _CRACKED + 7),)),
    "statement: place of the words": changed(Statement, 0, content=((_SECOND, _SECOND + len(_QUAY)),)),
    "statement: own voice": lambda found: [
        one for one in found if not (isinstance(one, Statement) and one.attribution is None)
    ],
    "statement: form": changed(Statement, 2, form="indirect"),
    "statement: inside which": changed(Statement, 2, inside=None),
    "statement: evidence": changed(Statement, 3, evidence=Evidence(kind="offered", span=(0, 8))),
    "statement: when": changed(Statement, 0, when="2031-03"),
    "statement: score": changed(Statement, 0, score=0.5),
    "statement: reader": changed(Statement, 0, by="other/2"),
    "statement: why": changed(Statement, 0, why=(Reason(label="stance", ground="another ground"),)),
    "attribution: words of the source": attributed(source=((0, 8),)),
    "attribution: cue": attributed(cue=((0, 8),)),
    "attribution: entity": attributed(entity="Pieter Lamm"),
    "attribution: through": attributed(through="a letter"),
    "attribution: party": attributed(party="Port of Lunholm", chain=()),
    "attribution: chain": attributed(chain=_CHAIN),
    "attribution: standing": attributed(standing="group"),
    "attribution: stance": attributed(stance="speculates"),
    "attribution: framing": attributed(framing="endorsing"),
    "copy": without(Copy),
    "copy: share": changed(Copy, 0, share=0.25),
    "copy: credit": changed(Copy, 0, credit="kept"),
    "copy: origin": changed(Copy, 0, origin="Capital Wire"),
    "claim": without(Claim),
    "claim: carriage": changed(Claim, 0, occurrences=_CARRIED + _OCCURRENCES[1:]),
    "claim: origins": changed(Claim, 0, origins=(Origin(entity="Pieter Lamm"),)),
    "claim: independent sources": changed(Claim, 0, independent_sources=3),
    "claim: denials": changed(Claim, 0, denied_by=()),
    "claim: laundering": changed(Claim, 0, laundering=()),
    "ruling: correction": lambda found: [one for one in found if not _says(one, "wrong-source")],
    "ruling: rating": lambda found: [one for one in found if not _says(one, "reliability")],
    "problem": without(Problem),
}
"""What the table has a row for, and how to change it."""


def output(name: str, found: list[Record]) -> object:
    """What a format makes of the records; of a folder its files, since an archive has their times."""
    if not FORMATS[name].folder:
        return exported(name, found)
    with tempfile.TemporaryDirectory() as folder:
        export_folder(found, name, Path(folder))
        files = (path for path in Path(folder).rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def base() -> list[Record]:
    """The sample with two rulings; what its first statement says stands twice in the text."""
    first = TEXT.index(_QUAY)
    found = changed(Article, 0, text=f"{TEXT}{_QUAY}\n")(sample())
    found = changed(Statement, 0, content=((first, first + len(_QUAY)),))(found)
    return [*rulings(found), *found]


def table() -> str:
    """The table in Markdown: a row a field, a column a format."""
    whole = {name: output(name, base()) for name in FORMATS}
    lines = ["| | " + " | ".join(FORMATS) + " |", "|---" * (len(FORMATS) + 1) + "|"]
    for field, change in FIELDS.items():
        other = change(base())
        marks = ("✓" if output(name, other) != whole[name] else "–" for name in FORMATS)
        lines.append(f"| {field} | " + " | ".join(marks) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table())
