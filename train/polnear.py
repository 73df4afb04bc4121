"""PolNeAR (Newell, Margolin and Ruths, LREC 2018) from brat standoff to attributions with checked offsets."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution relation; each role is a list of fragments in code points, in order."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article with a reading of it by each of its annotators, first by name first."""

    ident: str
    text: str
    readings: list[list[Attribution]]


def load(folder: Path) -> list[Labelled]:
    """Articles of ``folder`` (``text/ID.txt``, ``attributions/ID_ANNOTATOR.ann``); those without words are left out.

    Raises ValueError when a span does not hold the words its line quotes.
    """
    files: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        files[path.stem.rsplit("_", 1)[0]].append(path)
    articles = []
    for ident, paths in sorted(files.items()):
        text = _exact(folder / "text" / f"{ident}.txt")
        if text.strip():
            articles.append(Labelled(ident, text, [parse(_exact(path), text) for path in paths]))
    return articles


def parse(ann: str, text: str) -> list[Attribution]:
    """Attributions of one brat file over ``text``; a T line broken by a newline inside its quoted words is mended."""
    spans: dict[str, list[Span]] = {}
    events: list[dict[str, list[str]]] = []
    for line in _whole_lines(ann):
        ident, _, rest = line.partition("\t")
        if ident.startswith("T"):
            where, _, words = rest.partition("\t")
            fragments = where.split(" ", 1)[1].split(";")
            spans[ident] = [(int(a), int(b)) for a, b in (f.split() for f in fragments)]
            _check(ident, spans[ident], words, text)
        elif ident.startswith("E"):
            roles: dict[str, list[str]] = defaultdict(list)
            for argument in rest.split():
                name, _, target = argument.partition(":")
                roles[name.rstrip("0123456789").lower()].append(target)
            events.append(roles)
    found = (
        Attribution(*(sorted(s for t in roles[name] for s in spans[t]) for name in ("source", "cue", "content")))
        for roles in events
    )
    return [a for a in found if a.cue or a.content]


def _whole_lines(ann: str) -> list[str]:
    lines: list[str] = []
    for line in ann.split("\n"):
        if re.match(r"[TERAMN#*]\d*\t", line) or not lines:
            lines.append(line)
        elif line:
            lines[-1] += "\n" + line
    return [line for line in lines if line]


def _check(ident: str, spans: list[Span], words: str, text: str) -> None:
    squeeze = " ".join
    if squeeze(" ".join(text[a:b] for a, b in spans).split()) != squeeze(words.split()):
        raise ValueError(f"{ident}: {spans} does not hold {words!r}")


def _exact(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as handle:
        return handle.read()
