"""Runs the rules over a draft."""

from __future__ import annotations

from inquit.check.draft import Draft, Remark
from inquit.check.primary import Primary
from inquit.check.rules import Rule
from inquit.check.settings import Settings
from inquit.records import Finding


def check(draft: Draft, settings: Settings, primaries: tuple[Primary, ...] = ()) -> list[Finding]:
    """What the rules of ``settings`` find in a draft, in the order of the text; pure.

    Rules that compare with ``primaries`` say nothing without any.
    """
    found = [
        _finding(draft, rule, remark, settings)
        for rule in settings.rules
        if primaries or not rule.against
        for remark in rule.run(draft, primaries, settings.options[rule.id])
    ]
    return sorted(found, key=lambda finding: (finding.span, finding.rule))


def _finding(draft: Draft, rule: Rule, remark: Remark, settings: Settings) -> Finding:
    start, end = (draft.lines.place(offset) for offset in remark.span)
    return Finding(
        rule=rule.id,
        level=settings.levels[rule.id],
        message=remark.message,
        path=draft.path,
        line=start.line,
        column=start.column,
        end_line=end.line,
        end_column=end.column,
        article=draft.article.id,
        statement=remark.statement.id if remark.statement else None,
        span=remark.span,
        related=remark.related,
    )
