"""``python scripts/try_wheel.py INQUIT``: an installed ``inquit`` at its first tasks, in an empty folder.

Exits with the first thing that is not as it should be. Uses nothing but the standard library.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

TEXT = "The harbour closed at noon, Ana Duarte said. “We saw cracks,” she told reporters.\n"


def run(*words: str, code: int = 0) -> str:
    """What a command prints on both streams; exits where its exit code is another one."""
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603 - ours
    said = done.stdout + done.stderr
    if done.returncode != code:
        sys.exit(f"{' '.join(words)}: exit code {done.returncode}, not {code}\n{said}")
    return said


def main(inquit: str) -> None:
    """Read, keep, trace, serve; the last says what it needs."""
    sys.stdout.write(run(inquit, "--version"))
    expect("independent source" in run(inquit, "demo", "--text"), "the demo traces no claim")
    with tempfile.TemporaryDirectory() as folder:
        text, ledger = Path(folder) / "text.txt", str(Path(folder) / "news.db")
        text.write_text(TEXT, encoding="utf-8")
        found = [json.loads(line) for line in run(inquit, "read", str(text), "--jsonl").splitlines()]
        said = [one["attribution"]["entity"] for one in found if one["type"] == "statement"]
        expect(said == ["Ana Duarte", "Ana Duarte"], f"read {said}")
        run(inquit, "add", ledger, "examples", str(text))
        expect("sound" in run(inquit, "verify", ledger), "the ledger is not sound")
        expect('pip install "inquit[serve]"' in hint(inquit, "serve", ledger), "serve does not say what it needs")
        expect('pip install "inquit[mcp]"' in hint(inquit, "mcp", ledger), "mcp does not say what it needs")
    sys.stdout.write("demo, read, add, verify, and the hints of serve and mcp: as they should be\n")


def hint(*words: str) -> str:
    """What a verb says that lacks its extra, with single marks as double ones."""
    return run(*words, code=3).replace("'", '"')


def expect(right: bool, what: str) -> None:
    """Exit with ``what`` where it is not right."""
    if not right:
        sys.exit(f"not as it should be: {what}")


if __name__ == "__main__":
    main(sys.argv[1])
