"""The only module that knows the order of the stages."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from inquit import plugins
from inquit.errors import InquitError
from inquit.extract.plugged import sound
from inquit.extract.statements import extract
from inquit.keep import Draft, Fingerprints, Ledger, Unit
from inquit.link.align import text_of
from inquit.link.claims import update_claims
from inquit.link.copies import update_copies
from inquit.link.kinds import marks
from inquit.link.owners import Outlets, known_outlets
from inquit.link.units import Worded, packed_vectors, worded
from inquit.link.vectors import NAME as VECTORS
from inquit.processes import cores
from inquit.read import Options, read
from inquit.read.grouping import with_problems
from inquit.read.language import foreign
from inquit.records import Article, Problem, Reading, Ruling

_OF_READER = (
    "extraction",
    "language",
    "plugin",
    "quote-unclosed",
    "ruling-unattached",
)  # problems that reading anew tells anew
_ALLOCATED = 200_000  # objects between two looks for circles among them, while links are made
_PREPARED_AT_ONCE = 128  # articles of one transaction
# Each time the ledger is asked which of all its articles have nothing to compare yet.
_TAKEN_AT_ONCE = 2048


class Kept(NamedTuple):
    """An article that a ledger holds; ``new`` when this run put it there."""

    reading: Reading
    new: bool


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """What linking compares of one article; ``statements`` are the ids of those that it was made from.

    ``marks`` are fingerprints of the text, ``hows`` tells how it has each, ``text`` is what is compared of it;
    ``sayings`` tell which statement has which unit.
    """

    recipe: str
    article: str
    statements: tuple[str, ...]
    marks: list[int]
    hows: bytes = b""
    text: bytes = b""
    sayings: list[tuple[str, int]]
    units: list[Unit]


def readings(
    inputs: Iterable[str], options: Options | None = None, *, stdin: BinaryIO | None = None
) -> Iterator[Reading | Problem]:
    """Read and extract, one article at a time: a Reading with all its Problems, or a Problem of an input without one.

    Raises UsageError for options that contradict each other and WorkError when the reader is missing.
    """
    for item in _articles(inputs, options, stdin):
        yield item if isinstance(item, Problem) else reading(*item)


def reading(article: Article, problems: Iterable[Problem] = ()) -> Reading:
    """One article's statements; none, and a Problem ``language``, where no reader knows the language."""
    language = foreign(article.text)
    if language is not None and language in plugins.found("inquit.extractors"):
        return _plugged(article, language, problems)
    if language is not None:
        problem = Problem(
            code="language",
            message=f"the article seems to be in {language!r}, which no reader here knows, so it has no statements",
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


def _plugged(article: Article, language: str, problems: Iterable[Problem]) -> Reading:
    """What the plug-in for a language finds; its failure is a Problem ``plugin``."""
    try:
        found, odd = plugins.loaded("inquit.extractors", language)(article)
        statements = sound(article, found)
        told = [msgspec.structs.replace(one, article=article.id) for one in odd]
    except plugins.PluginError as error:
        message = str(error)
    except Exception as error:  # noqa: BLE001 - somebody else's code must not end a corpus
        message = str(plugins.failed("inquit.extractors", language, error))
    else:
        return Reading(article=article, statements=statements, problems=(*problems, *told))
    failed = Problem(code="plugin", message=message, input=article.external_id, article=article.id)
    return Reading(article=article, problems=(*problems, failed))


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


def reread(ledger: Ledger) -> Iterator[Kept]:
    """Read every article that a ledger holds anew; ``new`` are those of which other things are read now.

    Rulings hold on by the words that they are about (``Ledger.unattached``: those that cannot). What was yielded is on
    disk; links are due. Raises WorkError when the reader is missing or the ledger cannot be written.
    """
    for held in ledger.readings():
        problems = tuple(problem for problem in held.problems if problem.code not in _OF_READER)
        found = reading(held.article, problems)
        yield Kept(found, new=ledger.replace(found))


def link(ledger: Ledger, outlets: Outlets | None = None, *, workers: int | None = None) -> bool:
    """Bring copies and claims up to what a ledger holds; False when nothing has come or gone since the last time.

    What was linked before is not gone through again, and what comes out is what linking all from nothing gives; with
    other ``outlets`` (a desk's own, else those of the data) than before, every copy and claim is told anew. Where there
    is much to compare ``workers`` processes do, one a core of this machine unless given; what comes out is the same.
    Raises WorkError when the ledger cannot be written.
    """
    names = outlets or known_outlets()
    if not ledger.links_due(names.digest()):
        return False
    prepare(ledger)
    with _collecting_seldom(), ledger.linking(names.digest()) as links:
        update_claims(links, update_copies(links.texts, names), names, workers=workers or cores())
    return True


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Records make no circles, and looking for such among all that linking reads takes a third of its time."""
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATED, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def links_due(ledger: Ledger, outlets: Outlets | None = None) -> bool:
    """Whether ``link`` would change anything."""
    return ledger.links_due((outlets or known_outlets()).digest())


def linked_otherwise(ledger: Ledger, outlets: Outlets | None = None) -> bool:
    """Whether what is linked was linked with other outlets, or with an unknown file of them: ``link`` goes over all."""
    return ledger.linked_otherwise((outlets or known_outlets()).digest())


def rule(ledger: Ledger, draft: Draft, *, seen: str | None = None, outlets: Outlets | None = None) -> Ruling:
    """File a ruling and bring the links up to it. Raises as ``Ledger.rule`` and ``link`` do."""
    ruling = ledger.rule(draft, seen=seen)
    link(ledger, outlets)
    return ruling


def withdraw(
    ledger: Ledger, ruling_id: str, *, who: str, seen: str | None = None, outlets: Outlets | None = None
) -> Ruling:
    """Undo a ruling and bring the links up to that. Raises as ``Ledger.withdraw`` and ``link`` do."""
    ruling = ledger.withdraw(ruling_id, who=who, seen=seen)
    link(ledger, outlets)
    return ruling


def prepare(ledger: Ledger, given: Mapping[str, Prepared] | None = None) -> None:
    """Make what linking compares, vectors above all, of the articles that have none, or were changed since.

    ``given`` is what was made of some before, by the articles' ids; it is taken where it still holds.
    """
    made_from, ruled = ledger.revision(), ledger.compared()
    rest = ledger.unprepared()
    while some := list(islice(rest, _PREPARED_AT_ONCE)):
        whole = [one for r in some if (one := _holding(r, (given or {}).get(r.article.id), ruled.all))]
        done = {one.article for one in whole}
        found = [one for r in some if r.article.id not in done for one in _worded(r, ruled.all, ruled.apart)]
        unknown = ledger.unknown_units({one.unit for one in found})
        made = {one.unit: one for one in found if one.unit in unknown}
        vectors = packed_vectors([one.text for one in made.values()])
        units = [_unit(one, row) for one, row in zip(made.values(), vectors, strict=True)]
        texts = [_fingerprints(r.article) for r in some if r.article.id not in done]
        ledger.keep_units(
            [*texts, *(Fingerprints(one.article, one.marks, one.hows, one.text) for one in whole)],
            [*((one.statement, one.unit) for one in found), *(pair for one in whole for pair in one.sayings)],
            {unit.number: unit for unit in (*units, *(unit for one in whole for unit in one.units))}.values(),
            made_from=made_from,
        )


def prepared(found: Reading) -> Prepared:
    """What linking compares of an article on which nobody has ruled: made beforehand, and elsewhere."""
    each = _worded(found)
    vectors = packed_vectors([one.text for one in each])
    units = {one.unit: _unit(one, row) for one, row in zip(each, vectors, strict=True)}
    text = _fingerprints(found.article)
    return Prepared(
        recipe=recipe(),
        article=found.article.id,
        statements=tuple(one.id for one in found.statements),
        marks=list(text.marks),
        hows=text.hows,
        text=text.text,
        sayings=[(one.statement, one.unit) for one in each],
        units=list(units.values()),
    )


def _unit(one: Worded, vector: bytes) -> Unit:
    return Unit(one.unit, one.packed, one.arrays, vector, one.keys)


def _fingerprints(article: Article) -> Fingerprints:
    text = text_of(article.text)
    found, hows = marks(text)
    return Fingerprints(article.id, found.tolist(), hows.tobytes(), text.packed)


@cache
def recipe() -> str:
    """Names what ``prepared`` makes: with another version or table of vectors it is to be made anew."""
    return f"{version('inquit')} {VECTORS} with arrays"


def take(ledger: Ledger, given: Iterable[tuple[Reading, Prepared | None]]) -> Iterator[Kept]:
    """Keep articles that were read, and prepared, before; what was yielded is on disk.

    Raises WorkError when the ledger cannot be written.
    """
    rest = iter(given)
    while some := list(islice(rest, _TAKEN_AT_ONCE)):
        for found, _ in some:
            yield Kept(found, new=ledger.keep(found))
        prepare(ledger, {one.article: one for _, one in some if one is not None})


def _holding(found: Reading, one: Prepared | None, ruled: Set[str]) -> Prepared | None:
    """What was prepared, where it is of these statements, made in our way, and no person's ruling changes it."""
    if one is None or one.recipe != recipe() or tuple(s.id for s in found.statements) != one.statements:
        return None
    return None if ruled & set(one.statements) else one


def _worded(found: Reading, ruled: Set[str] = frozenset(), apart: Set[str] = frozenset()) -> list[Worded]:
    """What is compared of an article: in another language than English only what people rule on.

    Weights of words, vectors and the words that turn a claim round are those of English.
    """
    if any(not s.by.startswith("reader-en/") for s in found.statements) and foreign(found.article.text) is not None:
        found = msgspec.structs.replace(found, statements=tuple(s for s in found.statements if s.id in ruled))
    return worded(found, ruled, apart)


def _articles(
    inputs: Iterable[str], options: Options | None, stdin: BinaryIO | None
) -> Iterator[tuple[Article, list[Problem]] | Problem]:
    """Each article with its own Problems, and the Problems of inputs without one, in order."""
    return with_problems(read(map(place, inputs), options or Options(), stdin=stdin))


def place(given: str) -> str:
    """The word ``examples``, where no such path exists, means the story that ships with the package."""
    if given == "examples" and not Path(given).exists():
        return str(Path(__file__).parent / "data" / "story")
    return given
