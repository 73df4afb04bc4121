"""The docs as a site: built without a warning, no link that leads nowhere, nothing loaded from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

ROOT = Path(__file__).parents[2]
LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}
STYLE = re.compile(r"@import\s+(?:url\()?[\"']?(\S+)|url\([\"']?(?!data:)([^)\"']+)")

pytestmark = pytest.mark.skipif(find_spec("material") is None, reason='needs pip install -e ".[docs]"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, html.HtmlElement]:
    return {path: html.document_fromstring(path.read_bytes()) for path in sorted(site.rglob("*.html"))}


def anchors(page: html.HtmlElement) -> set[str]:
    return {str(value) for value in page.xpath("//@id | //a/@name")}


def links(page: html.HtmlElement) -> Iterator[str]:
    """Addresses of links and of what is loaded."""
    yield from map(str, page.xpath("//a/@href | //link/@href"))
    for name, key in LOADS.items():
        yield from map(str, page.xpath(f"//{name}/@{key}"))


def test_no_link_leads_nowhere(site: Path, pages: dict[Path, html.HtmlElement]) -> None:
    lost = []
    for path, page in pages.items():
        if path.name == "404.html":  # served for any address: its links are those of the others, from the root
            continue
        for link in links(page):
            place = urlsplit(link)
            if place.scheme or place.netloc:
                continue
            target = (path.parent / unquote(place.path)).resolve() if place.path else path
            target = target / "index.html" if target.is_dir() else target
            known = target.is_file() and target.is_relative_to(site.resolve())
            if not known or (place.fragment and target in pages and place.fragment not in anchors(pages[target])):
                lost.append(f"{path.relative_to(site)}: {link}")
    assert lost == []


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[Path, html.HtmlElement]) -> None:
    found = [
        f"{path.name}: {address}"
        for path, page in pages.items()
        for address in map(
            str,
            page.xpath("//link[not(contains('canonical next prev', @rel))]/@href")
            + [value for name, key in LOADS.items() for value in page.xpath(f"//{name}/@{key}")],
        )
        if urlsplit(address).netloc
    ]
    for sheet in site.rglob("*.css"):
        used = (one or other for one, other in STYLE.findall(sheet.read_text(encoding="utf-8")))
        found += [f"{sheet.name}: {address}" for address in used if urlsplit(address).netloc]
    assert found == []


def test_every_page_of_the_docs_is_in_the_site(site: Path) -> None:
    """Those that mkdocs leaves out of the navigation fail the strict build."""
    written = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    assert {path for path in written if not (site / path).is_file()} == set()


def test_the_words_of_the_scheme_are_found_by_search(site: Path) -> None:
    index = (site / "search" / "search_index.json").read_text(encoding="utf-8")
    assert all(word in index for word in ("laundering", "distancing", "carriage"))
