"""Which side of a claim each statement takes: it puts the claim forward, speaks against it, or asks.

Against is who denies, who calls what is said false, who negates what most others say plainly, and who says the opposite
word. Two of these in one statement undo each other. ``docs/design/claims.md`` has the definition.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from inquit.link.compared import Said
from inquit.link.contents import text_of
from inquit.link.mentions import Side
from inquit.link.restated import says_it
from inquit.link.tokens import any_of, straight, tokens
from inquit.link.words import TOKEN, lists, stem, uncompared, whole

_SHORT = 20  # words of a content whose negation is taken to bear on the claim
_BEARS_ON = 2  # stems that a negation reaches
_SUBJECT = 2  # words within which "no" belongs to the subject, and so to the main clause
_DETERMINERS = frozenset({"no", "nothing", "none", "neither", "nor", "nobody"})
_CONDITIONS = frozenset({"if", "unless", "whether"})
_RELATIVES = frozenset({"which", "who", "whom", "whose"})
_STOPS = frozenset(",.;:!?—–…")
_WORDS = re.compile(rf"{TOKEN.pattern}|[,.;:!?—–…](?=\s|$)")
_SENTENCE_END = re.compile(r"[.!?][”\"’']?\s+\S")
_OPENER = 10  # words within which a content begins with what rejects the rest of it
_IDLE = re.compile(
    r"(?:\bnot|n't|\bno) (?:only|just|merely|doubt|secret|(?:longer|more|less|fewer|later) than)\b", re.IGNORECASE
)
_STRONGER = re.compile(
    r"\bnever (?:been |seen |had |felt |looked )?(?:a |an )?(?:\w+er|worse|more|less)\b", re.IGNORECASE
)
_NOTHING_TO_DO = re.compile(r"\bnothing to do with\b", re.IGNORECASE)
_RULED_OUT = re.compile(r"(?:\bnot|n't) (?:yet )?rul(?:e|ed|ing) out\b", re.IGNORECASE)


class _Negation(NamedTuple):
    """What a content negates: the stems next to a negation, and whether the main clause is negated.

    ``main`` is None where that cannot be told.
    """

    bears: frozenset[str]
    main: bool | None


def sides(said: Sequence[Said]) -> list[Side]:
    """The side of each statement; of two halves that say opposite things the earlier puts the claim forward."""
    plain = [i for i, s in enumerate(said) if s.stance not in ("denies", "questions")] or list(range(len(said)))
    negations = [_negation(_claimed(s)) for s in said]
    held = Counter(stem for s in said for stem in s.content.stems)
    core = frozenset(word for word, n in held.items() if 2 * (n - 1) >= len(said) - 1)
    usual = {
        word: _usual([word in negations[i].bears for i in _speaking(word, plain, said)])
        for word in core
        if any(word in n.bears for n in negations)
    }
    told = [main for i in plain if (main := negations[i].main) is not None]
    clause = _usual(told) if 2 * len(told) >= len(plain) else None
    found: list[Side] = []
    for one, negation in zip(said, negations, strict=True):
        turned = _turned(one, negation, usual, core, clause) or _opposes(one, held)
        rejected = one.stance == "denies" or _rejects(one)
        aside = one.stance == "questions" or (one.stance == "denies" and _dislikes(one))
        found.append("neither" if aside else "against" if rejected != turned else "for")
    return found


def _dislikes(said: Said) -> bool:
    """Whether what a source is made to deny is a topic, no proposition: "was not happy about the dam"."""
    who = said.statement.attribution
    cue = set() if who is None else {whole(w) for w in TOKEN.findall(text_of(said.article.text, who.cue))}
    return not says_it(said) and lists().denying.isdisjoint(cue)


def _claimed(said: Said) -> str:
    """What a statement puts forward: with the cue where that is negated, as in "did not expect" "an easy meeting"."""
    attribution = said.statement.attribution
    if attribution is None or attribution.stance in ("denies", "withholds"):
        return said.text
    cue = text_of(said.article.text, attribution.cue)
    negated = any(_is_negator(w.lower(), ()) for w in TOKEN.findall(straight(cue)))
    return f"{cue} {said.text}" if negated else said.text


def _speaking(word: str, plain: Sequence[int], said: Sequence[Said]) -> list[int]:
    """Places of those who speak of a word; if possible such as neither deny nor ask."""
    speaking = [i for i, s in enumerate(said) if word in s.content.stems]
    return [i for i in speaking if i in plain] or speaking


def _usual(found: Sequence[bool]) -> bool:
    """What most have; of two halves the earlier decides."""
    return found[0] if 2 * sum(found) == len(found) else 2 * sum(found) > len(found)


def _turned(
    said: Said, negation: _Negation, usual: Mapping[str, bool], core: frozenset[str], clause: bool | None
) -> bool:
    """Whether a statement negates what others do not, or the reverse; in a long one that may be another matter.

    Either a word that most hold is negated, or the main clause is while half of the statement's words are theirs.
    Where most negate, only another clause says the opposite: "an easy meeting" says nothing of its own; but who denies
    it says what they say.
    """
    stems, bare = said.content.stems, said.stance == "denies"
    if len(said.content.words) > _SHORT or _SENTENCE_END.search(said.text):
        return False
    for word in usual.keys() & stems:
        if usual[word] != (word in negation.bears) and (bare or negation.main is not None or not usual[word]):
            return True
    shared = 2 * len(stems & core) >= len(stems) and not negation.bears & core
    return shared and negation.main is True and clause is False


def _negation(text: str) -> _Negation:
    """Walk over the words: a negation bears on the next two stems of its phrase, a second one near it undoes it."""
    clear = _RULED_OUT.sub(" may ", _STRONGER.sub("", _IDLE.sub("", straight(text))))
    clear = _NOTHING_TO_DO.sub(" never ", clear)
    words = [w.lower() for w in _WORDS.findall(clear)]
    # Where no verb shows there is no clause, and after a "but" the point is still to come.
    known = frozenset(words)
    is_clause = "but" not in known and (
        not known.isdisjoint(tokens().auxiliaries) or any(w.endswith(("n't", "'ll", "ed")) for w in known)
    )
    bears, main = _negated(words) if _may_negate(known) else (frozenset[str](), False)
    return _Negation(bears, main if is_clause else None)


def _may_negate(words: AbstractSet[str]) -> bool:
    """Whether one of the words may be a negation: of most texts none is."""
    return not words.isdisjoint(lists().negators | tokens().failing) or any(w.endswith("n't") for w in words)


def _negated(words: Sequence[str]) -> tuple[frozenset[str], bool]:
    """The stems next to a negation, and whether the main clause is negated."""
    bears: set[str] = set()
    left = 0
    main, open_ = False, True
    for place, word in enumerate(words):
        if word in _CONDITIONS or word in _RELATIVES:
            break
        if _is_negator(word, words[place + 1 : place + 2]):
            main = left == 0 if open_ and _is_of_clause(words, place) else main
            left = 0 if left else _BEARS_ON
        elif word in _STOPS or (word in tokens().clauses and place):
            open_, left = False, 0
        elif word in tokens().prepositions:
            left = 0
        elif left and word not in uncompared() and len(word) > 1:
            bears.add(stem(whole(word)))
            left -= 1
    return frozenset(bears), main


def _is_negator(word: str, following: Sequence[str]) -> bool:
    return word in lists().negators or word.endswith("n't") or (word in tokens().failing and following == ["to"])


def _is_of_clause(words: Sequence[str], place: int) -> bool:
    """Whether a negation is that of the verb or the subject, not of some phrase: "US policy, not Lunholm"."""
    if words[place] in _DETERMINERS:
        return place < _SUBJECT
    return words[place] != "not" or any(w in tokens().auxiliaries for w in words[max(0, place - 2) : place])


def _rejects(said: Said) -> bool:
    """Whether a content begins or ends by calling the rest of it false."""
    text = straight(said.text)
    words = list(TOKEN.finditer(text))
    head = text[: words[_OPENER].start()] if len(words) > _OPENER else text
    # "The rumour that … is false": the verb stands behind what it rejects.
    return bool(_rejecting().search(head)) or bool(
        _rejected().search(text) and text.rstrip(' ."”').endswith(_last(text))
    )


def _last(text: str) -> str:
    """The last phrase in a text that rejects."""
    return [m.group() for m in _rejected().finditer(text)][-1]


def _opposes(said: Said, held: Counter[str]) -> bool:
    """Whether a statement holds the opposite of a word that more of the others hold."""
    mine = said.content.stems
    return any(
        held[other] > held[word] and other not in mine for word in mine for other in _opposites(word) if held[other]
    )


@cache
def _opposites(word: str) -> frozenset[str]:
    """Stems of the opposites of a stem."""
    pairs = [(stem(a), stem(b)) for a, b in tokens().opposites]
    listed = {b for a, b in pairs if a == word} | {a for a, b in pairs if b == word}
    turned = {prefix + word for prefix, least in tokens().prefixes.items() if len(word) >= least}
    bare = {word.removeprefix(p) for p, least in tokens().prefixes.items() if len(word) >= len(p) + least}
    return frozenset(listed | turned | bare) - {word}


@cache
def _rejecting() -> re.Pattern[str]:
    return any_of(tokens().rejecting)


@cache
def _rejected() -> re.Pattern[str]:
    return any_of(tokens().rejected)
