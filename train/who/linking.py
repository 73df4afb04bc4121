"""The scores of antecedents in torch: examples from chains of mentions, training, what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from inquit.extract.links import CLASSES, FEATURES, Pairs
from inquit.extract.who import Gathering, Heads, Mentions
from inquit.records import Span
from train.who.cache import Encoded
from train.who.fitting import fitted
from train.who.tagging import VIEW, WIDTH

HIDDEN, EPOCHS, BATCH, RATE, DROPOUT = 48, 12, 64, 2e-3, 0.3


class Linker(nn.Module):
    """Scores of the mentions that an anaphor may mean, and of none."""

    def __init__(self) -> None:
        super().__init__()
        self.later = nn.Linear(WIDTH, VIEW, bias=False)
        self.earlier = nn.Linear(WIDTH, VIEW, bias=False)
        self.first = nn.Linear(FEATURES + VIEW, HIDDEN)
        self.second = nn.Linear(HIDDEN, 1, bias=False)
        self.none = nn.Linear(VIEW + CLASSES, 1, bias=False)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, batch: list[Example]) -> Tensor:
        """``(B, K + 1)``; what cannot be meant is far below the rest."""
        later = self.later(torch.from_numpy(np.stack([e.later for e in batch])))
        earlier = self.earlier(torch.from_numpy(np.stack([e.earlier for e in batch])).float())
        features = torch.from_numpy(np.stack([e.features for e in batch])).float()
        x = torch.cat([self.dropout(features), self.dropout(later[:, None] * earlier)], 2)
        scored = self.second(self.dropout(F.relu(self.first(x))))[..., 0]
        scored = scored.masked_fill(~torch.from_numpy(np.stack([e.open for e in batch])), -1e9)
        classes = F.one_hot(torch.tensor([e.kind for e in batch]), CLASSES).float()
        none = self.none(torch.cat([self.dropout(later), classes], 1))
        return torch.cat([scored, none], 1)


@dataclass(frozen=True, slots=True)
class Example:
    """One anaphor with the mentions before it."""

    text: Encoded
    span: Span
    kind: int
    later: npt.NDArray[np.float32]  # (WIDTH,) its state
    earlier: npt.NDArray[np.float16]  # (K, WIDTH)
    features: npt.NDArray[np.float16]  # (K, FEATURES)
    open: npt.NDArray[np.bool_]  # (K,)
    right: npt.NDArray[np.bool_]  # (K + 1,), the last: none


def found(one: Encoded, heads: Heads) -> tuple[Mentions, npt.NDArray[np.float32]]:
    """The mentions of a text by way of inference, and its cue chances."""
    gathering = Gathering(heads, len(one.pieces))
    chances = np.zeros(len(one.pieces), np.float32)
    for i in range(len(one.windows)):
        window, own = one.window(i), one.own(i)
        gathering.take(one.pieces, window, own)
        tags = window.tags[own - window.start]
        chances[own] = 1 - np.exp(tags[:, 0]) / np.exp(tags).sum(1)
    return gathering.mentions(one.pieces), chances


def chains(one: Encoded, mentions: Mentions) -> list[str]:
    """The chain of each mention found: that of the marked one which ends where it ends; empty where there is none."""
    marked = {m.span[1]: m.chain for m in one.text.mentions}
    return [marked.get(end, "") for end in mentions.spans[:, 1].tolist()]


def examples(one: Encoded, heads: Heads) -> Iterator[Example]:
    """Every anaphor of a text of which the chain is known; ``heads`` give states in place of views."""
    mentions, cue_chance = found(one, heads) if one.text.known else (None, None)
    if mentions is None or cue_chance is None or not len(mentions):
        return
    pairs = Pairs(one.text.text, one.pieces, mentions, cue_chance, heads)
    own = chains(one, mentions)
    known = np.array([any(a <= s < b for a, b in one.text.known) for s in mentions.spans[:, 0].tolist()])
    chosen = np.array([i for i in pairs.anaphors.tolist() if own[i] and known[i]], np.int64)
    if not len(chosen):
        return
    earlier, open_ = pairs.candidates(chosen)
    open_ &= known[earlier]
    features = pairs.features(chosen, earlier)
    for row, i in enumerate(chosen.tolist()):
        right = np.array([bool(o) and own[j] == own[i] for j, o in zip(earlier[row], open_[row], strict=True)])
        if one.text.corpus == "ecbplus" and not right.any():
            continue  # chains there go by events; what is left out of one may well have been named before
        yield Example(
            text=one,
            span=(int(mentions.spans[i, 0]), int(mentions.spans[i, 1])),
            kind=int(pairs.classes[i]),
            later=mentions.later[i],
            earlier=mentions.later[earlier[row]].astype(np.float16),
            features=features[row].astype(np.float16),
            open=open_[row],
            right=np.append(right, not right.any()),
        )


def fit(every: list[Example], epochs: int = EPOCHS) -> Linker:
    """Marginal log likelihood of all right answers (Durrett and Klein 2013)."""
    model = Linker()
    return fitted(
        model, every, lambda batch: loss(model(batch), batch), name="links", epochs=epochs, batch=BATCH, rate=RATE
    )


def loss(scores: Tensor, batch: list[Example]) -> Tensor:
    """Of ``(B, K + 1)`` scores."""
    right = torch.from_numpy(np.stack([e.right for e in batch]))
    logs = F.log_softmax(scores, 1)
    return -logs.masked_fill(~right, -1e9).logsumexp(1).mean()


def warmth(model: Linker, held: list[Example]) -> float:
    """By what the scores are multiplied so that chances on held-out texts are honest (Guo et al. 2017)."""
    with torch.no_grad():
        scores = torch.cat([model(held[i : i + 256]) for i in range(0, len(held), 256)])
    tried = np.linspace(0.4, 1.6, 61)
    return float(tried[int(np.argmin([float(loss(scores * t, held)) for t in tried]))])
