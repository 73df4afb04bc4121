"""Stance and framing of one attribution, from its cue, the words around the cue and the start of its content.

The rules are those of docs/scheme.md; every word they ask for is in ``data/cues.en.toml``. No parser: a main clause is
read from its first words, which is where English puts subject, modal and verb.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import msgspec

from inquit.extract.lexicon import Cue, Found, cue_data, find, words_of
from inquit.records import Framing, Spans, Stance

_REACH = 70  # code points around a cue in which a negation or a modifier is looked for
_READ = 400  # code points of a content that are read
_CLAUSE = 16  # words in which a main clause shows its verb
_SENTENCE_END = re.compile(r"[.!?][\"”'’)]*\s+(?=[\"“‘(]?[A-Z])|\n")
_OPENING = ("“", '"', "‘", "``", "„", "«")
_PLAIN = Cue(lemma="", stance="affirms", framing="neutral")
_FIRST_PERSON = frozenset({"i", "we"})
_THIRD_PERSON = frozenset({"he", "she", "they", "it"})


class Force(msgspec.Struct, frozen=True):
    """What a source does with a content and how the outlet stands to it. ``known``: a word of the cue has an entry."""

    stance: Stance
    framing: Framing
    known: bool


def force(text: str, *, source: Spans, cue: Spans, content: Spans, quoted: bool) -> Force:
    """Stance and framing of the statement with these spans of ``text``.

    ``quoted``: the statement stands inside a direct quotation, whose words are not the outlet's: framing is neutral.
    An empty cue (a colon, a bare quotation) affirms; an unknown one affirms too, with ``known`` False.
    """
    words = words_of(" ".join(text[a:b] for a, b in cue))
    found = find(words)
    entry = found.cue if found else _PLAIN
    before, after = _beside(text, cue, source + content)
    negated = _negated(words, found, before)
    said = _Said(text, source, content)
    stance = _stance(entry, negated, words[found.end :] if found else [], said)
    known = found is not None or not words
    if quoted or not words:
        return Force(stance, "neutral", known)
    if _lacking().search(" | ".join(_outside(text, source, cue, content))):
        return Force(stance, "distancing", known)
    return Force(stance, _framing(entry, negated, stance, [*before[-3:], *words, *after], said.start), known)


class _Said:
    """The first sentence of a content: its words, where its main clause starts, whose words it gives."""

    def __init__(self, text: str, source: Spans, content: Spans) -> None:
        joined = " ".join(text[a:b] for a, b in content)[:_READ]
        end = _SENTENCE_END.search(joined)
        self.start = joined[: end.start() + 1].rstrip() if end else joined
        self.words = words_of(self.start)
        first, last = (content[0][0], content[-1][1]) if content else (0, 0)
        self.asks = (self.start if end else self.start + text[last : last + 1]).endswith("?")
        self.direct = text[max(0, first - 2) : first].rstrip().endswith(_OPENING)
        named = words_of(text[source[-1][0] : source[-1][1]]) if source else []
        self.own = frozenset(named[-1:]) | (_FIRST_PERSON if self.direct else _THIRD_PERSON)
        self.main = self._main_clause()

    def _main_clause(self) -> int:
        """Index of the word the main clause starts with: after ``that``, after ``If it rains,``."""
        opened = 1 if self.words[:1] == ["that"] else 0
        if self.words[opened : opened + 1] and self.words[opened] in cue_data().modality.clause_openers:
            comma = self.start.find(",")
            return len(words_of(self.start[:comma])) if comma > 0 else len(self.words)
        return opened


def _outside(text: str, *roles: Spans) -> list[str]:
    """What the sentence says between the spans, before the first and after the last, a little of each."""
    spans = sorted(span for spans in roles for span in spans)
    gaps = [text[a : min(b, a + _REACH)] for (_, a), (b, _) in pairwise(spans) if b > a]
    first, last = spans[0][0], max(b for _, b in spans)
    lead = _SENTENCE_END.split(text[max(0, first - _REACH) : first])[-1]
    return [lead, *gaps, _SENTENCE_END.split(text[last : last + _REACH])[0]]


def _beside(text: str, cue: Spans, others: Spans) -> tuple[list[str], list[str]]:
    """The words right before and right after the cue, none of them of another span."""
    if not cue:
        return [], []
    start, end = cue[0][0], cue[-1][1]
    left = max([0, start - _REACH, *(b for _, b in others if b <= start)])
    right = min([end + _REACH, *(a for a, _ in others if a >= end)])
    before = _SENTENCE_END.split(text[left:start])[-1]
    after = _SENTENCE_END.split(text[end:right])[0]
    return words_of(before)[-4:], words_of(after)[:2]


def _negated(words: list[str], found: Found | None, before: list[str]) -> bool:
    """Whether a negation stands in the cue before its head, or right before the cue."""
    if found is None:
        return False
    rules = cue_data().negation
    lead = before + words[: found.start]
    head = words[found.start]
    if head in rules.refusals:
        return False
    for i, word in enumerate(lead):
        if word in rules.refusals:
            return True
        if word in rules.words and not (set(lead[i + 1 : i + 2]) & rules.spared_by):
            return True
    return False


def _stance(entry: Cue, negated: bool, rest: list[str], said: _Said) -> Stance:
    if negated:
        return entry.negated or cue_data().negation.becomes[entry.stance]
    words = said.words
    if _to_do(rest) or _to_do(words):
        verb = _refused(entry, rest if _to_do(rest) else words)
        if verb is not None:
            return verb
        if entry.to is not None:
            # "said to expect more of it" is a forecast
            return "speculates" if cue_data().modality.speculates & set(words[:2]) else entry.to
    elif entry.object_to is not None and _somebody_to_do(words):
        return entry.object_to
    if entry.stance == "affirms":
        return _said_stance(said)
    if entry.stance == "speculates" and _modal(said) == "urges":
        return "urges"
    return entry.stance


def _to_do(words: list[str]) -> bool:
    return words[:1] == ["to"] or words[:2] == ["not", "to"]


def _refused(entry: Cue, words: list[str]) -> Stance | None:
    """Who refuses to say something withholds it, who refuses to do something intends; None: nothing is refused."""
    if entry.lemma not in cue_data().negation.refusals:
        return None
    done = find(words[words.index("to") + 1 :][:4])
    if done is None or done.start > 0 or done.cue.kind == "light":
        return "intends"
    if done.cue.stance == "denies":
        return done.cue.negated or "withholds"
    return "withholds" if done.cue.stance in ("affirms", "withholds") and done.cue.negated is None else "intends"


def _somebody_to_do(words: list[str]) -> bool:
    """``residents (not) to leave``: an infinitive before any finite verb."""
    rules = cue_data().modality
    stops = (rules.finite, rules.future, rules.urges, rules.clause_openers)
    for i, word in enumerate(words[:9]):
        if word == "that" or any(word in stop for stop in stops):
            return False
        if word == "to" and 0 < i < len(words) - 1:
            return True
    return False


def _said_stance(said: _Said) -> Stance:
    """Stance of a plain assertion: its main clause may guess, urge, promise or ask."""
    if said.direct and said.asks:
        return "questions"
    if said.direct and " ".join(said.words[:2]).startswith(cue_data().modality.imperative):
        return "urges"
    return _modal(said) or "affirms"


def _modal(said: _Said) -> Stance | None:
    """What the modal of the main clause makes of it; None without one. ``should have`` and ``must be`` urge nothing."""
    rules = cue_data().modality
    words = said.words[: _CLAUSE + said.main]
    for i in range(said.main, len(words)):
        word, following = words[i], words[i + 1 : i + 5]
        if word in rules.future:
            # "I would go" is a condition, "he would go" the future of reported speech
            return None if said.direct and word == "would" else _promise(words[said.main : i], following, said)
        if word in rules.speculates:
            return "speculates"
        if word in rules.urges:
            return None if following[:1] == ["have"] or words[i - 1 : i] == ["i"] else "urges"
        if word in rules.finite:
            return _after_verb(words[said.main : i], following, said)
        past = word.endswith("ed") and following[:1] and following[0] in rules.object_openers
        if i > said.main and (past or word in rules.clause_openers or word == "that"):
            return None
    return None


def _after_verb(subject: list[str], words: list[str], said: _Said) -> Stance | None:
    """``is likely``, ``has to``, ``is going to``: the modality that comes after the finite verb."""
    rules = cue_data().modality
    if words[:2] == ["going", "to"]:
        return _promise(subject, words[1:], said)
    if any(w in rules.speculates for w in words[:3]):
        return "speculates"
    return "urges" if words[:1] == ["to"] and subject[-1:] != ["i"] else None


def _promise(subject: list[str], words: list[str], said: _Said) -> Stance | None:
    """``will`` of the source's own act is an intention, of what nobody wills a forecast; of others it asserts."""
    if not set(subject[-2:]) & said.own:
        return None
    verb = next((w for w in words if w not in ("to", "not", "be") and not w.endswith("ly")), "")
    if verb in cue_data().modality.unwilled or words[:1] == ["be"] and not verb.endswith("ing"):
        return None if "it" in subject[-2:] or words[:1] == ["be"] else "speculates"
    return "intends"


def _framing(entry: Cue, negated: bool, stance: Stance, beside: list[str], said: str) -> Framing:
    """The entry's framing, unless a modifier beside the cue or in front of what is said speaks louder."""
    rules = cue_data().modifiers
    if not rules.distancing.isdisjoint(beside):
        return "distancing"
    if not rules.endorsing.isdisjoint(beside):
        return "endorsing"
    if _untrue().match(said) or _untrue().match(" ".join(beside[-4:])):
        return "endorsing" if stance in ("denies", "questions") else "distancing"
    return "neutral" if negated and not entry.factive else entry.framing


@cache
def _lacking() -> re.Pattern[str]:
    """"without evidence" and its like."""
    return re.compile(r"\b(?:" + "|".join(cue_data().modifiers.lacking) + r")\b", re.IGNORECASE)


@cache
def _untrue() -> re.Pattern[str]:
    """``the (long) debunked claim``: an adjective of falsehood and a noun of assertion at the start of a text."""
    rules = cue_data().modifiers
    adjective, noun = "|".join(rules.untrue), "|".join(rules.assertions)
    return re.compile(rf"(?:that |[a-z]+ ){{0,3}}(?:{adjective}) (?:[a-z]+ )?(?:{noun})s?\b", re.IGNORECASE)
