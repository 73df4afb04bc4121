"""Articles without end for measuring growth: those of a seed told of one affair after another.

The seed is what ``inquit export LEDGER --to jsonl`` writes, or the story that ships. Nothing of it is kept here. Each
round through it is an affair of its own: names, numbers and most words are others, the same others in all articles of
the round, so that these hang together as those of the seed do. Statements of two affairs share a key of linking a
sixteenth as often as those of one: as often as those of 612 articles about one summit do with 228 of other politics.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from inquit import ids, pipeline
from inquit.records import Article, Attribution, Reading, Spans, Statement
from train.pairs.data import load

_WORD = re.compile(r"\w+")
_SYLLABLES = [
    "ba",
    "den",
    "fel",
    "gor",
    "hal",
    "jun",
    "kir",
    "lom",
    "mar",
    "nor",
    "pel",
    "rud",
    "sol",
    "tam",
    "ver",
    "wim",
    "yor",
    "zan",
    "cho",
    "bri",
]
_FIRST = date(2020, 1, 1)
_APART, _DAYS = 3, 20  # between the beginnings of two affairs, and that one lasts
_SWAPPED = 0.65  # of the words of 5 letters and more
_RENAMED = 0.9  # of the names and numbers
_ALIKE = 64  # words of about one frequency, within which they are swapped


def seed(path: Path | None) -> list[Reading]:
    """The readings of a ledger's JSON lines; of the story where there is no path."""
    if path is None:
        return [r for r in pipeline.readings(["examples"]) if isinstance(r, Reading)]
    return load(path)


def varied(readings: Sequence[Reading], *, number: int = 1) -> Iterator[Reading]:
    """Readings without end, the same ones for the same ``number``."""
    rng = random.Random(number)
    words = Counter(word for r in readings for word in _WORD.findall(r.article.text))
    affairs = made = 0
    while True:
        swaps = _affair(words, rng)
        begins = _FIRST + timedelta(days=_APART * affairs)
        affairs += 1
        for reading in rng.sample(list(readings), len(readings)):
            made += 1
            day = begins + timedelta(days=rng.randrange(_DAYS))
            yield _variant(reading, made, reading.article.outlet or "Outlet", day, swaps)


def _affair(words: Mapping[str, int], rng: random.Random) -> dict[str, str]:
    """What becomes of the words of the seed, in any case, in one affair: of common words other common ones."""
    found: dict[str, str] = {}
    plain: list[str] = []
    for word in sorted(words, key=lambda w: (-words[w], w)):
        chance = rng.random()
        if word.isdigit():
            if chance < _RENAMED and len(word) < 9:
                found[word] = str(rng.randrange(10 ** (len(word) - 1), 10 ** len(word)))
        elif word[0].isupper() and word.lower() not in words:
            if chance < _RENAMED and len(word) > 3:
                found[word] = "".join(rng.choices(_SYLLABLES, k=3)).capitalize()
        elif word.islower() and len(word) > 4 and chance < _SWAPPED:
            plain.append(word)
    for first in range(0, len(plain), _ALIKE):
        some = plain[first : first + _ALIKE]
        found.update(zip(some, rng.sample(some, len(some)), strict=True))
    return found | {one.capitalize(): other.capitalize() for one, other in found.items() if one.islower()}


def _variant(reading: Reading, number: int, outlet: str, day: date, swaps: Mapping[str, str]) -> Reading:
    """The reading with its words swapped, as another article."""
    text, moved = _swapped(reading.article.text, swaps)
    published = day.isoformat()
    ident = ids.article_id(external_id=str(number), outlet=outlet, published=published, title=None, text=text)
    article = Article(id=ident, external_id=str(number), outlet=outlet, published=published, text=text)
    named: dict[str, str] = {}
    statements = []
    for statement in reading.statements:
        new = _statement(statement, ident, moved, swaps, named)
        named[statement.id] = new.id
        statements.append(new)
    return Reading(article=article, statements=tuple(statements))


def _swapped(text: str, swaps: Mapping[str, str]) -> tuple[str, list[int]]:
    """The text with words swapped, and where each of its places has gone."""
    moved: list[int] = []
    out: list[str] = []
    size = at = 0
    for match in _WORD.finditer(text):
        begin, end = match.span()
        new = swaps.get(match[0], match[0])
        moved += range(size, size + begin - at)
        size += begin - at
        moved += (size + min(i, len(new)) for i in range(end - begin))
        out += (text[at:begin], new)
        size += len(new)
        at = end
    moved += range(size, size + len(text) - at + 1)
    return "".join((*out, text[at:])), moved


def _statement(
    old: Statement, article: str, moved: Sequence[int], swaps: Mapping[str, str], named: Mapping[str, str]
) -> Statement:
    def spans(given: Spans) -> Spans:
        return tuple((moved[start], moved[end]) for start, end in given)

    def name(given: str | None) -> str | None:
        return given and _WORD.sub(lambda m: swaps.get(m[0], m[0]), given)

    who = old.attribution
    content = spans(old.content)
    inside = named.get(old.inside) if old.inside else None
    source, cue = (spans(who.source), spans(who.cue)) if who else ((), ())
    return Statement(
        id=ids.statement_id(
            article=article, source=source, cue=cue, content=content, inside=inside, attributed=who is not None
        ),
        article=article,
        content=content,
        form=old.form,
        inside=inside,
        attribution=who
        and Attribution(
            source=source,
            cue=cue,
            entity=name(who.entity),
            through=name(who.through),
            party=name(who.party),
            standing=who.standing,
            stance=who.stance,
            framing=who.framing,
        ),
        score=old.score,
        by=old.by,
    )
