"""Stance and framing of one attribution, from its cue, the words around the cue and the start of its content.

The rules are those of docs/scheme.md; every word they ask for is in ``data/cues.en.toml``. No parser: a main clause is
read from its first words, which is where English puts subject, modal and verb.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import msgspec

from inquit.extract.lexicon import Cue, cue_data, entries, find, words_of
from inquit.extract.why import Ground, Why
from inquit.extract.wording import REACH, CueWords, Place, SaidWords, outside
from inquit.records import Framing, Spans, Stance

_CLAUSE = 16  # words in which a main clause shows its verb
_HAVE = frozenset({"have", "has"})
_LEAD = 5  # words at most up to a subject that no comma parts from what is before it: "so next week we"
_INTERJECTION = re.compile(r"(?:look|listen|see|say|wait|come on|tell you what)\s*[,:]", re.IGNORECASE)
_SUBJECT = 8  # words within which a main clause has its verb, where that is "be"
_NOUN = 3  # words at most of "that kind of talk", which is no clause
_ASKING = frozenset({"whether", "why", "who", "whom", "whose", "what", "when", "where", "how", "which"})


class Force(msgspec.Struct, frozen=True):
    """What a source does with a content and how the outlet stands to it, and why; ``known``: the cue has an entry."""

    stance: Stance
    framing: Framing
    known: bool
    stance_why: Why
    framing_why: Why


def force(text: str, *, source: Spans, cue: Spans, content: Spans, quoted: bool) -> Force:
    """Stance and framing of the statement with these spans of ``text``.

    ``quoted``: the statement stands inside a direct quotation, whose words are not the outlet's: framing is neutral.
    An empty cue (a colon, a bare quotation) affirms; an unknown one affirms too, with ``known`` False.
    """
    told = CueWords(text, source, cue, content)
    said = SaidWords(text, source, content, bare=not told.words)
    read = _in_place(told, said, sourced=bool(source))
    stance, why = _stance(read, told.rest, said)
    framing: Framing
    if not told.words:
        framing, framed = "neutral", told.head
    elif quoted:
        framing, framed = "neutral", Why(Ground.QUOTED, cue)
    elif unproven := _unproven(text, source, cue, content):
        framing, framed = "distancing", Why(Ground.UNPROVEN, unproven)
    else:
        framing, framed = _framing(read, told, stance, said)
        if (framing, stance, read.negated) == ("neutral", "affirms", ()) and (claim := _claim(told, said)):
            framing, framed = "distancing", Why(Ground.CLAIM, claim)
    known = told.known or not told.words
    return Force(stance, framing, known, why, framed)


class _InPlace(NamedTuple):
    """An entry as it is meant in its place: its stance and framing with what decides them, what negates it."""

    entry: Cue
    negated: Spans
    stance: Why
    framing: Why


def _in_place(told: CueWords, said: SaidWords, *, sourced: bool) -> _InPlace:
    entry, negated, head = _demanding(told.entry, said.words), told.negation, told.head
    if entry.fact and said.words[:1] == ["that"] and len(said.words) > _NOUN:
        return _InPlace(msgspec.structs.replace(entry, stance="affirms", framing="endorsing"), (), head, head)
    guess = next((i for i, w in enumerate(told.words) if w in cue_data().modality.guesses), None)
    if entry.stance == "affirms" and not negated and guess is not None:
        doubt = Why(Ground.DOUBT, told.wording.at(guess, guess + 1))
        endorses = entry.framing == "endorsing" and not entry.factive
        kept: Framing = "neutral" if endorses else entry.framing
        entry = msgspec.structs.replace(entry, stance="speculates", framing=kept)  # "may have confirmed"
        return _InPlace(entry, (), doubt, doubt if endorses else head)
    if entry.factive and negated and (not sourced or said.words[:1] in (["whether"], ["if"])):
        entry = msgspec.structs.replace(entry, factive=False)  # "it is not known when", "did not know whether"
    return _InPlace(entry, negated, head, head)


def _demanding(entry: Cue, words: list[str]) -> Cue:
    """The entry with the preposition that a content begins with; without one the content may show that it is meant.

    So "insisted on a tunnel", "insisted building one", "insisted one be built"; not "insisted building one was cheap".
    """
    demanded = entry.lemma in cue_data().demanding and (_doing(words) or _be_done(words))
    behind = ["on"] if demanded else words[:1]
    if not entry.lemma or behind in ([], ["that"]):
        return entry
    found = find([*entry.lemma.split(" "), *behind])
    return found.cue if found and found.cue.lemma == f"{entry.lemma} {behind[0]}" else entry


def _doing(words: list[str]) -> bool:
    """Whether words begin with what somebody is to do, "building a tunnel": a gerund that no verb follows."""
    rules = cue_data().modality
    gerund = words[:1] and words[0].endswith("ing") and not words[0].endswith("thing")
    return bool(gerund) and not any(w in rules.finite | rules.future and w[0].isalpha() for w in words[:_CLAUSE])


def _be_done(words: list[str]) -> bool:
    """Whether words say what is to be: "there be no guards", "that a tunnel be built"."""
    at = next((i for i, w in enumerate(words[:_SUBJECT]) if w == "be"), 0)
    rules = cue_data().modality
    before = words[at - 1 : at]
    return at > 0 and not any(
        w in ("to", "not") or w in rules.future or w in rules.speculates | rules.urges for w in before
    )


def _unproven(text: str, *roles: Spans) -> Spans:
    """The words, outside the spans, by which the sentence says that the statement comes without evidence."""
    first, last = min(s[0][0] for s in roles if s), max(s[-1][1] for s in roles if s)
    around = text[max(0, first - REACH) : last + REACH].lower()
    if not any(ground in around for ground in cue_data().modifiers.grounds):
        return ()
    for start, end in outside(text, *roles):
        if found := _lacking().search(text[start:end]):
            return ((start + found.start(), start + found.end()),)
    return ()


def _stance(read: _InPlace, rest: list[str], said: SaidWords) -> tuple[Stance, Why]:
    entry, plain, words = read.entry, read.stance, said.words
    if read.negated:
        negated = tuple(sorted({*read.negated, *plain.words}))
        return entry.negated or cue_data().negation.becomes[entry.stance], Why(Ground.NEGATED, negated)
    to_do = Why(Ground.TO_DO, plain.words)
    if _to_do(rest) or _to_do(words):
        verb = _refused(entry, rest if _to_do(rest) else words)
        if verb is not None:
            return verb, to_do
        if entry.to is not None:
            return "speculates" if cue_data().modality.forecast & set(words[1:3]) else entry.to, to_do
    elif entry.object_to is not None and _somebody_to_do(words):
        return entry.object_to, to_do
    if entry.object_to is not None and entry.stance == "questions" and words[:1] == ["that"]:
        return entry.object_to, plain  # "asks that we wait"
    if entry.stance == "urges" and words[:1] and words[0] in _ASKING and words[1:2] != ["to"]:
        return "questions", said.why(Ground.ASKED, 0, 1)  # "pressed him on why it leaked"
    if entry.stance == "affirms":
        return _said_stance(said) or (entry.stance, plain)
    if entry.stance == "speculates" and (modal := _modal(said)) and modal[0] == "urges":
        return modal
    return entry.stance, plain


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
    unsaid = done.cue.stance in ("affirms", "withholds") and done.cue.negated in (None, "withholds")
    return "withholds" if unsaid else "intends"


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


def _said_stance(said: SaidWords) -> tuple[Stance, Why] | None:
    """Stance of a plain assertion whose main clause guesses, urges, promises or asks."""
    if said.words == ["no", "comment"]:
        return "withholds", said.why(Ground.NO_COMMENT, 0, 2)
    if said.direct and said.asks:
        return "questions", Why(Ground.ASKED, said.asks)
    if said.direct and _imperative(said.words) and not _INTERJECTION.match(said.start):
        return "urges", said.why(Ground.ORDER, 0, 1)
    return _modal(said)


def _imperative(words: list[str]) -> bool:
    rules = cue_data().modality
    return (
        words[:1] != []
        and words[0] in rules.imperative
        and not (set(words[1:3]) - {"do"}) & (rules.finite | rules.future)
    )


def _modal(said: SaidWords) -> tuple[Stance, Why] | None:
    """Stance that the main clause makes by its modal; None where it makes none."""
    first, last, stance = _main_verb(said)
    return (stance, said.why(Ground.MODAL, first, last)) if stance else None


def _past(following: list[str]) -> bool:
    """Whether what follows "could" denies it, of the past: "could not swim", "could no longer be seen"."""
    return following[:1] in (["not"], ["never"]) or following[:2] == ["no", "longer"]


def _main_verb(said: SaidWords) -> tuple[int, int, Stance | None]:
    """Where the verb of the main clause begins and ends, and the stance it makes; ``should have`` urges nothing."""
    rules = cue_data().modality
    words = said.words[: _CLAUSE + said.main]
    for i in range(said.main, len(words)):
        word, following = words[i], words[i + 1 : i + 5]
        if word in rules.future:
            # "I would go" is a condition, "he would go" the future of reported speech
            return (
                i,
                i + 1,
                None if said.direct and word == "would" else _promise(words[said.main : i], following, said),
            )
        if word in rules.speculates - rules.predicates:
            # "could not swim" tells of the past
            return i, i + 1, None if word == "could" and _past(following) else "speculates"
        if word in rules.seems and i > said.main and following[:1] in (["to"], ["that"], ["like"]):
            return i, i + 1, "speculates"
        if word in rules.urges:
            return i, i + 1, _urged(word, words[said.main : i], following)
        if word in rules.finite:
            length, stance = _after_verb(word, words[said.main : i], following, said)
            return i, i + length, stance
        past = word.endswith("ed") and following[:1] and following[0] in rules.object_openers
        if i > said.main and (past or word in rules.clause_openers or word == "that"):
            return i, i, None
    return 0, 0, None


def _urged(word: str, before: list[str], after: list[str]) -> Stance | None:
    """Tell ``should go``, ``we need more`` from ``should have gone``, ``I must go``, ``a need for more``."""
    last = before[-1:]
    if after[:1] == ["have"] or last in (["i"], ["only"]):
        return None
    if word == "need" and last in (["the"], ["a"], ["no"]) and len(before) > 1:
        return None  # "remembers the tide, and the need to leave", but "stressed the need to leave"
    noun = word in ("need", "needs") and after[:1] != ["to"] and not set(last) & {"we", "you", "they"}
    return None if noun else "urges"


def _after_verb(verb: str, subject: list[str], words: list[str], said: SaidWords) -> tuple[int, Stance | None]:
    """Read ``is likely``, ``has to``, ``is going to``: how many words they are, and the stance that they make."""
    rules = cue_data().modality
    if words[:2] == ["going", "to"]:
        return 3, _promise(subject, words[1:], said)
    guess = next((i for i, w in enumerate(words[:3]) if w in rules.speculates), None)
    if guess is not None:
        return guess + 2, "speculates"
    return 2, "urges" if verb in _HAVE and words[:1] == ["to"] and subject[-1:] != ["i"] else None


def _promise(subject: list[str], words: list[str], said: SaidWords) -> Stance | None:
    """Read ``will``: of the source's own act is an intention, of what nobody wills a forecast; of others it asserts."""
    own = set(subject[-2:]) & said.own
    behind = said.main + len(subject) - (2 if subject[-2:-1] and subject[-2] in own else 1)
    if not own or (len(subject) > _LEAD and not said.after_comma(behind)):
        return None
    plain = [w for w in words if w not in ("to", "not") and not w.endswith("ly")]
    being = plain[:1] == ["be"]
    verb = next((w for w in plain if w != "be"), "")
    if verb in cue_data().modality.unwilled or (being and not verb.endswith("ing")):
        return None if "it" in own or being else "speculates"
    return "intends"


def _framing(read: _InPlace, told: CueWords, stance: Stance, said: SaidWords) -> tuple[Framing, Why]:
    """Framing of the entry, unless a modifier beside the cue or in front of what is said speaks louder."""
    rules, near = cue_data().modifiers, told.near()
    beside: tuple[tuple[frozenset[str], Framing], ...]
    beside = (rules.distancing, "distancing"), (rules.endorsing, "endorsing")
    for wanted, framing in beside:
        for word, part, i in near:
            if word in wanted:
                return framing, Why(Ground.BESIDE, part.at(i, i + 1))
    if untrue := _untrue_words(near, said):
        return "endorsing" if stance in ("denies", "questions") else "distancing", Why(Ground.UNTRUE, untrue)
    if read.negated and not read.entry.factive:
        return "neutral", Why(Ground.NEGATED, tuple(sorted({*read.negated, *read.framing.words})))
    return read.entry.framing, read.framing


def _untrue_words(near: list[Place], said: SaidWords) -> Spans:
    """The words that call it untrue: in front of what is said, else the last of those beside the cue."""
    if opens := _untrue().match(said.start):
        return said.wording.within(*opens.span())
    if opens := _untrue().match(" ".join(word for word, _, _ in near[-4:])):
        return tuple(s for _, part, i in near[-4:][: opens.group().count(" ") + 1] for s in part.at(i, i + 1))
    return ()


def _claim(told: CueWords, said: SaidWords) -> Spans:
    """A distancing word beside the head of the cue, or all that is said, where it is one ("the allegations")."""
    for found in entries(told.words):
        if found.cue.framing == "distancing":
            return told.wording.at(found.start, found.end)
    noun = words_of(said.start) if len(said.start) < 40 else []
    back = find(noun[-1:]) if len(noun) in (1, 2, 3) else None
    distancing = back is not None and back.cue.kind == "noun" and back.cue.framing == "distancing"
    return said.wording.within(0, len(said.start)) if distancing else ()


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
