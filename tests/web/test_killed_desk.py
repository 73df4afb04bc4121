"""The reader killed while people rule: what was acknowledged is in the ledger, which is sound.

INQUIT_KILLS=200 is the long form.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

import pytest
from desk import ledger

from inquit.keep import Ledger

ROUNDS = int(os.environ.get("INQUIT_KILLS", "3"))
SERVE = [sys.executable, "-m", "inquit", "serve", "--port", "0"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on this system")
def test_no_acknowledged_ruling_is_lost_when_the_reader_is_killed(tmp_path: Path) -> None:
    path = ledger(tmp_path / "news.db")
    with Ledger.open(path) as kept:
        abouts = [s.id for r in kept.readings() for s in r.statements]
    chance = random.Random(11)
    acknowledged: set[str] = set()
    for number in range(ROUNDS):
        acknowledged |= _killed(path, abouts, chance.uniform(0.05, 1.5), number)
        with Ledger.open(path, write=True) as kept:
            assert kept.verify() == []
            assert acknowledged <= {ruling.id for ruling in kept.rulings()}
    assert len(acknowledged) > ROUNDS


def _killed(path: Path, abouts: list[str], after: float, number: int) -> set[str]:
    """Five people rule until the reader is killed; the ids of the rulings that it acknowledged."""
    with subprocess.Popen([*SERVE, path], stderr=subprocess.PIPE, text=True) as process:
        line = process.stderr.readline()
        address = next(word for word in line.split() if word.startswith("http"))

        def rules(person: int) -> set[str]:
            done = set()
            for count, about in enumerate(abouts * 20):
                says = {"about": about, "says": "note", "value": f"{number} {person} {count}"}
                if count % 7 == person:
                    says = {"about": about, "says": "wrong-source", "value": f"Speaker {number} {person} {count}"}
                try:
                    done.add(_posted(f"{address}api/rulings", says))
                except (OSError, HTTPException, ValueError):  # broken off by the kill
                    return done
            return done

        with ThreadPoolExecutor(5) as five:
            found = [five.submit(rules, person) for person in range(5)]
            time.sleep(after)
            process.kill()
            return {ident for one in found for ident in one.result()}


def _posted(address: str, says: dict[str, str]) -> str:
    sent = urllib.request.Request(  # noqa: S310 - ours
        address, json.dumps(says).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(sent, timeout=20) as answer:  # noqa: S310 - ours
        return json.load(answer)["id"]
