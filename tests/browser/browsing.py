"""A reader that really serves, and pages of it in Debian's Chromium that report whatever goes wrong in them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

import pytest

from inquit import pipeline
from inquit.keep import Draft, Ledger
from inquit.web.addresses import at

pytest.importorskip("litestar", reason="the reader comes with the extra serve")
pytest.importorskip(
    "playwright", reason="a browser is driven by the extra test-browser: pip install -e '.[test-browser]'"
)

from page_ledgers import watched
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Locator, Page, Playwright, Request, sync_playwright

CHROMIUM = "/usr/bin/chromium"
DESKTOP, PHONE = (1300, 900), (390, 844)
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
PATIENCE = 10_000  # milliseconds
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_VIOLATIONS = """
window.__violations = [];
addEventListener("securitypolicyviolation", ({violatedDirective, sample}) => {
  window.__violations.push(`${violatedDirective} ${sample}`);
});
"""
_STEPS = """
(node) => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((one) => one.checkVisibility() && !(one.type === "radio" && one !== one.form.elements[one.name][0]));
  const ahead = (all.indexOf(node) - all.indexOf(document.activeElement) + all.length) % all.length;
  return ahead > all.length / 2 ? ["Shift+Tab", all.length - ahead] : ["Tab", ahead];
}
"""


def launched(playwright: Playwright) -> Browser:
    """Debian's Chromium; the test skips where there is none."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"the browser tests need {CHROMIUM}: apt-get install chromium")
    return playwright.chromium.launch(executable_path=CHROMIUM, args=_QUIET)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for many tests; each takes a context of its own."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@contextmanager
def serving(ledger: Path, *options: str) -> Iterator[str]:
    """``inquit serve`` over a ledger: its address, without a slash at the end. It may log no error."""
    log = ledger.with_suffix(".log")
    command = [sys.executable, "-m", "inquit", "serve", ledger, "--port", "0", *options]
    with log.open("w") as told, subprocess.Popen(command, stderr=told) as process:
        try:
            yield _address(log, process)
        finally:
            process.terminate()
    assert "Traceback" not in log.read_text(), log.read_text()


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        if found := [word for word in log.read_text().split() if word.startswith("http")]:
            return found[0].rstrip("/")
        time.sleep(0.05)
    raise AssertionError(log.read_text())


class Tab:
    """One page in a context of its own; ``trouble`` lists what no page of ours may do.

    That is: errors and warnings on the console, scripts that fail, dialogs, violations of the policy for content,
    and requests to another host.
    """

    def __init__(self, browser: Browser, address: str, size: tuple[int, int] = DESKTOP, **context: object) -> None:
        self.address = address
        self.trouble: list[str] = []
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", **context
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(_VIOLATIONS)
        self.context.on("request", self._asked)
        self.page = self.context.new_page()
        self.page.on("console", self._told)
        self.page.on("pageerror", lambda error: self.trouble.append(f"script: {error}"))
        self.page.on("dialog", self._shouted)

    def go(self, path: str) -> Page:
        """The page at that path, loaded; an error page too."""
        self.page.goto(self.address + path)
        return self.page

    def resize(self, size: tuple[int, int]) -> None:
        """Another width and height, as when a window is dragged."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def troubles(self) -> list[str]:
        """What went wrong until now."""
        return self.trouble + [f"policy: {one}" for one in self.page.evaluate("window.__violations")]

    def close(self) -> None:
        self.context.close()

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).scheme != "data" and not request.url.startswith(self.address):
            self.trouble.append(f"request: {request.url}")

    def _told(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.trouble.append(f"console: {message.text} {message.location['url']}")

    def _shouted(self, dialog: Dialog) -> None:
        self.trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()


class Hand:
    """Somebody who works a page with the mouse, or with nothing but the keyboard.

    With the keyboard everything is reached by the Tab key from where the focus is, as far as that leads.
    """

    def __init__(self, page: Page, kind: Literal["mouse", "keyboard"]) -> None:
        self.page = page
        self.keyboard = kind == "keyboard"

    def press(self, target: Locator) -> None:
        """Follow a link, push a button, open details."""
        if self.keyboard:
            self.reach(target)
            self.page.keyboard.press("Enter")
        else:
            target.click()

    def write(self, target: Locator, words: str) -> None:
        """Fill a field in."""
        if self.keyboard:
            self.reach(target)
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(words)
        else:
            target.fill(words)

    def pick(self, target: Locator, label: str) -> None:
        """Choose of a select what begins with these words."""
        options = [text.strip() for text in target.locator("option").all_inner_texts()]
        place = next(number for number, text in enumerate(options) if text.startswith(label))
        if not self.keyboard:
            target.select_option(index=place)
            return
        self.reach(target)
        self.page.keyboard.press("Home")
        for _ in range(place):
            self.page.keyboard.press("ArrowDown")
        assert target.evaluate("node => node.selectedIndex") == place

    def tick(self, target: Locator) -> None:
        """Choose one of several radio buttons, of which the focus is on one."""
        if not self.keyboard:
            target.check()
            return
        for _ in range(8):
            self.page.keyboard.press("Space" if _is_on(target) else "ArrowDown")
            if target.is_checked():
                return
        raise AssertionError(f"the arrow keys do not lead to {target}")

    def reach(self, target: Locator) -> None:
        """Go to something with the Tab key, backwards where that is the shorter way."""
        key, steps = target.evaluate(_STEPS)
        for _ in range(steps):
            self.page.keyboard.press(key)
        for _ in range(300):
            if _is_on(target):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"the Tab key does not lead to {target}")


def _is_on(target: Locator) -> bool:
    return target.evaluate("node => node === document.activeElement")


class Story(NamedTuple):
    """The shipped story's ledger, and things in it that the tests look at."""

    path: Path
    article: str
    statement: str
    claim: str
    entity: str
    party: str
    outlet: str

    def copied(self, to: Path) -> Path:
        """A ledger of one's own with the same in it."""
        return Path(shutil.copy(self.path, to / "story.db"))

    def addresses(self) -> dict[str, str]:
        """For every path of the reader one address that has something to show, and more of some."""
        return {
            "/": "/",
            "/claim/{ident:str}": f"/claim/{self.claim}",
            "/article/{ident:str}": f"/article/{self.article}",
            "/statement/{ident:str}": f"/statement/{self.statement}",
            "/source": at("/source", name=self.entity),
            "/party": at("/party", name=self.party),
            "/outlet": at("/outlet", name=self.outlet),
            "/search": "/search?q=crane",
            "ruling on a statement": f"/article/{self.article}?rule={self.statement}",
            "parties": "/sources?kind=party",
            "articles that changed": "/watch?kind=changes",
            "log of requests": "/watch?kind=log",
            "finding other claims": f"/claim/{self.claim}?find=the",
            "brief of one claim": at("/brief", claim=self.claim),
            "nothing found": "/search?q=zeppelin",
            "not there": "/claim/c1:00",
        }


def story_at(path: Path) -> Story:
    """The story that ships, read and linked; people have ruled on some of it."""
    subprocess.run([sys.executable, "-m", "inquit", "demo", "--ledger", path], check=True, capture_output=True)
    with Ledger.open(path, write=True) as kept:
        watched(kept)
        pipeline.link(kept)
        claim = max(kept.claims(), key=lambda one: len(one.occurrences))
        first = claim.occurrences[0]
        told = kept.statement(first.statement)
        assert told is not None
        assert told.attribution is not None
        article = kept.article(first.article)
        assert article is not None
        entity, outlet = told.attribution.entity or "", article.outlet or ""
        for about, says, value in (
            (claim.id, "credibility", "3"),
            (article.id, "note", "Asked the paper for its picture."),
            (outlet, "reliability", "B"),
            (entity, "reliability", "F"),
        ):
            kept.rule(Draft(about=about, says=says, value=value, who="Ana Duarte", reason="two calls to the port"))
        kept.withdraw(kept.rulings(about=entity)[0].id, who="Ana Duarte")
        party = next(
            s.attribution.party for r in kept.readings() for s in r.statements if s.attribution and s.attribution.party
        )
    return Story(path, article.id, told.id, claim.id, entity, party, outlet)
