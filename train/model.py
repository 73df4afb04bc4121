"""The reader as a torch module: an encoder with three more embeddings, a cue head and a role head (one pass, any cue).

Encoders: Wang et al. 2020 (MiniLM), weights of all-MiniLM-L6-v2, in what ships; Song et al. 2020 (MPNet) in its
teacher. Role head: after Dozat and Manning 2017 (biaffine), with a distance term, decoded by the CRF of ``train.crf``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from inquit.extract.features import BREAKS, CASES, DISTANCES, QUOTES

WIDTH = 384  # of what ships
PAIR = 96  # width of the role head
REFINED, DILATIONS = 64, (1, 2, 4, 8)  # width and reach of what refines the scores
SCORES = 7  # none, source, content; begin of source, of content; end of source, of content
REACH = 128  # pieces, beyond which distances are told apart no more
TAGS = 3  # no cue, begins one, inside one


@dataclass(frozen=True, slots=True)
class Shape:
    """What an encoder of BERT's kind is made of; ``buckets`` of relative distance (MPNet), or none."""

    width: int = WIDTH
    layers: int = 6
    heads: int = 12
    vocabulary: int = 30522
    positions: int = 512
    buckets: int = 0
    epsilon: float = 1e-12


class Layer(nn.Module):
    """One post-norm transformer layer of BERT."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.heads = shape.heads
        self.query_key_value = nn.Linear(width, 3 * width)
        self.attended = nn.Linear(width, width)
        self.attended_norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.grow = nn.Linear(width, 4 * width)
        self.shrink = nn.Linear(4 * width, width)
        self.norm = nn.LayerNorm(width, eps=shape.epsilon)
        self.dropout = nn.Dropout(0.0)

    def forward(self, h: Tensor, mask: Tensor) -> Tensor:
        """``h`` is ``(B, L, width)``; ``mask``, ``(B, 1 or heads, 1 or L, L)``, is added to attention's scores."""
        batch, length, width = h.shape
        cut = self.query_key_value(h).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(cut[0], cut[1], cut[2], attn_mask=mask.to(cut.dtype))
        seen = seen.transpose(1, 2).reshape(batch, length, width)
        h = self.attended_norm(h + self.dropout(self.attended(seen)))
        return self.norm(h + self.dropout(self.shrink(F.gelu(self.grow(h)))))


class Refine(nn.Module):
    """A second look at a cue's scores along the text: dilated convolutions (Strubell et al. 2017) over one cue's view.

    The encoder reads a text once for all cues; here alone the words between know which cue is meant.
    """

    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Linear(PAIR + SCORES, REFINED)
        self.look = nn.ModuleList(nn.Conv1d(REFINED, REFINED, 3, padding=d, dilation=d) for d in DILATIONS)
        self.leave = nn.Linear(REFINED, SCORES)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)

    def forward(self, view: Tensor, scores: Tensor) -> Tensor:
        """``(K, L, PAIR)`` and ``(K, L, SCORES)`` -> ``(K, L, SCORES)``, to be added."""
        x = F.relu(self.enter(torch.cat([view, scores], -1)))
        for look in self.look:
            x = x + F.relu(_looked(look, x))
        return self.leave(x)


def _looked(look: nn.Conv1d, x: Tensor) -> Tensor:
    """The convolution along ``(K, L, REFINED)`` as three products: on a GPU every new K and L would be planned anew."""
    apart, length = look.dilation[0], x.shape[1]
    wide = F.pad(x, (0, 0, apart, apart))
    parts = [wide[:, k * apart : k * apart + length] @ look.weight[:, :, k].T for k in range(3)]
    return parts[0] + parts[1] + parts[2] + look.bias


class Reader(nn.Module):
    """Token states, cue tags and, for any cue, the role of every token."""

    def __init__(self, shape: Shape | None = None, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape = shape or Shape()
        width = shape.width
        self.words = nn.Embedding(shape.vocabulary, width)
        self.positions = nn.Embedding(shape.positions, width)
        self.case = nn.Embedding(CASES, width)
        self.quote = nn.Embedding(QUOTES, width)
        self.breaks = nn.Embedding(BREAKS, width)
        self.norm = nn.LayerNorm(width, eps=shape.epsilon)
        if shape.buckets:
            self.apart = nn.Embedding(shape.buckets, shape.heads)  # all layers have the same
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.inner_dropout = nn.Dropout(0.0)
        self.dropout = nn.Dropout(dropout)  # on what the heads see
        self.cue = nn.Linear(width, TAGS)
        self.token = nn.Linear(width, 2 * PAIR)  # additive part, multiplicative part
        self.anchor = nn.Linear(width, 2 * PAIR)
        self.distance = nn.Embedding(DISTANCES, PAIR)
        self.score = nn.Linear(PAIR, SCORES)
        self.product = nn.Linear(PAIR, SCORES * PAIR, bias=False)
        self.refine = Refine()
        self.step = nn.Parameter(torch.zeros(3, 3))
        for table in (self.case, self.quote, self.breaks):
            nn.init.normal_(table.weight, std=0.01)
        nn.init.normal_(self.distance.weight, std=0.02)
        nn.init.normal_(self.product.weight, std=0.01)

    def set_dropout(self, chance: float) -> None:
        """How much the encoder drops inside; what the heads see is dropped apart from that."""
        for module in (self.inner_dropout, *(layer.dropout for layer in self.layers)):
            module.p = chance

    def freeze(self, layers: int) -> None:
        """Only what is above so many layers learns; with 0 everything does, the embeddings too."""
        self.requires_grad_(True)
        if layers:
            for below in (self.words, self.positions, self.case, self.quote, self.breaks, self.norm):
                below.requires_grad_(False)
            self.layers[:layers].requires_grad_(False)

    def encode(self, ids: Tensor, case: Tensor, quote: Tensor, breaks: Tensor, mask: Tensor) -> Tensor:
        """All inputs ``(B, L)``; returns ``(B, L, width)``."""
        return self.layered(ids, case, quote, breaks, mask)[-1]

    def layered(self, ids: Tensor, case: Tensor, quote: Tensor, breaks: Tensor, mask: Tensor) -> list[Tensor]:
        """The states after every layer."""
        place = torch.arange(ids.shape[1], device=ids.device)
        h = self.words(ids) + self.positions(place) + self.case(case) + self.quote(quote) + self.breaks(breaks)
        h = self.inner_dropout(self.norm(h))
        blocked = (1.0 - mask.to(h.dtype))[:, None, None, :] * -1e4
        if self.shape.buckets:
            far = buckets(place[None] - place[:, None], self.shape.buckets)
            blocked = blocked + self.apart(far).permute(2, 0, 1)[None]
        found = []
        for layer in self.layers:
            h = layer(h, blocked)
            found.append(h)
        return found

    def roles(self, token: Tensor, anchor: Tensor, distance: Tensor) -> Tensor:
        """Scores ``(K, L, SCORES)`` of tokens ``(K, L, 2 * PAIR)``, anchors ``(K, 2 * PAIR)``, buckets ``(K, L)``."""
        sums = F.relu(token[..., :PAIR] + anchor[:, None, :PAIR] + self.distance(distance))
        right = self.product(F.relu(anchor[:, PAIR:])).view(-1, SCORES, PAIR)
        scores = self.score(sums) + F.relu(token[..., PAIR:]) @ right.transpose(1, 2)
        return scores + self.refine(sums, scores)


def buckets(apart: Tensor, count: int) -> Tensor:
    """Distances in pieces as buckets, half of them for either side, wider with distance (Raffel et al. 2020)."""
    half = count // 2
    near, far = half // 2, apart.abs()
    wide = near + (torch.log(far.clamp(min=1) / near) / math.log(REACH / near) * (half - near)).long()
    return torch.where(far < near, far, wide.clamp(max=half - 1)) + (apart > 0) * half


def start(weights: Path) -> Reader:
    """A reader whose encoder holds the published MiniLM weights; the heads are new."""
    return filled(Reader(), load_file(weights))


def filled(model: Reader, published: dict[str, Tensor]) -> Reader:
    """The reader with an encoder of the same shape put in, under the names that BERT's weights are published by."""
    state = model.state_dict()
    names = {
        "words.weight": "embeddings.word_embeddings.weight",
        "positions.weight": "embeddings.position_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    parts = {
        "attended": "attention.output.dense",
        "attended_norm": "attention.output.LayerNorm",
        "grow": "intermediate.dense",
        "shrink": "output.dense",
        "norm": "output.LayerNorm",
    }
    for i in range(len(model.layers)):
        for kind in ("weight", "bias"):
            theirs = f"encoder.layer.{i}."
            state[f"layers.{i}.query_key_value.{kind}"] = torch.cat(
                [published[f"{theirs}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            )
            names |= {f"layers.{i}.{ours}.{kind}": f"{theirs}{part}.{kind}" for ours, part in parts.items()}
    if model.shape.buckets:
        names["apart.weight"] = "encoder.relative_attention_bias.weight"
    state |= {ours: published[theirs] for ours, theirs in names.items()}
    # Every sentence of ours is of token type 0.
    state["words.weight"] = state["words.weight"] + published["embeddings.token_type_embeddings.weight"][0]
    model.load_state_dict(state)
    return model
