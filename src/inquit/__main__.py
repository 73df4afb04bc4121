"""``python -m inquit``: the command line."""

from __future__ import annotations

from inquit.cli import main

main()
