"""Findings as SARIF 2.1.0 (OASIS, 2020), which editors and reviews of changes show beside the text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from inquit.check.draft import Draft
from inquit.check.places import Place
from inquit.check.rules import RULES, Rule
from inquit.records import Finding, Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_INDEX = {rule.id: i for i, rule in enumerate(RULES)}


def sarif(checked: Sequence[tuple[Draft, Sequence[Finding]]]) -> bytes:
    """One run with the findings of all drafts; UTF-8, indented, a line end at its end."""
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "inquit", "version": version("inquit"), "rules": list(map(_rule, RULES))}},
                "columnKind": "utf16CodeUnits",
                "results": [_result(draft, finding) for draft, findings in checked for finding in findings],
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(log), indent=2) + b"\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "defaultConfiguration": {"enabled": rule.on, "level": rule.level},
    }


def _result(draft: Draft, finding: Finding) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": _INDEX[finding.rule],
        "level": finding.level,
        "message": {"text": finding.message},
        "locations": [_location(draft, finding.span)],
        "partialFingerprints": {"words/v1": _fingerprint(draft, finding)},
    }
    if finding.related and draft.placed:
        result["relatedLocations"] = [{"id": i, **_location(draft, s)} for i, s in enumerate(finding.related, 1)]
    return result


def _location(draft: Draft, span: Span) -> dict[str, Any]:
    """Where a span stands; without a region where lines of the text are not those of the file."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(draft.path)}}
    if draft.placed:
        start, end = (draft.lines.place(offset) for offset in span)
        physical["region"] = {**_ends(draft, start, end), "snippet": {"text": _sound(draft.text[slice(*span)])}}
    return {"physicalLocation": physical}


def _ends(draft: Draft, start: Place, end: Place) -> dict[str, int]:
    return {
        "startLine": start.line,
        "startColumn": draft.lines.utf16(start),
        "endLine": end.line,
        "endColumn": draft.lines.utf16(end),
    }


def _uri(path: str) -> str:
    if path == "-":
        return "stdin"
    place = Path(path)
    return place.as_uri() if place.is_absolute() else quote(place.as_posix())


def _fingerprint(draft: Draft, finding: Finding) -> str:
    """The same for the same words under the same rule, wherever in the draft they move to."""
    words = f"{finding.rule}\n{' '.join(draft.text[slice(*finding.span)].split())}"
    return hashlib.blake2b(_sound(words).encode("utf-8"), digest_size=10).hexdigest()


def _sound(words: str) -> str:
    """The words with U+FFFD for what UTF-8 cannot write."""
    return words.encode("utf-8", "replace").decode("utf-8")
