"""Figures of the heads on documents that were held out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
import torch

from inquit.extract.links import CLASSES
from inquit.extract.who import FORMS, KINDS, Heads
from train.who.cache import Encoded
from train.who.linking import Example, Linker, found
from train.who.texts import UNKNOWN

_CLASS_NAMES = ("he", "she", "it", "they", "the one", "the ones")


def mentions(texts: list[Encoded], heads: Heads) -> Iterator[str]:
    """A Markdown table: of marked mentions those whose head is found, and of them those of the right kind and form.

    Precision only where a corpus marks all mentions.
    """
    yield "| corpus | kind | marked | head found | kind right | form right | precision | F1 of head and kind |"
    yield "|---|---|---|---|---|---|---|---|"
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in texts:
        here, _ = found(one, heads)
        ends = {end: i for i, end in enumerate(here.spans[:, 1].tolist())}
        kinds = here.kinds.argmax(1)
        marked = {m.span[1]: m for m in one.text.mentions if m.kind != UNKNOWN}
        for end, m in marked.items():
            row = counts[one.text.corpus, KINDS[m.kind]]
            row["marked"] += 1
            if end in ends:
                row["found"] += 1
                row["kind"] += int(kinds[ends[end]]) == m.kind
                row["form"] += FORMS[here.forms[ends[end]]] == m.form
        for end, i in ends.items():
            row = counts[one.text.corpus, KINDS[kinds[i]]]
            row["said"] += one.text.marked == "all"
            row["right"] += end in marked and marked[end].kind == kinds[i]
    for (corpus, kind), row in sorted(counts.items()):
        n, seen = max(row["marked"], 1), max(row["found"], 1)
        precision = row["right"] / row["said"] if row["said"] else float("nan")
        recall = row["kind"] / n
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        yield (
            f"| {corpus} | {kind} | {row['marked']} | {row['found'] / n:.2f} | {row['kind'] / seen:.2f} | "
            f"{row['form'] / seen:.2f} | {precision:.2f} | {f1:.2f} |"
        )


def antecedents(model: Linker, held: list[Example], warmth: float) -> Iterator[str]:
    """Markdown tables: the likeliest answer's accuracy by corpus and class, and how honest its chance is."""
    with torch.no_grad():
        scores = torch.cat([model(held[i : i + 256]) for i in range(0, len(held), 256)]) * warmth
    chances = torch.softmax(scores, 1).numpy()
    right = np.stack([e.right for e in held])
    hit = right[np.arange(len(held)), chances.argmax(1)]
    yield "| corpus | " + " | ".join(_CLASS_NAMES) + " | with an antecedent |"
    yield "|---" * (CLASSES + 2) + "|"
    for corpus in sorted({e.text.text.corpus for e in held}):
        here = np.array([e.text.text.corpus == corpus for e in held])
        cells = []
        for c in range(CLASSES):
            own = here & np.array([e.kind == c for e in held])
            cells.append(f"{int(hit[own].sum())} of {int(own.sum())}")
        linked = here & ~right[:, -1]
        best = right[np.arange(len(held)), chances[:, :-1].argmax(1)]
        yield f"| {corpus} | " + " | ".join(cells) + f" | {int(best[linked].sum())} of {int(linked.sum())} |"
    yield ""
    yield "| chance | answers | right |"
    yield "|---|---|---|"
    top = chances.max(1)
    for low, high in ((0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        some = (top >= low) & (top < high)
        if some.any():
            yield f"| {low}-{min(high, 1)} | {int(some.sum())} | {hit[some].mean():.2f} |"
