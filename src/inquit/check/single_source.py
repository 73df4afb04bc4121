"""``single-source``: what a draft leads with, or all of it, rests on the word of one party.

Nearly every sentence of news has one source, so this looks at the draft as a whole and at its lead only, and
says one thing at most. Sources of one party (a minister and her ministry) are one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from inquit.check.draft import Draft, Remark, hull
from inquit.link.compared import Said
from inquit.link.sources import name_parts
from inquit.records import Stance, Standing

_RESTS: frozenset[Stance] = frozenset({"affirms", "denies"})
_LEADS: frozenset[Standing] = frozenset({"person", "institution", "anonymous"})
_SAME = 0.6  # agreement from which another party is taken to say it too
_SURE = 0.4
_ENDS = re.compile(r"[.!?…:;][\"”’')]*\s*$")  # a headline has no stop at its end


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``share`` of the statements, of at least ``statements``, that one party makes; ``lead``: paragraphs looked at."""

    share: float = 0.75
    statements: int = 4
    lead: int = 3


def single_source(draft: Draft, options: Options) -> Iterator[Remark]:
    """One remark on the whole draft; else one on the first statement of its lead that nobody else makes."""
    told = [s for s in draft.compared.said if _counts(draft, s)]
    whole = _whole(draft, told, options)
    if whole is not None:
        yield whole
        return
    first = next((s for s in told if _leads(draft, s, options) and _alone(draft, s, told)), None)
    if first is not None:
        yield _remark(draft, first)


def _counts(draft: Draft, said: Said) -> bool:
    """Whether it is a statement of fact that is put down to somebody; what people want, plan and feel is theirs."""
    attribution = said.statement.attribution
    return (
        attribution is not None
        and attribution.stance in _RESTS
        and not draft.ours(attribution)
        and bool(draft.compared.party(attribution))
        and said.statement.score >= _SURE
    )


def _party(draft: Draft, said: Said) -> str:
    attribution = said.statement.attribution
    return draft.compared.party(attribution) if attribution else ""


def _whole(draft: Draft, told: Sequence[Said], options: Options) -> Remark | None:
    if len(told) < options.statements:
        return None
    party, most = Counter(_party(draft, s) for s in told).most_common(1)[0]
    if most < options.share * len(told):
        return None
    of_it = [s for s in told if _party(draft, s) == party]
    names = dict.fromkeys(draft.who(s.statement.attribution) for s in of_it if s.statement.attribution)
    who = _party_name(of_it) or next(iter(names))
    through = f" ({', '.join(names)})" if len(names) > 1 or who not in names else ""
    message = f"{most} of the {len(told)} statements of fact in this draft rest on one source: {who}{through}"
    spans = tuple(hull(s.statement.content) for s in of_it)
    return Remark(spans[0], message, of_it[0].statement, spans[1:])


def _party_name(said: Sequence[Said]) -> str | None:
    named = Counter(s.statement.attribution.party for s in said if s.statement.attribution)
    return next((name for name, _ in named.most_common() if name), None)


def _leads(draft: Draft, said: Said, options: Options) -> bool:
    """Whether the lead has it as news about others; words in quotation marks there are mostly opinions."""
    start = hull(said.statement.content)[0]
    line = draft.text[draft.text.rfind("\n", 0, start) + 1 :].split("\n", 1)[0]
    attribution = said.statement.attribution
    if attribution is None or attribution.standing not in _LEADS or not _ENDS.search(line):
        return False
    if said.statement.form != "indirect" or not said.content.names - set(name_parts(draft.who(attribution))):
        return False
    before = [line for line in draft.text[:start].split("\n") if line.strip()]
    return len(before) <= options.lead


def _alone(draft: Draft, said: Said, told: Sequence[Said]) -> bool:
    """Whether nobody of another party says it too."""
    others = [s for s in told if _party(draft, s) != _party(draft, said)]
    return all(draft.compared.agreement(said, other) < _SAME for other in others)


def _remark(draft: Draft, said: Said) -> Remark:
    attribution = said.statement.attribution
    assert attribution is not None  # noqa: S101 - _counts has seen to it
    message = f"the draft leads with this on the word of {draft.who(attribution)} alone: no other source in it says so"
    return Remark(hull(said.statement.content), message, said.statement)
