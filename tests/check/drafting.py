"""Drafts written in marked text, so that a test of a rule does not rest on the reader."""

from __future__ import annotations

from typing import Any

import msgspec

from inquit import ids, marked
from inquit.check import Draft, Primary, check, settings
from inquit.records import Article, Attribution, Evidence, Finding, Reading, Statement

PLAIN = {"standing": "person", "stance": "affirms", "framing": "neutral", "party": None, "form": "indirect"}


def draft(written: str, **labels: dict[str, Any]) -> Draft:
    """A draft of marked text; ``_3={"framing": "distancing"}`` labels its statement 3, ``lacking`` holds words."""
    read = marked.parse(written)
    article = Article(id="a1:draft", text=read.text)
    statements = [_statement(read.text, s, labels.get(f"_{s.number}", {})) for s in read.statements]
    known = {s.number: made.id for s, made in zip(read.statements, statements, strict=True)}
    placed = [
        msgspec.structs.replace(made, inside=known[labels[f"_{s.number}"]["inside"]])
        if "inside" in labels.get(f"_{s.number}", {})
        else made
        for s, made in zip(read.statements, statements, strict=True)
    ]
    return Draft(Reading(article=article, statements=tuple(placed)), "draft.md")


def _statement(text: str, found: marked.MarkedStatement, given: dict[str, Any]) -> Statement:
    label = PLAIN | given
    entity = label.get("entity", " ".join(text[a:b] for a, b in found.source) or None)
    said = Attribution(
        source=found.source,
        cue=found.cue,
        entity=entity,
        party=label["party"] or entity,
        standing=label["standing"],
        stance=label["stance"],
        framing=label["framing"],
    )
    at = text.find(label["lacking"]) if "lacking" in label else -1
    return Statement(
        id=ids.statement_id(
            article="a1:draft",
            source=found.source,
            cue=found.cue,
            content=found.content,
            inside=None,
            attributed=not found.own_voice,
        ),
        article="a1:draft",
        content=found.content,
        form=None if found.own_voice else label["form"],
        attribution=None if found.own_voice else said,
        evidence=Evidence(kind="lacking", span=(at, at + len(label["lacking"]))) if at >= 0 else None,
        score=0.9,
        by="test",
    )


def findings(made: Draft, rule: str, *against: str) -> list[Finding]:
    """What one rule finds in a draft."""
    documents = tuple(Primary(f"primary{i}.txt", text) for i, text in enumerate(against, 1))
    return check(made, settings(None, (rule,)), documents)


def words(made: Draft, finding: Finding) -> str:
    """The words that a finding points to."""
    return made.text[slice(*finding.span)]
