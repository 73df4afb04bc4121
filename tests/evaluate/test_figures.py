"""Figures, intervals, groups and calibration."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from corpora import BRIDGE, CRANE, annotated

from inquit.errors import WorkError
from inquit.evaluate import evaluate, from_file, load
from inquit.evaluate.bootstrap import TIMES, draws, interval
from inquit.evaluate.brat import Annotated, Attribution
from inquit.evaluate.calibration import Scores, calibration, curve
from inquit.evaluate.counting import Count, Counted

SHARED = Path("/work/shared")
LINE = "{s Ana Duarte} {c said} {t that it was safe}.\n"


def counted(*scored: tuple[float, bool], wanted: int) -> Counted:
    """An article of which only scores and the number of marked attributions matter."""
    counts = {"relation/lenient": Count(sum(right for _, right in scored), len(scored), wanted)}
    return Counted(None, counts, (), scored)


def shifted(article: Annotated, score: float | None = None) -> list[Attribution]:
    """The first attribution as it is marked, the others without their source."""
    first, *others = article.readings[0]
    return [
        Attribution(first.source, first.cue, first.content, score),
        *(Attribution((), a.cue, a.content, score) for a in others),
    ]


def test_figures_are_of_all_articles_together() -> None:
    corpus = [annotated("a", BRIDGE), annotated("b", CRANE), annotated("c", LINE)]
    found = evaluate(corpus, {a.ident: shifted(a) for a in corpus[:2]})
    assert (found.totals.articles, found.totals.wanted, found.totals.given) == (3, 5, 4)
    assert found.totals.without == ("c",)
    by_name = {figure.metric: figure for figure in found.figures}
    relation = by_name["relation/lenient"]
    assert (relation.right, relation.given, relation.wanted) == (3, 4, 5)
    assert relation.f1 == pytest.approx(2 * 3 / (4 + 5))
    assert by_name["exact/source"].recall == pytest.approx(2 / 4)
    bare = by_name["relation/no-source"]
    assert (bare.right, bare.given, bare.wanted) == (1, 2, 1)


def test_the_same_seed_gives_the_same_intervals_and_every_one_holds_its_figure() -> None:
    corpus = [annotated(str(i), text) for i, text in enumerate([BRIDGE, CRANE, LINE] * 4)]
    predictions = {a.ident: shifted(a, 0.5) for a in corpus}
    first, again = (evaluate(corpus, predictions, by=("form",), seed=7) for _ in range(2))
    assert list(first.lines()) == list(again.lines())
    assert first != evaluate(corpus, predictions, by=("form",), seed=8)
    for figure in first.figures:
        low, high = figure.intervals["f1"]
        assert low <= figure.f1 <= high


def test_a_corpus_of_one_article_has_no_width() -> None:
    corpus = [annotated("a", BRIDGE)]
    for figure in evaluate(corpus, {"a": shifted(corpus[0])}).figures:
        assert figure.intervals["recall"] == (figure.recall, figure.recall)


def test_groups_hold_every_marked_attribution_once() -> None:
    corpus = [annotated("a", BRIDGE, "Daily Lantern"), annotated("b", CRANE), annotated("c", LINE, "Daily Lantern")]
    found = evaluate(corpus, {a.ident: shifted(a) for a in corpus}, by=("form", "length", "distance", "outlet", "role"))
    for by in ("form", "length", "distance", "outlet"):
        groups = [r for r in found.recalls if r.by == by and r.metric == "lenient"]
        assert sum(r.wanted for r in groups) == 5
        assert sum(r.right for r in groups) == 4
    outlets = {r.group: r.recall for r in found.recalls if r.by == "outlet" and r.metric == "lenient"}
    assert outlets == {"Daily Lantern": pytest.approx(2 / 3), "unknown outlet": 1.0}
    forms = [r.group for r in found.recalls if r.by == "form" and r.metric == "strict"]
    assert forms == ["direct", "mixed", "indirect"]
    roles = {(r.group, r.metric): r.right for r in found.recalls if r.by == "role"}
    assert roles["source", "exact"] == 3
    assert roles["cue", "exact"] == 5


def test_groups_by_outlet_without_outlets_are_refused() -> None:
    with pytest.raises(WorkError, match=r"put a metadata\.tsv with the columns filename and publisher"):
        evaluate([annotated("a", BRIDGE)], {}, by=("outlet",))


def test_scores_for_some_predictions_only_are_refused() -> None:
    corpus = [annotated("a", BRIDGE), annotated("b", LINE)]
    predictions = {"a": shifted(corpus[0], 0.5), "b": shifted(corpus[1])}
    with pytest.raises(WorkError, match="2 of 3 predictions have a score; give one to all"):
        evaluate(corpus, predictions)


def test_scores_that_say_how_often_they_are_right_have_no_error() -> None:
    articles = [counted((0.8, True), (0.8, True), (0.8, True), (0.8, True), (0.8, False), wanted=5)] * 40
    scores = Scores(articles)
    assert calibration(scores, draws(40, 1)).error < 0.15
    overdone = [counted((1.0, False), (1.0, True), wanted=2)] * 40
    found = calibration(Scores(overdone), draws(40, 1))
    assert found.error == pytest.approx(0.5, abs=0.01)
    assert sum(b.given for b in found.bins) == 80


def test_precision_is_that_of_the_scores_kept_and_ends_at_the_largest_recall() -> None:
    articles = [counted((0.9, True), (0.4, False), (0.2, True), wanted=3), counted((0.6, False), wanted=1)]
    points = curve(Scores(articles), draws(2, 1))
    assert [p.recall for p in points] == [0.1, 0.2, 0.3, 0.4, 0.5]
    assert [(p.precision, p.score) for p in points] == [(1.0, 0.9)] * 2 + [(0.5, 0.2)] * 3


def test_equal_scores_are_kept_together() -> None:
    (point, *_) = curve(Scores([counted((0.7, True), (0.7, False), wanted=1)]), draws(1, 1))
    assert point.precision == 0.5


def test_an_interval_leaves_out_what_could_not_be_taken() -> None:
    assert interval(np.array([np.nan, 0.2, np.nan, 0.4])) == (0.2, 0.4)
    assert draws(5, 3).sum(1).tolist() == [5] * TIMES


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    path = SHARED / "tools/score.py"
    if not path.exists():
        pytest.skip("the field's scorer is not beside the checkout")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few articles of dev."""
    dev = SHARED / "data/polnear/data/dev"
    if not dev.exists():
        pytest.skip("PolNeAR is not beside the checkout")
    folder = tmp_path_factory.mktemp("few")
    (folder / "text").mkdir()
    (folder / "attributions").mkdir()
    for text in sorted((dev / "text").glob("*.txt"))[::17]:
        for path in (text, *dev.glob(f"attributions/{text.stem}_*.ann")):
            (folder / path.parent.name / path.name).symlink_to(path)
    return folder


@pytest.mark.shared
def test_the_fields_scorer_says_the_same(scorer: ModuleType, few: Path, tmp_path: Path) -> None:
    corpus = load(few)
    assert len(corpus) == 5
    lines = [
        {"id": a.ident, "attributions": [_spoilt(one, i) for i, one in enumerate(a.readings[-1]) if i % 7]}
        for a in corpus
    ]
    path = tmp_path / "predictions.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    theirs = scorer.score(scorer.load_gold(few), scorer.load_predictions(path), 1000, 5)["metrics"]
    ours = evaluate(corpus, from_file(path, corpus), by=("form",), seed=5)
    for figure in ours.figures:
        if figure.metric != "relation/no-source":
            other = theirs[figure.metric]
            assert 0 < figure.f1 < 1
            assert [figure.precision, figure.recall, figure.f1] == pytest.approx([other[k] for k in ("p", "r", "f1")])
            assert list(figure.intervals["f1"]) == pytest.approx(other["ci95"]["f1"])
    for recall in ours.recalls:
        if recall.metric == "lenient":
            assert recall.recall == pytest.approx(theirs[f"form/{recall.group}"]["r"])


def _spoilt(one: Attribution, number: int) -> dict[str, object]:
    """An attribution as a prediction, every third with a shorter content, every fifth without its source."""
    content = [[a, b - (b - a) // 4 if number % 3 == 0 else b] for a, b in one.content]
    return {"source": one.source if number % 5 else [], "cue": one.cue, "content": content}
