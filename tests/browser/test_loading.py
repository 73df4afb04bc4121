"""Every page in a browser: nothing fails, nothing comes from elsewhere, nothing sticks out, nobody is kept out."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import DESKTOP, PHONE, SIZES

from inquit.web.pages import PAGES

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
PLAIN = {path: path for path, _ in PAGES if "{" not in path}
MORE = ["ruling on a statement", "parties", "nothing found", "not there"]
each_page = pytest.mark.parametrize("name", [*(path for path, _ in PAGES), *MORE])


@pytest.fixture
def address(story, name):
    return (PLAIN | story.addresses())[name]


@SIZES
@each_page
def test_a_page_loads_without_trouble_and_nothing_sticks_out(tab, reader, address, size, name):
    one = tab(reader, size)
    page = one.go(address)
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()
    assert page.evaluate(SIDEWAYS) == []
    if name == "not there":
        assert "404" in one.trouble.pop()


@each_page
def test_axe_finds_nothing_serious_in_any_size_and_light(tab, reader, address, name):
    one = tab(reader)
    page = one.go(address)
    found = {}
    for size in (DESKTOP, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme="light")
        page.evaluate(AXE)
        found[size, "light"] = page.evaluate(GRAVE, None)
        page.emulate_media(color_scheme="dark")
        found[size, "dark"] = page.evaluate(GRAVE, ["color-contrast", "link-in-text-block"])
    assert {key: value for key, value in found.items() if value} == {}
    if name == "not there":
        one.trouble.clear()
