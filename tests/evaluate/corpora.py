"""Invented corpora for the tests of evaluation, written from marked text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from inquit import marked
from inquit.evaluate.brat import Annotated, Attribution
from inquit.records import Spans

BRIDGE = (
    "“{t1 The bridge is safe},” {s1 Ana Duarte} {c1 said}, “{t1 and open to lorries}.” "
    "{s2 The port} {c2 denied} {t2 that it leaks}.\n"
)
CRANE = (
    "{s1 A welder} {c1 told} the Harbour Post {t1 that the crane had “cracked”}. "
    "{c2 Reportedly}, {t2 nobody was hurt}.\n"
)


def annotated(ident: str, written: str, outlet: str | None = None) -> Annotated:
    """One article of a corpus from its marked text."""
    found = marked.parse(written)
    return Annotated(
        ident, found.text, (tuple(Attribution(s.source, s.cue, s.content) for s in found.statements),), outlet
    )


def standoff(written: str) -> tuple[str, str]:
    """Text and brat lines of a marked text."""
    article = annotated("", written)
    lines: list[str] = []
    for number, one in enumerate(article.readings[0], 1):
        arguments = []
        for role in ("Source", "Cue", "Content"):
            spans: Spans = getattr(one, role.lower())
            if spans:
                ident = f"T{len(lines) + 1}"
                where = ";".join(f"{a} {b}" for a, b in spans)
                lines.append(f"{ident}\t{role} {where}\t{' '.join(article.text[a:b] for a, b in spans)}")
                arguments.append(f"{role}:{ident}")
        lines.append(f"E{number}\t{' '.join(arguments)}")
    return article.text, "".join(f"{line}\n" for line in lines)


def flat(folder: Path, articles: Mapping[str, str]) -> Path:
    """A corpus with ``ID.txt`` beside ``ID.ann`` of marked texts by id."""
    folder.mkdir(parents=True, exist_ok=True)
    for ident, written in articles.items():
        text, ann = standoff(written)
        (folder / f"{ident}.txt").write_text(text, encoding="utf-8", newline="")
        (folder / f"{ident}.ann").write_text(ann, encoding="utf-8", newline="")
    return folder


def apart(folder: Path, articles: Mapping[str, str], annotators: Iterable[str] = ("aa",)) -> Path:
    """A corpus with ``text/ID.txt`` and ``attributions/ID_ANNOTATOR.ann``; all annotators mark the same."""
    for part in ("text", "attributions"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for ident, written in articles.items():
        text, ann = standoff(written)
        (folder / "text" / f"{ident}.txt").write_text(text, encoding="utf-8", newline="")
        for annotator in annotators:
            path = folder / "attributions" / f"{ident}_{annotator}.ann"
            path.write_text(ann, encoding="utf-8", newline="")
    return folder
