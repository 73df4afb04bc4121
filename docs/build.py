"""``python docs/build.py [--check]``: everything in the docs and the README that a command can say.

Writes ``docs/schema.json`` from the records and the samples between ``<!-- output: … -->`` and ``<!-- end -->`` in
README.md from the commands named there. With ``--check`` nothing is written and drift is the exit code 1.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import msgspec

from inquit.records import Record

ROOT = Path(__file__).parents[1]
SAMPLE = re.compile(r"(<!-- output: (?P<command>.+?) -->\n```\w*\n).*?(```\n<!-- end -->)", re.DOTALL)


def schema() -> str:
    """JSON Schema (draft 2020-12) of one JSON line, of any verb; every key is required, null when unset."""
    made = msgspec.json.schema(Record)
    for part in made["$defs"].values():
        part["required"] = list(part["properties"])
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A line of inquit's JSON", **made}
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode() + "\n"


def readme() -> str:
    """README.md with its samples run again."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return SAMPLE.sub(lambda m: m.group(1) + _output(m["command"]) + m.group(3), text)


def _output(command: str) -> str:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    words = [sys.executable, "-m", *shlex.split(command)]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, check=True)  # noqa: S603 - our README
    lines = [line.rstrip() for line in done.stdout.decode("utf-8").splitlines()]
    return "\n".join(lines).strip("\n") + "\n"


def main() -> int:
    """Write, or compare under ``--check``."""
    drifted = []
    for path, wanted in ((ROOT / "docs" / "schema.json", schema()), (ROOT / "README.md", readme())):
        if not path.exists() or path.read_text(encoding="utf-8") != wanted:
            drifted.append(path.name)
            if "--check" not in sys.argv:
                path.write_text(wanted, encoding="utf-8")
    sys.stderr.write(f"changed: {', '.join(drifted) or 'nothing'}\n")
    return int("--check" in sys.argv and bool(drifted))


if __name__ == "__main__":
    sys.exit(main())
