"""``python -m bench.desk LEDGER [--seconds 120] [--readers 20] [--ruling 5]``: the reader while many use it.

A server of its own over a copy of the ledger. Each reader asks for page after page, each of those who rule makes one
ruling after another, with a pause between. Times run from a request to the last byte of its answer. At the end every
ruling that was acknowledged has to be in the ledger.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

from inquit.keep import Ledger

_LISTS = ("/", "/?sort=independence", "/sources", "/outlets", "/articles", "/copies", "/rulings", "/search?q=said")
_SEEKING = ("/?q={}", "/search?q={}", "/brief?q={}")
_REST = ("/problems", "/watch", "/watch?kind=log", "/brief")
_SOME = 300  # addresses of a kind


class Room:
    """What is measured: seconds by kind of request, answers that were none, rulings that were acknowledged."""

    def __init__(self, port: int, pause: float) -> None:
        self.port = port
        self.pause = pause
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.failed: list[str] = []
        self.rulings: set[str] = set()
        self.end = threading.Event()

    def reads(self, pages: list[tuple[str, str]], seed: int) -> None:
        """One reader, until the end."""
        chance = random.Random(seed)
        with self._connected() as server:
            while not self.end.wait(chance.uniform(0.5, 1.5) * self.pause):
                kind, page = chance.choice(pages)
                status, _ = self._asked(server, kind, "GET", page)
                if status != 200:
                    self.failed.append(f"{status} {page}")

    def rules(self, statements: list[str], seed: int) -> None:
        """One who rules, until the end."""
        chance = random.Random(seed)
        with self._connected() as server:
            while not self.end.wait(chance.uniform(0.5, 1.5) * self.pause):
                about, says = chance.choice(statements), chance.choice(("wrong-source", "note", "not-a-statement"))
                value = None if says == "not-a-statement" else f"Speaker {chance.randrange(9)}"
                status, body = self._asked(
                    server, f"ruling: {says}", "POST", "/api/rulings", {"about": about, "says": says, "value": value}
                )
                if status == 201:
                    self.rulings.add(json.loads(body)["id"])
                elif status != 400:  # what was ruled to be no statement may be ruled on again
                    self.failed.append(f"{status} {says}: {body[:200]!r}")

    def _asked(
        self, server: HTTPConnection, kind: str, method: str, path: str, body: object = None
    ) -> tuple[int, bytes]:
        began = time.perf_counter()
        server.request(method, path, json.dumps(body) if body else None, {"content-type": "application/json"})
        answer = server.getresponse()
        read = answer.read()
        self.seconds[kind].append(time.perf_counter() - began)
        return answer.status, read

    @contextmanager
    def _connected(self) -> Iterator[HTTPConnection]:
        server = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            yield server
        finally:
            server.close()


def pages(ledger: Path) -> tuple[list[tuple[str, str]], list[str]]:
    """Pages to ask for, each kind as often as the others, and statements to rule on."""
    with Ledger.open(ledger) as kept:
        claims = [claim for _, claim in zip(range(_SOME), kept.claims(), strict=False)]
        articles = list(dict.fromkeys(o.article for c in claims for o in c.occurrences))[:_SOME]
        said = [s for a in articles for s in kept.statements(a)]
    words = sorted({word for claim in claims for word in re.findall(r"[a-z]{4,}", claim.text)})[
        :: 1 + len(claims) // 200
    ]
    names = {s.attribution.entity for s in said if s.attribution and s.attribution.entity}
    kinds = {
        "list": list(_LISTS),
        "claim": [f"/claim/{c.id}" for c in claims],
        "article": [f"/article/{a}" for a in articles],
        "words sought": [
            page.format(word)
            for word, page in zip(words, cycle(("/?q={}", "/search?q={}", "/brief?q={}")), strict=False)
        ],
        "claims to join": [f"/claim/{c.id}?find={word}" for c, word in zip(claims, cycle(words), strict=False)],
        "the rest": list(_REST),
        "source": [f"/source?name={quote(name)}" for name in sorted(names)[:_SOME]],
    }
    most = max(map(len, kinds.values()))
    return [(kind, (some * most)[i]) for kind, some in kinds.items() for i in range(most)], [s.id for s in said]


@contextmanager
def serving(ledger: Path) -> Iterator[int]:
    """A server over the ledger; its port."""
    command = [sys.executable, "-m", "inquit", "serve", str(ledger), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        try:
            yield int(next(word for word in line.split() if word.startswith("http")).rstrip("/").rpartition(":")[2])
        finally:
            process.send_signal(signal.SIGINT)


def main() -> int:
    """Run it, and print a table; 1 when a ruling was lost or a request failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--ruling", type=int, default=5)
    parser.add_argument("--pause", type=float, default=1.0, help="Seconds between two requests of a person.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(shutil.copy(given.ledger, folder))
        Ledger.open(ledger, write=True).close()
        chosen, statements = pages(ledger)
        with serving(ledger) as port:
            room = Room(port, given.pause)
            people = [threading.Thread(target=room.reads, args=(chosen, n)) for n in range(given.readers)]
            people += [threading.Thread(target=room.rules, args=(statements, 1000 + n)) for n in range(given.ruling)]
            for person in people:
                person.start()
            time.sleep(given.seconds)
            room.end.set()
            for person in people:
                person.join()
        with Ledger.open(ledger) as kept:
            lost = room.rulings - {ruling.id for ruling in kept.rulings()}
    return _told(room, lost)


def _told(room: Room, lost: set[str]) -> int:
    print(f"{'':<24}  requests  median ms  95th ms  most ms")
    for kind, seconds in sorted(room.seconds.items()):
        ms = sorted(1000 * s for s in seconds)
        print(f"{kind:<24}  {len(ms):8}  {ms[len(ms) // 2]:9.1f}  {ms[len(ms) * 95 // 100]:7.1f}  {ms[-1]:7.1f}")
    print(f"{len(room.rulings)} rulings acknowledged, {len(lost)} lost; {len(room.failed)} requests failed")
    for failure in room.failed[:10]:
        print(f"  {failure}")
    return int(bool(lost or room.failed))


if __name__ == "__main__":
    sys.exit(main())
