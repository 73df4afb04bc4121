"""The net that sets two contents against each other word by word, as ``link.matched`` reads it, and how it learns.

After Parikh et al. 2016 (decomposable attention): each piece of one content is compared with that of the other which is
nearest to it, and what the comparisons give is summed by the weight of the pieces.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from train.pairs.texts import Floats, Ints, Pairs, Texts, batches

HIDDEN = 24  # units of the layer that compares two pieces, and of the one after the sums
DISTANCE, PRODUCT = 3.0, 6.0  # brings what is compared to about one size
_WARM_UP = 0.05
_SQUARES = 0.02  # share of squared errors of log odds in the loss
_CLIP = 5.0  # log odds beyond which a target says nothing more
_AT_ONCE = 256

States: TypeAlias = Callable[[Ints], Tensor]
"""From places in ``Texts.pieces`` to what is known of these pieces, ``(..., inputs)``."""


class Side(NamedTuple):
    """The pieces of contents: unit vectors ``(B, L, d)``, weights and which are there ``(B, L)``."""

    vectors: Tensor
    weights: Tensor
    there: Tensor


class Answers(nn.Module):
    """Log odds that two contents are one claim. ``rarity`` has a number for each place of ``Texts.pieces``."""

    def __init__(self, inputs: int, width: int) -> None:
        super().__init__()
        self.width = width
        self.vectors = nn.Linear(inputs, width, bias=False)
        self.weigh = nn.Linear(inputs, 1)
        self.rare = nn.Parameter(torch.tensor(1.0))
        self.compare = nn.Linear(2 * width + 1, HIDDEN)
        told = 2 * (1 + HIDDEN) + 1
        self.enter = nn.Linear(told, HIDDEN)
        self.leave = nn.Linear(HIDDEN, 1)
        self.direct = nn.Linear(told, 1, bias=False)
        nn.init.orthogonal_(self.vectors.weight)
        nn.init.zeros_(self.weigh.weight)
        nn.init.zeros_(self.weigh.bias)

    def pieces(self, states: Tensor, rarity: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors and weights of pieces."""
        vectors = F.normalize(self.vectors(states), dim=-1, eps=1e-6)
        return vectors, F.softplus(self.weigh(states)[..., 0] + self.rare * rarity)

    def forward(self, one: Side, other: Side) -> Tensor:
        """Of contents two by two, ``(B,)``."""
        near = one.vectors @ other.vectors.transpose(1, 2)
        near = near.masked_fill(~(one.there[:, :, None] & other.there[:, None, :]), -1.0)
        mine = self._found(one, other, near)
        theirs = self._found(other, one, near.transpose(1, 2))
        total, their_total = one.weights.sum(1, keepdim=True), other.weights.sum(1, keepdim=True)
        turned = total > their_total
        size = (torch.log(total) - torch.log(their_total)).abs()
        told = torch.cat([torch.where(turned, theirs, mine), torch.where(turned, mine, theirs), size], 1)
        found: Tensor = self.leave(F.relu(self.enter(told))) + self.direct(told)
        return found[:, 0]

    def _found(self, side: Side, other: Side, near: Tensor) -> Tensor:
        cosine, at = near.max(2)
        answer = other.vectors.gather(1, at[..., None].expand(-1, -1, self.width))
        seen = [(side.vectors - answer).abs() * DISTANCE, side.vectors * answer * PRODUCT, cosine[..., None]]
        layer = torch.cat([cosine[..., None], F.relu(self.compare(torch.cat(seen, -1)))], -1)
        weights = side.weights[..., None]
        return (layer * weights).sum(1) / weights.sum(1)


class Learner:
    """A net with what it reads of contents."""

    def __init__(self, net: Answers, texts: Texts, states: States, rarity: Tensor) -> None:
        self.net, self._texts, self._states, self._rarity = net, texts, states, rarity

    def learn(self, pairs: Pairs, *, epochs: int, rate: float, size: int, chance: np.random.Generator) -> None:
        """Cross-entropy with the odds that are to be learnt, and some of the squared error."""
        optimiser = torch.optim.AdamW(self.net.parameters(), lr=rate, weight_decay=0.01)
        steps, step = epochs * (len(pairs.one) // size + 1), 0
        self.net.train()
        for epoch in range(epochs):
            total = 0.0
            for some in batches(self._texts, pairs, size, chance):
                step += 1
                for group in optimiser.param_groups:
                    group["lr"] = rate * min(1, step / (_WARM_UP * steps)) * max(0.02, 1 - step / steps)
                wanted = torch.from_numpy(pairs.odds[some])
                found = self.net(self._side(pairs.one[some]), self._side(pairs.other[some]))
                loss = F.binary_cross_entropy_with_logits(found, torch.sigmoid(wanted))
                loss = loss + _SQUARES * F.mse_loss(found, wanted.clamp(-_CLIP, _CLIP))
                optimiser.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                optimiser.step()
                total += loss.item() * len(some)
            print(f"epoch {epoch + 1}: {total / len(pairs.one):.3f}", flush=True)

    def odds(self, one: Ints, other: Ints) -> Floats:
        """Log odds of pairs."""
        self.net.eval()
        order = np.argsort(self._texts.sizes(one) + self._texts.sizes(other), kind="stable")
        found = np.zeros(len(one), np.float32)
        with torch.inference_mode():
            for first in range(0, len(order), _AT_ONCE):
                some = order[first : first + _AT_ONCE]
                found[some] = self.net(self._side(one[some]), self._side(other[some])).numpy()
        return found

    def _side(self, rows: Ints) -> Side:
        at, there = self._texts.padded(rows)
        vectors, weights = self.net.pieces(self._states(at), self._rarity[torch.from_numpy(at)])
        return Side(vectors, weights * there, there)
