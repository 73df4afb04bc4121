"""Fit the reader on PolNeAR train; a checkpoint after every epoch, from which a killed run goes on."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from train import crf
from train.examples import ENGLISH, IGNORED, Batch, Example, Typography, augmented, batches, example, masked, uncased
from train.model import WIDTH, Reader
from train.polnear import Labelled
from train.rewrite import Donors, donors, rewritten
from train.syntax import Parse, SyntaxHead, parsed

NEW = {"case", "quote", "breaks", "cue", "token", "anchor", "distance", "score", "product", "refine", "step"}
NOT_NEAR = torch.tensor([0.0, -1e4, -1e4])  # the scores of a piece that can have no role
MIDDLE = 3  # the layer, from 0, whose states learn the syntax


@dataclass(frozen=True, slots=True)
class Cycle:
    """Epochs under one rise and fall of the learning rates, from the mean of the cycles' ends before it.

    The mean of weights found on one way does as well as the best and generalises (Wortsman et al. 2022, model soups).
    """

    epochs: int
    body_rate: float
    head_rate: float
    rewrite: float = 0.0  # share of the articles that are rewritten, see train.rewrite
    syntax: float = 0.0  # weight of the second task's loss, on articles that are not rewritten
    dropout: float = 0.0  # inside the encoder
    masked: float = 0.0  # share of the pieces that are hidden
    silent: float = 1.0  # share of the windows without a cue that are learnt from
    frozen: int = 0  # lower layers that learn nothing, and all below them


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is made of; written into the model's card."""

    cycles: tuple[Cycle, ...] = (
        Cycle(4, 1.5e-4, 1e-3),
        Cycle(4, 1e-4, 7e-4, rewrite=1.0),
        Cycle(2, 1e-4, 1e-3, rewrite=0.4, syntax=0.1, dropout=0.05, masked=0.05),
    )
    batch: int = 8
    warm_up: float = 0.1
    weight_decay: float = 0.01
    cue_weight: float = 3.0
    role_weight: float = 6.0
    uncased: float = 0.05
    augment: bool = True
    bfloat16: bool = False  # faster only on processors that compute in it
    seed: int = 0


def loss(model: Reader, batch: Batch, settings: Settings, second: Second | None = None) -> Tensor:
    """Cue cross-entropy per token, the CRF's negative log-likelihood per cue and token, and the second task's."""
    put = {name: torch.from_numpy(getattr(batch, name)) for name in Batch.__slots__}
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=settings.bfloat16):
        layers = model.layered(put["ids"], put["case"], put["quote"], put["breaks"], put["mask"])
    h = model.dropout(layers[-1].float())
    total = settings.cue_weight * _tag_loss(model.cue(h), put["tags"])
    if second and second.weight:
        total = total + second.weight * second.head.loss(layers[MIDDLE].float(), put["syntax"])
    if len(put["row"]):
        states = h[put["row"]]
        anchor = model.anchor((put["cue"][:, None] @ states)[:, 0])
        scores = model.roles(model.token(h)[put["row"]], anchor, put["distance"])
        mask = (put["roles"] != IGNORED).float()
        step = crf.steps(model.step, scores[..., 3:5], scores[..., 5:7])
        emission = torch.where(put["near"][..., None], scores[..., :3], NOT_NEAR)
        surprise = crf.negative_log_likelihood(emission, step, put["roles"], mask)
        total = total + settings.role_weight * (surprise / mask.sum(1)).mean()
    return total


@dataclass(slots=True)
class Second:
    """The second task: its head, the weight of its loss now, and the parses by article."""

    head: SyntaxHead
    parses: dict[str, Parse]
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Material:
    """What every epoch's examples are made from."""

    articles: list[Labelled]
    tokenizer: Tokenizer
    donors: Donors
    second: Second
    typography: Typography
    whole: bool


def _tag_loss(logits: Tensor, tags: Tensor) -> Tensor:
    """Mean cross-entropy of the cue tags; NOT_INSIDE is content with either of the other two."""
    chance = F.log_softmax(logits.flatten(0, 1), -1)
    chance = torch.cat([chance, torch.logaddexp(chance[:, :1], chance[:, 1:2])], -1)
    return F.nll_loss(chance, tags.flatten(), ignore_index=IGNORED)


def fit(
    articles: list[Labelled],
    tokenizer: Tokenizer,
    model: Reader,
    settings: Settings,
    checkpoint: Path,
    *,
    typography: Typography = ENGLISH,
    whole: bool = False,
) -> Reader:
    """Train in place; ``checkpoint`` holds model and optimiser after the last whole epoch.

    ``whole``: the corpus marks what stands in contents too (``train.examples.example``).
    The parses of the second task are kept beside it, in ``syntax.npz``.
    """
    second = _second(articles, settings, checkpoint.parent / "syntax.npz")
    optimiser = _optimiser(model, second.head, settings)
    parts: dict[str, Any] = {"model": model, "syntax": second.head, "optimiser": optimiser}
    done = _resumed(parts, checkpoint)
    material = Material(articles, tokenizer, donors(articles), second, typography, whole)
    for epoch, (cycle, within) in list(enumerate(_plan(settings)))[done:]:
        if not within:
            _start_cycle(model, checkpoint.parent)
            optimiser.state.clear()
        rng = random.Random(settings.seed * 1000 + epoch)
        torch.manual_seed(settings.seed * 1000 + epoch)
        second.weight = cycle.syntax
        model.set_dropout(cycle.dropout)
        model.freeze(cycle.frozen)
        todo = list(batches(list(_examples(material, settings, cycle, rng)), settings.batch, rng, cycle.silent))
        print(f"epoch {epoch + 1}: {len(todo)} batches", flush=True)
        model.train()
        began, running = time.time(), 0.0
        for i, batch in enumerate(todo):
            _set_rates(optimiser, settings, cycle, (within + i / len(todo)) / cycle.epochs)
            running += _step(model, optimiser, loss(model, batch, settings, second))
            if i % 25 == 24:
                print(f"batch {i + 1} loss {running / 25:.4f} {time.time() - began:.0f} s", flush=True)
                running = 0.0
        _save(parts, epoch + 1, checkpoint)
        if within == cycle.epochs - 1:
            torch.save(model.state_dict(), checkpoint.parent / f"end-{epoch + 1:02}.pt")
    _start_cycle(model, checkpoint.parent)
    return model


def _start_cycle(model: Reader, folder: Path) -> None:
    """Put the mean of the ends of the cycles so far into the model."""
    ends = [torch.load(path) for path in sorted(folder.glob("end-*.pt"))]
    if ends:
        model.load_state_dict({name: torch.stack([end[name] for end in ends]).mean(0) for name in ends[0]})


def _second(articles: list[Labelled], settings: Settings, cache: Path) -> Second:
    wanted = any(cycle.syntax for cycle in settings.cycles)
    parses, tags, relations = parsed(articles, cache) if wanted else ({}, 1, 1)
    return Second(SyntaxHead(WIDTH, tags, relations), parses)


def _resumed(parts: dict[str, Any], checkpoint: Path) -> int:
    """How many epochs are done; the parts take up where they stood."""
    if not checkpoint.exists():
        return 0
    saved = torch.load(checkpoint)
    for name, part in parts.items():
        part.load_state_dict(saved[name])
    return int(saved["epochs"])


def _save(parts: dict[str, Any], epochs: int, checkpoint: Path) -> None:
    # A run killed while it writes keeps the checkpoint before.
    torch.save({"epochs": epochs, **{n: p.state_dict() for n, p in parts.items()}}, checkpoint.with_suffix(".part"))
    checkpoint.with_suffix(".part").replace(checkpoint)


def _plan(settings: Settings) -> list[tuple[Cycle, int]]:
    """Every epoch's cycle and place within it."""
    return [(cycle, i) for cycle in settings.cycles for i in range(cycle.epochs)]


def _optimiser(model: Reader, syntax: SyntaxHead, settings: Settings) -> torch.optim.AdamW:
    """New weights learn faster than the published encoder's; the second task's count among them."""
    heads = [p for name, p in model.named_parameters() if name.split(".")[0] in NEW]
    body = [p for name, p in model.named_parameters() if name.split(".")[0] not in NEW]
    groups = [{"params": body}, {"params": heads}, {"params": list(syntax.parameters())}]
    return torch.optim.AdamW(groups, weight_decay=settings.weight_decay, fused=True)


def _set_rates(optimiser: torch.optim.AdamW, settings: Settings, cycle: Cycle, done: float) -> None:
    """Linear warm-up, then linear decay to nothing, over the cycle; ``done`` of it is done."""
    factor = min(1.0, done / settings.warm_up) * (1 - done)
    for group, rate in zip(optimiser.param_groups, (cycle.body_rate, cycle.head_rate, cycle.head_rate), strict=True):
        group["lr"] = rate * factor


def _step(model: Reader, optimiser: torch.optim.AdamW, value: Tensor) -> float:
    optimiser.zero_grad()
    value.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    return float(value.item())


def _examples(material: Material, settings: Settings, cycle: Cycle, rng: random.Random) -> Iterator[Example]:
    """One reading of every article, in this epoch's words and typography."""
    for article in material.articles:
        seen = Labelled(article.ident, article.text, [rng.choice(article.readings)])
        parse = material.second.parses.get(article.ident) if cycle.syntax else None
        if rng.random() < cycle.rewrite:
            seen, parse = rewritten(seen, material.donors, rng), None
        if settings.augment:
            seen = augmented(seen, rng, material.typography)
        item = example(seen, seen.readings[0], material.tokenizer, parse, whole=material.whole)
        item = uncased(item) if rng.random() < settings.uncased else item
        yield masked(item, cycle.masked, rng)
