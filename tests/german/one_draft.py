"""What a rule makes of the one statement of a text."""

from __future__ import annotations

from collections.abc import Callable

from inquit import marked
from inquit.extract.decode import Draft
from inquit.records import Spans


def roles(marked_text: str, rule: Callable[[str, Draft], Draft]) -> tuple[str, str, str]:
    """Source, cue and content of the statement when the rule has gone over it."""
    told = marked.parse(marked_text)
    (one,) = told.statements
    draft = rule(told.text, Draft(one.source, one.cue, one.content, 0.9))

    def words(spans: Spans) -> str:
        return "|".join(told.text[a:b] for a, b in spans)

    return words(draft.source), words(draft.cue), words(draft.content)
