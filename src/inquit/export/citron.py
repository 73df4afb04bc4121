"""Citron's JSON (BBC R&D): an article a line, with its text and its quotes.

A quote has a cue, sources, contents, coreferences and a confidence; a span has ``start``, ``end`` (code points) and
``text``. Citron has one cue a quote: of a cue in parts the first, null where there is none. The coreference of a source
that only points is the first place where the article has the name. Own voice has no place. The other keys of the
contract stand beside Citron's own (``id``, ``attribution``, ``evidence`` …, and ``article`` beside ``quotes``).
"""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from inquit.records import Article, Record, Span, Statement

_TOLD = ("type", "article", "content", "score")


class CitronQuotes:
    """Articles are written one by one."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._encode = msgspec.json.Encoder().encode
        self._article: Article | None = None
        self._quotes: list[dict[str, object]] = []

    def write(self, record: Record) -> None:
        """Take one record; copies, claims and problems have no place."""
        if isinstance(record, Article):
            self.close()
            self._article = record
        elif isinstance(record, Statement) and self._article is not None and record.attribution is not None:
            self._quotes.append(_quote(self._article.text, record))

    def close(self) -> None:
        """Write the last article."""
        if self._article is not None:
            about = msgspec.to_builtins(self._article)
            text = about.pop("text")
            self._stream.write(self._encode({"text": text, "quotes": self._quotes, "article": about}) + b"\n")
        self._article, self._quotes = None, []


def _quote(text: str, statement: Statement) -> dict[str, object]:
    said = statement.attribution
    sources, cue = (said.source, said.cue) if said is not None else ((), ())
    return {
        "cue": _span(text, cue[0]) if cue else None,
        "sources": [_span(text, span) for span in sources],
        "contents": [_span(text, span) for span in statement.content],
        "coreferences": [_span(text, span) for span in _named(text, statement)],
        "confidence": statement.score,
        **{name: value for name, value in msgspec.to_builtins(statement).items() if name not in _TOLD},
    }


def _named(text: str, statement: Statement) -> list[Span]:
    said = statement.attribution
    if said is None or not said.entity or any(said.entity in text[start:end] for start, end in said.source):
        return []
    start = text.find(said.entity)
    return [(start, start + len(said.entity))] if start >= 0 else []


def _span(text: str, span: Span) -> dict[str, object]:
    return {"start": span[0], "end": span[1], "text": text[span[0] : span[1]]}
