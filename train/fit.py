"""Fit the reader on PolNeAR train; a checkpoint after every epoch, from which a killed run goes on."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from train import crf
from train.examples import IGNORED, Batch, Example, augmented, batches, example, uncased
from train.model import Reader
from train.polnear import Labelled

NEW = {"case", "quote", "breaks", "cue", "token", "anchor", "distance", "score", "product", "step"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is made of; written into the model's card."""

    epochs: int = 4
    batch: int = 8
    body_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm_up: float = 0.1
    weight_decay: float = 0.01
    cue_weight: float = 3.0
    role_weight: float = 6.0
    uncased: float = 0.05
    augment: bool = True
    bfloat16: bool = False  # faster only on processors that compute in it
    seed: int = 0


def loss(model: Reader, batch: Batch, settings: Settings) -> Tensor:
    """Cue cross-entropy per token plus the CRF's negative log-likelihood per cue and token."""
    put = {name: torch.from_numpy(getattr(batch, name)) for name in Batch.__slots__}
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=settings.bfloat16):
        h = model.encode(put["ids"], put["case"], put["quote"], put["breaks"], put["mask"])
    h = model.dropout(h.float())
    total = settings.cue_weight * _tag_loss(model.cue(h), put["tags"])
    if len(put["row"]):
        states = h[put["row"]]
        anchor = model.anchor((put["cue"][:, None] @ states)[:, 0])
        scores = model.roles(model.token(h)[put["row"]], anchor, put["distance"])
        mask = (put["roles"] != IGNORED).float()
        step = crf.steps(model.step, scores[..., 3:5], scores[..., 5:7])
        surprise = crf.negative_log_likelihood(scores[..., :3], step, put["roles"], mask)
        total = total + settings.role_weight * (surprise / mask.sum(1)).mean()
    return total


def _tag_loss(logits: Tensor, tags: Tensor) -> Tensor:
    """Mean cross-entropy of the cue tags; NOT_INSIDE is content with either of the other two."""
    chance = F.log_softmax(logits.flatten(0, 1), -1)
    chance = torch.cat([chance, torch.logaddexp(chance[:, :1], chance[:, 1:2])], -1)
    return F.nll_loss(chance, tags.flatten(), ignore_index=IGNORED)


def fit(articles: list[Labelled], tokenizer: Tokenizer, model: Reader, settings: Settings, checkpoint: Path) -> Reader:
    """Train in place; ``checkpoint`` holds model and optimiser after the last whole epoch."""
    optimiser = _optimiser(model, settings)
    done = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        done = saved["epochs"]
    for epoch in range(done, settings.epochs):
        rng = random.Random(settings.seed * 1000 + epoch)
        torch.manual_seed(settings.seed * 1000 + epoch)
        items = [_example(article, tokenizer, settings, rng) for article in articles]
        _epoch(list(batches(items, settings.batch, rng)), model, optimiser, settings, epoch)
        saved = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "epochs": epoch + 1}
        # A run killed while it writes keeps the checkpoint before.
        torch.save(saved, checkpoint.with_suffix(".part"))
        checkpoint.with_suffix(".part").replace(checkpoint)
    return model


def _optimiser(model: Reader, settings: Settings) -> torch.optim.AdamW:
    """New weights learn faster than the published encoder's."""
    heads = [p for name, p in model.named_parameters() if name.split(".")[0] in NEW]
    body = [p for name, p in model.named_parameters() if name.split(".")[0] not in NEW]
    groups = [{"params": body, "lr": settings.body_rate}, {"params": heads, "lr": settings.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=settings.weight_decay, fused=True)


def _example(article: Labelled, tokenizer: Tokenizer, settings: Settings, rng: random.Random) -> Example:
    seen = augmented(article, rng) if settings.augment else article
    item = example(seen, rng.choice(seen.readings), tokenizer)
    return uncased(item) if rng.random() < settings.uncased else item


def _epoch(todo: list[Batch], model: Reader, optimiser: torch.optim.AdamW, settings: Settings, epoch: int) -> None:
    model.train()
    began, running = time.time(), 0.0
    for i, batch in enumerate(todo):
        done = (epoch + i / len(todo)) / settings.epochs
        factor = min(1.0, done / settings.warm_up) * (1 - done)
        for group, rate in zip(optimiser.param_groups, (settings.body_rate, settings.head_rate), strict=True):
            group["lr"] = rate * factor
        value = loss(model, batch, settings)
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        running += value.item()
        if i % 25 == 24:
            seconds = time.time() - began
            print(f"epoch {epoch + 1} batch {i + 1}/{len(todo)} loss {running / 25:.4f} {seconds:.0f} s", flush=True)
            running = 0.0
