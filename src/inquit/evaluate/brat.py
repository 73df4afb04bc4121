"""Brat standoff: texts with the attributions that people marked, every offset checked against the words it stands for.

A corpus is a folder with ``text/ID.txt`` and ``attributions/ID_ANNOTATOR.ann`` (the layout of PolNeAR), or one with
``ID.txt`` beside ``ID.ann``. An attribution is an event: an E line whose arguments Source, Cue and Content (a number
behind the name makes no difference) name T lines, each of one or several fragments.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inquit.errors import WorkError
from inquit.records import Spans

ROLES = ("source", "cue", "content")
_LINE = re.compile(r"[TERAMN#*]\d*\t")
_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", re.DOTALL)
_ROLE = re.compile(r"^T\d+\t(?:source|cue|content)\d* ", re.MULTILINE | re.IGNORECASE)
_EVENT = re.compile(r"E\d+\t(\S+:\S+(?: +\S+:\S+)*)\s*")


class BratError(WorkError, ValueError):
    """A corpus that does not hold together; the message names file, line and repair."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution; each role is its fragments in code points, in order, none where it is absent.

    ``score`` is the probability, 0 to 1, that a reader gave; None where people marked it.
    """

    source: Spans
    cue: Spans
    content: Spans
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """One article with what each of its annotators marked, the first by name first; line ends as in the file."""

    ident: str
    text: str
    readings: tuple[tuple[Attribution, ...], ...]
    outlet: str | None = None


def load(folder: Path) -> list[Annotated]:
    """Articles of a corpus, in order of their ids; the outlet where a ``metadata.tsv`` in it or beside it says one.

    Raises BratError where files, lines and words do not fit together.
    """
    outlets = _outlets(folder)
    articles = []
    for ident, (where, marked) in sorted(files(folder).items()):
        text = exact(where)
        readings = tuple(parse(exact(path), text, str(path)) for path in marked)
        articles.append(Annotated(ident, text, readings, outlets.get(ident)))
    return articles


def parse(ann: str, text: str, name: str = "annotations") -> tuple[Attribution, ...]:
    """Attributions of one brat file over ``text``; events with none of the three roles are left out.

    A T line that is broken inside its words is mended. ``name`` stands for the file in messages. Raises BratError.
    """
    bound: dict[str, Spans] = {}
    events: list[tuple[int, str]] = []
    for number, line in _whole_lines(ann, name):
        if line.startswith("T"):
            ident, spans = _bound(line, text, f"{name}, line {number}")
            if ident in bound:
                raise BratError(f"{name}, line {number}: {ident} was given before; number the line anew")
            bound[ident] = spans
        elif line.startswith("E"):
            events.append((number, line))
    if not events and _ROLE.search(ann):
        raise BratError(f"{name}: spans are marked but no attribution; join them by E lines (E1, Source:T1 Cue:T2 …)")
    found = (_event(line, bound, f"{name}, line {number}") for number, line in events)
    return tuple(a for a in found if a.source or a.cue or a.content)


def _whole_lines(ann: str, name: str) -> Iterator[tuple[int, str]]:
    """Each line with its number; what is broken inside the words of a T line is joined again."""
    first, whole = 0, ""
    for number, line in enumerate(ann.split("\n"), 1):
        if _LINE.match(line):
            if whole:
                yield first, whole
            first, whole = number, line
        elif line.strip():
            if not whole.startswith(("T", "#")):
                raise BratError(f"{name}, line {number}: {line[:40]!r} is no line of brat's; take it out")
            whole += "\n" + line
    if whole:
        yield first, whole


def _bound(line: str, text: str, place: str) -> tuple[str, Spans]:
    match = _BOUND.fullmatch(line)
    if match is None:
        raise BratError(f"{place}: wanted number, label, offsets and words with tabs between: T1, Source 0 5, Smith")
    ident, _, where, words = match.groups()
    # Fragments may stand in any order; the words are in the same.
    spans = tuple((int(a), int(b)) for a, b in (pair.split() for pair in where.split(";")))
    held = " ".join(" ".join(text[a:b] for a, b in spans).split())
    if held != " ".join(words.split()):
        raise BratError(
            f"{place}: {where} does not hold {words[:60]!r} but {held[:60]!r}; "
            "offsets count code points of the text as it was when it was marked, its line ends included"
        )
    return ident, spans


def _event(line: str, bound: dict[str, Spans], place: str) -> Attribution:
    match = _EVENT.fullmatch(line)
    if match is None:
        raise BratError(f"{place}: wanted number and arguments with a tab between: E1, Attribution:T4 Source:T1 Cue:T2")
    roles: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for argument in match.group(1).split():
        name, _, target = argument.partition(":")
        role = name.rstrip("0123456789").lower()
        if role not in ROLES:
            continue
        if target not in bound:
            raise BratError(f"{place}: {argument} names no T line of this file; add it or take the argument out")
        roles[role] += bound[target]
    source, cue, content = (tuple(sorted(roles[role])) for role in ROLES)
    return Attribution(source, cue, content)


def files(folder: Path) -> dict[str, tuple[Path, list[Path]]]:
    """For each article's id its text and its annotations in order of the annotators' names.

    Raises BratError where there is no corpus, and for a text or an annotation without its other half.
    """
    apart = (folder / "text").is_dir() and (folder / "attributions").is_dir()
    texts, marks = (folder / "text", folder / "attributions") if apart else (folder, folder)
    annotations = sorted(marks.glob("*.ann"))
    if not annotations:
        raise BratError(_no_corpus(folder))
    known = {path.stem: path for path in texts.glob("*.txt")}
    found: dict[str, tuple[Path, list[Path]]] = {}
    for path in annotations:
        cut = path.stem.rpartition("_")[0] if apart else path.stem
        ident = cut if cut in known else path.stem
        if ident not in known:
            raise BratError(f"{path} belongs to no text; add {texts / ident}.txt or take the annotations away")
        found.setdefault(ident, (known[ident], []))[1].append(path)
    if bare := sorted(known.keys() - found.keys()):
        raise BratError(
            f"{known[bare[0]]} has no annotations ({len(bare)} such texts); where nobody is made to say anything an "
            "empty .ann file says so, else take the text away"
        )
    return found


def _no_corpus(folder: Path) -> str:
    if not folder.is_dir():
        return f"{folder} is no folder; name the folder of a corpus in brat's standoff"
    inner = sorted(str(path.parent) for path in folder.glob("*/attributions") if path.is_dir())
    hint = f"; did you mean {' or '.join(inner)}?" if inner else ""
    wanted = "text/ID.txt with attributions/ID_ANNOTATOR.ann, or ID.txt beside ID.ann"
    return f"there is no corpus in {folder}: wanted {wanted}{hint}"


def _outlets(folder: Path) -> dict[str, str]:
    """Outlet of each article by a table with the columns ``filename`` and ``publisher``; empty without such a table."""
    path = next((p for p in (folder / "metadata.tsv", folder.parent / "metadata.tsv") if p.is_file()), None)
    if path is None:
        return {}
    head, *rows = [line.split("\t") for line in exact(path).splitlines()] or [[]]
    if not {"filename", "publisher"} <= set(head):
        return {}
    name, outlet = head.index("filename"), head.index("publisher")
    return {row[name]: row[outlet] for row in rows if len(row) > max(name, outlet)}


def exact(path: Path) -> str:
    """A file's text with its line ends as they are, so that offsets hold; raises BratError when it is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BratError(f"{path} is not UTF-8 (byte {error.start}); convert it, offsets count code points") from error
