"""Processes that rule, and that add to a ledger with rulings, killed at random moments: nothing acknowledged is lost.

INQUIT_KILLS=200 is the long form, and so is ``python -m bench.kills``.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from bench import kills
from inquit.keep import Draft, Ledger

ROUNDS = int(os.environ.get("INQUIT_KILLS", "4"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on this system")
def test_a_ledger_is_sound_and_holds_what_was_acknowledged_after_every_kill(tmp_path: Path) -> None:
    said = kills.run(tmp_path / "ledger", ROUNDS, seed=5)
    assert said["ruling"] >= ROUNDS // 2


def test_what_was_acknowledged_and_is_not_there_is_found_out(tmp_path: Path) -> None:
    Ledger.create(tmp_path / "ledger").close()
    with pytest.raises(kills.UnsoundError, match="r1:none was acknowledged and is lost"):
        kills.check(tmp_path / "ledger", [("ruling", "r1:none")])
    with pytest.raises(kills.UnsoundError, match="a1:none was acknowledged and is lost"):
        kills.check(tmp_path / "ledger", [("article", "a1:none")])


def test_a_withdrawal_that_did_not_last_is_found_out(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "ledger") as ledger:
        ruling = ledger.rule(Draft(about="Harbour Post", says="note", value="ask them", who="Ana Duarte"))
    with pytest.raises(kills.UnsoundError, match="withdrawn"):
        kills.check(tmp_path / "ledger", [("withdrawn", ruling.id)])
