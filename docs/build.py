"""``python docs/build.py [--check] [PAGE…]``: everything in the docs and the README that the program can say.

Written are ``docs/schema.json`` from the records, ``docs/reference`` from the code, the picture of the story that
ships, the samples between ``<!-- output: … -->`` and ``<!-- end -->``, and what the commands of a page print
(``sessions.py``). PAGE is a path from the root of the repository; without any it is all of them. With ``--check``
nothing is written and drift is the exit code 1, with the difference.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import reference
import sessions

from inquit.records import Record

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SAMPLE = re.compile(
    r"(?P<head><!-- output: (?P<command>.+?) -->\n```\w*\n)(?P<body>.*?)(?P<foot>```\n<!-- end -->)", re.DOTALL
)


def schema() -> str:
    """JSON Schema (draft 2020-12) of one JSON line, of any verb; every key is required, null when unset."""
    made = msgspec.json.schema(Record)
    for part in made["$defs"].values():
        part["required"] = list(part["properties"])
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A line of inquit's JSON", **made}
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode() + "\n"


def picture() -> str:
    """The chain of the claim that ``inquit demo`` traces, as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = f"{folder}/story.db"
        claim = msgspec.json.decode(_printed(f"inquit demo --ledger {ledger} --jsonl").splitlines()[-1])
        return _printed(f"inquit picture {ledger} chain {claim['id']}")


def page(path: Path) -> str:
    """A page with its samples and sessions run again."""
    text = path.read_text(encoding="utf-8")
    text = SAMPLE.sub(_sample, text)
    return sessions.rerun(text) if sessions.is_session(text) else text


def _sample(found: re.Match[str]) -> str:
    now = _printed(found["command"])
    return found[0] if sessions.alike(found["body"], now) else found["head"] + now + found["foot"]


def _printed(command: str) -> str:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    words = [sys.executable, "-m", *shlex.split(command)]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, check=True)  # noqa: S603 - our docs
    lines = [line.rstrip() for line in done.stdout.decode("utf-8").splitlines()]
    return "\n".join(lines).strip("\n") + "\n"


def parts() -> dict[str, Callable[[], str]]:
    """What is made, by its path from the root."""
    made: dict[str, Callable[[], str]] = {"docs/schema.json": schema, "docs/assets/chain.svg": picture}
    made |= {f"docs/{place}": what for place, what in reference.PAGES.items()}
    for path in (ROOT / "README.md", *sorted(DOCS.rglob("*.md"))):
        text, place = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
        if place not in made and (SAMPLE.search(text) or sessions.is_session(text)):
            made[place] = lambda path=path: page(path)  # type: ignore[misc]
    return made


def main() -> int:
    """Write, or compare under ``--check``; ``--list`` names what is made."""
    made, asked = parts(), [one for one in sys.argv[1:] if not one.startswith("--")]
    if "--list" in sys.argv:
        sys.stdout.write("".join(f"{place}\n" for place in made))
        return 0
    drifted = [place for place in asked or made if _differs(ROOT / place, made[place]())]
    sys.stderr.write(f"changed: {', '.join(drifted) or 'nothing'}\n")
    return int("--check" in sys.argv and bool(drifted))


def _differs(path: Path, wanted: str) -> bool:
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if before == wanted:
        return False
    if "--check" in sys.argv:
        lines = difflib.unified_diff(before.splitlines(), wanted.splitlines(), path.name, "now", n=1, lineterm="")
        sys.stderr.write("\n".join(lines) + "\n")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted, encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main())
