"""Labelled articles as token arrays, their windows and batches; light augmentation that keeps every offset."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from inquit.extract.features import LOWER, OTHER, Pieces, distance_buckets, pieces
from inquit.extract.reader import Paragraphs
from train.polnear import Attribution, Labelled, Span

Ints = npt.NDArray[np.int64]
WINDOW = 320
CLS, SEP, MASK = 101, 102, 103
IGNORED, NOT_INSIDE = -100, 3
FED = ("ids", "case", "quote", "breaks", "mask")  # what the encoder is fed, in its order
NONE, SOURCE, CONTENT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Relation:
    """Piece indices of one attribution's roles, ascending; not ``given`` are those that teachers have to tell."""

    source: Ints
    cue: Ints
    content: Ints
    given: bool = True


@dataclass(frozen=True, slots=True)
class Example:
    """One reading of one article: its pieces, relations and cue tags, ``(n,)``.

    A tag is 0 (no cue), 1 (begins one), 2 (inside one), NOT_INSIDE (0 or 1) or IGNORED.
    """

    pieces: Pieces
    relations: list[Relation]
    tags: Ints
    place: Paragraphs


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of equal padding; ``(B, L)`` arrays, and one row of each cue array for every cue, ``K`` in all.

    Numbers are kept small, since batches may be made by other processes.
    """

    ids: npt.NDArray[np.int32]
    case: npt.NDArray[np.uint8]
    quote: npt.NDArray[np.uint8]
    breaks: npt.NDArray[np.uint8]
    mask: npt.NDArray[np.uint8]
    tags: npt.NDArray[np.int8]
    row: npt.NDArray[np.int32]  # (K,) window of each cue
    given: npt.NDArray[np.bool_]  # (K,) the corpus has its roles
    cue: npt.NDArray[np.float16]  # (K, L) weights of the cue's pieces, summing to 1
    distance: npt.NDArray[np.uint8]  # (K, L) bucket of each piece's distance from the cue's first piece
    near: npt.NDArray[np.bool_]  # (K, L) pieces that may have a role for the cue, as at inference, or have one
    roles: npt.NDArray[np.int8]  # (K, L) NONE, SOURCE, CONTENT; IGNORED in padding


def example(
    article: Labelled,
    reading: list[Attribution],
    tokenizer: Tokenizer,
    *,
    whole: bool = False,
) -> Example:
    """Cut an article into pieces and carry one reading over to them.

    ``whole``: the corpus itself marks what stands in contents, and a content may begin with a cue.
    """
    cut = pieces(article.text, tokenizer)
    owner = np.full(len(article.text) + 1, -1, np.int64)
    for i, (a, b) in enumerate(cut.spans):
        owner[a:b] = i
    relations = [
        Relation(_owned(owner, a.source), _owned(owner, a.cue), _owned(owner, a.content), a.given)
        for a in reading
        if a.cue
    ]
    tags = np.full(len(cut), 0 if article.marked else IGNORED, np.int64)
    # Only the outermost attribution is marked: what a content holds is unknown, not negative. Known is that its first
    # piece does not go on with the cue before it.
    for a in reading:
        content = _owned(owner, a.content)
        if a.known and whole:
            continue
        if not a.known:
            tags[content] = IGNORED
        tags[content[np.diff(content, prepend=-2) > 1]] = NOT_INSIDE
    for r in relations:
        if not r.given:
            continue
        tags[r.cue] = 2
        tags[r.cue[:1]] = 1
    return Example(cut, [r for r in relations if len(r.cue)], tags, Paragraphs(cut, article.text))


@dataclass(frozen=True, slots=True)
class Typography:
    """How a language's quotations are printed: tables that ``str.translate`` takes, and a chance for each.

    ``outside``: whether stops come before the closing mark, and can be put behind it.
    """

    tables: tuple[tuple[float, dict[int, str]], ...]
    outside: bool


ENGLISH = Typography(
    (
        (0.25, {0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"}),
        (0.07, {0x201C: "‘", 0x201D: "’"}),
        (0.04, {0x201C: " ", 0x201D: " ", ord('"'): " "}),
    ),
    outside=True,
)
GERMAN = Typography(
    (
        (0.25, {ord("„"): '"', ord("“"): '"', ord("‚"): "'", ord("‘"): "'"}),
        (0.15, {ord("„"): "»", ord("“"): "«", ord("‚"): "›", ord("‘"): "‹"}),
        (0.05, {ord("„"): "«", ord("“"): "»", ord("‚"): "‹", ord("‘"): "›"}),
        (0.05, {ord("„"): "“", ord("“"): "”"}),
        (0.03, {ord("„"): " ", ord("“"): " ", ord('"'): " "}),
    ),
    outside=False,
)


def augmented(article: Labelled, rng: random.Random, typography: Typography = ENGLISH) -> Labelled:
    """The article in another typography of the same length, now and then."""
    text, draw = article.text, rng.random()
    for chance, table in typography.tables:
        if 0 <= draw < chance:
            text = text.translate(table)
        draw -= chance
    if 0 <= draw < 0.06:
        text = _unbalanced(text, rng)
    if typography.outside and rng.random() < 0.08:
        text = _british(text)
    if rng.random() < 0.05:
        text = text.replace("\n", " ")
    if rng.random() < 0.05:
        text = _shouted(text)
    return replace(article, text=text)


def _unbalanced(text: str, rng: random.Random) -> str:
    """One quotation mark in ten is missing."""
    return re.sub(r"[„“”\"]", lambda m: m.group() if rng.random() < 0.9 else " ", text)


def _british(text: str) -> str:
    """Commas and full stops after the closing mark, dashes as agencies write them."""
    return re.sub(r"([,.])([”\"])(?=\s)", r"\2\1", text).replace("—", "-")


def _shouted(text: str) -> str:
    """The first line in capitals, as headlines come."""
    line = text.split("\n", 1)[0]
    loud = line.upper()
    return loud + text[len(line) :] if len(loud) == len(line) < 150 else text


def uncased(item: Example) -> Example:
    """The example as if its text were in lower case."""
    p = item.pieces
    case = np.where(p.case == OTHER, OTHER, LOWER).astype(np.int32)
    return replace(item, pieces=replace(p, case=case))


def batches(items: list[Example], size: int, rng: random.Random, silent: float = 1.0) -> Iterator[Batch]:
    """One epoch: windows at a random shift, bucketed by length, shuffled; of those without a cue a share."""
    cut = [(item, a, b) for item in items for a, b in windows(len(item.pieces), rng.randrange(WINDOW))]
    if silent < 1:
        cut = [(item, a, b) for item, a, b in cut if item.tags[a:b].any() or rng.random() < silent]
    rng.shuffle(cut)
    groups = []
    for i in range(0, len(cut), size * 20):
        pool = sorted(cut[i : i + size * 20], key=lambda w: w[2] - w[1])
        groups += [pool[j : j + size] for j in range(0, len(pool), size)]
    rng.shuffle(groups)
    for group in groups:
        yield _batch(group)


def windows(n: int, shift: int = 0) -> list[tuple[int, int]]:
    """Of ``n`` pieces the stretches of WINDOW that lie side by side, the first shorter by ``shift``."""
    edges = [0, *range(WINDOW - shift, n, WINDOW), n]
    return [(a, b) for a, b in pairwise(edges) if b > a]


def padded(group: Sequence[tuple[Pieces, int, int]]) -> dict[str, npt.NDArray[Any]]:
    """What the encoder is fed of windows: each from CLS to SEP, the shorter ones with 0 behind, where ``mask`` is 0."""
    shape = (len(group), max(b - a for _, a, b in group) + 2)
    fed = {name: np.zeros(shape, np.int32 if name == "ids" else np.uint8) for name in FED}
    for row, (one, a, b) in enumerate(group):
        for name in FED[:-1]:
            fed[name][row, 1 : b - a + 1] = getattr(one, name)[a:b]
        fed["ids"][row, 0], fed["ids"][row, b - a + 1] = CLS, SEP
        fed["mask"][row, : b - a + 2] = 1
    return fed


def _batch(group: list[tuple[Example, int, int]]) -> Batch:
    arrays = padded([(item.pieces, a, b) for item, a, b in group])
    length = arrays["ids"].shape[1]
    tags = np.full(arrays["ids"].shape, IGNORED, np.int8)
    buckets = distance_buckets(length)
    rows, given, cues, distances, near, roles = [], [], [], [], [], []
    for i, (item, a, b) in enumerate(group):
        inner = slice(1, b - a + 1)
        tags[i, inner] = item.tags[a:b]
        for r in item.relations:
            if r.cue[0] < a or r.cue[-1] >= b:
                continue
            weight = np.zeros(length, np.float16)
            weight[r.cue - a + 1] = 1 / len(r.cue)
            role = np.where(arrays["mask"][i] == 1, NONE, IGNORED)
            for kind, where in ((SOURCE, r.source), (CONTENT, r.content)):
                role[where[(where >= a) & (where < b)] - a + 1] = kind
            first = r.cue[0] - a + 1
            rows.append(i)
            given.append(r.given)
            cues.append(weight)
            allowed = role > NONE
            allowed[inner] |= item.place.near(r.cue[:1], slice(a, b))[0]
            near.append(allowed)
            distances.append(buckets[length - first : 2 * length - first])
            roles.append(role)
    cued = {"cue": (cues, np.float16), "distance": (distances, np.uint8)}
    cued |= {"near": (near, np.bool_), "roles": (roles, np.int8)}
    stacked = {name: np.array(rows, kind).reshape(-1, length) for name, (rows, kind) in cued.items()}
    return Batch(**arrays, tags=tags, row=np.array(rows, np.int32), given=np.array(given, np.bool_), **stacked)


def _owned(owner: Ints, spans: list[Span]) -> Ints:
    if not spans:
        return np.zeros(0, np.int64)
    found = np.unique(np.concatenate([owner[a:b] for a, b in spans]))
    return found[found >= 0]
