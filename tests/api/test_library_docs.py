"""docs/library.md and docs/mcp.md say what is true: their examples run, their tools are those that there are."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import inquit
from inquit.export.frames import TABLES

ROOT = Path(__file__).parents[2]
LIBRARY = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
ASSISTANTS = (ROOT / "docs" / "mcp.md").read_text(encoding="utf-8")


def test_the_examples_of_the_library_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "src" / "inquit" / "data" / "story", "pages")
    Path("monday.html").write_text("<p>Ana Duarte said the crane was safe.</p>", encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", LIBRARY, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 4
    known: dict[str, object] = {}
    for block in blocks:
        if "to_pandas" in block:
            pytest.importorskip("pandas", reason="pandas is not installed")
        exec(block, known)  # noqa: S102 - our own page
    assert "Ana Duarte | The crane is safe" in capsys.readouterr().out


def test_the_page_of_the_library_names_the_tables_and_all_that_is_public() -> None:
    assert all(f'"{table}"' in LIBRARY for table in TABLES if table != "statements")
    public = {name for one in inquit.Ledger.__mro__[:-1] for name in vars(one) if not name.startswith("_")}
    assert all(f"{name}(" in LIBRARY for name in public - {"close"})
    assert all(f"inquit.{name}" in LIBRARY for name in ("read", "readings", "open", "article"))


def test_the_page_for_assistants_names_every_tool_and_argument() -> None:
    tools = pytest.importorskip("inquit.mcp.tools").TOOLS
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", ASSISTANTS, re.MULTILINE))
    assert list(rows) == [tool.name for tool in tools]
    arguments = set(tools[0].asked.__struct_fields__) - {"limit", "after"}
    assert set(re.findall(r"`(\w+)`", rows["search_statements"])) == arguments
