"""``python -m train CORPUS --out FOLDER``: from a corpus' train part to the files that ship.

Prints its losses as it goes and resumes after the last whole epoch when it was killed. Three files and a card appear
in FOLDER at the end. English from PolNeAR, with two larger readers as teachers, or with ``--language de`` German from
the quotations of Wikinews.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from train import card
from train.calibrate import calibrate
from train.export import export
from train.fit import fit
from train.languages import KNOWN, Teachers, tokenizer
from train.model import Reader
from train.polnear import Labelled
from train.teach import proposed


def main() -> None:
    """Train, export and write the card."""
    parser = _parser()
    given = parser.parse_args()
    if KNOWN[given.language].teachers and not given.plain:
        parser.error("--plain is missing: teachers read from the corpora in that folder")
    torch.set_num_threads(given.threads)
    torch.set_float32_matmul_precision("high")
    torch.manual_seed(given.seed)
    language = KNOWN[given.language]
    settings = replace(language.settings, seed=given.seed)
    given.work.mkdir(parents=True, exist_ok=True)
    learnt, held_out = (given.corpus / part for part in language.parts)
    marked = language.load(learnt)
    print(f"{len(marked)} articles, {sum(len(a.readings) for a in marked)} readings", flush=True)
    started, pieces = language.start(marked, _words(given.words), given.work)
    articles, teachers = marked, []
    if language.teachers:
        teachers = _taught(language.teachers, marked, tokenizer(pieces), given)
        articles = proposed([*marked, *language.teachers.plain(given.plain)], teachers, tokenizer(pieces))
    model = fit(
        articles,
        tokenizer(pieces),
        started.to(given.device),
        settings,
        given.work / "reader.pt",
        typography=language.typography,
        whole=language.whole,
        teachers=teachers,
        helpers=given.helpers,
    )
    export(model.cpu(), pieces, given.out)
    measured = calibrate(given.out, language.load(held_out), *language.shipped(given.out))
    card.write(given.out, language.card, settings, marked, measured)


def _taught(wanted: Teachers, marked: list[Labelled], pieces: Tokenizer, given: argparse.Namespace) -> list[Reader]:
    """The teachers, trained one after the other."""
    found = []
    for i in range(wanted.count):
        settings = replace(wanted.settings, seed=given.seed + 1 + i)
        torch.manual_seed(settings.seed)
        model = wanted.start(given.work, pieces).to(given.device)
        found.append(fit(marked, pieces, model, settings, given.work / f"teacher-{i}.pt", helpers=given.helpers).eval())
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__)
    parser.add_argument("corpus", type=Path, help="the corpus' folder, with data/train and data/dev")
    parser.add_argument("--plain", type=Path, help="English: the folder of the corpora that teachers read from")
    parser.add_argument("--out", type=Path, required=True, help="folder for what ships")
    parser.add_argument("--work", type=Path, default=Path("build/train"), help="folder for checkpoints")
    parser.add_argument("--language", choices=sorted(KNOWN), default="en")
    parser.add_argument("--words", type=Path, help="German: a dictionary, a word a line; its words choose the pieces")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu", help="cuda: minutes in place of days")
    parser.add_argument("--helpers", type=int, default=0, help="processes that make batches, for a GPU")
    return parser


def _words(path: Path | None) -> Sequence[str]:
    return path.read_text(encoding="utf-8").split("\n") if path else ()


if __name__ == "__main__":
    main()
