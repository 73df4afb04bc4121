"""Ctrl-C in a run that goes on until somebody ends it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def remembered() -> Iterator[Callable[[], None]]:
    """Within it Ctrl-C interrupts as ever, and what is given raises KeyboardInterrupt if one was lost since.

    Python raises it wherever the program happens to be: in a clean-up, or a library's import that catches all, it gets
    no further, and who asked the run to end would wait for good.
    """
    asked = False

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        signal.default_int_handler(number, frame)

    def check() -> None:
        if asked:
            raise KeyboardInterrupt

    # Only there signals arrive, and may be asked for.
    if threading.current_thread() is not threading.main_thread():
        yield check
        return
    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield check
    finally:
        signal.signal(signal.SIGINT, before)
