"""One self-contained HTML file about one article or several: the text with its statements marked, beside the ledger.

No network, no markup from texts: everything goes through ``markup``, and the page's policy lets only our own style and
script run. It reads without JavaScript; with it, text and ledger point at each other and can be filtered.
"""

from __future__ import annotations

from collections.abc import Sequence

from inquit.records import Article, Reading
from inquit.show.account import Counts, counted, counts, dated, entries, who
from inquit.show.frame import web_link, whole
from inquit.show.ledgerpane import NOWHERE, Ways, ledger_pane, parties_table, problems_list, sources_table
from inquit.show.markup import Markup, element, joined
from inquit.show.textpane import text_pane
from inquit.show.voices import percent, voices

_UNTITLED = "Untitled article"
_LEGEND = (
    ("source", "source", "who is made to say it"),
    ("cue", "cue", "the words that make it an attribution"),
    ("content", "content", "what is said"),
    ("content d2", "content inside content", "a statement within a statement"),
    ("own", "own voice", "the outlet itself asserts it"),
    ("evidence", "evidence", "offered for a statement, or said to be lacking"),
)


def page(readings: Sequence[Reading]) -> str:
    """The whole file as text, to be written as UTF-8."""
    several = len(readings) != 1
    title = counted(len(readings), "article") if several else _title(readings[0].article)
    body = (
        element("a", "Skip to the text" if not several else "Skip to the articles", href="#main", class_="skip"),
        _top(readings, title) if several else None,
        _filters(readings) if several else None,
        element(
            "main",
            *(section(reading, n, several=several) for n, reading in enumerate(readings)),
            id="main",
            tabindex="-1",
        ),
        legend(),
    )
    return whole(title, body, styles=("colours.css", "page.css"), script="page.js")


def _title(article: Article) -> str:
    return (article.title or "").strip() or article.external_id or _UNTITLED


def _top(readings: Sequence[Reading], title: str) -> Markup:
    rows = [_contents_row(reading, number) for number, reading in enumerate(readings)]
    heads = [element("th", name, scope="col") for name in ("Article", "Outlet", "Date", "Statements", "Sources")]
    contents = element("table", element("thead", element("tr", *heads)), element("tbody", *rows), class_="contents")
    return element(
        "header",
        element("h1", title),
        element("nav", contents, aria_label="Contents") if rows else element("p", "Nothing was read."),
        class_="top",
    )


def _contents_row(reading: Reading, number: int) -> Markup:
    article, found = reading.article, counts(reading)
    link = element("a", element("bdi", _title(article)), href=f"#a{number}")
    return element(
        "tr",
        element("th", link, scope="row"),
        element("td", element("bdi", article.outlet or "–"), data_label="Outlet"),
        element("td", dated(article.published) or "–", data_label="Date"),
        element("td", str(found.statements), class_="number", data_label="Statements"),
        element("td", str(found.sources), class_="number", data_label="Sources"),
    )


def section(reading: Reading, number: int = 0, *, several: bool = False, ways: Ways = NOWHERE) -> Markup:
    """One article: heads, text beside ledger, sources and parties, problems; with filters where it is the only one."""
    key, article = f"a{number}", reading.article
    found, placed = counts(reading), entries(reading)
    heading, sub = ("h2", "h3") if several else ("h1", "h2")
    tables = (("Sources", sources_table(reading, ways)), ("Parties", parties_table(reading, ways)))
    text = element("div", text_pane(reading, placed, key), class_="text", id=f"{key}-text")
    ledger = element("div", ledger_pane(reading, placed, key, ways), class_="ledger", id=f"{key}-ledger")
    return element(
        "section",
        element(
            "header",
            _byline(article, ways),
            element(heading, _title(article), dir="auto"),
            _glance(found),
            _voices(reading),
        ),
        None if several else _filters([reading]),
        element(
            "div",
            element("section", element(sub, "Text"), text, class_="pane textpane", aria_label="Text"),
            element("section", element(sub, "Ledger"), ledger, class_="pane ledgerpane", aria_label="Ledger"),
            class_="panes",
        ),
        *(element("section", element(sub, name), table, class_="after") for name, table in tables if table),
        _problems(reading, sub),
        class_="article",
        id=key,
    )


def _problems(reading: Reading, heading: str) -> Markup | None:
    if not reading.problems:
        return None
    return element(
        "section", element(heading, "Problems"), problems_list(reading.problems, reading.article), class_="after"
    )


def _byline(article: Article, ways: Ways) -> Markup:
    pieces = (
        element("b", ways.name("outlet", article.outlet), dir="auto") if article.outlet else None,
        element("span", dated(article.published)) if article.published else None,
        element("span", ", ".join(article.authors), dir="auto") if article.authors else None,
        web_link(article.url, article.url) if article.url else None,
    )
    return element("p", *pieces, class_="byline")


def _glance(found: Counts) -> Markup:
    shown = (
        (found.words, "word", "words"),
        (found.statements, "statement", "statements"),
        (found.attributed, "attributed", "attributed"),
        (found.own_voice, "own voice", "own voice"),
        (found.nested, "nested", "nested"),
        (found.sources, "source", "sources"),
        (found.parties, "party", "parties"),
        (found.anonymous, "anonymous", "anonymous"),
        (found.distancing, "distancing", "distancing"),
        (found.denials, "denial", "denials"),
        (found.lacking, "evidence lacking", "evidence lacking"),
        (found.problems, "problem", "problems"),
    )
    items = [
        element("li", element("b", f"{number:,}"), " ", one if number == 1 else many, class_=None if number else "zero")
        for number, one, many in shown
    ]
    return element("ul", *items, class_="glance", role="list", aria_label="At a glance")


def _voices(reading: Reading) -> Markup | None:
    """How the words of the text are shared out: the outlet's own voice, each standing, and what asserts nothing."""
    shares = [voice for voice in voices(reading) if voice.words]
    items = [element("li", element("b", percent(voice.share)), " ", voice.name) for voice in shares]
    label = element("span", "Of the words:", class_="label")
    return element("div", label, element("ul", *items, role="list"), class_="glance voices") if items else None


def _filters(readings: Sequence[Reading]) -> Markup:
    parties: dict[str, str] = {}
    names: dict[str, str] = {}
    for reading in readings:
        for attribution in (s.attribution for s in reading.statements if s.attribution is not None):
            name = who(reading.article.text, attribution)
            names.setdefault(name.casefold(), name)
            if attribution.party:
                parties.setdefault(attribution.party.casefold(), attribution.party)
    framings = {framing: framing for framing in ("distancing", "neutral", "endorsing")}
    voices = {"attributed": "attributed", "own": "own voice"}
    chosen = (("voice", voices), ("source", names), ("party", parties), ("framing", framings))
    status = element("output", class_="status", aria_live="polite")
    # Hidden until the script, without which a filter does nothing, shows it.
    return element(
        "form",
        *(_select(name, choices) for name, choices in chosen),
        element("button", "Show all", type="reset"),
        status,
        class_="filters",
        hidden=True,
        role="search",
        aria_label="Filter the statements",
    )


def _select(name: str, choices: dict[str, str]) -> Markup:
    ordered = sorted(choices.items(), key=lambda choice: choice[0]) if name in {"source", "party"} else choices.items()
    options = [element("option", label, value=value) for value, label in ordered]
    every = element("option", "all", value="")
    return element("label", name.capitalize(), element("select", every, *options, name=name))


def legend() -> Markup:
    """What marks and keys mean."""
    rows = [
        element("div", element("dt", element("span", name, class_=f"run {classes}")), element("dd", meaning))
        for classes, name, meaning in _LEGEND
    ]
    numbers = element(
        "div",
        element("dt", element("span", "1", class_="num"), " ", element("span", "2", class_="num own")),
        element("dd", "numbers of the ledger: attributed, own voice; …1 where a content goes on"),
    )
    keys = element(
        "p",
        "A number leads from the text to the ledger and back. ",
        joined(["With the keyboard: ", element("kbd", "Tab"), ", ", element("kbd", "↑"), " ", element("kbd", "↓")]),
        joined([" from statement to statement, ", element("kbd", "←"), " ", element("kbd", "→"), " across, "]),
        joined([element("kbd", "Esc"), " to let go."]),
        class_="keys",
    )
    made = element(
        "p",
        "Framing is neutral unless an entry says otherwise. Score: how sure the reader is that this is a statement, ",
        "0 to 1. Read by a machine: check a statement against the text before relying on it.",
    )
    return element("footer", element("h2", "Legend"), element("dl", *rows, numbers, class_="legend"), keys, made)
