"""The same work on a cluster: batches handed to Daft, which runs them on Ray or in its own threads.

Daft sees bytes in and bytes out. What may kill a process is done in one that ``Guarded`` watches beside each of Daft's
workers, since a batch function that raises loses its whole batch there, and one whose process dies stops the query or
hangs it. Batches go in rounds, each of about a minute or two, so that what is read ahead is bounded.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from itertools import islice
from typing import Any

import msgspec

from inquit.corpus.engines import Done
from inquit.corpus.guarded import Guarded
from inquit.corpus.outcome import Outcome
from inquit.corpus.supply import Batch
from inquit.corpus.worker import Settings
from inquit.errors import UsageError, WorkError
from inquit.read.pieces import Piece
from inquit.records import Problem

_ROUND_SECONDS = 120.0
_FIRST_ROUND = 4  # batches a worker, until it is known how long they take
_ROUND_BYTES = 2**28

_encode = msgspec.msgpack.Encoder().encode
_pieces = msgspec.msgpack.Decoder(list[Piece | Problem])
_result = msgspec.msgpack.Decoder(tuple[list[Outcome], int])


@contextmanager
def cluster(name: str, workers: int | None) -> Iterator[Daft]:
    """The engine of that name, until it is done with; what Ray prints meanwhile, and as it ends, is on standard error.

    Raises what ``Daft`` raises.
    """
    # Ray tells of a worker that ended on standard output, and again when it is shut down: that is the report's place.
    with redirect_stdout(sys.stderr):
        engine = Daft(name, workers)
        try:
            yield engine
        finally:
            engine.close()


class Daft:
    """``name``: "daft" (this machine), "ray" (a Ray begun here, or RAY_ADDRESS) or the address of a Ray cluster.

    Raises UsageError for another name and WorkError where Daft is missing or the cluster cannot be reached.
    """

    def __init__(self, name: str, workers: int | None) -> None:
        # Neither is to tell anybody what is done here.
        os.environ.setdefault("DO_NOT_TRACK", "1")
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
        if name not in {"daft", "ray"} and not name.startswith("ray://"):
            raise UsageError(f"there is no engine {name!r}: local, daft, ray or ray://HOST:PORT")
        try:
            import daft  # noqa: PLC0415 - an optional package
        except ImportError as error:
            raise WorkError(f"the engine {name} needs: pip install 'inquit[cluster]'") from error
        self._daft: Any = daft
        self._ray: Any = None if name == "daft" else _ray(name)
        room = _room(daft, name, self._ray)
        self._workers = workers or room

    def __call__(self, batches: Iterable[Batch], settings: Settings) -> Iterator[Done]:
        """What the cluster makes of the batches. Raises WorkError where it fails."""
        rest = iter(batches)
        most = _FIRST_ROUND * self._workers
        while some := _round(rest, most):
            began = time.monotonic()
            yield from self._worked(some, settings)
            pace = len(some) / (time.monotonic() - began)
            most = max(self._workers, round(pace * _ROUND_SECONDS))

    def close(self) -> None:
        """Take leave of Ray, which ends it where it was begun here."""
        if self._ray is not None:
            self._ray.shutdown()

    def _worked(self, some: list[Batch], settings: Settings) -> Iterator[Done]:
        daft = self._daft
        worker = _remote(daft, self._workers)(_encode(settings))
        frame = daft.from_pydict({"number": list(range(len(some))), "pieces": [_encode(one.pieces) for one in some]})
        if self._ray is not None:
            frame = frame.into_partitions(min(len(some), 2 * self._workers))
        found = frame.select(frame["number"], worker.work(frame["pieces"]).alias("result"))
        left = set(range(len(some)))
        try:
            for row in found.iter_rows():
                outcomes, deaths = _result.decode(row["result"])
                left.discard(row["number"])
                yield Done(some[row["number"]], outcomes, deaths)
        except WorkError:
            raise
        except Exception as error:
            raise WorkError(f"the cluster failed ({type(error).__name__}: {error}); run it again to go on") from error
        if left:
            raise WorkError(f"the cluster lost {len(left)} of {len(some)} batches; run it again to go on")


class Packed:
    """A guarded worker of bytes: packed pieces in, packed outcomes and the number of its deaths meanwhile out."""

    def __init__(self, settings: bytes) -> None:
        self._guarded = Guarded(msgspec.msgpack.decode(settings, type=Settings))

    def work(self, pieces: bytes) -> bytes:
        """Work on the pieces. Raises WorkError as ``Guarded.work`` does."""
        before = self._guarded.deaths
        outcomes = self._guarded.work(_pieces.decode(pieces))
        return _encode((outcomes, self._guarded.deaths - before))


def _ray(name: str) -> Any:  # noqa: ANN401 - Ray is optional
    """Ray, begun or reached."""
    import ray  # noqa: PLC0415 - comes with Daft's extra

    try:
        if not ray.is_initialized():
            ray.init(address=name if name.startswith("ray://") else os.environ.get("RAY_ADDRESS"), log_to_driver=False)
    except Exception as error:
        raise _unreached(name, error) from error
    return ray


def _room(daft: Any, name: str, ray: Any) -> int:  # noqa: ANN401 - both are optional
    """How many workers there is room for, once Daft is told where it runs."""
    if ray is None:
        daft.set_runner_native()
        return os.cpu_count() or 1
    try:
        daft.set_runner_ray(noop_if_initialized=True)
        return max(1, int(ray.cluster_resources().get("CPU", 1)))
    except Exception as error:
        raise _unreached(name, error) from error


def _unreached(name: str, error: Exception) -> WorkError:
    repair = "see that it runs, and that its token is known here (RAY_AUTH_MODE=token, RAY_AUTH_TOKEN_PATH)"
    return WorkError(f"the cluster {name} could not be reached ({error}): {repair}")


def _round(rest: Iterator[Batch], most: int) -> list[Batch]:
    """The batches of a round, so many at most and no more bytes than bear to be held."""
    some: list[Batch] = []
    size = 0
    for batch in islice(rest, most):
        some.append(batch)
        size += batch.size
        if size >= _ROUND_BYTES:
            break
    return some


def _remote(daft: Any, workers: int) -> Any:  # noqa: ANN401 - Daft is optional
    """The class whose instances are Daft's workers, each with a process of its own."""

    class Remote:
        def __init__(self, settings: bytes) -> None:
            # Sent by value, with what it refers to: only what has a name elsewhere can be.
            from inquit.corpus.cluster import Packed  # noqa: PLC0415

            self._packed = Packed(settings)

        @daft.method.batch(return_dtype=daft.DataType.binary(), batch_size=1)  # type: ignore[untyped-decorator]
        def work(self, given: Any) -> list[bytes]:  # noqa: ANN401 - a Daft Series
            return [self._packed.work(one) for one in given.to_pylist()]

    return daft.cls(max_concurrency=workers)(Remote)
