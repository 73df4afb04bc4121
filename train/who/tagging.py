"""The tagger of mentions in torch: the network of ``inquit.extract.who``, its targets, its training."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from inquit.extract.encoder import PAIR
from inquit.extract.encoder import TAGS as CUE_TAGS
from inquit.extract.features import CASES, QUOTES
from inquit.extract.who import BEGIN, DILATIONS, FORMS, INSIDE, KINDS, OUT, TAGS
from train.who.cache import Encoded
from train.who.fitting import fitted
from train.who.texts import UNKNOWN

WIDTH, MEANING, VIEW = 96, 32, 48
JOINT = CUE_TAGS + 2 * PAIR
INPUTS = JOINT + CASES + QUOTES + 1 + MEANING
IN_ONE = 3  # a piece that begins a mention or goes on with one, and the corpus does not say which
EPOCHS, BATCH, RATE, DROPOUT = 16, 16, 2e-3, 0.2


class Tagger(nn.Module):
    """Pieces to tags: ``(B, L, INPUTS)`` to ``(B, L, TAGS)``, and what mentions are later told apart by."""

    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Linear(INPUTS, WIDTH)
        self.look = nn.ModuleList(nn.Conv1d(WIDTH, WIDTH, 3, padding=d, dilation=d) for d in DILATIONS)
        self.tags = nn.Linear(WIDTH, TAGS)
        self.dropout = nn.Dropout(DROPOUT)

    def hidden(self, x: Tensor) -> Tensor:
        """``(B, L, WIDTH)``."""
        x = self.dropout(F.relu(self.enter(self.dropout(x))))
        for look in self.look:
            x = x + self.dropout(F.relu(look(x.transpose(1, 2)).transpose(1, 2)))
        return x

    def forward(self, x: Tensor) -> Tensor:
        """``(B, L, TAGS)``."""
        tags: Tensor = self.tags(self.hidden(x))
        return tags


@dataclass(frozen=True, slots=True)
class Scale:
    """By what the encoder's outputs are brought to one size, and what pieces mean by themselves."""

    mean: npt.NDArray[np.float32]
    spread: npt.NDArray[np.float32]
    lexical: npt.NDArray[np.int8]
    lexical_scale: npt.NDArray[np.float32]

    def inputs(self, one: Encoded, i: int) -> npt.NDArray[np.float32]:
        """Window ``i`` of a text as the tagger sees it in training."""
        start, end, joint = one.windows[i]
        cut, within = one.pieces, slice(start, end)
        return np.concatenate(
            [
                (joint.astype(np.float32) - self.mean) / self.spread,
                np.eye(CASES, dtype=np.float32)[cut.case[within]],
                np.eye(QUOTES, dtype=np.float32)[cut.quote[within]],
                cut.breaks[within, None].astype(np.float32),
                self.lexical[cut.ids[within]] * self.lexical_scale,
            ],
            1,
        )


def scale(texts: list[Encoded], table: npt.NDArray[np.float32]) -> Scale:
    """From a sample of windows, and the first MEANING principal components of the encoder's own embeddings."""
    sample = np.concatenate([t.windows[0][2] for t in texts[::5]]).astype(np.float32)
    centred = table - table.mean(0)
    _, turned = np.linalg.eigh(centred.T @ centred)
    found = centred @ turned[:, ::-1][:, :MEANING]
    found /= found[:, :1].std()
    size = np.abs(found).max(0) / 127
    return Scale(sample.mean(0), sample.std(0) + 1e-3, np.round(found / size).astype(np.int8), size.astype(np.float32))


@dataclass(frozen=True, slots=True)
class Targets:
    """What is right of the pieces of a text; ``(n,)`` each, UNKNOWN where the corpus does not say."""

    tag: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int64]
    form: npt.NDArray[np.int64]


def targets(one: Encoded) -> Targets:
    """Of every corpus what it marks: GUM all, the others mentions only, of ECB+ and MEANTIME the ends alone."""
    n, spans = len(one.pieces), one.pieces.spans
    whole = one.text.marked == "all"
    tag, kind, form = (np.full(n, fill, np.int64) for fill in (OUT if whole else UNKNOWN, UNKNOWN, UNKNOWN))
    for m in one.text.mentions:
        first = int(np.searchsorted(spans[:, 1], m.span[0], side="right"))
        last = int(np.searchsorted(spans[:, 0], m.span[1], side="left"))
        if first >= last:
            continue
        if one.text.marked == "heads":
            tag[last - 1] = IN_ONE
        else:
            tag[first:last] = INSIDE if whole else IN_ONE
            tag[first] = BEGIN if whole else IN_ONE
        kind[first:last], form[first:last] = m.kind, FORMS.index(m.form)
    return Targets(tag, kind, form)


def loss(tags: Tensor, tag: Tensor, kind: Tensor, form: Tensor) -> Tensor:
    """Mean cross-entropy of the three, over the pieces of which each is known."""
    three = F.log_softmax(tags[..., :3], -1)
    four = torch.cat([three, torch.logaddexp(three[..., 1], three[..., 2])[..., None]], -1)
    total = F.nll_loss(four.flatten(0, -2), tag.flatten(), ignore_index=UNKNOWN)
    total = total + F.cross_entropy(tags[..., 3 : 3 + len(KINDS)].flatten(0, -2), kind.flatten(), ignore_index=UNKNOWN)
    return total + 0.3 * F.cross_entropy(
        tags[..., 3 + len(KINDS) :].flatten(0, -2), form.flatten(), ignore_index=UNKNOWN
    )


def fit(texts: list[Encoded], sizes: Scale, epochs: int = EPOCHS) -> Tagger:
    """Train on all windows of the texts that say something."""
    model = Tagger()
    every = [
        (one, i, found)
        for one in texts
        for found in [targets(one)]
        for i, (start, end, _) in enumerate(one.windows)
        if (found.tag[start:end] != UNKNOWN).any()
    ]

    def loss_of(chosen: list[tuple[Encoded, int, Targets]]) -> Tensor:
        x, right = _batch(chosen, sizes)
        return loss(model(x), *right)

    return fitted(model, every, loss_of, name="tags", epochs=epochs, batch=BATCH, rate=RATE)


def _batch(chosen: list[tuple[Encoded, int, Targets]], sizes: Scale) -> tuple[Tensor, list[Tensor]]:
    longest = max(one.windows[i][1] - one.windows[i][0] for one, i, _ in chosen)
    x = np.zeros((len(chosen), longest, INPUTS), np.float32)
    right = np.full((3, len(chosen), longest), UNKNOWN, np.int64)
    for row, (one, i, found) in enumerate(chosen):
        start, end, _ = one.windows[i]
        x[row, : end - start] = sizes.inputs(one, i)
        right[0, row, : end - start] = found.tag[start:end]
        right[1, row, : end - start] = found.kind[start:end]
        right[2, row, : end - start] = found.form[start:end]
    return torch.from_numpy(x), list(torch.from_numpy(right))
