"""What of an input is passed over: one Problem with the counts, never one for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from inquit.read.opening import Source
from inquit.records import Problem

# Reasons may quote the input, which has no end of different ones.
_REASONS_MOST = 10


def passed_over(passed: Counter[str], thing: str, source: Source) -> Iterator[Problem]:
    """One Problem with the number of things (``file``) and of each reason; none where nothing was passed over."""
    if passed:
        reasons = ", ".join(f"{number} {reason}" for reason, number in passed.most_common(_REASONS_MOST))
        message = f"{counted(passed.total(), thing)} passed over: {reasons}"
        yield Problem(code="passed-over", message=message, input=source.shown)


def counted(number: int, thing: str) -> str:
    """``1 file is``, ``2 files are``."""
    return f"1 {thing} is" if number == 1 else f"{number} {thing}s are"
