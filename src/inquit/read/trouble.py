"""Trouble with one input on its way to becoming a Problem."""

from __future__ import annotations

from inquit.records import Problem


class Trouble(Exception):  # noqa: N818 - it is a message between functions of this stage and never leaves it
    """Ends the reading of one input; ``code`` is a key of ``errors.PROBLEMS``."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def problem(self, shown: str) -> Problem:
        """The record of it; ``shown`` names the input."""
        return Problem(code=self.code, message=self.message, input=shown)
