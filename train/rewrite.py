"""Rewritten articles with checked labels, for what PolNeAR lacks.

That is statements inside statements, headlines, sources who asked not to be named, a time between source and cue. Every
edit puts words in; labels shift with them. Words of one attribution of the corpus go round another's sentence, so that
the inner one's labels are known where the corpus marks outermost attributions only.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from train.polnear import Attribution, Labelled, Span

BEFORE, AFTER, QUOTED, TIMED, HEADLINED, UNNAMED = 0.12, 0.07, 0.08, 0.03, 0.3, 0.5  # how often, where there is room
LONGEST = 400  # characters of a sentence that goes into another statement
FUNCTION = frozenset(
    [
        "The",
        "A",
        "An",
        "He",
        "She",
        "It",
        "They",
        "We",
        "This",
        "That",
        "These",
        "Those",
        "His",
        "Her",
        "Its",
        "Their",
        "Our",
        "In",
        "On",
        "At",
        "But",
        "And",
    ]
)
PERSON = re.compile(r"(?:official|source|aide|person|people|adviser|strategist|employee|lawyer|diplomat)s?$")
UNNAMING = (
    " who asked not to be named",
    " who asked not to be identified",
    " who spoke on condition of anonymity",
    ", who was not authorized to speak publicly,",
    ", who declined to be named,",
    ", speaking on the condition of anonymity,",
    " familiar with the matter",
    " who requested anonymity because the talks were private",
)
TIMES = (
    " on Monday",
    " late Tuesday",
    " last week",
    " this week",
    " on Wednesday night",
    ", in a statement on Friday,",
)
NOT_HEADLINED = frozenset(
    [
        "to",
        "that",
        "what",
        "who",
        "whom",
        "which",
        "whether",
        "if",
        "how",
        "why",
        "by",
        "of",
        "for",
        "on",
        "in",
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
    ]
)
HEADLINE_VERBS = ("say", "claim", "allege", "warn", "insist", "report", "argue", "fear", "admit", "suggest")


@dataclass(frozen=True, slots=True)
class Donor:
    """Words that attribute whatever stands beside them; spans count from their start."""

    words: str
    source: Span
    cue: Span


@dataclass(frozen=True, slots=True)
class Donors:
    """What the corpus puts before and after a content."""

    before: list[Donor]
    after: list[Donor]


def donors(articles: list[Labelled]) -> Donors:
    """Every attribution of ``articles`` whose source and cue stand together on one side of its content."""
    before, after = [], []
    for article in articles:
        text = article.text
        for a in article.readings[0]:
            if not (len(a.source) == len(a.cue) == len(a.content) == 1):
                continue
            (s, t), (c, d), (x, y) = a.source[0], a.cue[0], a.content[0]
            lead = text[s:x]
            if t + 1 == c and text[d:x] in (" ", " that ") and len(lead) < 80 and _plain(lead) and _opens(text, s):
                before.append(Donor(lead, (0, t - s), (c - s, d - s)))
            tail = text[y : max(t, d)]
            if min(s, c) > y and tail.startswith(", ") and len(tail) < 60 and _plain(tail) and _closes(text, max(t, d)):
                after.append(Donor(tail, (s - y, t - y), (c - y, d - y)))
    return Donors(before, after)


def rewritten(article: Labelled, given: Donors, rng: random.Random) -> Labelled:
    """``article``, which has one reading, with some of its sentences inside others' statements, and more."""
    text, reading = article.text, article.readings[0]
    for host in sorted(_hosts(text, reading), key=lambda a: -_extent(a)[0]):
        draw = rng.random()
        if draw < BEFORE:
            text, reading = _put_before(text, reading, host, rng.choice(given.before))
        elif draw < BEFORE + AFTER:
            text, reading = _put_after(text, reading, host, rng.choice(given.after))
        elif draw < BEFORE + AFTER + QUOTED:
            text, reading = _put_in_quotes(text, reading, host, rng.choice(given.after))
        elif draw < BEFORE + AFTER + QUOTED + TIMED:
            text, reading = _timed(text, reading, host, rng.choice(TIMES))
        elif PERSON.search(text[slice(*host.source[0])] if host.source else "") and rng.random() < UNNAMED:
            text, reading = _unnamed(text, reading, host, rng.choice(UNNAMING))
    if rng.random() < HEADLINED:
        text, reading = _headlined(text, reading, rng)
    return replace(article, text=text, readings=[reading])


def _hosts(text: str, reading: list[Attribution]) -> Iterator[Attribution]:
    """Attributions that fill a sentence and share no character with another."""
    for a in reading:
        if not (a.cue and a.content):
            continue
        s, e = _extent(a)
        alone = all(b is a or not b.given or _extent(b)[1] <= s or e <= _extent(b)[0] for b in reading)
        if alone and e - s < LONGEST and "\n" not in text[s:e] and _opens(text, s) and _closes(text, e):
            yield a


def _put_before(
    text: str, reading: list[Attribution], host: Attribution, donor: Donor
) -> tuple[str, list[Attribution]]:
    s, e = _extent(host)
    if not text[s].isalpha():
        return text, reading
    first = text[s:e].split(" ", 1)[0]
    if first in FUNCTION:
        text = text[:s] + text[s].lower() + text[s + 1 :]
    text, reading = _inserted(text, reading, s, donor.words)
    n = len(donor.words)
    return text, [*reading, Attribution([_at(donor.source, s)], [_at(donor.cue, s)], [(s + n, e + n)], known=True)]


def _put_after(text: str, reading: list[Attribution], host: Attribution, donor: Donor) -> tuple[str, list[Attribution]]:
    s, e = _extent(host)
    if not text[e - 1].isalnum():
        return text, reading
    text, reading = _inserted(text, reading, e, donor.words)
    return text, [*reading, Attribution([_at(donor.source, e)], [_at(donor.cue, e)], [(s, e)], known=True)]


def _put_in_quotes(
    text: str, reading: list[Attribution], host: Attribution, donor: Donor
) -> tuple[str, list[Attribution]]:
    """The sentence becomes what somebody is quoted with; its content holds the marks, as the corpus' do."""
    s, e = _extent(host)
    if not text[e - 1].isalnum() or not _plain(text[s:e]):
        return text, reading
    tail = ",”" + donor.words[1:]
    text, reading = _inserted(text, reading, e, tail)
    text, reading = _inserted(text, reading, s, "“")
    shift = e + 2  # the opening mark, and the one that stands between the donor's comma and its words
    added = Attribution([_at(donor.source, shift)], [_at(donor.cue, shift)], [(s, e + 3)], known=True)
    return text, [*reading, added]


def _timed(text: str, reading: list[Attribution], host: Attribution, words: str) -> tuple[str, list[Attribution]]:
    if not _adjacent(host):
        return text, reading
    return _inserted(text, reading, host.source[0][1], words)


def _unnamed(text: str, reading: list[Attribution], host: Attribution, words: str) -> tuple[str, list[Attribution]]:
    """The clause belongs to the source; what it says of naming is no cue."""
    if not _adjacent(host):
        return text, reading
    s, t = host.source[0]
    place = reading.index(host)
    text, reading = _inserted(text, reading, t, words)
    longer = replace(reading[place], source=[(s, t + len(words.rstrip(",")))])
    return text, [*reading[:place], longer, *reading[place + 1 :]]


def _headlined(text: str, reading: list[Attribution], rng: random.Random) -> tuple[str, list[Attribution]]:
    """A new first line that says in a headline's order what one attribution of the article says."""
    short = [a for a in reading if len(a.source) == len(a.content) == 1 and a.cue and _fits_headline(text, a)]
    if not short:
        return text, reading
    pick = rng.choice(short)
    source, content = text[slice(*pick.source[0])], text[slice(*pick.content[0])].rstrip(".")
    verb = rng.choice(HEADLINE_VERBS)
    verb = verb if source.endswith("s") else verb + "s"
    parts = rng.choice(
        [(content, ", ", source, " ", verb), (content, ", ", verb, " ", source), (source, " ", verb, " ", content)]
    )
    style = rng.choice([_title, _title, _title, str.upper, str])
    cut = [style(part) for part in parts]
    if any(len(one) != len(other) for one, other in zip(cut, parts, strict=True)):
        return text, reading
    where = {part: (sum(map(len, parts[:i])), sum(map(len, parts[: i + 1]))) for i, part in enumerate(parts)}
    line = "".join(cut) + "\n"
    text, reading = _inserted(text, reading, 0, line)
    return text, [Attribution([where[source]], [where[verb]], [where[content]], known=True), *reading]


def _fits_headline(text: str, a: Attribution) -> bool:
    source, content = text[slice(*a.source[0])], text[slice(*a.content[0])]
    long_enough = 4 <= len(content.split()) <= 12 and len(source.split()) <= 4
    whole = not any(words.split()[0].lower() in NOT_HEADLINED for words in (source, content) if words)
    return long_enough and whole and bool(source) and _plain(source + content)


def _title(words: str) -> str:
    return re.sub(r"(?<![\w’'])\w(?=\w{3})", lambda m: m.group().upper(), words)


def _inserted(text: str, reading: list[Attribution], at: int, words: str) -> tuple[str, list[Attribution]]:
    """``text`` with ``words`` put in at ``at``: spans that begin there or later shift, spans it falls in grow."""
    n = len(words)

    def moved(spans: list[Span]) -> list[Span]:
        return [(a + n * (a >= at), b + n * (b > at)) for a, b in spans]

    shifted = [replace(a, source=moved(a.source), cue=moved(a.cue), content=moved(a.content)) for a in reading]
    return text[:at] + words + text[at:], shifted


def _extent(a: Attribution) -> Span:
    spans = [*a.source, *a.cue, *a.content]
    return min(s for s, _ in spans), max(e for _, e in spans)


def _adjacent(a: Attribution) -> bool:
    return len(a.source) == 1 and len(a.cue) == 1 and a.source[0][1] + 1 == a.cue[0][0]


def _at(span: Span, place: int) -> Span:
    return span[0] + place, span[1] + place


def _plain(words: str) -> bool:
    return not re.search(r"[\"“”‘\n:;]|''", words)


def _opens(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n" or text[max(0, at - 2) : at] in (". ", "” ")


def _closes(text: str, at: int) -> bool:
    return text[at : at + 1] == "." and text[at + 1 : at + 2] in ("", " ", "\n")
