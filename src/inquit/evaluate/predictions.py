"""Attributions that a reader gives for a corpus: our own reader's, another model's, or those of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import msgspec

from inquit import ids, pipeline
from inquit.errors import WorkError
from inquit.evaluate.brat import Annotated, Attribution
from inquit.extract.reader import Reader
from inquit.extract.statements import extract
from inquit.records import Article, Reading, Spans, Statement
from inquit.text import normalised

Predictions: TypeAlias = dict[str, list[Attribution]]
"""For an article's id in the corpus what was given for it; an article may be absent."""

T = TypeVar("T")


class _Given(msgspec.Struct, frozen=True):
    source: Spans | None = None
    cue: Spans | None = None
    content: Spans | None = None
    score: float | None = None


class _Line(msgspec.Struct, frozen=True):
    id: str
    attributions: list[_Given]


def readings(corpus: Iterable[Annotated], model: Path | None = None) -> Iterator[Reading]:
    """What the reader that ships, or the one in the folder ``model``, finds in each article of a corpus.

    The shipped one passes over other languages than its own; another one reads whatever it is given. Raises WorkError
    when there is no reader.
    """
    reader = None if model is None else Reader(model, name=model.name)
    for one in corpus:
        ident = ids.article_id(external_id=one.ident, outlet=one.outlet, published=None, title=None, text=one.text)
        article = Article(id=ident, external_id=one.ident, outlet=one.outlet, text=one.text)
        if reader is None:
            yield pipeline.reading(article)
        else:
            yield Reading(article=article, statements=tuple(extract(article, reader)[0]))


def given(found: Iterable[Reading]) -> Predictions:
    """Predictions of readings whose articles bear the corpus' ids as ``external_id``; outermost attributed statements.

    Statements inside others are left out, since corpora in this layout mark none.
    """
    return {
        str(one.article.external_id): [_of(statement) for statement in one.statements if _counts(statement)]
        for one in found
    }


def from_file(path: Path, corpus: Sequence[Annotated]) -> Predictions:
    """Predictions of JSON lines: the field's, one an article, or those of ``inquit read --jsonl`` on the same texts.

    Raises WorkError for a line that is neither, an id that the corpus has not, spans beyond the text, another text.
    """
    file = _File(corpus)
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise WorkError(f"no predictions in {path} ({error.strerror}); name a file of JSON lines") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                file.take(msgspec.json.decode(line))
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise WorkError(f"{path}, line {number}: {error}; {_WANTED}") from error
            except _Refused as error:
                raise WorkError(f"{path}, line {number}: {error}") from error
    return file.found


_WANTED = 'wanted {"id": …, "attributions": [{"source": [[0, 5]], "cue": …, "content": …}]} or a line of inquit read'


class _Refused(Exception):  # noqa: N818 - becomes a WorkError with its place
    """A line that does not fit the corpus."""


class _File:
    """Lines of predictions as they come."""

    def __init__(self, corpus: Sequence[Annotated]) -> None:
        self.found: Predictions = {}
        self._corpus = {one.ident: one for one in corpus}
        self._by_text = {one.text: one.ident for one in corpus}
        self._places: dict[str, tuple[str, list[int] | None]] = {}

    def take(self, line: Any) -> None:  # noqa: ANN401 - any JSON
        """Take one decoded line; lines of ours that are neither article nor statement say nothing here."""
        kind = line.get("type") if isinstance(line, dict) else None
        if kind is None:
            self._field(msgspec.convert(line, _Line))
        elif kind == "article":
            self._article(msgspec.convert(line, Article))
        elif kind == "statement":
            self._statement(msgspec.convert(line, Statement))

    def _field(self, line: _Line) -> None:
        text = self._new(line.id).text
        for one in line.attributions:
            attribution = Attribution(one.source or (), one.cue or (), one.content or (), one.score)
            self.found[line.id].append(_within(attribution, text))

    def _article(self, article: Article) -> None:
        names = [name for name in (article.external_id, Path(article.external_id or "").stem) if name]
        ident = next((name for name in names if name in self._corpus), None) or self._by_text.get(article.text)
        one = self._new(ident or article.external_id or article.id)
        if article.text == one.text:
            self._places[article.id] = (one.ident, None)
        elif article.text == normalised(one.text):
            self._places[article.id] = (one.ident, _offsets(one.text))
        else:
            raise _Refused(f"{one.ident} was read from another text; read the corpus' own {one.ident}.txt")

    def _statement(self, statement: Statement) -> None:
        if statement.article not in self._places:
            raise _Refused(f"a statement of {statement.article} without that article's line before it; keep both")
        if _counts(statement):
            ident, offsets = self._places[statement.article]
            self.found[ident].append(_within(_of(statement, offsets), self._corpus[ident].text))

    def _new(self, ident: str) -> Annotated:
        if ident not in self._corpus:
            raise _Refused(f"the corpus has no article {ident}; take the line out, or name the corpus that has it")
        if ident in self.found:
            raise _Refused(f"article {ident} was given before; keep one of its lines")
        self.found[ident] = []
        return self._corpus[ident]


def _counts(statement: Statement) -> bool:
    return statement.attribution is not None and statement.inside is None


def _of(statement: Statement, offsets: list[int] | None = None) -> Attribution:
    """A statement as an attribution; ``offsets`` where the corpus' text has its code points in other places."""
    said = statement.attribution
    roles = (said.source, said.cue, statement.content) if said else ((), (), statement.content)
    source, cue, content = (_moved(spans, offsets) if offsets else spans for spans in roles)
    return Attribution(source, cue, content, statement.score)


def _moved(spans: Spans, offsets: list[int]) -> Spans:
    return tuple((offsets[a], offsets[b - 1] + 1) for a, b in spans)


def _offsets(exact: str) -> list[int]:
    """Where each code point of the ``normalised`` text stands in the text as the file has it."""
    unmarked = range(int(exact.startswith("\ufeff")), len(exact))
    return [i for i in unmarked if not exact.startswith("\r\n", i)]


def _within(attribution: Attribution, text: str) -> Attribution:
    for start, end in (*attribution.source, *attribution.cue, *attribution.content):
        if not 0 <= start < end <= len(text):
            raise _Refused(
                f"[{start}, {end}] is no span of a text of {len(text)} code points; "
                "spans are [start, end) in code points of the corpus' own text"
            )
    return attribution
