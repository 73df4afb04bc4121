"""Ledgers that mean harm: nothing in them runs, no link leads into a script, pages keep their shape."""

from __future__ import annotations

import pytest
from browsing import DESKTOP, PHONE, serving
from page_ledgers import hostile
from test_loading import SIDEWAYS

from inquit.keep import Ledger
from inquit.web.addresses import at
from inquit.web.asking import MOST_LETTERS

SCRIPT = (
    "<script>window.__owned = 1; alert(1)</script><img src=x onerror='window.__owned = 1'>"
    "\"><svg onload=window.__owned=1>' autofocus onfocus='window.__owned=1' x='</textarea></title></style>"
    "<iframe srcdoc='<script>parent.__owned=1</script>'></iframe>"
    "<style>body{display:none}</style><base href=//evil.example>"
)
TEXTS = {
    "script": SCRIPT,
    "javascript link": "javascript:window.__owned=1//",
    "data link": "data:text/html,<script>opener.__owned=1</script>",
    "bidi": "\u202e\u2066evil\u202d safe\u200f",
    "template": "{{ cycler.__init__.__globals__ }}{% for x in y %}",
    "one word of 200 kB": "w" * 200_000,
    "many signs": "\u0301" * 500 + "Z",
}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"


@pytest.fixture(scope="module", params=TEXTS.values(), ids=TEXTS)
def harm(request, tmp_path_factory):
    """The text, the address of a reader of an article full of it, and the paths of pages that show it."""
    path = hostile(tmp_path_factory.mktemp("hostile") / "hostile.db", request.param)
    with Ledger.open(path) as kept:
        article, claim = next(kept.articles()), next(kept.claims())
        told = next(s for s in kept.statements(article.id) if s.attribution).attribution
    named = [("/outlet", article.outlet), ("/source", told.entity), ("/party", told.party)]
    paths = [at(page, name=name) for page, name in named if len(name) <= MOST_LETTERS]
    lists = [
        "/",
        "/articles",
        "/sources",
        "/sources?kind=party",
        "/outlets",
        "/copies",
        "/problems",
        "/rulings",
        "/watch",
        "/brief",
    ]
    asked = [at("/search", q=request.param[:300], source=request.param[:300]), at("/", outlet=request.param[:300])]
    with serving(path) as address:
        yield address, [*lists, f"/article/{article.id}", f"/claim/{claim.id}", *paths, *asked]


def test_nothing_runs_no_link_leads_into_a_script_and_the_layout_holds(tab, harm):
    address, paths = harm
    one = tab(address)
    one.page.on("response", lambda answer: one.trouble.extend(_loose(answer)))
    for path in paths:
        one.resize(DESKTOP)
        page = one.go(path)
        assert page.evaluate("window.__owned") is None, path
        assert page.locator("header.bar").is_visible(), path
        assert page.locator("iframe, base, main script, main style, main img").count() == 0, path
        protocols = page.evaluate("[...new Set([...document.links].map((link) => link.protocol))]")
        assert set(protocols) <= {"http:", "https:"}, path
        for size in (DESKTOP, PHONE):
            one.resize(size)
            assert page.evaluate(SIDEWAYS) == [], (path, size)
        assert one.troubles() == [], path


def test_hostile_words_survive_a_ruling_and_its_history(tab, harm):
    address, paths = harm
    one = tab(address)
    page = one.go(next(path for path in paths if path.startswith("/claim/")))
    words = TEXTS["script"]
    page.locator("summary", has_text="Leave a note").click()
    page.locator("details[open] textarea").fill(words)
    page.locator("details[open] button").click()
    for path in (None, "/rulings"):
        if path:
            one.go(path)
        assert page.locator(".history").inner_text().count("<script>window.__owned = 1; alert(1)</script>")
        assert page.evaluate("window.__owned") is None


def test_a_script_that_gets_into_a_page_does_not_run_and_is_noticed(tab, reader):
    """What these tests rely on: the policy holds where escaping would not, and a violation is seen."""
    one = tab(reader)
    page = one.go("/")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.__owned = 1";
          document.body.append(script);
          document.body.insertAdjacentHTML("beforeend", "<img src=https://evil.example/x>");
        }"""
    )
    page.wait_for_function("window.__violations.length >= 2")
    assert page.evaluate("window.__owned") is None
    assert any("script-src" in trouble for trouble in one.troubles())
    assert any("img-src" in trouble for trouble in one.troubles())
    one.trouble.clear()
    page.goto("about:blank")
    page.evaluate("window.__violations = []")


def _loose(answer):
    """What is lax in the headers of an answer."""
    policy = answer.headers.get("content-security-policy", "")
    if not policy.startswith(POLICY) or "unsafe" in policy or "*" in policy:
        yield f"{answer.url}: policy {policy!r}"
    if answer.headers.get("x-content-type-options") != "nosniff":
        yield f"{answer.url}: no nosniff"
