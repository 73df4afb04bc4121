"""brat standoff: a folder with ``ID.txt``, the article as it is, and ``ID.ann``, its statements, for each article.

A statement is an event of the type Attribution over its cue (its first content span where there is none) with the
arguments Source, Cue, Content and Evidence, as PolNeAR has them; ``inquit eval`` and the brat server read it. Own voice
is a text-bound annotation alone. A span that runs over the end of a line is broken up, as brat's own editor does.
``annotation.conf`` tells the server the types. ID is our id with a hyphen for the colon; ``metadata.tsv`` says what is
known of each article.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from pathlib import Path

import msgspec

from inquit.export.whole import WholeArticles
from inquit.export.wording import fragments, on_one_line
from inquit.records import Article, Spans, Statement

CONFIGURATION = """[entities]
Source
Cue
Content
Evidence
OwnVoice

[relations]
Inside Arg1:Attribution, Arg2:Attribution

[events]
Attribution Source*:Source, Cue*:Cue, Content+:Content, Evidence*:Evidence

[attributes]
Form Arg:Attribution, Value:direct|indirect|mixed
Standing Arg:Attribution, Value:person|institution|group|anonymous|outlet|document|none
Stance Arg:Attribution, Value:affirms|denies|questions|speculates|intends|urges|withholds
Framing Arg:Attribution, Value:distancing|neutral|endorsing
EvidenceKind Arg:Attribution, Value:offered|lacking
"""
_METADATA = {
    "outlet": "publisher",
    "title": "title",
    "published": "published",
    "url": "url",
    "external_id": "external_id",
    "authors": "authors",
}
"""Fields of an article and the columns that they are called; ``filename`` and ``publisher`` are PolNeAR's words."""


class BratFolder(WholeArticles):
    """Files are written article by article into a folder that exists."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        (folder / "annotation.conf").write_text(CONFIGURATION, encoding="utf-8")
        self._add_metadata("filename", _METADATA.values())

    def _add(self, article: Article, statements: list[Statement]) -> None:
        name = article.id.replace(":", "-")
        marked = Annotations(article.text)
        for statement in statements:
            marked.add(statement)
        about = msgspec.to_builtins(article) | {"authors": "; ".join(article.authors)}
        self._add_metadata(name, (about[key] for key in _METADATA))
        (self._folder / f"{name}.txt").write_bytes(article.text.encode())
        (self._folder / f"{name}.ann").write_bytes("".join(marked.lines).encode())

    def _add_metadata(self, name: str, cells: Iterable[str | None]) -> None:
        with (self._folder / "metadata.tsv").open("ab") as table:
            table.write("\t".join((name, *(on_one_line(cell or "") for cell in cells))).encode() + b"\n")


class Annotations:
    """The ``lines`` of one ``.ann`` file."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        self._text = text
        self._events: dict[str, str] = {}
        self._numbers = {kind: count(1) for kind in "TERA#"}

    def add(self, statement: Statement) -> str | None:
        """Add the lines of a statement: the number of its first one, None where there is nothing to be marked."""
        said = statement.attribution
        if said is None:
            return self._bound("OwnVoice", statement.content)
        evidence = (statement.evidence.span,) if statement.evidence else ()
        roles = {"Source": said.source, "Cue": said.cue, "Content": statement.content, "Evidence": evidence}
        trigger = self._bound("Attribution", said.cue or statement.content[:1])
        if trigger is None:
            return None
        bound = {role: self._bound(role, spans) for role, spans in roles.items()}
        event = self._line("E", " ".join([f"Attribution:{trigger}", *(f"{r}:{t}" for r, t in bound.items() if t)]))
        self._events[statement.id] = event
        if statement.inside in self._events:
            self._line("R", f"Inside Arg1:{event} Arg2:{self._events[statement.inside]}")
        kind = statement.evidence.kind if statement.evidence else None
        labels = {"Form": statement.form, "Standing": said.standing, "Stance": said.stance, "Framing": said.framing}
        for name, value in (labels | {"EvidenceKind": kind}).items():
            if value:
                self._line("A", f"{name} {event} {value}")
        self._notes(statement, event)
        return event

    def note(self, on: str, words: str) -> None:
        """Add a note for people on what has that number."""
        self._line("#", f"AnnotatorNotes {on}\t{on_one_line(words)}")

    def _notes(self, statement: Statement, event: str) -> None:
        """What brat has no place for, in notes for people."""
        said = statement.attribution
        told = [("statement", statement.id), ("when", statement.when)]
        if said is not None:
            told += [("entity", said.entity), ("through", said.through), ("party", said.party)]
            told += [(link.kind, link.name) for link in said.chain]
        told += [(f"why {reason.label}", reason.ground) for reason in statement.why]
        for name, value in told:
            if value:
                self.note(event, f"{name}: {value}")

    def _bound(self, label: str, spans: Spans) -> str | None:
        """The number of a text-bound annotation; None where its spans hold nothing but white space."""
        kept = list(fragments(self._text, spans))
        if not kept:
            return None
        places = ";".join(f"{start} {end}" for start, end in kept)
        return self._line("T", f"{label} {places}\t{' '.join(self._text[start:end] for start, end in kept)}")

    def _line(self, kind: str, rest: str) -> str:
        ident = f"{kind}{next(self._numbers[kind])}"
        self.lines.append(f"{ident}\t{rest}\n")
        return ident
