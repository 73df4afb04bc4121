"""What people ruled, the newest first."""

from __future__ import annotations

import msgspec

from inquit.keep import Ledger
from inquit.web.asking import Asked, Shown
from inquit.web.history import RulingLine, ruling_lines
from inquit.web.lists import SIZE


class Rulings(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; ``lost`` are those whose words were not found again."""

    lines: list[RulingLine]
    lost: list[RulingLine]
    before: str | None
    after: str | None
    asked: Asked


def page(ledger: Ledger, asked: Asked) -> Shown:
    """The page ``/rulings``."""
    number = asked.page()
    found = ledger.rulings(who=asked.text("who"), start=(number - 1) * SIZE, most=SIZE + 1)
    shown = Rulings(
        lines=ruling_lines(ledger, found[:SIZE]),
        lost=ruling_lines(ledger, ledger.unattached()) if number == 1 else [],
        before=asked.again(page=number - 1) if number > 1 else None,
        after=asked.again(page=number + 1) if len(found) > SIZE else None,
        asked=asked,
    )
    return Shown("rulings.html", shown)
