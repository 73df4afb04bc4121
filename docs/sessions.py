"""What a page shows of a terminal is what a terminal shows: its commands are run, in order, in a new folder.

In a page a block ``console`` holds commands, each after ``$ ``, and what they print. A block of any kind with
``title="NAME"`` is a file of that name. Commands run as on a terminal of 100 columns without colours, as the user ana.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

COLUMNS = 100
BLOCK = re.compile(r"^```(?P<kind>\w+)(?P<about>[^\n]*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
CONTROL = re.compile(rb"\x1b\[[?\d;]*[A-Za-z]|\r(?=\n)")
TITLE = re.compile(r'title="([^"]+)"')
# What differs from run to run and comes again below, so that it stands for one thing throughout a page.
PASSING = re.compile(r"\br1:[0-9a-f]{10,20}\b|\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
# What differs besides: the day, and a score's last digit between processors.
VARYING = re.compile(PASSING.pattern + r"|(?<=Made )[^·\n]+ UTC|(?<=\bscore )[01]\.\d+|(?<=, )[01]\.\d+(?= \()")


def is_session(page: str) -> bool:
    """Whether a page has commands that are run."""
    return "\n```console\n" in page


def rerun(page: str) -> str:
    """The page with what its commands print now; what differs only in what varies stays as it stands."""
    with tempfile.TemporaryDirectory(prefix="inquit-docs-") as folder:
        return _Session(Path(folder)).page(page)


def alike(one: str, other: str) -> bool:
    """Whether two outputs differ in nothing but what varies."""
    return VARYING.sub("", one.strip("\n")) == VARYING.sub("", other.strip("\n"))


class _Session:
    """One page's folder, and what passes: as the page has it, and as this run has."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._passing: dict[str, str] = {}

    def page(self, text: str) -> str:
        return BLOCK.sub(self._block, text)

    def _block(self, block: re.Match[str]) -> str:
        if named := TITLE.search(block["about"]):
            path = self._folder / named[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["body"], encoding="utf-8")
        if block["kind"] != "console":
            return block[0]
        steps = re.split(r"^\$ ", block["body"], flags=re.MULTILINE)[1:]
        return f"```console{block['about']}\n" + "".join(f"$ {self._step(step)}" for step in steps) + "```"

    def _step(self, step: str) -> str:
        command, _, before = step.partition("\n")
        now = self._printed(PASSING.sub(lambda known: self._passing.get(known[0], known[0]), command))
        shown, given = PASSING.findall(before), PASSING.findall(now)
        if len(shown) == len(given):
            self._passing.update(zip(shown, given, strict=True))
        if alike(before, now):
            return step
        for ours, theirs in self._passing.items():
            now = now.replace(theirs, ours)
        return f"{command}\n{now}"

    def _printed(self, command: str) -> str:
        """What a command prints on a terminal, both streams, without blanks at the ends of lines."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
        child = subprocess.Popen(  # noqa: S603 - our docs
            ["/bin/bash", "-c", command],
            cwd=self._folder,
            env=_environment(self._folder),
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        printed = _everything(ours)
        child.wait()
        lines = CONTROL.sub(b"", printed).decode("utf-8").split("\n")
        return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n" if printed.strip() else ""


def _environment(home: Path) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    looks = {"COLUMNS": str(COLUMNS), "TERM": "xterm", "NO_COLOR": "1", "TTY_INTERACTIVE": "0"}
    fixed = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "INQUIT_WHO": "ana", "HOME": str(home), "PATH": path}
    return {**os.environ, **looks, **fixed}


def _everything(terminal: int) -> bytes:
    """All that comes from a terminal until its other end is closed, which Linux tells by an error."""
    printed = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            piece = b""
        if not piece:
            os.close(terminal)
            return printed
        printed += piece
