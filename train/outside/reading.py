"""The way of a user: texts into a folder, ``inquit read`` over it, statements back by the name of the file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inquit.records import Framing, Spans, Stance, Standing
from inquit.text import WORD


@dataclass(frozen=True, slots=True)
class Said:
    """An attributed statement that was read: its roles as spans, and who is said to say it."""

    source: Spans
    cue: Spans
    content: Spans
    entity: str
    party: str
    score: float
    standing: Standing
    stance: Stance
    framing: Framing


def statements(texts: dict[str, str], folder: Path) -> dict[str, list[Said]]:
    """Attributed statements of each text by its name; ``folder`` keeps the texts and what was read of them.

    Raises ValueError when a text that was read is not the text that was given, since spans would then mean nothing.
    """
    place, read = folder / "text", folder / "read.jsonl"
    place.mkdir(parents=True, exist_ok=True)
    for ident, text in texts.items():
        (place / f"{ident}.txt").write_text(text, encoding="utf-8", newline="")
    with read.open("wb") as out:
        subprocess.run([sys.executable, "-m", "inquit", "read", "--jsonl", str(place)], stdout=out, check=True)
    return _by_text(texts, [json.loads(line) for line in read.read_text(encoding="utf-8").splitlines()])


def _by_text(texts: dict[str, str], records: list[dict[str, Any]]) -> dict[str, list[Said]]:
    names: dict[str, str] = {}
    found: dict[str, list[Said]] = defaultdict(list)
    for record in records:
        if record["type"] == "article":
            names[record["id"]] = Path(record["external_id"]).stem
            if record["text"] != texts[names[record["id"]]]:
                raise ValueError(f"{record['external_id']}: another text was read than was written")
        elif record["type"] == "statement" and record["attribution"]:
            found[names[record["article"]]].append(_said(record, record["attribution"]))
    return found


def _said(record: dict[str, Any], attribution: dict[str, Any]) -> Said:
    source, cue, content = (
        tuple((a, b) for a, b in spans) for spans in (attribution["source"], attribution["cue"], record["content"])
    )
    labels = (attribution[name] for name in ("standing", "stance", "framing"))
    return Said(source, cue, content, attribution["entity"] or "", attribution["party"] or "", record["score"], *labels)


def word_starts(text: str, spans: Spans | list[tuple[int, int]]) -> set[int]:
    """Offsets of the words in the spans; punctuation is none."""
    return {m.start() for start, end in spans for m in WORD.finditer(text, start, end)}


def jaccard(one: set[int], other: set[int]) -> float:
    """Shared words by all words, 0 to 1; of nothing with nothing 1."""
    return len(one & other) / len(one | other) if one or other else 1.0
