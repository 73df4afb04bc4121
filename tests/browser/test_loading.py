"""Every page in a browser: nothing fails, nothing comes from elsewhere, nothing sticks out, nobody is kept out."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import DESKTOP, PHONE

from inquit.link.owners import known_outlets
from inquit.web.pages import pages

axe_of = pytest.importorskip(
    "axe_playwright_python", reason="axe-core comes with the extra test-browser: pip install -e '.[test-browser]'"
)
AXE = (Path(axe_of.__file__).parent / "axe.min.js").read_text("utf-8")
GRAVE = """
rules => axe.run(document, rules ? {runOnly: rules} : {resultTypes: ["violations"]}).then(({violations}) => violations
  .filter(({impact}) => ["serious", "critical"].includes(impact))
  .map(({id, nodes}) => `${id}: ${nodes.map(({html, failureSummary}) => html + " " + failureSummary).join(" | ")}`))
"""
# What is as wide as it has to be scrolls in a region of its own, which the Tab key reaches.
SIDEWAYS = """
() => [...document.querySelectorAll("body, body *")].filter((node) => {
  const {overflowX} = getComputedStyle(node);
  const wide = node.scrollWidth > node.clientWidth + 1;
  return node === document.body ? document.documentElement.scrollWidth > innerWidth
    : wide && ["auto", "scroll"].includes(overflowX) && !node.matches(".picture[tabindex='0'], textarea");
}).map((node) => node.outerHTML.slice(0, 200))
"""
PATHS = [path for path, _ in pages(known_outlets())]
PLAIN = {path: path for path in PATHS if "{" not in path}
NEARLY = ["ruling on a statement", "articles that changed", "log of requests", "finding other claims"]
MORE = [*NEARLY, "parties", "brief of one claim", "nothing found", "not there"]
each_page = pytest.mark.parametrize("name", [*PATHS, *MORE])


@pytest.fixture
def address(story, name):
    return (PLAIN | story.addresses())[name]


@each_page
def test_a_page_loads_without_trouble_and_nothing_sticks_out(tab, reader, address, name):
    one = tab(reader)
    page = one.go(address)
    expected = ["404"] if name == "not there" else []
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()
    for size in (DESKTOP, PHONE):
        one.resize(size)
        assert page.evaluate(SIDEWAYS) == [], size
    assert len(one.trouble) == len(expected), one.trouble
    assert all(status in trouble for status, trouble in zip(expected, one.trouble, strict=True))
    one.trouble.clear()


@pytest.mark.parametrize("name", [path for path in PATHS if "statement" not in path] + NEARLY)
def test_axe_finds_nothing_serious_in_any_size_and_light(tab, reader, address):
    one = tab(reader)
    page = one.go(address)
    page.evaluate(AXE)
    for size in (DESKTOP, PHONE):
        one.resize(size)
        page.emulate_media(color_scheme="light")
        assert page.evaluate(GRAVE, None) == [], size
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(GRAVE, ["color-contrast", "link-in-text-block"]) == [], size


def test_axe_finds_what_is_wrong(tab, reader):
    """What these tests rely on: the run sees a picture without words and letters that are too pale."""
    page = tab(reader).go("/problems")
    page.evaluate(AXE)
    page.evaluate("document.querySelector('main').innerHTML += '<img src=data:,><p id=pale>pale</p>'")
    page.evaluate("document.getElementById('pale').style.color = '#ddd'")
    found = page.evaluate(GRAVE, None)
    assert [one.split(":")[0] for one in found] == ["color-contrast", "image-alt"]
