"""Training data: the articles that people have corrected, in the layout of PolNeAR, which ``python -m train`` reads.

``text/ID.txt`` is the article as it is, ``attributions/ID_WHO.ann`` its statements as they stand after every ruling in
force, in brat's standoff; WHO is who ruled there last. What the reader found and nobody objected to is in it too: it
was under that person's eyes. Notes name the statements that somebody ruled on, and ``corrections.jsonl`` has the
rulings in the order in which they were made, those withdrawn too, so that others can weigh them in their own way.
"""

from __future__ import annotations

from pathlib import Path

from inquit.export.brat import Annotations
from inquit.export.jsonl import JsonLines
from inquit.export.whole import WholeArticles
from inquit.records import Article, Record, Ruling, Says, Statement

CORRECTIONS: tuple[Says, ...] = ("wrong-span", "wrong-source", "not-a-statement", "missed")
"""What is ruled about what a reader finds."""


class TrainingFolder(WholeArticles):
    """Files are written article by article into a folder that exists; rulings have to come before articles."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._texts, self._marks = folder / "text", folder / "attributions"
        self._texts.mkdir()
        self._marks.mkdir()
        self._lines = (folder / "corrections.jsonl").open("wb")
        self._rulings = JsonLines(self._lines)
        self._last: dict[str, str] = {}
        self._ruled: dict[str, list[Ruling]] = {}

    def write(self, record: Record) -> None:
        """Take one record."""
        if isinstance(record, Ruling) and record.says in CORRECTIONS:
            self._rulings.write(record)
            if record.withdrawn is None and record.article is not None:
                self._last[record.article] = record.who
                self._ruled.setdefault(record.about, []).append(record)
        super().write(record)

    def close(self) -> None:
        """Write the last article."""
        self._write()
        self._lines.close()

    def _add(self, article: Article, statements: list[Statement]) -> None:
        who = self._last.get(article.id)
        if who is None:
            return
        name = article.id.replace(":", "-")
        marked = Annotations(article.text)
        for statement in statements:
            event, ruled = marked.add(statement), self._ruled.get(statement.id, [])
            told = [f"{one.says} by {one.who} at {one.at}" for one in ruled]
            if statement.by.startswith("person:"):
                told.insert(0, f"missed, by {statement.by.removeprefix('person:')}")
            if event is not None:
                for words in told:
                    marked.note(event, f"ruled: {words}")
        (self._texts / f"{name}.txt").write_bytes(article.text.encode())
        (self._marks / f"{name}_{_plain(who)}.ann").write_bytes("".join(marked.lines).encode())


def _plain(who: str) -> str:
    """A name as part of a file's name; the underscore parts it from the article's."""
    return "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in who)[:40] or "person"
