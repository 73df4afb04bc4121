"""``python -m train CORPUS --out FOLDER``: from a corpus' train part to the files that ship.

Prints its losses as it goes and resumes after the last whole epoch when it was killed. Three files and a card appear
in FOLDER at the end. English from PolNeAR, or with ``--language de`` German from the quotations of Wikinews.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from train import card
from train.calibrate import calibrate
from train.export import export
from train.fit import Settings, fit
from train.languages import KNOWN, tokenizer


def main() -> None:
    """Train, export and write the card."""
    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__)
    parser.add_argument("corpus", type=Path, help="the corpus' folder, with data/train and data/dev")
    parser.add_argument("--out", type=Path, required=True, help="folder for what ships")
    parser.add_argument("--work", type=Path, default=Path("build/train"), help="folder for checkpoints")
    parser.add_argument("--language", choices=sorted(KNOWN), default="en")
    parser.add_argument("--words", type=Path, help="German: a dictionary, a word a line; its words choose the pieces")
    parser.add_argument("--seed", type=int, default=Settings().seed)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bfloat16", action="store_true", help="faster where the processor computes in it")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    language = KNOWN[given.language]
    settings = replace(language.settings, seed=given.seed, bfloat16=given.bfloat16)
    given.work.mkdir(parents=True, exist_ok=True)
    learnt, held_out = (given.corpus / part for part in language.parts)
    articles = language.load(learnt)
    print(f"{len(articles)} articles, {sum(len(a.readings) for a in articles)} readings", flush=True)
    started, pieces = language.start(articles, _words(given.words), given.work)
    checkpoint = given.work / "reader.pt"
    model = fit(
        articles, tokenizer(pieces), started, settings, checkpoint, typography=language.typography, whole=language.whole
    )
    export(model, pieces, given.out)
    measured = calibrate(given.out, language.load(held_out), *language.shipped(given.out))
    card.write(given.out, language.card, settings, articles, measured)


def _words(path: Path | None) -> Sequence[str]:
    return path.read_text(encoding="utf-8").split("\n") if path else ()


if __name__ == "__main__":
    main()
