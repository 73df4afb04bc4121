"""Work for workers of tests, named in ``Plan.task``: what is done with a piece, and what a piece may do to a worker."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path

from inquit.corpus.outcome import Found, Outcome
from inquit.read.apart import piece_read
from inquit.records import Article, Problem, Reading


def plain(piece, options):
    records = list(piece_read(piece, options))
    found = [Found(Reading(article=r), b"", len(r.text.split())) for r in records if isinstance(r, Article)]
    return Outcome(tuple(found), tuple(r for r in records if isinstance(r, Problem)), (0.0, 0.25, 0.0))


def slow(piece, options):
    time.sleep(0.02)
    return plain(piece, options)


def dangerous(piece, options):
    outcome = plain(piece, options)
    text = outcome.found[0].reading.article.text if outcome.found else ""
    if "exits" in text:
        os._exit(7)
    if "crashes" in text:
        ctypes.string_at(0)
    if "hangs" in text:
        time.sleep(600)
    if "raises" in text:
        raise MemoryError("no more")
    if "prints" in text:
        os.write(1, b"a library that prints where it should not\n" * 100)
    return outcome


def bereaving(piece, options):
    """Kill, once in a run, the process that watches this one: on a cluster it is the cluster's worker."""
    once = Path(os.environ["INQUIT_TEST_ONCE"])
    outcome = plain(piece, options)
    if "Row 30 " in outcome.found[0].reading.article.text and not once.exists():
        once.touch()
        os.kill(os.getppid(), signal.SIGKILL)
    return outcome
