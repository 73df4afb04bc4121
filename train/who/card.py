"""The heads' part of the card beside the reader: from which corpora, under which terms."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from inquit.ids import file_id
from train.who.texts import Text

_CORPORA = {
    "gum": (
        "GUM, train split: academic, bio, conversation, court, interview, news, speech, textbook, vlog, voyage",
        "annotations CC BY 4.0; texts by genre, none of those taken non-commercial",
    ),
    "meantime": ("MEANTIME, English (LREC 2016)", "CC BY 4.0"),
    "ecbplus": ("ECB+ (LREC 2014)", "annotations CC BY 3.0; texts not cleared, the weights hold none"),
    "newswire": ("Worldwide Newswire (EMNLP 2023), its names", "none stated; the weights hold no text of it"),
}


def add(path: Path, learnt: Iterable[Text]) -> None:
    """Tell of ``who.npz`` in the ``card.json`` beside it, if there is one."""
    beside = path.parent / "card.json"
    if not beside.exists():
        return
    card = json.loads(beside.read_text("utf-8"))
    documents = Counter(text.corpus for text in learnt)
    card["files"][path.name] = {"id": file_id(path.read_bytes()), "bytes": path.stat().st_size}
    card["who_is_meant"] = {
        "task": "mentions with kind and form, antecedents of pronouns; the encoder is not changed",
        "trained_on": [
            {"corpus": corpus, "licence": licence, "documents": documents[name]}
            for name, (corpus, licence) in _CORPORA.items()
        ],
        "limits": ["bodies are told apart worse than people", "descriptions are resolved by rule, not by these heads"],
    }
    beside.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
