"""The limits of the house: sizes of files and functions, docstrings, one-way imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
ALL = SOURCES + sorted((ROOT / "train").rglob("*.py")) + sorted((ROOT / "bench").rglob("*.py"))


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", ALL, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_is_under_400_lines_and_a_function_under_60(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400
    long = [f"{f.name}: {f.end_lineno - f.lineno + 1}" for f in _functions(path) if f.end_lineno - f.lineno >= 60]
    assert not long


def test_nine_functions_in_ten_are_under_30_lines() -> None:
    lengths = sorted(f.end_lineno - f.lineno + 1 for path in SOURCES for f in _functions(path))
    assert lengths[len(lengths) * 9 // 10] < 30


def test_there_is_no_drawer_for_everything() -> None:
    assert not [p for p in ALL if p.stem in {"utils", "util", "helpers", "misc", "common"}]


def test_no_two_files_of_tests_have_one_name() -> None:
    # Pytest imports them by their bare names, and collects the second of two only where the first is not.
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert not [name for name, times in names.items() if times > 1]


def test_stages_import_one_way_only() -> None:
    pytest.importorskip("importlinter", reason="import-linter comes with the extra dev")
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_importing_the_package_loads_no_model() -> None:
    code = "import sys, inquit; assert not {'onnxruntime', 'numpy', 'lxml', 'trafilatura'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
