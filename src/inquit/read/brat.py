"""Annotations in brat's standoff: the article is the text that they belong to.

People's marks are not statements of this reader, and are left where they are: ``inquit eval`` compares the two. A
``metadata.tsv`` beside the text or above it, as in PolNeAR and as ``inquit export --to brat`` writes it, says the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from inquit.read.dates import iso
from inquit.read.making import about, made, sound
from inquit.read.opening import Opened, Source, opened, whole
from inquit.read.options import Options
from inquit.read.text import decoded
from inquit.read.trouble import Trouble
from inquit.records import Article, Problem
from inquit.text import normalised

_TABLE = "metadata.tsv"
_OF_CORPUS = frozenset({_TABLE, "annotation.conf", "visual.conf", "tools.conf", "kb_shortcuts.conf"})
_TABLE_MOST = 64 * 2**20


def text_of(annotations: Path) -> Path | None:
    """The text that a file of annotations belongs to.

    ``ID.txt`` beside ``ID.ann``, or ``text/ID.txt`` beside ``attributions/ID_ANNOTATOR.ann``.
    """
    apart = annotations.parent.parent / "text"
    stem = annotations.stem
    for path in (annotations.with_suffix(".txt"), apart / f"{stem}.txt", apart / f"{stem.rpartition('_')[0]}.txt"):
        if path.is_file():
            return path
    return None


def met_elsewhere(path: Path, folder: Path) -> bool:
    """Tell, of the files below a folder, a text that is met in its annotations, and annotations met in others'.

    So is what a corpus says of its texts and of brat itself.
    """
    if path.name in _OF_CORPUS:
        return next(path.parent.rglob("*.ann"), None) is not None
    if path.suffix == ".txt":
        annotations = _annotations_of(path)
        return annotations is not None and annotations.is_relative_to(folder)
    text = text_of(path) if path.suffix == ".ann" else None
    return text is not None and _annotations_of(text) != path


def brat(opening: Opened, source: Source, options: Options) -> Iterator[Article | Problem]:  # noqa: ARG001 - as every reader
    """The annotated text as one Article; raises Trouble of code not-found where it is missing, else as ``texts``."""
    path = text_of(source.path) if source.path is not None else None
    if path is None:
        raise Trouble("not-found", "these are annotations, and the text that they belong to is not beside them")
    text_source = Source(shown=source.shown, name=path.name, path=path)
    with opened(text_source, None) as text_opening:
        text, trouble = decoded(whole(text_opening.stream, options.max_bytes))
    text = normalised(text)
    if not text.strip():
        raise Trouble("empty", "there is nothing in the text")
    about_text = _known(path)
    authors = about_text.get("authors") or about_text.get("author") or ""
    article = made(
        text,
        options,
        external_id=about_text.get("external_id") or sound(path.name),
        title=about_text.get("title"),
        outlet=about_text.get("publisher"),
        published=iso(about_text.get("published") or about_text.get("publication_date")),
        url=about_text.get("url"),
        authors=tuple(name for name in authors.split("; ") if name),
    )
    yield article
    if trouble:
        yield about(article, "decoding", trouble, source.shown)


def _annotations_of(text: Path) -> Path | None:
    """The file of annotations that stands for a text; of several annotators' the first by name."""
    beside, apart = text.with_suffix(".ann"), text.parent.parent / "attributions"
    if beside.is_file():
        return beside
    if text.parent.name != "text" or not apart.is_dir():
        return None
    return _first(apart, apart.stat().st_mtime_ns).get(text)


def _known(text: Path) -> Mapping[str, str]:
    for folder in (text.parent, text.parent.parent, text.parent.parent.parent):
        table = folder / _TABLE
        try:
            state = table.stat()
        except OSError:
            continue
        rows = _rows(table, state.st_mtime_ns) if state.st_size <= _TABLE_MOST else {}
        return rows.get(text.stem) or rows.get(text.name) or {}
    return {}


@lru_cache(maxsize=4)
def _first(folder: Path, changed: int) -> dict[Path, Path]:  # noqa: ARG001 - a folder that was changed is read anew
    """For each text its first file of annotations in a folder of these."""
    found: dict[Path, Path] = {}
    for path in sorted(folder.glob("*.ann")):
        text = text_of(path)
        if text is not None:
            found.setdefault(text, path)
    return found


@lru_cache(maxsize=4)
def _rows(table: Path, changed: int) -> dict[str, dict[str, str]]:  # noqa: ARG001 - a table that was changed is read anew
    """What the table says of each text, by the name of its file; nothing where it has no such column."""
    lines = sound(table.read_text(encoding="utf-8", errors="replace")).splitlines()
    head, *rows = [line.split("\t") for line in lines] or [[]]
    if "filename" not in head:
        return {}
    found = ({name: cell.strip() for name, cell in zip(head, row, strict=False) if cell.strip()} for row in rows)
    return {row["filename"]: row for row in found if "filename" in row}
