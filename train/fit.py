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
from train.examples import IGNORED, Batch, augmented, batches, example, uncased
from train.model import PAIR, Reader
from train.polnear import Labelled


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is made of; written into the model's card."""

    epochs: int = 5
    batch: int = 8
    body_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm_up: float = 0.1
    weight_decay: float = 0.01
    cue_weight: float = 3.0
    role_weight: float = 3.0
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
    total = settings.cue_weight * F.cross_entropy(model.cue(h).flatten(0, 1), put["tags"].flatten(), ignore_index=IGNORED)
    if len(put["row"]):
        states = h[put["row"]]
        anchor = model.anchor((put["cue"][:, None] @ states)[:, 0])
        scores = model.roles(model.token(h)[put["row"]], anchor, put["distance"])
        mask = (put["roles"] != IGNORED).float()
        step = crf.steps(model.step, scores[..., 3:5], scores[..., 5:7])
        surprise = crf.negative_log_likelihood(scores[..., :3], step, put["roles"], mask)
        total = total + settings.role_weight * (surprise / mask.sum(1)).mean()
    return total


def fit(articles: list[Labelled], tokenizer: Tokenizer, model: Reader, settings: Settings, checkpoint: Path) -> Reader:
    """Train in place; ``checkpoint`` holds model, optimiser and random state of the last whole epoch."""
    heads = [p for n, p in model.named_parameters() if n.split(".")[0] in HEADS]
    body = [p for n, p in model.named_parameters() if n.split(".")[0] not in HEADS]
    rates = (settings.body_rate, settings.head_rate)
    groups = [{"params": group, "lr": rate} for group, rate in zip((body, heads), rates, strict=True)]
    optimiser = torch.optim.AdamW(groups, weight_decay=settings.weight_decay)
    done = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        done = saved["epochs"]
    for epoch in range(done, settings.epochs):
        rng = random.Random(settings.seed * 1000 + epoch)
        torch.manual_seed(settings.seed * 1000 + epoch)
        _epoch(_examples(articles, tokenizer, settings, rng), model, optimiser, settings, epoch, rng)
        torch.save(
            {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "epochs": epoch + 1}, checkpoint
        )
    return model


HEADS = {"case", "quote", "breaks", "cue", "token", "anchor", "distance", "score", "product", "step"}
assert PAIR  # the head's width belongs to the settings of record


def _examples(articles, tokenizer, settings, rng):
    out = []
    for article in articles:
        seen = augmented(article, rng) if settings.augment else article
        item = example(seen, rng.choice(seen.readings), tokenizer)
        out.append(uncased(item) if rng.random() < settings.uncased else item)
    return out


def _epoch(items, model, optimiser, settings, epoch, rng):
    model.train()
    todo = list(batches(items, settings.batch, rng))
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
            print(f"epoch {epoch + 1} batch {i + 1}/{len(todo)} loss {running / 25:.4f} {time.time() - began:.0f} s", flush=True)
            running = 0.0
