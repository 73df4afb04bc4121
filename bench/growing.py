"""Articles without end for measuring growth: those of a seed, again and again, with other names, numbers and words.

The seed is what ``inquit export LEDGER --to jsonl`` writes, or the story that ships. Nothing of it is kept here.
"""

from __future__ import annotations

import random
import re
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
_OUTLETS = 200
_FIRST = date(2020, 1, 1)
_DAYS = 1500
_COPIED = 0.1  # of the articles, from one of the last hundred
_SWAPPED = 0.15  # of the words of 5 letters and more
_RENAMED = 0.7  # of the names and numbers


def seed(path: Path | None) -> list[Reading]:
    """The readings of a ledger's JSON lines; of the story where there is no path."""
    if path is None:
        return [r for r in pipeline.readings(["examples"]) if isinstance(r, Reading)]
    return load(path)


def varied(readings: Sequence[Reading], *, number: int = 1) -> Iterator[Reading]:
    """Readings without end, the same ones for the same ``number``."""
    rng = random.Random(number)
    words = sorted({w for r in readings for w in _WORD.findall(r.article.text) if len(w) > 4 and w.islower()})
    last: list[Reading] = []
    made = 0
    while True:
        for reading in rng.sample(list(readings), len(readings)):
            copied = bool(last) and rng.random() < _COPIED
            source = rng.choice(last) if copied else reading
            made += 1
            yield (found := _variant(source, made, rng, [] if copied else words))
            last = [*last[-99:], found]


def _variant(reading: Reading, number: int, rng: random.Random, words: Sequence[str]) -> Reading:
    """The reading with its words swapped, or as it is where there are no ``words``, in another outlet."""
    swaps = _swaps(reading.article.text, rng, words) if words else {}
    text, moved = _swapped(reading.article.text, swaps)
    outlet = f"Outlet {rng.randrange(_OUTLETS)}"
    published = (_FIRST + timedelta(days=rng.randrange(_DAYS))).isoformat()
    ident = ids.article_id(external_id=str(number), outlet=outlet, published=published, title=None, text=text)
    article = Article(id=ident, external_id=str(number), outlet=outlet, published=published, text=text)
    named: dict[str, str] = {}
    statements = []
    for statement in reading.statements:
        new = _statement(statement, ident, moved, swaps, named)
        named[statement.id] = new.id
        statements.append(new)
    return Reading(article=article, statements=tuple(statements))


def _swaps(text: str, rng: random.Random, words: Sequence[str]) -> dict[str, str]:
    """What becomes of words, wherever they stand in the text."""
    found: dict[str, str] = {}
    for word in dict.fromkeys(_WORD.findall(text)):
        chance = rng.random()
        if word.isdigit() and chance < _RENAMED:
            found[word] = str(rng.randrange(10 ** (len(word) - 1), 10 ** min(len(word), 9))) if len(word) < 9 else word
        elif word[0].isupper() and len(word) > 3 and word.lower() not in text and chance < _RENAMED:
            found[word] = "".join(rng.choices(_SYLLABLES, k=3)).capitalize()
        elif word.islower() and len(word) > 4 and chance < _SWAPPED:
            found[word] = rng.choice(words)
    return found


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
