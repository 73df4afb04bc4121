"""Fit a reader on marked articles, and on what teachers say; a killed run goes on after its last whole epoch."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from train import crf
from train.examples import ENGLISH, IGNORED, MASK, Batch, Example, Typography, augmented, batches, example, uncased
from train.model import Reader
from train.polnear import Labelled
from train.rewrite import Donors, donors, rewritten

NEW = {"case", "quote", "breaks", "cue", "token", "anchor", "distance", "score", "product", "refine", "step"}
NOT_NEAR = (0.0, -1e4, -1e4)  # the scores of a piece that can have no role


@dataclass(frozen=True, slots=True)
class Cycle:
    """Epochs under one rise and fall of the learning rates."""

    epochs: int
    body_rate: float
    head_rate: float
    rewrite: float = 0.0  # share of the articles that are rewritten, see train.rewrite
    dropout: float = 0.0  # inside the encoder
    masked: float = 0.0  # share of the pieces that are hidden
    silent: float = 1.0  # share of the windows without a cue that are learnt from
    frozen: int = 0  # lower layers that learn nothing, and all below them
    taught: float = 0.6  # share of the teachers' word in the loss, where there are teachers


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is made of; written into the model's card."""

    cycles: tuple[Cycle, ...]
    batch: int = 8
    warm_up: float = 0.1
    weight_decay: float = 0.01
    cue_weight: float = 3.0
    role_weight: float = 6.0
    uncased: float = 0.05
    augment: bool = True
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Scores:
    """What a reader makes of a batch: of every piece's tag ``(B, L, 3)``, and of every cue's roles as a CRF."""

    tags: Tensor
    emission: Tensor  # (K, L, 3)
    step: Tensor  # (K, L - 1, 3, 3)
    mask: Tensor  # (K, L)


def scores(model: Reader, put: dict[str, Tensor]) -> Scores:
    """``put`` is a batch on the model's device; the encoder computes in bfloat16 on a GPU."""
    with torch.autocast(put["ids"].device.type, dtype=torch.bfloat16, enabled=put["ids"].is_cuda):
        h = model.encode(put["ids"], put["case"], put["quote"], put["breaks"], put["mask"])
    h = model.dropout(h.float())
    states = h[put["row"]]
    anchor = model.anchor((put["cue"][:, None] @ states)[:, 0])
    found = model.roles(model.token(h)[put["row"]], anchor, put["distance"])
    emission = torch.where(put["near"][..., None], found[..., :3], torch.tensor(NOT_NEAR, device=h.device))
    step = crf.steps(model.step, found[..., 3:5], found[..., 5:7])
    return Scores(model.cue(h), emission, step, (put["roles"] != IGNORED).float())


def on(batch: Batch, device: torch.device) -> dict[str, Tensor]:
    """The batch's arrays as tensors that can be computed with."""
    put = {name: torch.from_numpy(getattr(batch, name)).to(device) for name in Batch.__slots__}
    wide = {"cue": torch.float32, "near": torch.bool, "given": torch.bool}
    return {name: array.to(wide.get(name, torch.int64)) for name, array in put.items()}


def loss(model: Reader, batch: Batch, settings: Settings, cycle: Cycle, teachers: Sequence[Reader] = ()) -> Tensor:
    """Of cue tags per piece and roles per cue and piece, in nats: against the corpus, and against what teachers say.

    The pupil alone has a share of the pieces hidden, as in masked language modelling (Devlin et al. 2019).
    """
    put = on(batch, next(model.parameters()).device)
    with torch.no_grad():
        told = [scores(teacher, put) for teacher in teachers] if cycle.taught else []
    if model.training and cycle.masked:
        hidden = torch.rand(put["ids"].shape, device=put["ids"].device) < cycle.masked
        put["ids"] = torch.where(hidden & (put["mask"] > 0), MASK, put["ids"])
    ours = scores(model, put)
    cue, roles = _marked(ours, put)
    if told:
        taught_cue, taught_roles = _taught(ours, told, put["mask"])
        cue = cue + cycle.taught * (taught_cue - cue)
        roles = roles + cycle.taught * (taught_roles - roles)
    return settings.cue_weight * cue + settings.role_weight * roles


def _taught(ours: Scores, told: Sequence[Scores], mask: Tensor) -> tuple[Tensor, Tensor]:
    """Cross-entropy of the pupil's tags and paths to the teachers' (Hinton, Vinyals and Dean 2015).

    Of several teachers the tags' chances are averaged, and the scores of roles.
    """
    tags = torch.stack([t.tags.softmax(-1) for t in told]).mean(0)
    cue = -(tags * ours.tags.log_softmax(-1)).sum(-1)
    cue = (cue * mask).sum() / mask.sum()
    emission = torch.stack([t.emission for t in told]).mean(0)
    step = torch.stack([t.step for t in told]).mean(0)
    wanted = crf.marginals(emission, step, ours.mask)
    surprise = crf.cross_entropy(ours.emission, ours.step, wanted, ours.mask) / ours.mask.sum(1)
    return cue, surprise.sum() / max(1, len(surprise))


def _marked(ours: Scores, put: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """Mean cross-entropy of the cue tags, and of the roles of those cues that the corpus marks."""
    surprise = crf.negative_log_likelihood(ours.emission, ours.step, put["roles"], ours.mask) / ours.mask.sum(1)
    given = put["given"]
    return _tag_loss(ours.tags, put["tags"]), (surprise * given).sum() / given.sum().clamp(min=1)


def _tag_loss(logits: Tensor, tags: Tensor) -> Tensor:
    """Mean cross-entropy of the cue tags; NOT_INSIDE is content with either of the other two."""
    chance = F.log_softmax(logits.flatten(0, 1), -1)
    chance = torch.cat([chance, torch.logaddexp(chance[:, :1], chance[:, 1:2])], -1)
    total = F.nll_loss(chance, tags.flatten(), ignore_index=IGNORED, reduction="sum")
    return total / (tags != IGNORED).sum().clamp(min=1)


@dataclass(frozen=True, slots=True)
class Epochs(Dataset[list[Batch]]):
    """What every epoch's batches are made from, each anew."""

    articles: list[Labelled]
    tokenizer: Tokenizer
    donors: Donors
    settings: Settings
    typography: Typography
    whole: bool

    def __getitem__(self, epoch: int) -> list[Batch]:
        rng = random.Random(self.settings.seed * 1000 + epoch)
        cycle = _plan(self.settings)[epoch][0]
        return list(batches(list(self._examples(cycle, rng)), self.settings.batch, rng, cycle.silent))

    def __len__(self) -> int:
        return len(_plan(self.settings))

    def _examples(self, cycle: Cycle, rng: random.Random) -> Iterator[Example]:
        """One reading of every article, in this epoch's words and typography."""
        for article in self.articles:
            seen = Labelled(article.ident, article.text, [rng.choice(article.readings)], article.marked)
            if article.marked and rng.random() < cycle.rewrite:
                seen = rewritten(seen, self.donors, rng)
            if self.settings.augment:
                seen = augmented(seen, rng, self.typography)
            item = example(seen, seen.readings[0], self.tokenizer, whole=self.whole)
            yield uncased(item) if rng.random() < self.settings.uncased else item


def fit(
    articles: list[Labelled],
    tokenizer: Tokenizer,
    model: Reader,
    settings: Settings,
    checkpoint: Path,
    *,
    typography: Typography = ENGLISH,
    whole: bool = False,
    teachers: Sequence[Reader] = (),
    helpers: int = 0,
) -> Reader:
    """Train in place; ``checkpoint`` holds model and optimiser after the last whole epoch.

    ``whole``: the corpus marks what stands in contents too (``train.examples.example``). Batches of the epochs to come
    are made by so many ``helpers``, which only a GPU needs.
    """
    optimiser = _optimiser(model, settings)
    parts: dict[str, Any] = {"model": model, "optimiser": optimiser}
    done, plan = _resumed(parts, checkpoint), _plan(settings)
    epochs = Epochs(articles, tokenizer, donors(articles), settings, typography, whole)
    todo = DataLoader(
        epochs,
        batch_size=None,
        sampler=range(done, len(plan)),
        num_workers=helpers,
        collate_fn=_as_it_is,
        prefetch_factor=1 if helpers else None,
    )
    for epoch, made in enumerate(todo, done):
        cycle, within = plan[epoch]
        if not within:
            optimiser.state.clear()
        torch.manual_seed(settings.seed * 1000 + epoch)
        model.set_dropout(cycle.dropout)
        model.freeze(cycle.frozen)
        print(f"epoch {epoch + 1}: {len(made)} batches", flush=True)
        model.train()
        began, losses = time.time(), []
        for i, batch in enumerate(made):
            _set_rates(optimiser, settings, cycle, (within + i / len(made)) / cycle.epochs)
            losses.append(_step(model, optimiser, loss(model, batch, settings, cycle, teachers)))
            if i % 25 == 24:
                print(
                    f"batch {i + 1} loss {torch.stack(losses[-25:]).mean():.4f} {time.time() - began:.0f} s", flush=True
                )
        _save(parts, epoch + 1, checkpoint)
    return model


def _as_it_is(made: list[Batch]) -> list[Batch]:
    return made


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


def _optimiser(model: Reader, settings: Settings) -> torch.optim.AdamW:
    """New weights learn faster than the published encoder's."""
    heads = [p for name, p in model.named_parameters() if name.split(".")[0] in NEW]
    body = [p for name, p in model.named_parameters() if name.split(".")[0] not in NEW]
    return torch.optim.AdamW([{"params": body}, {"params": heads}], weight_decay=settings.weight_decay, fused=True)


def _set_rates(optimiser: torch.optim.AdamW, settings: Settings, cycle: Cycle, done: float) -> None:
    """Linear warm-up, then linear decay to nothing, over the cycle; ``done`` of it is done."""
    factor = min(1.0, done / settings.warm_up) * (1 - done)
    for group, rate in zip(optimiser.param_groups, (cycle.body_rate, cycle.head_rate), strict=True):
        group["lr"] = rate * factor


def _step(model: Reader, optimiser: torch.optim.AdamW, value: Tensor) -> Tensor:
    optimiser.zero_grad()
    value.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    return value.detach()
