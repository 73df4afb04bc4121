"""spaCy DocBin: the articles as Docs, as the component ``inquit`` leaves them (docs/spacy.md).

Spans of tokens stand in ``doc.spans["inquit/source"]`` and so on; with ``import inquit.spacy`` each Doc has
``doc._.statements`` and ``doc._.reading``, in code points. Tokens are those of spaCy's blank English pipeline. The
format is one compressed block: all tokens are in memory until it is written.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import BinaryIO

import msgspec
import spacy
from spacy.tokens import Doc, DocBin

from inquit.records import Article, Problem, Reading, Record, Spans, Statement


class SpacyDocs:
    """Docs are made article by article and written at the end; copies and claims have no place."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._tokenizer = _tokenizer()
        if not Doc.has_extension("inquit"):
            Doc.set_extension("inquit", default=None)
        self._docs = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
        self._article: Article | None = None
        self._statements: list[Statement] = []

    def write(self, record: Record) -> None:
        """Take one record."""
        if isinstance(record, Statement):
            self._statements.append(record)
        elif not isinstance(record, Problem):
            self._end_article()
            self._article = record if isinstance(record, Article) else None

    def close(self) -> None:
        """Write the DocBin."""
        self._end_article()
        self._stream.write(self._docs.to_bytes())

    def _end_article(self) -> None:
        if self._article is not None:
            self._docs.add(_doc(self._tokenizer(self._article.text), self._article, self._statements))
        self._statements = []


@cache
def _tokenizer() -> Callable[[str], Doc]:
    return spacy.blank("en").tokenizer


def _doc(doc: Doc, article: Article, statements: list[Statement]) -> Doc:
    found = msgspec.to_builtins(Reading(article=article, statements=tuple(statements)))
    del found["article"]["text"]
    doc._.inquit = found
    groups: dict[str, Spans] = {"source": (), "cue": (), "content": (), "own_voice": ()}
    for statement in statements:
        said = statement.attribution
        groups["content" if said else "own_voice"] += statement.content
        if said is not None:
            groups["source"] += said.source
            groups["cue"] += said.cue
    for name, spans in groups.items():
        made = (doc.char_span(start, end, label=name, alignment_mode="expand") for start, end in spans)
        doc.spans[f"inquit/{name}"] = [span for span in made if span is not None]
    return doc
