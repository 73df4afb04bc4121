"""Reporting clauses of fixed form that the model passes over: stock phrases of news whose grammar says who says what.

The last clause of a line ("…, says auditor"), a clause with "that" ("The filing states that …"), what was not answered
("did not respond to requests for comment") and passives without an agent ("is thought to have …"). All but headlines
are looked for only in sentences that no statement touches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

import numpy as np
import numpy.typing as npt

from inquit.extract.decode import Draft
from inquit.extract.grid import Grid
from inquit.extract.lexicon import BE, cue_data, inflected
from inquit.extract.quotes import OUTSIDE
from inquit.extract.standing import is_crowd
from inquit.extract.voice import sentences
from inquit.records import Span
from inquit.text import WORD, trimmed

Marks = npt.NDArray[np.int8]

_SCORE = 0.6
_HEADLINE = 30  # words at most
_SUBJECT = 14  # words at most
_LONG = 1000  # code points of a sentence; longer ones are no prose
_WHO = r"(?:(?!(?:and|but|or|as|who|which|that|if|when|while)\b)[\w.’'&-]+ ){0,5}[\w.’'&-]+"
_NOT = (
    r"(?:(?:did|do|does|has|have|had|would|could)(?: not|n[’']t)|declined to|refused to)(?: (?:immediately|yet|\w+ly))?"
)
_ASKED = (
    r"(?:(?:\w+ ){0,6}?(?:requests?|calls?|messages?|e-?mails?|inquiries|queries|questions?|letters?)"
    r"(?: (?:for|seeking|requesting|left|asking)(?: (?!on\b)[a-z]+){1,6})?|(?:\w+ ){0,2}?comment)"
)
_SILENCE = tuple(
    re.compile(rf"(?P<cue>{cue}) (?P<content>{content})")
    for cue, content in (
        (rf"{_NOT} (?:respond(?:ed)?|repl(?:y|ied)|return(?:ed)?|answer(?:ed)?)", rf"(?:to )?{_ASKED}\b"),
        (r"(?:could not|couldn[’']t)(?: \w+ly)? be (?:reached|contacted)(?: \w+ly)?", r"for (?:\w+ )?comment\b"),
        (r"(?:was|were) (?:not (?:\w+ly )?available|unavailable)", r"for (?:\w+ )?(?:comment|interviews?)\b"),
        (r"(?:would not|refused to|declined to) be drawn", r"(?:on|about) [^.;]+"),
        (
            rf"{_NOT} (?:provided?|g[ai]ven?|offer(?:ed)?|disclosed?|released?)",
            r"(?:any |further |more |other |additional )*(?:details|information|explanation|reasons?)\b[^.;,]*",
        ),
    )
)
_ACCUSES = re.compile(
    r"(?P<cue>(?:(?:has|have|had) )?(?:accused|accuses)) (?P<content>[^.;]+? of [^.;]+)"
    r"|(?P<blames>(?:(?:has|have|had) )?(?:blamed|blames)) (?P<for>[^.;]+? for [^.;]+)"
)
_PASSIVE = re.compile(
    r"(?P<cue>(?:is|are|was|were|has been|have been)(?: \w+ly)? (?:thought|believed|understood|said|alleged|rumou?red|"
    r"feared|presumed|assumed|reported|suspected)) (?P<content>to (?:have|be) [^.;]+)"
    r"|(?P<held>(?:is|are|was|were|has been|have been)(?: \w+ly)? (?:considered|regarded|viewed|seen)) "
    r"(?P<as>(?:as|to be|an?|the|one of) [^.;]+)"
)
_HEDGE = re.compile(
    r"(?<![,;])(?: (?P<aux>is|are|was|were|has|have|had|has been|have been|had been))? "
    r"(?P<cue>allegedly|reportedly|supposedly|purportedly) (?P<content>[^;]+?)\.?$"
)
_NOUN_TO_COME = re.compile(
    r"\b(?:an?|the|of|to|by|with|for|in|on|at|some|this|these|his|her|its|their|while|but|that|and|or|more|most)$",
    re.IGNORECASE,
)
_HAS_IT = re.compile(r"(?P<cue>(?:Word|Rumou?r|Legend|Gossip|Tradition) has it) (?P<content>[^;]+?)[.!]?$")
_JOINT = re.compile(r"(?:, (?:but|and|while|although|though)|;) (?!.*(?:, (?:but|and|while|although|though)|;) )")
_LEAD = re.compile(r"(?:But|And|Yet|So|Meanwhile,|However,) ")


def told(text: str, marks: Marks, found: Sequence[Draft]) -> list[Draft]:
    """The drafts, and those that the stock phrases make; a headline's last clause goes before what the model made."""
    places = Grid()
    for i, draft in enumerate(found):
        places.add(i, (*draft.source, *draft.cue, *draft.content))
    kept, made = dict(enumerate(found)), []
    for start, end in sentences(text):
        own = [i for i in places.near(((start, end),)) if i in kept and _meets(found[i], (start, end))]
        if _is_headline(text, start, end):
            last = _last_clause(text, start, end)
            if last is not None and all(_gives_way(found[i], last) for i in own):
                made.append(last)
                kept = {i: d for i, d in kept.items() if i not in own or _within(d, last.content[0])}
        elif not own and marks[start] == OUTSIDE and end - start < _LONG:
            made += [_tidy(text, draft) for draft in islice(_stock(text, start, end), 1)]
    return [*kept.values(), *made]


def _tidy(text: str, draft: Draft) -> Draft:
    """The draft without blanks at the ends of its content, which a form takes along before a stop that stands apart."""
    return replace(draft, content=tuple(trimmed(text, *span) for span in draft.content))


def _stock(text: str, start: int, end: int) -> Iterator[Draft]:
    """What the forms make of a sentence, the surest first."""
    for pattern in _SILENCE:
        if (met := pattern.search(text, start, end)) and (who := _subject(text, start, met.start())):
            yield Draft((who,), (met.span("cue"),), (met.span("content"),), _SCORE)
    if (met := _ACCUSES.search(text, start, end)) and (who := _subject(text, start, met.start())):
        cue, content = ("cue", "content") if met["cue"] else ("blames", "for")
        yield Draft((who,), (met.span(cue),), (met.span(content),), _SCORE)
    if (met := _PASSIVE.search(text, start, end)) and (what := _subject(text, start, met.start())):
        cue, content = ("cue", "content") if met["cue"] else ("held", "as")
        yield Draft((), (met.span(cue),), (what, met.span(content)), _SCORE)
    if (met := _HEDGE.search(text, start, end)) and (what := _subject(text, start, met.start())):
        whole = what[0], met.end("aux") if met["aux"] else what[1]
        if not _NOUN_TO_COME.search(text, *whole):
            yield Draft((), (met.span("cue"),), (whole, met.span("content")), _SCORE)
    if met := _HAS_IT.match(text, start, end):
        yield Draft((), (met.span("cue"),), (met.span("content"),), _SCORE)
    if met := _says_that().fullmatch(text, start, end):
        yield Draft((met.span("source"),), (met.span("cue"),), (met.span("content"),), _SCORE)
    if draft := _last_clause(text, start, end):
        yield draft


def _is_headline(text: str, start: int, end: int) -> bool:
    """Whether the words are a line by themselves that no full stop ends."""
    alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
    return alone and text[end - 1].isalnum() and len(WORD.findall(text, start, end)) <= _HEADLINE


def _last_clause(text: str, start: int, end: int) -> Draft | None:
    met = _tail().fullmatch(text, start, end)
    if met is None or len(WORD.findall(met["content"])) < 3:
        return None
    order = "after" if met["after"] else "before"
    who, says = met[order], met["said" if order == "after" else "says"]
    # "Annual Report" is a noun; only several people report
    if order == "before" and says.lower() in cue_data().saying and not is_crowd(who.split(" ")[-1].lower()):
        return None
    cue = met.span("said" if order == "after" else "says")
    return Draft((met.span(order),), (cue,), (trimmed(text, *met.span("content")),), _SCORE)


def _subject(text: str, start: int, end: int) -> Span | None:
    """The words of a sentence before its verb as who does it; None where they hold a verb themselves."""
    joint = _JOINT.search(text, start, end)
    lead = None if joint else _LEAD.match(text, start, end)
    first = joint.end() if joint else lead.end() if lead else start
    first = next((m.start() for m in WORD.finditer(text, first, end)), end)
    words = [w.lower() for w in WORD.findall(text, first, end)]
    if not 0 < len(words) <= _SUBJECT or set(words) & (cue_data().modality.finite | {"that", "not"}):
        return None
    first, end = trimmed(text, first, end)
    return first, end - (text[end - 1] == ",")


def _gives_way(draft: Draft, clause: Draft) -> bool:
    """Whether a draft of the model is of the clause's own verb, or stands within what the clause reports."""
    return not draft.cue or _within(draft, clause.content[0]) or any(_overlap(s, clause.cue[0]) for s in draft.cue)


def _within(draft: Draft, span: Span) -> bool:
    return all(span[0] <= s and e <= span[1] for s, e in (*draft.source, *draft.cue, *draft.content))


def _meets(draft: Draft, span: Span) -> bool:
    return any(_overlap(s, span) for s in (*draft.source, *draft.cue, *draft.content))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@cache
def _says() -> str:
    """Alternatives for the finite forms of the plain verbs of saying, small or capital."""
    verbs = [cue for cue in cue_data().cue if cue.lemma in cue_data().saying and cue.kind == "verb"]
    forms = {form for cue in verbs for form in inflected(cue) if not form.endswith("ing")}
    return "|".join(rf"[{f[0]}{f[0].upper()}]{re.escape(f[1:])}" for f in sorted(forms, key=len, reverse=True))


@cache
def _tail() -> re.Pattern[str]:
    """Compile "CONTENT, says WHO" and "CONTENT, WHO says"."""
    after = rf"(?P<said>{_says()}) (?P<after>{_WHO})"
    before = rf"(?P<before>{_WHO}) (?P<says>{_says()})"
    return re.compile(rf"[“\"‘']?(?P<content>[^\n]+),[”\"’']? (?:{after}|{before})\.?")


@cache
def _says_that() -> re.Pattern[str]:
    """Compile "WHO says that CONTENT" with a short subject that holds no verb of its own."""
    barred = "|".join(["that", "which", "who", "to", *(re.escape(b) for b in (*BE, *cue_data().modality.finite))])
    return re.compile(
        rf"(?P<source>(?:(?!(?:{barred})\b)[\w.’'&-]+ ){{0,7}}?(?!(?:{barred})\b)[\w.’'&-]+) "
        rf"(?P<cue>(?:(?:also|later|further|then|has|have|had|\w+ly) )*(?:(?:goes|went) on to )?(?:{_says()})) "
        r"(?P<content>that [^\n]+?)[.!]?"
    )
