"""Readings and chains in the cells of a notebook: pieces of HTML without script, whose style reaches nothing else.

Whatever theme a notebook has, a piece brings its own ground and ink, light or dark as the browser is.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

from inquit.errors import PROBLEMS
from inquit.records import Problem, Reading
from inquit.show.account import Entry, counted, dated, entries, who, words
from inquit.show.chain import Chain
from inquit.show.chain_svg import chain_svg
from inquit.show.frame import asset
from inquit.show.markup import Markup, element, joined
from inquit.show.pen import cut
from inquit.show.safe import one_line
from inquit.show.textpane import text_pane

MOST = 5
"""Articles that are shown whole, and problems that are told."""
_WORDS = 200


def readings_html(readings: Sequence[Reading], problems: Sequence[Problem]) -> str:
    """The texts with their statements marked, each with a table of these; ``problems`` are all that there were."""
    more = len(readings) - MOST
    return _piece(
        *(_reading(one) for one in readings[:MOST]),
        element("p", f"and {counted(more, 'article')} more", class_="inquit-quiet") if more > 0 else None,
        element("p", "Nothing was read.", class_="inquit-quiet") if not readings else None,
        _problems(problems),
    )


def chain_html(chain: Chain) -> str:
    """The chain of a claim as a picture (an SVG within the piece) under the claim's words."""
    words = cut(one_line(chain.claim.text), _WORDS)
    # As an image its style and its ids are its own, and nothing in it can run.
    data = base64.b64encode(chain_svg(chain).encode("utf-8")).decode("ascii")
    picture = element("img", src=f"data:image/svg+xml;base64,{data}", alt=f"Chain of “{words}”: {chain.glance}")
    told = (
        element("p", words, class_="inquit-head", dir="auto"),
        element("p", chain.glance, class_="inquit-quiet"),
    )
    return _piece(element("figure", element("figcaption", *told), picture))


def _piece(*children: str | None) -> str:
    style = asset("colours.css").replace(":root", ".inquit") + asset("notebook.css")
    return element("div", Markup(f"<style>{style}</style>"), *children, class_="inquit")


def _reading(reading: Reading) -> Markup:
    article, placed = reading.article, entries(reading)
    title = (article.title or "").strip()
    facts = " · ".join(fact for fact in (article.outlet, dated(article.published) or None) if fact)
    in_text = title and article.text.lstrip().startswith(title)
    # Ids must not meet those of another cell.
    key = f"inquit-{article.id.removeprefix('a1:')}"
    return joined(
        (
            element("p", facts, class_="inquit-quiet", dir="auto") if facts else None,
            element("p", title, class_="inquit-head", dir="auto") if title and not in_text else None,
            element("div", text_pane(reading, placed, key), class_="inquit-text"),
            _table(reading, placed, key),
        )
    )


def _table(reading: Reading, placed: Sequence[Entry], key: str) -> Markup:
    heads = [element("th", name, scope="col") for name in ("", "Who", "Cue", "What", "How")]
    rows = [_row(reading.article.text, entry, key) for entry in placed]
    table = element("table", element("thead", element("tr", *heads)), element("tbody", *rows))
    summary = element("summary", counted(len(placed), "statement"))
    return element("details", summary, table, open=len(placed) <= 2 * MOST) if placed else Markup("")


def _row(text: str, entry: Entry, key: str) -> Markup:
    said = entry.statement.attribution
    cells = (
        element("bdi", who(text, said)) if said else element("i", "own voice"),
        element("bdi", cut(one_line(words(text, said.cue)), _WORDS)) if said else None,
        element("bdi", cut(one_line(words(text, entry.statement.content)), _WORDS)),
        _how(entry),
    )
    number = element("a", entry.number, class_="num" if said else "num own", href=f"#{key}-t{entry.index}")
    return element("tr", element("td", number), *(element("td", cell) for cell in cells), id=f"{key}-s{entry.index}")


def _how(entry: Entry) -> Markup:
    said, ground = entry.statement.attribution, entry.statement.evidence
    framing = said.framing if said and said.framing != "neutral" else None
    parts = (said.stance if said else None, framing, f"evidence {ground.kind}" if ground else None)
    return joined([", ".join(part for part in parts if part)])


def _problems(problems: Sequence[Problem]) -> Markup | None:
    if not problems:
        return None
    told = [one.message or PROBLEMS.get(one.code, one.code) for one in problems[:MOST]]
    where = [f" ({one.input})" if one.input else "" for one in problems]
    items = [element("li", element("b", one.code), " ", *at) for one, *at in zip(problems, told, where, strict=False)]
    more = len(problems) - MOST
    tail = element("li", f"and {more} more") if more > 0 else None
    return element(
        "details",
        element("summary", counted(len(problems), "problem"), class_="inquit-warn"),
        element("ul", *items, tail),
    )
