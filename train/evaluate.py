"""``python -m train.evaluate SPLIT``: the shipped reader's figures on a split of PolNeAR and what reading it costs.

The figures are those of ``inquit eval``. With ``--card`` they go into the reader's card.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from inquit.evaluate import Evaluation, evaluate, given, load, readings
from inquit.evaluate.brat import Annotated
from inquit.extract.reader import MODEL

METRICS = ("exact/source", "exact/cue", "exact/content", "relation/strict", "relation/lenient")


def main() -> None:
    """Print figures and cost."""
    parser = argparse.ArgumentParser(prog="python -m train.evaluate", description=__doc__)
    parser.add_argument("split", type=Path, help="a corpus' folder, for instance CORPUS/data/dev")
    parser.add_argument("--card", action="store_true", help="write the figures into the reader's card")
    asked = parser.parse_args()
    corpus = load(asked.split)
    before = time.process_time()
    predictions = given(readings(corpus))
    seconds = time.process_time() - before
    figures = _figures(evaluate(corpus, predictions), corpus, seconds)
    print(json.dumps(figures, indent=2))
    if asked.card:
        path = MODEL / "card.json"
        made = json.loads(path.read_text(encoding="utf-8"))
        made.setdefault("figures", {})[f"polnear {asked.split.name}"] = figures
        path.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _figures(found: Evaluation, corpus: list[Annotated], seconds: float) -> dict[str, float]:
    words = sum(len(article.text.split()) for article in corpus)
    by_name = {figure.metric: round(figure.f1, 4) for figure in found.figures}
    cost = {"words": words, "cpu_seconds_per_1000_words": round(1000 * seconds / words, 3)}
    return {name: by_name[name] for name in METRICS} | cost


if __name__ == "__main__":
    main()
