"""``anonymous-source``: who is quoted without a name, how described, with what reason, and for how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from inquit.check.draft import Draft, Remark, hull
from inquit.check.lists import lists, pattern
from inquit.extract.lexicon import words_of
from inquit.records import Attribution, Span, Statement

_POINTS_BACK = frozenset({"he", "she", "they", "it", "the", "both", "all", "neither", "none"})


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``accounted``: whether a source that is described, and with a reason, is reported too."""

    accounted: bool = True


def anonymous_source(draft: Draft, options: Options) -> Iterator[Remark]:
    """One remark for each source without a name, where it is first met."""
    held: dict[str, list[Statement]] = {}
    for statement in draft.outer:
        said = statement.attribution
        if said is not None and _somebody(draft, said):
            held.setdefault(draft.who(said).casefold(), []).append(statement)
    told = set()
    for statements in held.values():
        where = [span for statement in statements for span in _around(draft, statement)]
        told |= set(where)
        remark = _remark(draft, statements, _reason(draft, where))
        if options.accounted or "no reason" in remark.message:
            yield remark
    yield from _others(draft, [span for span in draft.sentences if span not in told], options)


def _somebody(draft: Draft, said: Attribution) -> bool:
    """Whether a source is a person or persons held back, by the noun that the draft has for them."""
    known = lists()
    who = draft.who(said)
    words = words_of(who) if said.standing == "anonymous" else []
    nouns = [word for word in words if word in known.bare or word in known.roles]
    # Of several people known by their kind ("many lawmakers") nobody holds a name back.
    return bool(nouns) and ((not nouns[0].endswith("s") and nouns[0] not in known.many) or _marked(draft, said))


def _marked(draft: Draft, said: Attribution) -> bool:
    """Whether the words for several people are such as are used of sources who will not be named."""
    words = " ".join(draft.text[start:end] for start, end in said.source)
    return any(pattern(source).search(words) for source in (lists().informed, lists().held_back, lists().unauthorised))


def _remark(draft: Draft, statements: Sequence[Statement], why: str | None) -> Remark:
    spans = tuple(hull(s.attribution.source or s.content) for s in statements if s.attribution)
    who = draft.short((spans[0],))
    rests = f"{len(statements)} statements rest" if len(statements) > 1 else "1 statement rests"
    told = "described" if _described(who) else "not described beyond that"
    return Remark(
        spans[0], f"source without a name: “{who}”, {told}; {_given(why)}; {rests} on it", statements[0], spans[1:]
    )


def _given(why: str | None) -> str:
    return f"reason given: “{why}”" if why else "no reason given why there is no name"


def _described(who: str) -> bool:
    known = lists()
    return any(word not in known.bare and word not in known.faint for word in words_of(who))


def _around(draft: Draft, statement: Statement) -> list[Span]:
    """The sentences in which it stands, and the next one where that speaks of a name held back."""
    said = statement.attribution
    spans = sorted((*statement.content, *(said.source if said else ()), *(said.cue if said else ())))
    found = [s for s in draft.sentences if s[0] < spans[-1][1] and spans[0][0] < s[1]]
    following = next((s for s in draft.sentences if found and s[0] >= found[-1][1]), None)
    if following is None or not _POINTS_BACK.intersection(words_of(draft.text[slice(*following)])[:1]):
        return found
    return [*found, following] if pattern(lists().held_back).search(draft.text, *following) else found


def _reason(draft: Draft, where: Sequence[Span]) -> str | None:
    """The words in these sentences that say why somebody is not named."""
    known = lists()
    for start, end in where:
        held = pattern(known.held_back).search(draft.text, start, end)
        why = pattern(known.unauthorised).search(draft.text, start, end)
        if why is None and held is not None:
            why = pattern(known.reasons).search(draft.text, held.end(), end)
        if why is not None:
            stop = min((at for sign in ".,;”" if (at := draft.text.find(sign, why.end(), end)) > 0), default=end)
            return draft.short(((why.start(), stop),))
    return None


def _others(draft: Draft, where: Sequence[Span], options: Options) -> Iterator[Remark]:
    """Sentences that hold a name back from somebody whom the reader did not take for a source."""
    for span in where:
        held = pattern(lists().held_back).search(draft.text, *span)
        why = _reason(draft, [span]) if held else None
        if held is not None and (options.accounted or why is None):
            yield Remark(held.span(), f"somebody is not named: “{draft.short((span,))}”; {_given(why)}")
