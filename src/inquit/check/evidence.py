"""``evidence-lacking``: the draft itself says that a statement comes without evidence."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from inquit.check.draft import Draft, Remark, hull


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """There is nothing to set."""


def evidence_lacking(draft: Draft, _options: Options) -> Iterator[Remark]:
    """Every statement whose evidence is lacking, at the words that say so."""
    for statement in draft.reading.statements:
        ground = statement.evidence
        if ground is not None and ground.kind == "lacking":
            said = statement.attribution
            whose = f"what {draft.who(said)} says" if said and said.standing != "none" else "this"
            message = f"the draft notes that evidence is lacking for {whose}: “{draft.short(statement.content)}”"
            yield Remark(ground.span, message, statement, (hull(statement.content),))
