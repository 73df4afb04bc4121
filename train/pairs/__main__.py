"""``python -m train.pairs --basil READ --helsinki READ --nets FOLDER --out FILE``: the weights of the pair model.

A logistic regression with an L2 penalty in which the sign of each weight is given beforehand: more in common never
speaks against a match, another number never for one. READ is what ``inquit read --jsonl`` writes of a corpus.

FOLDER has three nets that each learnt nothing from some fifths of the articles, ``01/matching.npz``, ``23`` and ``4``
alike, by ``python -m train.pairs.matching … --without 01 --out FOLDER/01`` and so on. The net that ships learnt from
these very pairs: by what it says of them the weight of ``matched`` would come out too high (``train.pairs.folds``).
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from inquit.link.pairs import FEATURES
from inquit.records import Reading
from train.pairs.data import Pair, altered, judged, load
from train.pairs.folds import Fold, folds, unseen, with_matched
from train.pairs.measure import DRAWN

SENSE = {
    **dict.fromkeys(("cosine", "meaning", "covered", "likened", "longer_likened", "shared", "sequence"), 1),
    **dict.fromkeys(("numbers", "speaker", "surroundings", "matched"), 1),
    **dict.fromkeys(("order", "other_names", "no_name", "lone_name", "lone_number", "other_numbers"), -1),
    **dict.fromkeys(("other_time", "opposed", "mode", "other_speaker", "length", "slight"), -1),
    "framed": 0,
}
SHARES = {"drawn": 3.0, "judged": 1.5, "altered": 0.4}
"""Of each set in the loss; in each those that are the same weigh as much as those that are not."""
PENALTY = 0.003

Floats = npt.NDArray[np.float64]


def main() -> None:
    """Gather the pairs, fit, write the weights."""
    parser = argparse.ArgumentParser(prog="python -m train.pairs", description=__doc__)
    parser.add_argument("--basil", type=Path, required=True)
    parser.add_argument("--helsinki", type=Path, required=True)
    parser.add_argument("--nets", type=Path, required=True, help="folder of nets made without some fifths each")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    sets = gathered({"basil": load(given.basil), "helsinki": load(given.helsinki)}, folds(given.nets))
    weights, bias = fit(sets)
    for name, pairs in sets.items():
        print(f"{name}: {len(pairs)} pairs, {sum(p.same for p in pairs)} the same")
    print(f"bias {bias}", *(f"{name} {weight}" for name, weight in weights.items()), sep="\n")
    write(given.out, weights, bias)


def gathered(corpora: Mapping[str, Sequence[Reading]], nets: Sequence[Fold]) -> dict[str, list[Pair]]:
    """The sets of SHARES, ``matched`` out of fold in all of them; altered are contents of each fold of BASIL."""
    made = [(fold, list(altered(fold.of(corpora["basil"]), random.Random(0)))) for fold in nets]
    return {
        "drawn": unseen(judged(corpora, DRAWN), nets),
        "judged": unseen(judged(corpora), nets),
        "altered": [pair for fold, pairs in made for pair in with_matched(pairs, fold.compared(pairs))],
    }


def fit(sets: Mapping[str, Sequence[Pair]]) -> tuple[dict[str, float], float]:
    """Weights by feature, those that came out as nothing left out, and the bias."""
    kinds = {name: Counter(pair.same for pair in found) for name, found in sets.items()}
    pairs = [(pair, SHARES[name] / kinds[name][pair.same]) for name, found in sets.items() for pair in found]
    x = np.array([[pair.values[name] for name in FEATURES] for pair, _ in pairs])
    sign = np.array([1.0 if pair.same else -1.0 for pair, _ in pairs])
    share = np.array([weight for _, weight in pairs])
    mean, spread = x.mean(0), x.std(0) + 1e-3
    found = _fitted((x - mean) / spread, sign, share / share.sum())
    weights = found[1:] / spread
    kept = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True) if abs(w) > 5e-3}
    return kept, round(float(found[0] - mean @ weights), 4)


def _fitted(x: Floats, sign: Floats, share: Floats) -> Floats:
    """Bias and weights that make the loss least, within their senses."""

    def loss(theta: Floats) -> tuple[float, Floats]:
        margin = sign * (x @ theta[1:] + theta[0])
        slope = -sign * share / (1 + np.exp(margin))
        value = float(share @ np.logaddexp(0, -margin) + PENALTY / 2 * theta[1:] @ theta[1:])
        return value, np.concatenate([[slope.sum()], x.T @ slope + PENALTY * theta[1:]])

    bounds = {1: (0, None), -1: (None, 0), 0: (None, None)}
    limits = [(None, None), *(bounds[SENSE[name]] for name in FEATURES)]
    found: Floats = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, bounds=limits, method="L-BFGS-B").x
    return found


def write(path: Path, weights: dict[str, float], bias: float) -> None:
    """Write the numbers to ``path``; what follows them there stays."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = [
        "# Weights of the features of inquit.link.pairs, by `python -m train.pairs`.",
        f"bias = {bias}",
        "",
        "[weights]",
    ]
    lines += [f"{name} = {weight}" for name, weight in weights.items()]
    path.write_text("\n".join(lines) + "\n" + old[old.find("\n# What to say") :], encoding="utf-8")


if __name__ == "__main__":
    main()
