"""The only module that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from inquit.extract.statements import extract
from inquit.read import Options, read
from inquit.read.language import foreign
from inquit.records import Article, Problem, Reading


def readings(
    inputs: Iterable[str], options: Options | None = None, *, stdin: BinaryIO | None = None
) -> Iterator[Reading | Problem]:
    """Read and extract, one article at a time: a Reading with all its Problems, or a Problem of an input without one.

    Raises UsageError for options that contradict each other and WorkError when the reader is missing.
    """
    article: Article | None = None
    problems: list[Problem] = []
    for record in read(map(_place, inputs), options or Options(), stdin=stdin):
        if isinstance(record, Problem) and article is not None and record.article == article.id:
            problems.append(record)
            continue
        if article is not None:
            yield reading(article, problems)
            article, problems = None, []
        if isinstance(record, Article):
            article = record
        else:
            yield record
    if article is not None:
        yield reading(article, problems)


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
    statements, odd = extract(article)
    return Reading(article=article, statements=tuple(statements), problems=(*problems, *odd))


def _place(given: str) -> str:
    """The word ``examples``, where no such path exists, means the story that ships with the package."""
    if given == "examples" and not Path(given).exists():
        return str(Path(__file__).parent / "data" / "story")
    return given
