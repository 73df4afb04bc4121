"""Mentions of an article and whom they mean: further heads on what the encoder gives, in NumPy.

A *mention* is a name, a description or a pronoun up to its head: "the ministry", "a senior official", "Ana Duarte";
mentions never overlap, of "Norland's foreign minister" there are two. Tags over pieces from a small convolution with
growing reach (as the role head has) give their ends, their kind and their form. An antecedent is scored for every
third-person pronoun and definite description over the mentions before it and over "none of them" (mention ranking,
Denis and Baldridge 2008; Lee et al. 2017); ``links`` says with what features. ``train.who`` makes the weights.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from inquit.errors import WorkError
from inquit.extract.encoder import Window
from inquit.extract.features import CASES, QUOTES, Pieces

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

Kind: TypeAlias = Literal["person", "body", "place", "other"]
Form: TypeAlias = Literal["name", "nominal", "pronoun"]
KINDS: tuple[Kind, ...] = ("person", "body", "place", "other")
FORMS: tuple[Form, ...] = ("name", "nominal", "pronoun")

OUT, BEGIN, INSIDE = 0, 1, 2
TAGS = 3 + len(KINDS) + len(FORMS)
DILATIONS = (1, 2, 4)
REACH = sum(DILATIONS)  # pieces on either side that a piece's tags hang on


@dataclass(frozen=True, slots=True)
class Heads:
    """Weights: of the tagger, of a mention's two views, of the scores of antecedents."""

    lexical: npt.NDArray[np.int8]  # (vocabulary, W) what a piece means by itself, from the encoder's own table
    lexical_scale: Floats  # (W,)
    enter: Floats  # (inputs, H)
    enter_bias: Floats
    look: Floats  # (len(DILATIONS), 3, H, H): what stands before, the piece itself, what stands after
    look_bias: Floats  # (len(DILATIONS), H)
    tags: Floats  # (H, TAGS)
    tags_bias: Floats
    later: Floats  # (H, V) a mention as the one that means another
    earlier: Floats  # (H, V) a mention as the one that is meant
    first: Floats  # (features + V, M) the scores' first layer
    first_bias: Floats
    second: Floats  # (M,)
    none: Floats  # (V + anaphor classes,) the score of "none of them"
    warmth: Floats  # (1,) by which scores are multiplied, so that chances are honest (Guo et al. 2017)

    @staticmethod
    def load(path: Path) -> Heads:
        """Read the weights from an ``.npz`` file. Raises WorkError when it is missing or damaged."""
        try:
            with np.load(path, allow_pickle=False) as file:
                kept = {name: file[name] for name in Heads.__slots__}
        except (OSError, ValueError, KeyError) as error:
            raise WorkError(f"the reader's heads {path} could not be loaded ({error}); reinstall inquit") from error
        return Heads(**{name: w if name == "lexical" else w.astype(np.float32) for name, w in kept.items()})

    def inputs(self, cut: Pieces, window: Window, within: slice) -> Floats:
        """What the tagger sees of the pieces ``within`` (of the text): ``(n, inputs)``."""
        inner = slice(within.start - window.start, within.stop - window.start)
        return np.concatenate(
            [
                window.tags[inner],
                window.token[inner],
                window.anchor[inner],
                np.eye(CASES, dtype=np.float32)[cut.case[within]],
                np.eye(QUOTES, dtype=np.float32)[cut.quote[within]],
                cut.breaks[within, None].astype(np.float32),
                self.meaning(cut.ids[within]),
            ],
            1,
        )

    def meaning(self, ids: npt.NDArray[np.int32]) -> Floats:
        """Pieces by themselves, ``(n, W)``."""
        found: Floats = self.lexical[ids] * self.lexical_scale
        return found

    def hidden(self, inputs: Floats) -> Floats:
        """``(n, inputs)`` -> ``(n, H)``; REACH pieces at each end are seen without all their neighbours."""
        x = np.maximum(inputs @ self.enter + self.enter_bias, 0)
        for reach, look, bias in zip(DILATIONS, self.look, self.look_bias, strict=True):
            y = x @ look[1] + bias
            y[reach:] += x[:-reach] @ look[0]
            y[:-reach] += x[reach:] @ look[2]
            x = x + np.maximum(y, 0)
        seen: Floats = x
        return seen


@dataclass(slots=True)
class Gathering:
    """What the heads found so far in a text of ``n`` pieces; windows come in order, none is kept."""

    heads: Heads
    n: int
    tags: npt.NDArray[np.float16] = field(init=False)
    _kept: list[tuple[Ints, npt.NDArray[np.float16]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tags = np.zeros((self.n, TAGS), np.float16)

    def take(self, cut: Pieces, window: Window, own: Ints) -> None:
        """Look at the pieces ``own``, neighbours all, that are read in this window."""
        if not len(own):
            return
        start, end = int(own[0]), int(own[-1]) + 1
        wide = slice(max(window.start, start - REACH), min(window.end, end + REACH))
        hidden = self.heads.hidden(self.heads.inputs(cut, window, wide))[start - wide.start : end - wide.start]
        tags = hidden @ self.heads.tags + self.heads.tags_bias
        self.tags[start:end] = tags
        tag = tags[:, :3].argmax(1)
        ends = (tag != OUT) & (np.append(tag[1:], OUT) != INSIDE)
        views = np.concatenate([hidden[ends] @ self.heads.later, hidden[ends] @ self.heads.earlier], 1)
        self._kept.append((own[ends], views.astype(np.float16)))

    def mentions(self, cut: Pieces) -> Mentions:
        """The mentions of the whole text."""
        first, last = bounds(self.tags[:, :3].argmax(1))
        width = self.heads.later.shape[1]
        views = np.zeros((len(last), width + self.heads.earlier.shape[1]), np.float32)
        at = np.concatenate([where for where, _ in self._kept]) if self._kept else np.zeros(0, np.int64)
        if len(at):
            seen = np.concatenate([view for _, view in self._kept]).astype(np.float32)
            place = np.minimum(np.searchsorted(at, last), len(at) - 1)
            views = np.where((at[place] == last)[:, None], seen[place], 0)
        heads = self.tags[last].astype(np.float32)
        return Mentions(
            first=first,
            last=last,
            spans=np.stack([cut.spans[first, 0], cut.spans[last, 1]], 1).astype(np.int64).reshape(-1, 2),
            kinds=softmax(heads[:, 3 : 3 + len(KINDS)]),
            forms=heads[:, 3 + len(KINDS) :].argmax(1),
            later=views[:, :width],
            earlier=views[:, width:],
        )


@dataclass(frozen=True, slots=True)
class Mentions:
    """The ``m`` mentions of a text in order."""

    first: Ints  # (m,) pieces
    last: Ints  # (m,) pieces
    spans: Ints  # (m, 2) code points
    kinds: Floats  # (m, len(KINDS)) chances
    forms: Ints  # (m,) of FORMS
    later: Floats  # (m, V)
    earlier: Floats  # (m, V)

    def __len__(self) -> int:
        return len(self.first)


def bounds(tags: Ints) -> tuple[Ints, Ints]:
    """First and last pieces of the mentions that tags ``(n,)`` mark; one without a beginning begins where it stands."""
    before = np.concatenate([[OUT], tags[:-1]])
    after = np.concatenate([tags[1:], [OUT]])
    begins = (tags == BEGIN) | ((tags == INSIDE) & (before == OUT))
    return np.flatnonzero(begins), np.flatnonzero((tags != OUT) & (after != INSIDE))


def softmax(scores: Floats) -> Floats:
    """Chances of each row of scores."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    chances: Floats = raised / raised.sum(-1, keepdims=True)
    return chances
