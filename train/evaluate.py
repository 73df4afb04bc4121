"""``python -m train.evaluate CORPUS --tools TOOLS``: the shipped reader's figures on a split, by the field's scorer.

TOOLS is the folder with ``score.py`` and ``to_attributions.py``. The way is the user's: ``inquit read --jsonl`` on the
texts, its lines to attributions, those to the scorer. With ``--card`` the figures go into the reader's card.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from inquit.extract.reader import MODEL


def main() -> None:
    """Print the scorer's table and the cost."""
    parser = argparse.ArgumentParser(prog="python -m train.evaluate", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--tools", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--card", action="store_true", help="write the figures into the reader's card")
    given = parser.parse_args()
    split = given.corpus / "data" / given.split
    with tempfile.TemporaryDirectory() as scratch:
        figures = _figures(split, given.tools, Path(scratch))
    print(json.dumps(figures, indent=2))
    if given.card:
        path = MODEL / "card.json"
        made = json.loads(path.read_text(encoding="utf-8"))
        made.setdefault("figures", {})[f"polnear {given.split}"] = figures
        path.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _figures(split: Path, tools: Path, scratch: Path) -> dict[str, float]:
    texts = sorted((split / "text").glob("*.txt"))
    read, predicted, scored = scratch / "read.jsonl", scratch / "predicted.jsonl", scratch / "scored.json"
    before = _children_seconds()
    _into(read, "-m", "inquit", "read", "--jsonl", *map(str, texts))
    seconds = _children_seconds() - before
    _into(predicted, str(tools / "to_attributions.py"), str(read), str(split / "text"))
    subprocess.run(
        [sys.executable, str(tools / "score.py"), str(split), str(predicted), "--json", str(scored)], check=True
    )
    words = sum(len(t.read_text(encoding="utf-8").split()) for t in texts)
    found = json.loads(scored.read_text(encoding="utf-8"))
    return {**_flat(found), "words": words, "cpu_seconds_per_1000_words": round(1000 * seconds / words, 3)}


def _flat(found: dict[str, object]) -> dict[str, float]:
    wanted = ("exact/source", "exact/cue", "exact/content", "relation/strict", "relation/lenient")
    metrics = found["metrics"]
    assert isinstance(metrics, dict)
    return {name: round(float(metrics[name]["f1"]), 4) for name in wanted if name in metrics}


def _into(path: Path, *arguments: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with path.open("wb") as out:
        subprocess.run([sys.executable, *arguments], stdout=out, check=True, env=environment)


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
