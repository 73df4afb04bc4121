"""Stance and framing of one attribution, from its cue, the words around the cue and the start of its content.

The rules are those of docs/scheme.md; every word they ask for is in ``data/cues.en.toml``. No parser: a main clause is
read from its first words, which is where English puts subject, modal and verb.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import msgspec

from inquit.extract.lexicon import Cue, Found, cue_data, entries, find, words_of
from inquit.records import Framing, Spans, Stance

_REACH = 70  # code points around a cue in which a negation or a modifier is looked for
_READ = 240  # code points of a content that are read
_CLAUSE = 16  # words in which a main clause shows its verb
_SENTENCE_END = re.compile(r"[.!?][\"”'’)]*\s+(?=[\"“‘(]?[A-Z])|\n")
_DIRECT = re.compile(r"""(?:["“„«‘]|``|(?:^|[\s(,:])')\s?$""")
_MONTH = re.compile(r"(?<=\s)May\b")
_PLAIN = Cue(lemma="", stance="affirms", framing="neutral")
_LEADS_UP = frozenset({"to", "yet", "be", "been", "have", "even", "ever", "also"})
_HAVE = frozenset({"have", "has"})
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
    nobody = words_of(text[slice(*source[0])])[:1] if source else []
    negated = bool(cue_data().negation.nobody & set(nobody)) or _negated(words, found, before)
    said = _Said(text, source, content, bare=not words)
    stance = _stance(entry, negated, words[found.end :] if found else [], said)
    known = found is not None or not words
    if quoted or not words:
        return Force(stance, "neutral", known)
    if _lacks_ground(text, source, cue, content):
        return Force(stance, "distancing", known)
    framing = _framing(entry, negated, stance, [*before[-3:], *words, *after], said.start)
    if (framing, stance, negated) == ("neutral", "affirms", False) and _says_claim(words, said.start):
        return Force(stance, "distancing", known)
    return Force(stance, framing, known)


class _Said:
    """The first sentence of a content: its words, where its main clause starts, whose words it gives."""

    def __init__(self, text: str, source: Spans, content: Spans, bare: bool) -> None:
        joined = " ".join(text[a:b] for a, b in content)[:_READ]
        end = _SENTENCE_END.search(joined)
        self.start = joined[: end.start() + 1].rstrip() if end else joined
        self.words = words_of(_MONTH.sub(" ", self.start))
        first, last = (content[0][0], content[-1][1]) if content else (0, 0)
        self.asks = self.start.endswith("?") or (end is None and text[last : last + 1] == "?")
        self.direct = bare or _DIRECT.search(text[max(0, first - 3) : first]) is not None
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


def _lacks_ground(text: str, *roles: Spans) -> bool:
    """Whether the sentence says, outside the spans, that the statement comes without evidence."""
    first, last = min(s[0][0] for s in roles if s), max(s[-1][1] for s in roles if s)
    around = text[max(0, first - _REACH) : last + _REACH].lower()
    if not any(ground in around for ground in cue_data().modifiers.grounds):
        return False
    return _lacking().search(" | ".join(_outside(text, *roles))) is not None


def _outside(text: str, *roles: Spans) -> list[str]:
    """Give what the sentence says between the spans, before the first and after the last, a little of each."""
    spans = sorted(span for spans in roles for span in spans)
    gaps = [text[a : min(b, a + _REACH)] for (_, a), (b, _) in pairwise(spans) if b > a]
    first, last = spans[0][0], max(b for _, b in spans)
    lead = _lead(text, max(0, first - _REACH), first)
    return [lead, *gaps, _SENTENCE_END.split(text[last : last + _REACH])[0]]


def _lead(text: str, left: int, start: int) -> str:
    """Give what the sentence says from ``left`` on to ``start``, whose capital shows that another ended before it."""
    return _SENTENCE_END.split(text[left : start + 1])[-1][:-1]


def _beside(text: str, cue: Spans, others: Spans) -> tuple[list[str], list[str]]:
    """Give the words right before and right after the cue, none of them of another span."""
    if not cue:
        return [], []
    start, end = cue[0][0], cue[-1][1]
    left = max([0, start - _REACH, *(b for _, b in others if b <= start)])
    right = min([end + _REACH, *(a for a, _ in others if a >= end)])
    before = _lead(text, left, start)
    after = _SENTENCE_END.split(text[end:right])[0]
    return words_of(before)[-4:], words_of(after)[:2]


def _negated(words: list[str], found: Found | None, before: list[str]) -> bool:
    """Whether a negation stands in the cue before its head, or right before the cue."""
    if found is None:
        return False
    rules = cue_data().negation
    if words[found.start] in rules.refusals:
        return False
    # outside of the cue only what leads up to it: "urged him not to go, saying" negates nothing
    near = [w for i, w in enumerate(before) if all(v in _LEADS_UP or v.endswith("ly") for v in before[i + 1 :])]
    lead = near + words[: found.start]
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
            return "speculates" if cue_data().modality.forecast & set(words[1:3]) else entry.to
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
    if done is None or done.start > 0 or done.cue.kind not in ("verb", "phrase"):
        return "intends"
    if done.cue.stance == "denies":
        return done.cue.negated or "withholds"
    return "withholds" if done.cue.stance in ("affirms", "withholds") and done.cue.negated is None else "intends"


def _somebody_to_do(words: list[str]) -> bool:
    """Tell ``residents (not) to leave``: an infinitive before any finite verb."""
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
    if said.direct and _imperative(said.words):
        return "urges"
    return _modal(said) or "affirms"


def _imperative(words: list[str]) -> bool:
    rules = cue_data().modality
    return (
        words[:1] != []
        and words[0] in rules.imperative
        and not (set(words[1:3]) - {"do"}) & (rules.finite | rules.future)
    )


def _modal(said: _Said) -> Stance | None:
    """Stance that the modal of the main clause makes; None without one. ``should have`` urges nothing."""
    rules = cue_data().modality
    words = said.words[: _CLAUSE + said.main]
    for i in range(said.main, len(words)):
        word, following = words[i], words[i + 1 : i + 5]
        if word in rules.future:
            # "I would go" is a condition, "he would go" the future of reported speech
            return None if said.direct and word == "would" else _promise(words[said.main : i], following, said)
        if word in rules.speculates:
            # "could not swim" tells of the past
            return None if word == "could" and following[:1] == ["not"] else "speculates"
        if word in rules.urges:
            return _urged(word, words[max(said.main, i - 1) : i], following)
        if word in rules.finite:
            return _after_verb(word, words[said.main : i], following, said)
        past = word.endswith("ed") and following[:1] and following[0] in rules.object_openers
        if i > said.main and (past or word in rules.clause_openers or word == "that"):
            return None
    return None


def _urged(word: str, before: list[str], after: list[str]) -> Stance | None:
    """Tell ``should go``, ``we need more`` from ``should have gone``, ``I must go``, ``a need for more``."""
    if after[:1] == ["have"] or before == ["i"]:
        return None
    noun = word in ("need", "needs") and after[:1] != ["to"] and not set(before) & {"we", "you", "they"}
    return None if noun else "urges"


def _after_verb(verb: str, subject: list[str], words: list[str], said: _Said) -> Stance | None:
    """Read ``is likely``, ``has to``, ``is going to``: the modality that comes after the finite verb."""
    rules = cue_data().modality
    if words[:2] == ["going", "to"]:
        return _promise(subject, words[1:], said)
    if any(w in rules.speculates for w in words[:3]):
        return "speculates"
    return "urges" if verb in _HAVE and words[:1] == ["to"] and subject[-1:] != ["i"] else None


def _promise(subject: list[str], words: list[str], said: _Said) -> Stance | None:
    """Read ``will``: of the source's own act is an intention, of what nobody wills a forecast; of others it asserts."""
    if not set(subject[-2:]) & said.own:
        return None
    verb = next((w for w in words if w not in ("to", "not", "be") and not w.endswith("ly")), "")
    if verb in cue_data().modality.unwilled or (words[:1] == ["be"] and not verb.endswith("ing")):
        return None if "it" in subject[-2:] or words[:1] == ["be"] else "speculates"
    return "intends"


def _framing(entry: Cue, negated: bool, stance: Stance, beside: list[str], said: str) -> Framing:
    """Framing of the entry, unless a modifier beside the cue or in front of what is said speaks louder."""
    rules = cue_data().modifiers
    if not rules.distancing.isdisjoint(beside):
        return "distancing"
    if not rules.endorsing.isdisjoint(beside):
        return "endorsing"
    if _untrue().match(said) or _untrue().match(" ".join(beside[-4:])):
        return "endorsing" if stance in ("denies", "questions") else "distancing"
    if negated:
        return entry.framing if entry.factive else "neutral"
    return entry.framing


def _says_claim(words: list[str], said: str) -> bool:
    """Whether a distancing word stands beside the head of the cue, or is all that is said ("the allegations")."""
    if any(found.cue.framing == "distancing" for found in entries(words)):
        return True
    noun = words_of(said) if len(said) < 40 else []
    back = find(noun[-1:]) if len(noun) in (1, 2, 3) else None
    return back is not None and back.cue.kind == "noun" and back.cue.framing == "distancing"


@cache
def _lacking() -> re.Pattern[str]:
    """Compile "without evidence" and its like."""
    return re.compile(r"\b(?:" + "|".join(cue_data().modifiers.lacking) + r")\b", re.IGNORECASE)


@cache
def _untrue() -> re.Pattern[str]:
    """Compile ``the (long) debunked claim``: an adjective of falsehood, then a noun of assertion."""
    rules = cue_data().modifiers
    adjective, noun = "|".join(rules.untrue), "|".join(rules.assertions)
    return re.compile(rf"(?:that |[a-z]+ ){{0,3}}(?:{adjective}) (?:[a-z]+ )?(?:{noun})s?\b", re.IGNORECASE)
