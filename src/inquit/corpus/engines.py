"""Where the work is done: on this machine, by processes; the same work on a cluster is in ``cluster``.

An engine is a function of batches that gives, in any order, each batch with its outcomes. It takes no more batches than
are being worked on and a few that wait, so what is read ahead is bounded.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, as_completed, wait
from typing import NamedTuple, TypeAlias

from inquit.corpus.guarded import Guarded
from inquit.corpus.outcome import Outcome
from inquit.corpus.supply import Batch
from inquit.corpus.worker import Settings


class Done(NamedTuple):
    """A batch with the outcome of each of its pieces; ``deaths`` counts the workers that ended meanwhile."""

    batch: Batch
    outcomes: list[Outcome]
    deaths: int


Engine: TypeAlias = Callable[[Iterable[Batch], Settings], Iterator[Done]]


class Processes:
    """``workers`` processes of this machine, each with a thread that feeds it."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def __call__(self, batches: Iterable[Batch], settings: Settings) -> Iterator[Done]:
        """What the processes make of the batches. Raises WorkError where they cannot be begun."""
        own = threading.local()
        begun: list[Guarded] = []

        def work(batch: Batch) -> Done:
            if not hasattr(own, "guarded"):
                own.guarded = Guarded(settings)
                begun.append(own.guarded)
            before = own.guarded.deaths
            outcomes = own.guarded.work(batch.pieces)
            return Done(batch, outcomes, own.guarded.deaths - before)

        pool = ThreadPoolExecutor(self._workers)
        try:
            flying: set[Future[Done]] = set()
            for batch in batches:
                flying.add(pool.submit(work, batch))
                if len(flying) >= 2 * self._workers:
                    landed, flying = wait(flying, return_when=FIRST_COMPLETED)
                    yield from (one.result() for one in landed)
            yield from (one.result() for one in as_completed(flying))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for guarded in begun:
                guarded.stop()
            pool.shutdown()
            for guarded in begun:
                guarded.close()
