"""The rules: what each looks for and why a desk wants to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from inquit.check import anonymous, evidence, framing, primary, quote_changed, single_source, unattributed
from inquit.check.draft import Draft, Remark
from inquit.check.primary import Primary
from inquit.records import Level


@dataclass(frozen=True, slots=True)
class Rule:
    """``run`` takes a draft, the primary documents and the rule's options, of type ``options``.

    ``on``: whether it runs when nobody says otherwise; ``against``: it needs primary documents.
    """

    id: str
    title: str
    why: str
    level: Level
    options: type[msgspec.Struct]
    run: Callable[[Draft, tuple[Primary, ...], Any], Iterator[Remark]]
    on: bool = True
    against: bool = False


def _alone(
    run: Callable[[Draft, Any], Iterator[Remark]],
) -> Callable[[Draft, tuple[Primary, ...], Any], Iterator[Remark]]:
    return lambda draft, _, options: run(draft, options)


RULES = (
    Rule(
        id="unattributed",
        title="In own voice what elsewhere is attributed",
        why="A sentence without a source is the outlet's own word. Where the draft has it from somebody, say so each "
        "time, or have it from more than one.",
        level="warning",
        options=unattributed.Options,
        run=_alone(unattributed.unattributed),
    ),
    Rule(
        id="single-source",
        title="Resting on one source",
        why="What one party says, however many of its people say it, is one source. Look for a second that does not "
        "draw on it, or tell readers that there is none.",
        level="note",
        options=single_source.Options,
        run=_alone(single_source.single_source),
    ),
    Rule(
        id="anonymous-source",
        title="Source without a name",
        why="Readers cannot weigh a source they do not know: tell as much of who it is as can be told, and why there "
        "is no name.",
        level="warning",
        options=anonymous.Options,
        run=_alone(anonymous.anonymous_source),
    ),
    Rule(
        id="evidence-lacking",
        title="Evidence noted as lacking",
        why="The draft says itself that there is no evidence: does it have to be told at all, and this high up?",
        level="warning",
        options=evidence.Options,
        run=_alone(evidence.evidence_lacking),
    ),
    Rule(
        id="loaded-framing",
        title="Loaded word for saying",
        why="“Claimed” doubts, “admitted” condemns, “revealed” believes. Use them where that is meant and shown; "
        "elsewhere “said” takes no side.",
        level="note",
        options=framing.Options,
        run=_alone(framing.loaded_framing),
    ),
    Rule(
        id="quote-changed",
        title="Quoted twice with different words",
        why="Quotation marks promise the very words. Two versions of one utterance cannot both be right.",
        level="error",
        options=quote_changed.Options,
        run=_alone(quote_changed.quote_changed),
    ),
    Rule(
        id="quote-differs",
        title="Quotation differs from the primary document",
        why="Quotation marks promise the very words. Mark what is left out with … and what is put in with [ ].",
        level="error",
        options=primary.Differs,
        run=primary.quote_differs,
        against=True,
    ),
    Rule(
        id="quote-absent",
        title="Quotation not in the primary document",
        why="The document holds this speaker's words, but not these: they are from elsewhere, or nobody's.",
        level="warning",
        options=primary.Absent,
        run=primary.quote_absent,
        against=True,
    ),
)
"""All rules, in the order in which they are listed."""
