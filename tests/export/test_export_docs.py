"""docs/exports.md says what is true: its table, a section for each format, examples that run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import kept
import pytest
from export_sample import sample

from inquit.cli.main import inquit
from inquit.export import FORMATS
from inquit.keep import Ledger
from inquit.records import Article, Reading

PAGE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
SECTIONS = {part.split("\n", 1)[0]: part for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]}


def test_the_table_of_what_is_kept_is_what_the_exporters_do() -> None:
    written = re.search(r"<!-- kept -->\n(.*?)<!-- end -->", PAGE, re.DOTALL)
    assert written is not None
    assert written[1].strip() == kept.table().strip(), "python tests/export/kept.py prints the table as it is now"


def test_every_format_has_a_section_that_says_what_it_keeps_loses_and_is_checked_with() -> None:
    assert list(SECTIONS)[1:] == list(FORMATS)
    for name in FORMATS:
        assert all(word in SECTIONS[name] for word in ("**Keeps**", "**Loses**", "**Checked with**")), name
        assert FORMATS[name].extra is None or f'pip install "inquit[{FORMATS[name].extra}]"' in SECTIONS[name]


def test_every_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Ledger.create("news.db") as ledger:
        ledger.keep(Reading(article=next(one for one in sample() if isinstance(one, Article))))
    examples = re.findall(r"^inquit (export news.db .+)$", PAGE, re.MULTILINE)
    assert len(examples) == len(FORMATS)
    for example in examples:
        inquit.main(shlex.split(example), prog_name="inquit", standalone_mode=False)
        assert Path(shlex.split(example)[-1]).exists(), example
