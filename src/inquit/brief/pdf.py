"""A brief as PDF, set by Typst: tagged for screen readers, with fonts of its own for Latin, Greek and Cyrillic.

The brief goes to the template ``brief.typ`` as JSON, so that no text of others can be markup. Characters that neither
Typst's own fonts nor those of this machine have are shown as boxes.
"""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files

import msgspec
import typst

from inquit.brief.model import Brief
from inquit.brief.wording import (
    CLAIMS,
    KEY,
    LABELS,
    METHOD,
    NOTES,
    SOURCES,
    SOURCING,
    STATEMENTS,
    SUMMARY,
    dated,
    left_out,
    line,
    more,
    source,
    web,
)
from inquit.errors import WorkError
from inquit.show.safe import one_line

_HEADS = {
    "claims": CLAIMS,
    "method": METHOD,
    "notes": NOTES,
    "sources": SOURCES,
    "sourcing": SOURCING,
    "statements": STATEMENTS,
    "summary": SUMMARY,
}


def render(brief: Brief) -> bytes:
    """The whole file; the same brief gives the same bytes on a machine with the same fonts.

    Raises WorkError when Typst cannot set it.
    """
    template = (files("inquit.brief") / "brief.typ").read_bytes()
    try:
        found = typst.compile(
            template,
            format="pdf",
            sys_inputs={"brief": msgspec.json.encode(_data(brief)).decode()},
            timestamp=datetime.fromisoformat(brief.made),
        )
    except typst.TypstError as error:
        raise WorkError(f"the brief could not be set as PDF ({error}): take html, and print that") from error
    assert isinstance(found, bytes)  # noqa: S101 - one document gives one file
    return found


def _data(brief: Brief) -> object:
    """The brief as the template reads it: what is worded in Python is worded here."""
    data = msgspec.to_builtins(brief)
    for told, claim in zip(data["claims"], brief.claims, strict=True):
        told["rest"] = more(claim.more, "statement") if claim.more else None
        told["rest_of_sources"] = more(claim.more_sources, "source") if claim.more_sources else None
        for held, carrier in zip(told["carriers"], claim.carriers, strict=True):
            for one, said in zip(held["statements"], carrier.statements, strict=True):
                one |= {"source": source(said), "line": line(said)}
    for held, point in zip(data["points"], brief.points, strict=True):
        held["rest"] = more(point.more, "claim") if point.more else None
    for held, note in zip(data["notes"], brief.notes, strict=True):
        held["link"] = web(note.url)
    data |= {"heads": _HEADS, "labels": LABELS, "dated": dated(brief), "rest": left_out(brief)}
    data["method"] = [*brief.method, KEY]
    return _shown(data)


def _shown(value: object) -> object:
    """The same without controls and lone surrogates in its words."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, dict):
        return {name: _shown(held) for name, held in value.items()}
    return [_shown(held) for held in value] if isinstance(value, list | tuple) else value
