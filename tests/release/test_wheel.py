"""What a release holds: the wheel has all that the program needs, nothing else, and is the same whoever builds it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "inquit"
MOST_BYTES = 40_000_000

pytestmark = pytest.mark.skipif(find_spec("hatchling") is None, reason='needs pip install -e ".[test]"')


def built(kind: str, root: Path, folder: Path) -> Path:
    """What hatchling makes of a checkout, at a fixed time."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder]
    subprocess.run(
        command, cwd=root, env={**os.environ, "SOURCE_DATE_EPOCH": "1767225600"}, check=True, capture_output=True
    )
    [made] = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    return set(ZipFile(wheel).namelist())


def text(wheel: Path, ending: str) -> str:
    with ZipFile(wheel) as files:
        [name] = [one for one in files.namelist() if one.endswith(ending)]
        return files.read(name).decode("utf-8")


def test_the_wheel_holds_every_file_of_the_package_and_nothing_beside_it(names: set[str]) -> None:
    wanted = {
        f"inquit/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if ".dist-info/" not in name} == wanted
    assert {"inquit/py.typed", "inquit/data/reader-en/encoder.onnx", "inquit/data/story/01-harbour-post.html"} <= wanted


def test_the_wheel_brings_its_licence_and_says_what_its_models_are_made_of(wheel: Path, names: set[str]) -> None:
    assert "Apache License" in text(wheel, "/licenses/LICENSE")
    assert "all-MiniLM-L6-v2 (Apache-2.0" in text(wheel, "/licenses/NOTICE")
    models = {name.rsplit("/", 1)[0] for name in names if name.endswith((".npz", ".onnx"))}
    for model in models:
        with ZipFile(wheel) as files:
            card = json.loads(files.read(f"{model}/card.json"))
        assert {"made_of", "trained_on", "counted_on"} & set(card), f"{model}/card.json does not say what it is made of"


def test_the_wheel_needs_nothing_of_training_or_testing(wheel: Path) -> None:
    needed = [
        line.split(":", 1)[1].strip().lower()
        for line in text(wheel, "/METADATA").splitlines()
        if line.startswith("Requires-Dist") and "extra ==" not in line
    ]
    assert needed
    assert not [one for one in needed if one.startswith(("torch", "spacy", "pytest", "pyarrow", "litestar"))]
    assert "inquit = inquit.cli:main" in text(wheel, "/entry_points.txt")
    assert wheel.name.endswith("-py3-none-any.whl")


def test_the_wheel_stays_small(wheel: Path) -> None:
    assert wheel.stat().st_size < MOST_BYTES


def test_the_source_archive_makes_the_same_wheel(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    [root] = (tmp_path / "source").iterdir()
    assert {"src", "tests", "docs", "scripts", "mkdocs.yml", "LICENSE", "NOTICE"} <= {
        one.name for one in root.iterdir()
    }
    assert built("wheel", root, tmp_path / "wheel").read_bytes() == wheel.read_bytes()
