"""PolNeAR (Newell, Margolin and Ruths, LREC 2018) as training takes it; the files are read by ``inquit.evaluate``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from inquit.evaluate import brat
from inquit.records import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution relation; each role is a list of fragments in code points, in order.

    ``known`` says that what its content holds of attributions is marked too, which the corpus itself never does;
    ``given``, that the corpus marks it: else it is a cue that teachers found, and they say what its roles are.
    """

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    known: bool = False
    given: bool = True


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article with a reading of it by each of its annotators, first by name first; or none is ``marked``."""

    ident: str
    text: str
    readings: list[list[Attribution]]
    marked: bool = True


def load(folder: Path) -> list[Labelled]:
    """Articles of ``folder`` (``text/ID.txt``, ``attributions/ID_ANNOTATOR.ann``); those without words are left out.

    Raises BratError, a ValueError, where files, lines and words do not fit together.
    """
    articles = []
    for ident, (where, marked) in sorted(brat.files(folder).items()):
        text = brat.exact(where)
        if text.strip():
            articles.append(Labelled(ident, text, [parse(brat.exact(path), text, str(path)) for path in marked]))
    return articles


def parse(ann: str, text: str, name: str = "annotations") -> list[Attribution]:
    """Attributions of one brat file over ``text``, those with a source alone left out; ``name`` is the file's.

    Raises BratError.
    """
    found = brat.parse(ann, text, name)
    return [Attribution(list(a.source), list(a.cue), list(a.content)) for a in found if a.cue or a.content]
