"""The training loop of the heads: AdamW with one cycle of the rate (Loshchilov and Hutter 2019; Smith 2018)."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn

_Model = TypeVar("_Model", bound=nn.Module)
_Item = TypeVar("_Item")


def fitted(
    model: _Model,
    items: Sequence[_Item],
    loss: Callable[[list[_Item]], Tensor],
    *,
    name: str,
    epochs: int,
    batch: int,
    rate: float,
) -> _Model:
    """Train ``model`` on shuffled batches, the loss of one of which ``loss`` gives; prints the mean of each epoch."""
    optimiser = torch.optim.AdamW(model.train().parameters(), rate, weight_decay=0.05)
    steps = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=epochs * (len(items) // batch))
    every = list(items)
    for epoch in range(epochs):
        random.shuffle(every)
        losses = []
        for k in range(len(every) // batch):
            value = loss(every[k * batch : (k + 1) * batch])
            optimiser.zero_grad()
            value.backward()
            optimiser.step()
            steps.step()
            losses.append(float(value.detach()))
        print(f"{name}: epoch {epoch + 1}, loss {np.mean(losses):.3f}", flush=True)
    return model.eval()
