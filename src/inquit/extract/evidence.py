"""The ground of a statement, as the article itself speaks of it: offered, or said to be lacking.

Only the outlet's own words count: a phrase in a quotation or within what
somebody says is content about evidence. Which statement a phrase bears on is read from where it stands: its clause, its
sentence, or the sentences before, if its subject is who spoke there or it speaks of "the claim", "neither account".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from inquit.extract import quotes
from inquit.extract.beside import Beside, clause
from inquit.extract.grounding import Bears, data, item_only, patterns, triggers
from inquit.extract.standing import standing
from inquit.extract.why import Ground, Why
from inquit.records import Evidence, EvidenceKind, Span, Standing, Statement

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_BACK = 3  # sentences before a phrase in which the statement it speaks of is looked for
_AROUND = 90  # code points before and after "could not be verified" in which a word for a claim is looked for
_REACH = 160  # code points before and after a trigger in which its phrases are looked for
_LEAD = 60  # code points between a comma and a phrase that is an afterthought to what is said
_AFTERTHOUGHT = re.compile(
    r"\s*(?:(?:but|though|although|yet|while|which|even though|something|"
    r"(?:an? )?(?:\w+ )?(?:claim|allegation|accusation|assertion|figure|account|charge)s?)\b[^,;:]*)?$",
    re.IGNORECASE,
)
_CONCEDES = re.compile(r"\W*(?:although|though|while|even though)\b", re.IGNORECASE)
_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "we", "neither", "both", "which"})
_SMALL = frozenset({"the", "a", "an", "of", "and", "for", "in", "on", "at", "to", "mr", "ms", "mrs", "dr"})
_JOINT = re.compile(r",? (?:and|as well as) ")
_ITEM_ENDS = re.compile(
    r"$|,| (?:of|from|by|on|in|that|which|about|seen|reviewed|obtained|viewed|shared|provided|filed|released|published)"
    r"\b"
)
_VEHICLE = re.compile(r"\b(?:in|on|during|through|via) (?:the |an? |his |her |its |their )?$", re.IGNORECASE)


class Found(NamedTuple):
    """A phrase about a ground, where it stands and how it finds the statement that it bears on."""

    kind: EvidenceKind
    bears: Bears
    span: Span


class Grounded(NamedTuple):
    """What the article says of the ground of a statement, and why that is read from it."""

    evidence: Evidence
    why: Why


def grounds(text: str, statements: Sequence[Statement]) -> list[Grounded | None]:
    """What the article says of the ground of each attributed statement, in their order; None where it says nothing."""
    out: list[Grounded | None] = [_among_sources(text, s) for s in statements]
    found = list(phrases(text))
    if not found or not statements:
        return out
    beside = Beside(text, statements)
    marks = quotes.states(text)
    # What is lacking weighs more than what is offered: "released a video but has provided no evidence".
    spoken = _spoken(beside, found)
    for phrase in sorted(found, key=lambda p: (p.kind != "lacking", p.span)):
        if marks[phrase.span[0]] != quotes.OUTSIDE:
            continue
        for i in _borne_on(beside, phrase, spoken):
            out[i] = out[i] or _grounded(phrase.kind, phrase.span, Ground.PHRASE)
    return out


def phrases(text: str) -> Iterator[Found]:
    """All phrases about grounds; of two that overlap the one that says that it is lacking, then the longer one."""
    met = [
        Found(phrase.kind, phrase.bears, match.span())
        for trigger, start, end in _triggered(text)
        for phrase, pattern in patterns(trigger)
        for match in pattern.finditer(text, start, end)
    ]
    kept: list[Span] = []
    for found in sorted(met, key=lambda f: (f.kind != "lacking", f.span[0] - f.span[1])):
        if all(found.span[1] <= a or b <= found.span[0] for a, b in kept):
            kept.append(found.span)
            yield found


def _triggered(text: str) -> Iterator[tuple[str, int, int]]:
    """Stretches of the text in which phrases of a trigger may stand; those of one trigger do not overlap."""
    last: dict[str, tuple[int, int]] = {}
    for met in triggers().finditer(text):
        trigger = met.lastgroup or ""
        start, end = max(0, met.start() - _REACH), met.end() + _REACH
        if trigger in last and start <= last[trigger][1]:
            last[trigger] = last[trigger][0], end
            continue
        if trigger in last:
            yield trigger, *last[trigger]
        last[trigger] = start, end
    for trigger, stretch in last.items():
        yield trigger, *stretch


def _spoken(beside: Beside, found: list[Found]) -> frozenset[int]:
    """The statements that are no more than such a phrase: "offered no proof", "could not verify the claim"."""
    cues = [p.span for p in found if p.bears in ("giver", "claim")]
    said = ((i, s.attribution) for i, s in enumerate(beside.statements))
    return frozenset(i for i, a in said if a and any(s < end and start < e for start, end in cues for s, e in a.cue))


def _borne_on(beside: Beside, phrase: Found, spoken: frozenset[int]) -> list[int]:
    """The statements that a phrase bears on; not those ``spoken`` that are one."""
    if phrase.bears == "named":
        return _named(beside, phrase.span)
    number = beside.sentence_number(phrase.span[0])
    if number < 0:
        return []
    sentence = beside.sentence(number)
    holder = beside.holder(phrase.span)
    if holder is not None:
        return _afterthought(beside, phrase, holder, sentence)
    said = [
        i for i in beside.said_in(sentence, None) if not _meets(beside.statements[i], phrase.span) and i not in spoken
    ]
    before = [i for i in said if clause(beside.statements[i])[0][0] < phrase.span[0]]
    if phrase.bears == "seen":
        return [] if _VEHICLE.search(beside.text[sentence[0] : phrase.span[0]]) else before[-1:]
    if phrase.bears == "clause":
        return (
            _in_cue(beside, phrase.span)
            or before[-1:]
            or (said[:1] if _opens(beside.text, phrase.span, sentence) else [])
        )
    if before:
        return before[-1:] if phrase.kind == "lacking" or _goes_on(beside, before[-1], phrase.span) else []
    if said and _CONCEDES.match(beside.text, sentence[0]):
        return said[:1]
    return _spoken_of(beside, phrase, number, spoken)


def _named(beside: Beside, span: Span) -> list[int]:
    """The statement of whose cue or source a phrase is part, or whose content it opens: "made a baseless claim"."""
    for i in beside.said_in(span, beside.holder(span)):
        if any(a < span[1] and span[0] < b for a, b in clause(beside.statements[i])):
            return [i] if _puts_forward(beside.statements[i]) else []
    holder = beside.holder(span)
    if holder is None:
        return []
    statement = beside.statements[holder]
    opens = beside.text[statement.content[0][0] : span[0]].lower().split()
    own = (
        bool(clause(statement))
        and statement.inside is None
        and set(opens) <= {"the", "a", "an", "that", "his", "her", "its", "their"}
    )
    return [holder] if own and _puts_forward(statement) else []


def _puts_forward(statement: Statement) -> bool:
    return statement.attribution is not None and statement.attribution.stance not in (
        "denies",
        "questions",
        "withholds",
    )


def _afterthought(beside: Beside, phrase: Found, holder: int, sentence: Span) -> list[int]:
    """The statement whose content took in what the outlet says of its ground, or one inside of it."""
    statement = beside.statements[holder]
    if statement.form == "direct" or phrase.bears == "seen" or not _set_off(beside.text, phrase, statement):
        return []
    inner = [i for i in beside.said_in(sentence, holder) if clause(beside.statements[i])[-1][1] <= phrase.span[0]]
    return (
        inner[-1:]
        if phrase.bears == "clause" and inner and not _meets(beside.statements[inner[-1]], phrase.span)
        else [holder]
    )


def _set_off(text: str, phrase: Found, statement: Statement) -> bool:
    """Whether a phrase within a content is the outlet's afterthought, by a comma or a dash, or by where it stands."""
    start, end = phrase.span
    opened, closed = next(span for span in statement.content if span[0] <= start < span[1])
    adjunct = phrase.bears == "clause"
    if start == opened:
        return adjunct and (phrase.kind == "lacking" or text.startswith(",", end))
    comma = max(text.rfind(mark, max(opened, start - _LEAD), start) for mark in (",", "—", "–"))
    lead = text[comma + 1 : start]
    if comma >= 0 and _AFTERTHOUGHT.match(lead):
        return (not lead.strip()) == adjunct
    cue = {w.lower() for a, b in clause(statement) for w in _WORD.findall(text[a:b])}
    return adjunct and phrase.kind == "lacking" and end >= closed and not cue.isdisjoint(data().words["labelling"])


def _spoken_of(beside: Beside, phrase: Found, number: int, spoken: frozenset[int]) -> list[int]:
    """Statements of the sentences before that a phrase speaks of; none where nothing ties it to them."""
    text, start = beside.text, beside.sentence(number)[0]
    subject = [w.lower() for w in _WORD.findall(text[start : phrase.span[0]])]
    near = {w.lower() for w in _WORD.findall(text[max(start, phrase.span[0] - _AROUND) : phrase.span[1] + _AROUND])}
    words = data().words
    numbers = range(number - 1, max(-1, number - 1 - _BACK), -1)
    earlier = [[i for i in beside.said_in(beside.sentence(n), None) if i not in spoken] for n in numbers]
    if phrase.bears == "claim":
        earlier = [[i for i in there if _puts_forward(beside.statements[i])] for there in earlier]
        if near.isdisjoint(words["claim"]) and near.isdisjoint(words["referring"]):
            return []
        if not near.isdisjoint(words["several"]):
            return [i for there in earlier for i in reversed(there)][:2]
    owned = [i for there in earlier for i in there if _names(beside.statements[i], subject)]
    if owned:
        return owned[:1]
    last = next((there for there in earlier[:2] if there), [])
    if phrase.bears == "claim":
        return last if not near.isdisjoint(words["plural"]) else last[-1:]
    return last[-1:] if subject and not _PRONOUNS.isdisjoint(subject[:4]) else []


def _goes_on(beside: Beside, number: int, span: Span) -> bool:
    """Whether nobody else is named between a statement and a phrase in its sentence."""
    end, _ = beside.last_before(span[0], clause(beside.statements[number])[0][0])
    between = beside.text[end : span[0]]
    names = [w.lower() for w in _WORD.findall(between) if w[0].isupper()]
    return not names or _names(beside.statements[number], names)


def _names(statement: Statement, subject: list[str]) -> bool:
    """Whether a subject shares a word of its own with whoever made the statement."""
    said = statement.attribution
    who = {w.lower() for w in _WORD.findall(said.entity or "")} - _SMALL if said is not None else set()
    return not who.isdisjoint(w.removesuffix("'s").removesuffix("’s") for w in subject)


def _meets(statement: Statement, span: Span) -> bool:
    return any(a < span[1] and span[0] < b for a, b in (*statement.content, *clause(statement)))


def _in_cue(beside: Beside, span: Span) -> list[int]:
    """The statement of whose cue a phrase is a part: "claimed without evidence"."""
    within = (i for i in beside.said_in(span, None) if _meets(beside.statements[i], span))
    said = ((i, beside.statements[i].attribution) for i in within)
    return [i for i, a in said if a is not None and any(s < span[0] and span[1] <= e for s, e in a.cue)][:1]


def _opens(text: str, span: Span, sentence: Span) -> bool:
    """Whether a phrase stands at the head of its sentence, or in commas."""
    lead = text[sentence[0] : span[0]].rstrip()
    return not lead or lead.endswith(",")


def _grounded(kind: EvidenceKind, span: Span, ground: Ground) -> Grounded:
    return Grounded(Evidence(kind=kind, span=span), Why(ground, (span,)))


def _among_sources(text: str, statement: Statement) -> Grounded | None:
    """A document that a source names beside somebody: "according to two clerks and internal documents"."""
    said = statement.attribution
    for start, end in said.source if said is not None else ():
        for joint in _JOINT.finditer(text, start, end):
            head, rest = (start, joint.start()), (joint.end(), end)
            behind = item_only().match(text, *rest)
            if behind and _ITEM_ENDS.match(text, behind.end(), end) and _speaks(text[slice(*head)]):
                return _grounded("offered", behind.span(), Ground.AMONG)
            # "intelligence and security officials" are officials, "files and a clerk" are files beside somebody
            item = item_only().fullmatch(text, *head) and (" " in text[slice(*head)] or text[head[1] - 1] == "s")
            if item and _speaks(text[slice(*rest)], "institution"):
                return _grounded("offered", head, Ground.AMONG)
    return None


def _speaks(words: str, but: Standing | None = None) -> bool:
    """Whether words name somebody who can say something, no document, and none of a standing that may be a meeting."""
    kind = standing(words, None)
    return kind in ("person", "anonymous", "group", "institution") and kind != but and not item_only().search(words)
