"""The library as people use it: ``inquit.read``, ``inquit.open`` and what they give. docs/library.md shows it at work.

Thin: everything is done by the stages, and what comes back are the records of ``inquit.records``.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple, Self, TypeAlias, TypedDict, Unpack

import msgspec

from inquit import keep, pipeline
from inquit.clock import stretch
from inquit.errors import UsageError
from inquit.export import frames
from inquit.keep.listing import Order, Sought, Stretch
from inquit.read import Options
from inquit.read.kinds import by_name
from inquit.read.making import made
from inquit.read.options import checked
from inquit.records import Article, Claim, Copy, Problem, Reading, Record, Ruling, Source, Statement
from inquit.show import notebook
from inquit.show.account import counted, words
from inquit.show.chain import Chain
from inquit.show.chain_svg import chain_svg
from inquit.show.kept import chain_in

Input: TypeAlias = str | bytes | os.PathLike[str] | Article
Inputs: TypeAlias = Input | Iterable[Input]

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_AT_ONCE = 500  # statements asked for in one go
_ALL = 2**31


class About(TypedDict, total=False):
    """What the caller knows of the inputs: as ``read.Options``, whose words these are."""

    outlet: str | None
    published: str | None
    url: str | None
    title: str | None
    columns: dict[str, str]
    max_bytes: int


class Hit(NamedTuple):
    """What a search found: a statement or an article, its article's outlet and date, and the words around the match."""

    record: Article | Statement
    outlet: str | None
    published: str | None
    text: str


def read(given: Inputs, **about: Unpack[About]) -> Readings:
    """Read a text, a file, a folder, an address, bytes or an Article, or several of these: who says what in them.

    A string is an address where it begins so, and a path where there is such a file or folder, or where it looks like
    one (no white space, or a known ending); else it is the text itself. What is wrong in the data is a Problem of the
    result. Raises UsageError for a single path that leads nowhere and for what is no input, WorkError when the reader
    is missing.
    """
    if isinstance(given, str | os.PathLike) and _is_path(given) and not _exists(given):
        raise UsageError(f"there is no file or folder {os.fspath(given)!r}; a text is told by its white space")
    return Readings(readings(given, **about))


def readings(given: Inputs, **about: Unpack[About]) -> Iterator[Reading | Problem]:
    """As ``read``, one article after the other as they are read: a Reading, or a Problem of an input without one."""
    options = Options(**about)
    for one in _each(given):
        if isinstance(one, Article):
            yield pipeline.reading(one)
        else:
            place, stream = _opened(one)
            yield from pipeline.readings([place], options, stdin=stream)


def article(
    text: str, *, external_id: str | None = None, authors: Iterable[str] = (), **about: Unpack[About]
) -> Article:
    """An Article of that text with the id that it has wherever it is read: what ``read`` takes and a reader gives."""
    return made(text, checked(Options(**about)), external_id=external_id, authors=tuple(authors))


def open(path: str | os.PathLike[str], *, write: bool = False) -> Ledger:  # noqa: A001 - as gzip.open is
    """Open a ledger; with ``write`` it is made where there is none. Raises WorkError, which names the repair."""
    found = Path(path)
    return Ledger(keep.Ledger.create(found) if write else keep.Ledger.open(found))


class _Tables:
    """What has data frames; ``table`` is one of ``export.frames.TABLES``."""

    def _records(self, table: frames.Table) -> Iterable[Record]:
        raise NotImplementedError

    def to_pandas(self, table: frames.Table = "statements") -> Any:  # noqa: ANN401 - pandas may be missing
        """A ``pandas.DataFrame``; raises WorkError where pandas is missing, UsageError where there is no such table."""
        return frames.pandas_frame(self._records(table), table)

    def to_polars(self, table: frames.Table = "statements") -> Any:  # noqa: ANN401 - polars may be missing
        """A ``polars.DataFrame``; raises as ``to_pandas``."""
        return frames.polars_frame(self._records(table), table)

    def to_arrow(self, table: frames.Table = "statements") -> Any:  # noqa: ANN401 - pyarrow has no types
        """A ``pyarrow.Table``; raises as ``to_pandas``."""
        return frames.arrow_table(self._records(table), table)


class Readings(_Tables):
    """What was read: one Reading an article, in order. A notebook shows the texts with their statements marked."""

    def __init__(self, found: Iterable[Reading | Problem]) -> None:
        items = tuple(found)
        self.readings = tuple(one for one in items if isinstance(one, Reading))
        self.problems = tuple(chain.from_iterable((i,) if isinstance(i, Problem) else i.problems for i in items))

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles."""
        return tuple(one.article for one in self.readings)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of all articles, in the order of the texts."""
        return tuple(chain.from_iterable(one.statements for one in self.readings))

    def words(self, statement: Statement) -> str:
        """The words of a statement's content, an ellipsis where something stands between them."""
        texts = [one.article.text for one in self.readings if one.article.id == statement.article]
        if not texts:
            raise UsageError(f"no article with the id {statement.article} was read here")
        return words(texts[0], statement.content)

    def __len__(self) -> int:
        return len(self.readings)

    def __iter__(self) -> Iterator[Reading]:
        return iter(self.readings)

    def __getitem__(self, place: int) -> Reading:
        return self.readings[place]

    def __repr__(self) -> str:
        counts = ((len(self), "article"), (len(self.statements), "statement"), (len(self.problems), "problem"))
        return f"<Readings: {', '.join(counted(*one) for one in counts)}>"

    def _repr_html_(self) -> str:
        return notebook.readings_html(self.readings, self.problems)

    def _records(self, table: frames.Table) -> Iterable[Record]:
        if table == "problems":
            return self.problems
        return chain.from_iterable((one.article, *one.statements) for one in self.readings)


@dataclass(frozen=True, slots=True)
class Trace:
    """One claim through time and outlets. A notebook shows it as a picture."""

    chain: Chain

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.chain.claim

    def svg(self) -> str:
        """The picture as a file of its own."""
        return chain_svg(self.chain)

    def __repr__(self) -> str:
        return f"<Trace {self.claim.id}: {self.chain.glance}>"

    def _repr_html_(self) -> str:
        return notebook.chain_html(self.chain)


class Ledger(_Tables):
    """A ledger, open. A context manager: it is closed at the end. Methods raise as those of ``keep.Ledger`` do.

    ``kept`` is that ledger, with everything else that can be asked of one.
    """

    def __init__(self, kept: keep.Ledger) -> None:
        self.kept = kept

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        self.kept.close()

    def add(self, given: Inputs, **about: Unpack[About]) -> Readings:
        """Read, keep and link: what was new, with every Problem. What ``given`` may be is said at ``read``."""
        found: list[Reading | Problem] = []
        options = Options(**about)
        for one in _each(given):
            if isinstance(one, Article):
                reading = pipeline.reading(one)
                found += [reading] if self.kept.keep(reading) else []
                continue
            place, stream = _opened(one)
            for item in pipeline.add(self.kept, [place], options, stdin=stream):
                found += [item] if isinstance(item, Problem) else [item.reading] if item.new else []
        pipeline.link(self.kept)
        return Readings(found)

    def articles(self) -> Iterator[Article]:
        """Every article, in order of time."""
        return self.kept.articles()

    def reading(self, article_id: str) -> Readings:
        """An article with its statements, by its id or the beginning of one."""
        found = self.kept.reading(self.kept.resolve(article_id))
        if found is None:
            raise UsageError(f"{article_id} is no article")
        return Readings([found])

    def statements(self, **sought: Any) -> Iterator[Statement]:  # noqa: ANN401 - typed by Sought
        """Statements, those of the earliest articles first, that have all of ``keep.listing.Sought`` that is given.

        ``words``, ``article`` (an id), parts of names as ``source``, ``party`` and ``outlet``, the labels ``standing``
        and ``stance``, ``own_voice``. Raises UsageError for anything else.
        """
        wanted = _sought(sought)
        if not sought:
            yield from chain.from_iterable(one.statements for one in self.kept.readings())
            return
        for start in range(0, _ALL, _AT_ONCE):
            some = self.kept.listing().statements(Stretch(start, _AT_ONCE), wanted)
            yield from some
            if len(some) < _AT_ONCE:
                return

    def claims(
        self,
        words: str | None = None,
        *,
        sort: Order = "outlets",
        source: str | None = None,
        party: str | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = _ALL,
    ) -> list[Claim]:
        """Claims, by most outlets, fewest independent sources, most laundering or time; see ``inquit claims --help``.

        Raises UsageError for dates that are none and for another order.
        """
        if sort not in ("outlets", "independence", "laundering", "time"):
            raise UsageError(f"there is no order {sort!r}: take outlets, independence, laundering or time")
        first, last = (_instant(one, place) for place, one in enumerate((since, until)))
        wanted = keep.Wanted(source=source, party=party, outlet=outlet, since=first, until=last)
        return self.kept.listing().claims(Stretch(0, limit), wanted, words=words, order=sort)

    def copies(self) -> Iterator[Copy]:
        """Every copy, in order of time of the article that takes over."""
        return self.kept.copies()

    def sources(self) -> Iterator[Source]:
        """Every source, the one with most statements first."""
        return self.kept.sources()

    def problems(self) -> Iterator[Problem]:
        """Every problem."""
        return self.kept.problems()

    def rulings(self) -> list[Ruling]:
        """What people have ruled, the newest first."""
        return self.kept.rulings()

    def search(self, words: str, *, limit: int = 20) -> list[Hit]:
        """Articles and statements that hold all the words, best first; ``"…"`` holds an exact phrase together."""
        one = {"article": self.kept.article, "statement": self.kept.statement}
        found = [(one[hit.kind](hit.id), hit) for hit in self.kept.search(words, limit=limit)]
        return [Hit(record, hit.outlet, hit.published, hit.text) for record, hit in found if record is not None]

    def trace(self, claim: str | Claim | Statement) -> Trace:
        """A claim through time and outlets: a record, the id of a claim or statement, or the beginning of one.

        Raises UsageError where it stands in no claim.
        """
        given = claim if isinstance(claim, str) else claim.id
        ident = self.kept.resolve(given)
        found = self.kept.claim((self.kept.browsing().claim_of(ident) or "") if ident.startswith("s1:") else ident)
        if found is None:
            raise UsageError(f"{given} stands in no claim")
        return Trace(chain_in(self.kept, found))

    def __repr__(self) -> str:
        found = self.kept.counts()
        counts = ((found.articles, "article"), (found.statements, "statement"), (found.claims, "claim"))
        return f"<Ledger {self.kept.path}: {', '.join(counted(*one) for one in counts)}>"

    def _records(self, table: frames.Table) -> Iterable[Record]:
        said: Iterator[Record] = chain.from_iterable((one.article, *one.statements) for one in self.kept.readings())
        found: Mapping[str, Iterable[Record]] = {
            "articles": self.kept.articles(),
            "claims": self.kept.claims(),
            "copies": self.kept.copies(),
            "problems": self.kept.problems(),
        }
        if table == "rulings":
            return self.kept.rulings()
        return found.get(table, chain(said, self.kept.claims()))


def _each(given: Inputs) -> Iterator[Input]:
    """Every input; one by itself where a single one was given."""
    if isinstance(given, str | bytes | os.PathLike | Article):
        yield given
    elif isinstance(given, Iterable):
        for one in given:
            if not isinstance(one, str | bytes | os.PathLike | Article):
                raise _no_input(one)
            yield one
    else:
        raise _no_input(given)


def _no_input(given: object) -> UsageError:
    kinds = "a text, a path, an address, bytes, an Article, or several of these"
    return UsageError(f"{type(given).__name__} is nothing to read: give {kinds}")


def _opened(given: str | bytes | os.PathLike[str]) -> tuple[str, BinaryIO | None]:
    """An input as the stages take it: where it is, or ``-`` and the stream that holds it."""
    if isinstance(given, bytes):
        return "-", io.BytesIO(given)
    if isinstance(given, str) and not _is_path(given):
        return "-", io.BytesIO(given.encode("utf-8", "replace"))
    return os.fspath(given), None


def _is_path(given: str | os.PathLike[str]) -> bool:
    """Whether a path or an address is meant, and not a text."""
    if not isinstance(given, str) or _ADDRESS.fullmatch(given) or given == "examples":
        return True
    if "\n" in given or not given.strip():
        return False
    return len(given.split()) == 1 or by_name(given) is not None or os.path.exists(given)  # noqa: PTH110 - takes any string


def _exists(given: str | os.PathLike[str]) -> bool:
    place = os.fspath(given)
    return bool(_ADDRESS.fullmatch(place)) or place == "examples" or os.path.exists(place)  # noqa: PTH110 - as above


def _instant(date: str | None, place: int) -> float | None:
    """The first second of a date, or with ``place`` 1 its end."""
    if date is None:
        return None
    if (covered := stretch(date)) is None:
        raise UsageError(f"{date!r} is no date: write 2026, 2026-03 or 2026-03-02")
    return covered[place]


def _sought(given: Mapping[str, object]) -> Sought:
    if unknown := given.keys() - set(Sought.__struct_fields__):
        raise UsageError(f"statements cannot be sought by {min(unknown)}: {', '.join(Sought.__struct_fields__)}")
    try:
        return msgspec.convert(given, Sought)
    except msgspec.ValidationError as error:
        raise UsageError(f"statements cannot be sought so: {error}") from error
