"""The verb ``eval`` and the predictions it takes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from corpora import BRIDGE, CRANE, apart, flat, standoff

from inquit.errors import WorkError
from inquit.evaluate import from_file, load
from inquit.extract.reader import MODEL

PLAIN = {
    "bridge": "{s1 Ana Duarte} {c1 said} {t1 that the bridge is safe}. {s2 The port} {c2 denied} {t2 that it leaks}.\n",
    "crane": "{s1 The mayor} {c1 said} on Monday {t1 that the crane would be repaired}. The quay is closed.\n",
}


def inquit(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "inquit", *arguments], capture_output=True, check=False, encoding="utf-8"
    )
    assert "Traceback" not in done.stderr
    return done


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def given_as_marked(corpus: Path, score: float | None = None) -> list[dict[str, Any]]:
    """The field's lines that give just what is marked."""
    return [
        {
            "id": article.ident,
            "attributions": [
                {"source": a.source, "cue": a.cue, "content": a.content} | ({} if score is None else {"score": score})
                for a in article.readings[0]
            ],
        }
        for article in load(corpus)
    ]


def written(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return flat(tmp_path_factory.mktemp("plain"), PLAIN)


@pytest.fixture(scope="module")
def by_ours(plain: Path) -> list[dict[str, Any]]:
    return lines(inquit("eval", plain))


def test_our_reader_is_scored_with_figures_calibration_and_curve(by_ours: list[dict[str, Any]]) -> None:
    kinds = [line["type"] for line in by_ours]
    assert kinds[0] == "evaluated"
    assert by_ours[0] | {"given": 0} == {"type": "evaluated", "articles": 2, "wanted": 3, "given": 0, "without": []}
    assert {"figure", "calibration", "precision-at-recall"} <= set(kinds)
    (found,) = [line for line in by_ours if line.get("metric") == "relation/detect"]
    assert found["recall"] == 1


def test_lines_of_read_score_as_the_reader_itself(plain: Path, by_ours: list[dict[str, Any]], tmp_path: Path) -> None:
    done = inquit("read", "--jsonl", *sorted(plain.glob("*.txt")))
    path = tmp_path / "read.jsonl"
    path.write_text(done.stdout, encoding="utf-8")
    assert lines(inquit("eval", plain, "--predictions", path)) == by_ours


def test_another_folder_with_the_same_model_gives_the_same_figures(
    plain: Path, by_ours: list[dict[str, Any]], tmp_path: Path
) -> None:
    shutil.copytree(MODEL, tmp_path / "reader")
    assert lines(inquit("eval", plain, "--model", tmp_path / "reader")) == by_ours


def test_a_readable_report_has_every_table(plain: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "given.jsonl", given_as_marked(plain, 0.9))
    done = inquit("eval", plain, "--predictions", path, "--text", "--by", "form", "--by", "distance")
    assert done.returncode == 0
    assert done.stdout.startswith("2 articles: 3 attributions marked, 3 given")
    for words in ("relation, strict", "100.0", "Recall by form", "Recall by distance", "Calibration: error 10.0"):
        assert words in done.stdout


def test_predictions_without_scores_have_figures_alone(plain: Path, tmp_path: Path) -> None:
    found = lines(inquit("eval", plain, "--predictions", written(tmp_path / "g.jsonl", given_as_marked(plain))))
    assert {line["type"] for line in found} == {"evaluated", "figure"}
    assert all(line["f1"] == 1 for line in found if line.get("wanted") and line["type"] == "figure")


def test_statements_inside_others_and_own_voice_are_left_out(tmp_path: Path) -> None:
    corpus = flat(tmp_path / "corpus", {"bridge": BRIDGE})
    text, _ = standoff(BRIDGE)
    said = {"source": [[27, 37]], "cue": [[38, 42]], "standing": "person", "stance": "affirms", "framing": "neutral"}
    statement = {"type": "statement", "article": "a1:1", "content": [[1, 19]], "score": 0.5, "by": "x"}
    records = [
        {"type": "article", "id": "a1:1", "external_id": "bridge.txt", "text": text},
        statement | {"id": "s1:1", "attribution": said},
        statement | {"id": "s1:2", "attribution": said, "inside": "s1:1"},
        statement | {"id": "s1:3"},
        {"type": "problem", "code": "language", "message": "passed over"},
    ]
    found = from_file(written(tmp_path / "p.jsonl", records), load(corpus))
    assert [(a.content, a.score) for a in found["bridge"]] == [(((1, 19),), 0.5)]


def test_what_was_read_with_other_line_ends_is_put_back_in_its_place(tmp_path: Path) -> None:
    corpus = flat(tmp_path / "corpus", {"bridge": f"Headline\r\n\r\n{BRIDGE}"})
    text = standoff(f"Headline\n\n{BRIDGE}")[0]
    start = text.index("Ana Duarte")
    said = {"source": [[start, start + 10]], "cue": [], "standing": "person", "stance": "affirms", "framing": "neutral"}
    records = [
        {"type": "article", "id": "a1:1", "external_id": "bridge", "text": text},
        {"type": "statement", "id": "s1:1", "article": "a1:1", "content": [[0, 8]], "score": 1, "by": "x"}
        | {"attribution": said},
    ]
    (article,) = load(corpus)
    (one,) = from_file(written(tmp_path / "p.jsonl", records), [article])["bridge"]
    assert [article.text[a:b] for a, b in (*one.source, *one.content)] == ["Ana Duarte", "Headline"]


@pytest.mark.parametrize(
    ("record", "trouble"),
    [
        ({"id": "crane", "attributions": []}, "line 1: the corpus has no article crane; take the line out"),
        ({"id": "bridge", "attributions": [{"cue": [[3, 9999]]}]}, r"\[3, 9999\] is no span of a text of \d+"),
        ({"id": "bridge", "attributions": [{"cue": [[5, 5]]}]}, "is no span"),
        ({"id": "bridge"}, "line 1: .*attributions.*wanted"),
        (
            {"type": "article", "id": "a1:1", "external_id": "bridge", "text": "Other."},
            "bridge was read from another text",
        ),
        (
            {"type": "statement", "id": "s1:1", "article": "a1:9", "content": [[0, 1]], "score": 1, "by": "x"},
            "without that article's line before it",
        ),
    ],
)
def test_predictions_that_do_not_fit_the_corpus_are_refused(
    tmp_path: Path, record: dict[str, Any], trouble: str
) -> None:
    corpus = load(flat(tmp_path / "corpus", {"bridge": BRIDGE}))
    with pytest.raises(WorkError, match=trouble):
        from_file(written(tmp_path / "p.jsonl", [record]), corpus)


def test_an_article_given_twice_and_lines_that_are_no_json_are_refused(tmp_path: Path) -> None:
    folder = flat(tmp_path / "corpus", {"bridge": BRIDGE, "crane": CRANE})
    corpus = load(folder)
    with pytest.raises(WorkError, match="line 2: article bridge was given before"):
        from_file(written(tmp_path / "p.jsonl", given_as_marked(folder)[:1] * 2), corpus)
    (tmp_path / "p.jsonl").write_text("[1, 2\n", encoding="utf-8")
    with pytest.raises(WorkError, match=r"line 1: .*; wanted"):
        from_file(tmp_path / "p.jsonl", corpus)


def test_what_cannot_be_scored_ends_with_code_and_repair(plain: Path, tmp_path: Path) -> None:
    apart(tmp_path / "dev", {"bridge": BRIDGE})
    nothing = written(tmp_path / "p.jsonl", [])
    for arguments, code, trouble in (
        ((tmp_path,), 3, "did you mean"),
        ((tmp_path / "nowhere",), 3, "is no folder"),
        ((plain, "--predictions", tmp_path / "none.jsonl"), 3, "no predictions in"),
        ((plain, "--predictions", nothing, "--model", MODEL), 2, "leave --model out"),
        ((plain, "--predictions", nothing, "--by", "outlet"), 3, "metadata.tsv"),
        ((plain, "--model", tmp_path), 3, "no reader in"),
    ):
        done = inquit("eval", *arguments)
        assert done.returncode == code
        assert trouble in done.stderr
