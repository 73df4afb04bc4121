"""The only module that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

from inquit.errors import InquitError
from inquit.extract.statements import extract
from inquit.keep import Ledger
from inquit.link.claims import find_claims
from inquit.link.contents import texts
from inquit.link.copies import find_copies
from inquit.link.vectors import NAME, encode, vectors
from inquit.read import Options, read
from inquit.read.language import foreign
from inquit.records import Article, Problem, Reading


class Kept(NamedTuple):
    """An article that a ledger holds; ``new`` when this run put it there."""

    reading: Reading
    new: bool


def readings(
    inputs: Iterable[str], options: Options | None = None, *, stdin: BinaryIO | None = None
) -> Iterator[Reading | Problem]:
    """Read and extract, one article at a time: a Reading with all its Problems, or a Problem of an input without one.

    Raises UsageError for options that contradict each other and WorkError when the reader is missing.
    """
    for item in _articles(inputs, options, stdin):
        yield item if isinstance(item, Problem) else reading(*item)


def reading(article: Article, problems: Iterable[Problem] = ()) -> Reading:
    """One article's statements; none, and a Problem ``language``, where the reader does not know the language."""
    language = foreign(article.text)
    if language is not None:
        problem = Problem(
            code="language",
            message=f"the article seems to be in {language!r}; the reader knows English only, so it has no statements",
            input=article.external_id,
            article=article.id,
        )
        return Reading(article=article, problems=(*problems, problem))
    try:
        statements, odd = extract(article)
    except InquitError:
        raise
    except Exception as error:  # noqa: BLE001 - one text that nobody foresaw must not end a corpus
        message = f"extraction failed with {type(error).__name__}: {error}; please report it with this article"
        failed = Problem(code="extraction", message=message, input=article.external_id, article=article.id)
        return Reading(article=article, problems=(*problems, failed))
    return Reading(article=article, statements=tuple(statements), problems=(*problems, *odd))


def add(
    ledger: Ledger, inputs: Iterable[str], options: Options | None = None, *, stdin: BinaryIO | None = None
) -> Iterator[Kept | Problem]:
    """Read, extract and keep, one article at a time; an article that is held is neither read again nor kept twice.

    What was yielded is on disk. Raises as ``readings`` does, and WorkError when the ledger cannot be written.
    """
    for item in _articles(inputs, options, stdin):
        if isinstance(item, Problem):
            ledger.note(item)
            yield item
        elif ledger.holds(item[0].id):
            yield Kept(Reading(article=item[0]), new=False)
        else:
            found = reading(*item)
            yield Kept(found, new=ledger.keep(found))


def link(ledger: Ledger) -> bool:
    """Find the copies and claims of all that a ledger holds; False when nothing has come or gone since the last time.

    Raises WorkError when the ledger cannot be written.
    """
    if not ledger.links_due():
        return False
    revision = ledger.revision()
    held = list(ledger.readings())
    copies = find_copies([r.article for r in held])
    ledger.keep_links(copies, find_claims(held, copies, _vectors(ledger, held)), made_from=revision)
    return True


def _vectors(ledger: Ledger, held: list[Reading]) -> npt.NDArray[np.float32]:
    """A vector for each statement in its order, ``(n, width)``; made once and kept."""
    known = ledger.vectors(NAME)
    statements = [s.id for r in held for s in r.statements]
    missing = {ident: text for ident, text in zip(statements, texts(held), strict=True) if ident not in known}
    made = {ident: row.tobytes() for ident, row in zip(missing, encode(list(missing.values())), strict=True)}
    ledger.keep_vectors(NAME, made)
    known |= made
    rows = [np.frombuffer(known[ident], np.float32) for ident in statements]
    return np.stack(rows) if rows else np.zeros((0, vectors().width), np.float32)


def _articles(
    inputs: Iterable[str], options: Options | None, stdin: BinaryIO | None
) -> Iterator[tuple[Article, list[Problem]] | Problem]:
    """Each article with its own Problems, and the Problems of inputs without one, in order."""
    article: Article | None = None
    problems: list[Problem] = []
    for record in read(map(_place, inputs), options or Options(), stdin=stdin):
        if isinstance(record, Problem) and article is not None and record.article == article.id:
            problems.append(record)
            continue
        if article is not None:
            yield article, problems
            article, problems = None, []
        if isinstance(record, Article):
            article = record
        else:
            yield record
    if article is not None:
        yield article, problems


def _place(given: str) -> str:
    """The word ``examples``, where no such path exists, means the story that ships with the package."""
    if given == "examples" and not Path(given).exists():
        return str(Path(__file__).parent / "data" / "story")
    return given
