"""GUM's entities and chains as mentions (Zeldes 2017), from the ``Entity`` cells of its trees.

Only genres whose every text may be used commercially: not fiction, wikiHow, essays, letters, podcasts, forum posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from inquit.extract.who import Form
from train.gum import Word, _text
from train.who.texts import Mention, Text, flat, kind

GENRES = frozenset(
    {"academic", "bio", "conversation", "court", "interview", "news", "speech", "textbook", "vlog", "voyage"}
)
_KINDS = {"person": "person", "organization": "body", "place": "place"}
_PART = re.compile(r"\(([^()]+)(\))?|([^()]+)\)")


def texts(folder: Path) -> Iterator[Text]:
    """Documents of the genres that may ship; the dev split is held out. ``folder`` has ``dep`` and ``splits.md``."""
    held = set(re.findall(r"GUM_\w+", (folder / "splits.md").read_text("utf-8").split("## dev")[1].split("## ")[0]))
    for path in sorted((folder / "dep").glob("GUM_*.conllu")):
        if path.stem.split("_")[1] in GENRES:
            text, mentions = document(path.read_text("utf-8"))
            yield Text(path.stem, "gum", text, mentions, "all", [(0, len(text))], path.stem in held)


def document(conllu: str) -> tuple[str, list[Mention]]:
    """The text of the trees and its mentions, flat."""
    text, words = _text(conllu)
    open_: list[tuple[str, int, str]] = []
    found: list[Mention] = []
    rows = [c for c in (line.split("\t") for line in conllu.split("\n")) if len(c) == 10 and c[0].isdigit()]
    for i, cells in enumerate(rows):
        entity = re.search(r"(?:^|\|)Entity=([^|]*)", cells[9])
        for match in _PART.finditer(entity[1]) if entity else ():
            if match[1]:
                open_.append((match[1].split("-")[0], i, match[1]))
            if match[2] or match[3]:
                name = match[3] or open_[-1][0]
                at = max(k for k, (opened, _, _) in enumerate(open_) if opened == name.split("-")[0])
                found.append(_mention(words, *open_.pop(at)))
    return text, flat(found, text)


def _mention(words: list[Word], chain: str, first: int, described: str) -> Mention:
    cells = described.split("-")
    head = [int(n) - 1 + first for n in next(c for c in cells[4:] if re.fullmatch(r"[\d,]+", c)).split(",")]
    while words[first].pos in ("PUNCT", "PART") and first < head[-1]:
        first += 1
    pos = words[head[-1]].pos
    form: Form = "name" if pos == "PROPN" else "pronoun" if pos in ("PRON", "DET") else "nominal"
    span = words[first].start, words[head[-1]].end
    return Mention(span, kind(_KINDS.get(cells[1], "other")), form, chain)
