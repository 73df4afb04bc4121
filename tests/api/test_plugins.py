"""Plug-ins: the example of docs/plugins.md works as it stands, and broken ones are told by name."""

from __future__ import annotations

import gzip
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

import inquit
from inquit import plugins
from inquit.errors import WorkError
from inquit.export import formats, write

PAGE = (Path(__file__).parents[2] / "docs" / "plugins.md").read_text(encoding="utf-8")
GERMAN = (
    "Nach dem Sturm in Ellin bleibt der Hafen geschlossen, und niemand weiß, wann die Fähre wieder fährt. "
    "Ana Duarte sagte: „Der Kran ist sicher.“ Danach gingen alle nach Hause."
)
TIDE = "Storm\n2031-04-08\nThe harbour master, Ana Duarte, said the crane was safe.\n"
Install = Callable[..., None]


def _block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Put a distribution on the path: its name, its entry points by group, its module's code."""

    def installed(name: str, points: dict[str, dict[str, str]], code: str) -> None:
        place = tmp_path / f"site-{name}"
        info = place / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
        groups = (f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in some.items()) for group, some in points.items())
        (info / "entry_points.txt").write_text("\n".join(groups), encoding="utf-8")
        (place / f"{name.replace('-', '_')}.py").write_text(code, encoding="utf-8")
        monkeypatch.syspath_prepend(str(place))
        plugins.found.cache_clear()

    yield installed
    plugins.found.cache_clear()


@pytest.fixture
def ferry(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    project = msgspec.toml.decode(_block("toml"))["project"]
    monkeypatch.delitem(sys.modules, "ferry_news", raising=False)
    install(project["name"], project["entry-points"], _block("python"))


def _broken(install: Install, code: str) -> None:
    points = {
        "inquit.readers": {"bad": "bad_news:read"},
        "inquit.extractors": {"de": "bad_news:extract"},
        "inquit.exporters": {"bad": "bad_news:Out"},
    }
    sys.modules.pop("bad_news", None)
    install("bad-news", points, code)


@pytest.mark.usefixtures("ferry")
def test_the_reader_of_the_page_reads_its_files_packed_and_in_archives_too(tmp_path: Path) -> None:
    folder = tmp_path / "tides"
    folder.mkdir()
    (folder / "monday.tide").write_text(TIDE, encoding="utf-8")
    (folder / "tuesday.tide.gz").write_bytes(gzip.compress(TIDE.encode()))
    with zipfile.ZipFile(folder / "week.zip", "w") as archive:
        archive.writestr("sunday.tide", TIDE)
    found = inquit.read(folder, published="2031-05-01")
    assert [one.external_id for one in found.articles] == ["monday.tide", "tuesday.tide.gz", "sunday.tide"]
    assert {(one.outlet, one.title, one.published) for one in found.articles} == {("Ferry News", "Storm", "2031-05-01")}
    assert len({one.id for one in found.articles}) == 3
    assert not found.problems
    assert found.statements


@pytest.mark.usefixtures("ferry")
def test_the_extractor_of_the_page_finds_who_says_what_in_its_language() -> None:
    found = inquit.read(GERMAN)
    assert [found.words(one) for one in found.statements] == ["Der Kran ist sicher"]
    assert not found.problems
    [problem] = inquit.read(GERMAN.replace("sagte", "meinte")).problems
    assert problem.message == "nobody „sagte“ anything"


@pytest.mark.usefixtures("ferry")
def test_the_exporter_of_the_page_stands_among_the_formats_and_writes(tmp_path: Path) -> None:
    with inquit.open(tmp_path / "news.db", write=True) as ledger:
        ledger.add([GERMAN, "Jonas Velde said the sluice was closed."])
    assert "roll" in formats()
    assert formats()[0] == "jsonl"
    out = tmp_path / "roll.txt"
    command = [sys.executable, "-m", "inquit", "export", str(tmp_path / "news.db"), "--to", "roll", "--out", str(out)]
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site-ferry-news")}
    subprocess.run(command, check=True, env=env)
    assert (
        "roll" in subprocess.run([*command[:4], "--help"], check=True, env=env, capture_output=True, text=True).stdout
    )
    assert out.read_text(encoding="utf-8") == "Ana Duarte\nJonas Velde\n"


def test_without_plugins_a_language_and_an_ending_are_told_as_before(tmp_path: Path) -> None:
    (tmp_path / "monday.tide").write_text(TIDE, encoding="utf-8")
    assert inquit.read(tmp_path).articles[0].text == TIDE
    assert [one.code for one in inquit.read(GERMAN).problems] == ["language"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import no_such_thing", "could not be loaded: ModuleNotFoundError"),
        ("raise RuntimeError('at the door')", "could not be loaded: RuntimeError: at the door"),
        ("read = extract = Out = 3", "is a int and cannot be called"),
        ("def read(*a): raise KeyError('x')\ndef extract(a): raise KeyError('x')", "failed with KeyError: 'x'"),
        ("def read(*a): return ['words']\ndef extract(a): return ['words'], []", "failed with TypeError"),
        ("def read(*a): return None\ndef extract(a): return None", "failed with TypeError"),
    ],
)
def test_a_broken_one_is_a_problem_that_names_its_package_and_the_rest_goes_on(
    install: Install, tmp_path: Path, code: str, words: str
) -> None:
    _broken(install, code)
    (tmp_path / "a.bad").write_text("anything", encoding="utf-8")
    found = inquit.read([tmp_path / "a.bad", GERMAN, "Jonas Velde said the sluice was closed."])
    assert [one.code for one in found.problems] == ["plugin", "plugin"]
    assert all("bad-news 1.0" in one.message and words in one.message for one in found.problems)
    assert found.problems[0].input == str(tmp_path / "a.bad")
    assert found.problems[1].article == found.articles[0].id
    assert [bool(one.statements) for one in found] == [False, True]


_SAID = """
from inquit.records import Statement
from inquit.ids import statement_id
def made(article, content, ident=None, inside=None):
    ident = ident or statement_id(
        article=article.id, source=(), cue=(), content=content, inside=inside, attributed=False)
    return Statement(id=ident, article=article.id, content=content, inside=inside, score=1.0, by="bad/1")
"""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("[made(a, ((0, 9999),))]", "[0, 9999] in a text of"),
        ("[made(a, ((4, 4),))]", "[4, 4] in a text of"),
        ("[made(a, ((0, 5),))]", "white space"),
        ("[made(a, ())]", "no content"),
        ("[made(a, ((0, 4),), ident='s1:00')]", "must have the id"),
        ("[made(a, ((0, 4),))] * 2", "two statements have one id"),
        ("[made(a, ((0, 4),), inside='s1:00')]", "stands inside s1:00"),
        ("[made(__import__('inquit').article('Other'), ((0, 4),))]", "another article"),
    ],
)
def test_statements_that_cannot_be_are_not_let_in(install: Install, given: str, words: str) -> None:
    _broken(install, f"{_SAID}\ndef extract(a): return {given}, []")
    found = inquit.read(GERMAN)
    assert found.statements == ()
    assert words in found.problems[0].message


def test_a_reader_that_fails_half_way_keeps_what_it_has_given(install: Install, tmp_path: Path) -> None:
    code = (
        "import inquit\ndef read(data, name):\n    yield inquit.article('It rained.')\n    raise ValueError('page 2')"
    )
    _broken(install, code)
    (tmp_path / "a.bad").write_text("anything", encoding="utf-8")
    found = inquit.read(tmp_path / "a.bad")
    assert [one.text for one in found.articles] == ["It rained."]
    assert "page 2" in found.problems[0].message


@pytest.mark.parametrize(
    "code", ["class Out:\n    def __init__(self, s): raise ValueError('no')", "import no_such_thing"]
)
def test_a_broken_exporter_is_told_by_name(install: Install, tmp_path: Path, code: str) -> None:
    _broken(install, code)
    with inquit.open(tmp_path / "news.db", write=True) as ledger, pytest.raises(WorkError, match=r"bad-news 1\.0"):
        write(ledger.kept, "bad", io.BytesIO())


def test_what_is_built_in_is_not_replaced(install: Install, tmp_path: Path) -> None:
    points = {"inquit.readers": {"txt": "bad_news:read"}, "inquit.exporters": {"jsonl": "bad_news:Out"}}
    install("bad-news", points, "raise RuntimeError")
    (tmp_path / "a.txt").write_text("It rained.", encoding="utf-8")
    with inquit.open(tmp_path / "news.db", write=True) as ledger, (tmp_path / "out").open("wb") as stream:
        assert len(ledger.add(tmp_path / "a.txt")) == 1
        write(ledger.kept, "jsonl", stream)
    assert formats().count("jsonl") == 1


def test_of_two_packages_with_one_name_the_first_in_the_alphabet_is_taken(install: Install) -> None:
    install("zeta-news", {"inquit.exporters": {"roll": "zeta_news:Out"}}, "")
    install("alpha-news", {"inquit.exporters": {"roll": "alpha_news:Out"}}, "")
    assert plugins.package(plugins.found("inquit.exporters")["roll"]) == "alpha-news 1.0"
