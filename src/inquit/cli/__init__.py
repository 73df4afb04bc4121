"""The command line: one file per verb, each a thin layer over one library call."""

from __future__ import annotations

from inquit.cli.main import main

__all__ = ["main"]
