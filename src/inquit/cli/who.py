"""In whose name a person at this machine rules."""

from __future__ import annotations

import getpass
import os

from inquit.errors import UsageError


def who() -> str:
    """``INQUIT_WHO``, else the name of the user of this machine. Raises UsageError where neither is known."""
    given = os.environ.get("INQUIT_WHO", "").strip()
    if given:
        return given
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise UsageError("this machine does not say who you are: set INQUIT_WHO to your name") from error
