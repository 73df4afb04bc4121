"""``inquit check`` from end to end, with the reader that ships."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any, NamedTuple

import click
import jsonschema
import pytest
from click.testing import CliRunner

from inquit.cli.main import inquit as group
from inquit.errors import InquitError

ROOT = Path(__file__).parents[2]
DRAFTS = Path(__file__).parent / "drafts"
BRIDGE = DRAFTS / "bridge.md"
CLEAN = "The harbour closed at noon, Ana Duarte said.\n"
# The parts of the SARIF 2.1.0 schema that readers of it rely on.
_REGION = {
    "type": "object",
    "required": ["startLine", "startColumn", "endLine", "endColumn"],
    "properties": {
        **{key: {"type": "integer", "minimum": 1} for key in ("startLine", "startColumn", "endLine", "endColumn")},
        "snippet": {"type": "object", "required": ["text"]},
    },
    "additionalProperties": False,
}
_LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "properties": {"uri": {"type": "string", "pattern": "^[!-~]+$"}},
                },
                "region": _REGION,
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_RULE = {
    "type": "object",
    "required": ["id", "shortDescription", "fullDescription", "defaultConfiguration"],
    "properties": {
        "id": {"type": "string"},
        "shortDescription": _TEXT,
        "fullDescription": _TEXT,
        "defaultConfiguration": {"properties": {"enabled": {"type": "boolean"}, "level": _LEVEL}},
    },
    "additionalProperties": False,
}
_RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": _LEVEL,
        "message": _TEXT,
        "locations": {"type": "array", "minItems": 1, "items": _LOCATION},
        "relatedLocations": {"type": "array", "uniqueItems": True, "items": _LOCATION},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    "additionalProperties": False,
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "columnKind", "results"],
                "properties": {
                    "columnKind": {"const": "utf16CodeUnits"},
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "properties": {"rules": {"type": "array", "uniqueItems": True, "items": _RULE}},
                            }
                        },
                    },
                    "results": {"type": "array", "items": _RESULT},
                },
            },
        },
    },
}


class Done(NamedTuple):
    """How a run ended."""

    returncode: int
    stdout: bytes


def inquit(*arguments: str | Path, given: bytes = b"", cwd: Path = DRAFTS) -> Done:
    """Run the verb in this process: the reader's model is loaded once for all tests."""
    with contextlib.chdir(cwd):
        done = CliRunner().invoke(group, ["check", *map(str, arguments)], input=given, standalone_mode=False)
    if isinstance(done.exception, InquitError | click.ClickException):
        return Done(done.exception.exit_code, done.stdout_bytes)
    if done.exception is not None:
        raise done.exception
    return Done(done.return_value, done.stdout_bytes)


def lines(done: Done) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def found() -> list[dict[str, Any]]:
    done = inquit("bridge.md", "--against", "hearing.txt", "--jsonl")
    assert done.returncode == 1
    return lines(done)


def test_the_sample_draft_is_found_fault_with_by_every_kind_of_rule(found: list[dict[str, Any]]) -> None:
    assert {
        "unattributed",
        "anonymous-source",
        "evidence-lacking",
        "loaded-framing",
        "quote-changed",
        "quote-differs",
    } <= {f["rule"] for f in found}


def test_every_line_fits_the_published_schema(found: list[dict[str, Any]]) -> None:
    schema = json.loads((ROOT / "docs" / "schema.json").read_text(encoding="utf-8"))
    for line in found:
        jsonschema.validate(line, schema)


def test_lines_and_columns_lead_to_the_words_in_the_file(found: list[dict[str, Any]]) -> None:
    text = BRIDGE.read_text(encoding="utf-8")
    for f in found:
        line = text.split("\n")[f["line"] - 1]
        assert f["line"] == f["end_line"]
        assert line[f["column"] - 1 : f["end_column"] - 1] == text[slice(*f["span"])]
        assert (f["path"], f["type"]) == ("bridge.md", "finding")


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte-order mark"])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_byte_order_marks_and_line_ends_move_nothing(
    found: list[dict[str, Any]], tmp_path: Path, before: bytes, ends: bytes
) -> None:
    other = tmp_path / "bridge.md"
    other.write_bytes(before + BRIDGE.read_bytes().replace(b"\n", ends))
    again = lines(inquit(other, "--against", "hearing.txt", "--jsonl"))
    assert [(f["rule"], f["line"], f["column"], f["end_column"]) for f in again] == [
        (f["rule"], f["line"], f["column"], f["end_column"]) for f in found
    ]


def test_a_draft_without_fault_is_exit_code_0() -> None:
    done = inquit("-", given=CLEAN.encode())
    assert (done.returncode, done.stdout) == (0, b"")


def test_several_drafts_and_folders_are_checked(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.md").write_bytes(BRIDGE.read_bytes())
    (tmp_path / "two.txt").write_text(CLEAN)
    done = inquit("a", "two.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert {f["path"] for f in lines(done)} == {str(Path("a") / "one.md")}


def test_the_nearest_settings_hold_for_each_draft(tmp_path: Path) -> None:
    for folder in ("quiet", "loud"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "draft.md").write_bytes(BRIDGE.read_bytes())
    (tmp_path / "quiet" / "inquit.toml").write_text('[check]\noff = ["loaded-framing"]\n')
    paths = {f["path"] for f in lines(inquit("quiet", "loud", cwd=tmp_path)) if f["rule"] == "loaded-framing"}
    assert paths == {str(Path("loud") / "draft.md")}


def test_wrong_usage_is_exit_code_2_and_missing_inputs_3(tmp_path: Path) -> None:
    (tmp_path / "inquit.toml").write_text("[check]\nunknown = 1\n")
    assert inquit().returncode == 2
    assert inquit("bridge.md", "--rule", "quotes").returncode == 2
    assert inquit("bridge.md", "--config", tmp_path / "inquit.toml").returncode == 2
    assert inquit("bridge.md", "--against", "nowhere.txt").returncode == 3
    assert inquit("nowhere.md").returncode == 3


def test_sarif_keeps_to_the_standard_and_points_to_the_words_in_utf16(tmp_path: Path) -> None:
    name = "ferry & crane é.md"
    (tmp_path / name).write_text("🚢🚢 Ana Duarte claimed the crane was cracked.\n", encoding="utf-8")
    done = inquit(name, "--sarif", "--out", "findings.sarif", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    log = json.loads((tmp_path / "findings.sarif").read_text(encoding="utf-8"))
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    (result,) = [r for r in run["results"] if r["ruleId"] == "loaded-framing"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "loaded-framing"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "ferry%20%26%20crane%20%C3%A9.md"
    # two ships of two units each and a space, then "Ana Duarte "
    assert place["region"]["startColumn"] == 1 + 4 + 1 + len("Ana Duarte ")
    assert place["region"]["snippet"]["text"] == "claimed"


def test_of_a_page_no_line_is_told_in_sarif(tmp_path: Path) -> None:
    body = "<article><p>Ana Duarte claimed the crane was cracked.</p></article>"
    page = f"<html><head><title>Crane</title></head><body>{body}"
    (tmp_path / "page.html").write_text(page)
    log = json.loads(inquit("page.html", "--sarif", "--rule", "loaded-framing", cwd=tmp_path).stdout)
    jsonschema.validate(log, SARIF)
    (result,) = log["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_the_report_names_the_place_and_underlines_the_words() -> None:
    report = inquit("bridge.md", "--text", "--rule", "evidence-lacking").stdout.decode().splitlines()
    assert report[0].startswith("bridge.md:9:48 warning evidence-lacking")
    shown = next(i for i, line in enumerate(report) if line.lstrip().startswith("9 |"))
    under = report[shown + 1]
    at = under.index("^")
    assert report[shown][at : at + under.count("^")] == "without offering evidence"
    assert report[-1].startswith("1 finding in 1 draft")


def test_the_rules_are_listed_with_what_is_set(tmp_path: Path) -> None:
    (tmp_path / "inquit.toml").write_text('[check]\noff = ["quote-changed"]\n')
    done = inquit("--list-rules", cwd=tmp_path)
    assert done.returncode == 0
    listed = done.stdout.decode()
    assert "single-source" in listed
    assert listed[listed.index("quote-changed") :].split("\n")[1].startswith("off")
