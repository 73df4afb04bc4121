"""One self-contained HTML file about one claim: its chain as a picture and as a table, its origins, copies and reasons.

No network, no script, no markup from texts: everything goes through ``markup``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from inquit.records import Origin
from inquit.show.chain import NO_WORDS, Chain, CopyLine, Link
from inquit.show.chain_svg import MOST, chain_svg
from inquit.show.frame import web_link, whole
from inquit.show.markup import Markup, element, joined
from inquit.show.notes import Note, notes, percent
from inquit.show.passage import Passage
from inquit.show.pen import cut
from inquit.show.runs import runs
from inquit.show.safe import one_line
from inquit.show.stamp import full, period

_STYLES = ("colours.css", "page.css", "chain.css", "story.css")
_KEY = "o"
_TITLE = 300
_DATE = 28
_CLAIM = 600


class Ways(NamedTuple):
    """Where a reader can go on from here, in a page that has others beside it.

    ``name`` gives a name of a kind (entity, party, outlet) as it is to be shown, ``title`` the title of a link's
    article, ``more`` what stands at the end of a link's row.
    """

    name: Callable[[str, str], str]
    title: Callable[[Link], Markup]
    more: Callable[[Link], Markup | None]


NOWHERE = Ways(
    name=lambda _, name: name,
    title=lambda link: web_link(link.url, title_of(link), dir="auto"),
    more=lambda _: None,
)
"""A page by itself: titles lead to where the articles were published."""


def story_page(chain: Chain) -> str:
    """The whole file as text, to be written as UTF-8."""
    body = (
        element("a", "Skip to the occurrences", href="#occurrences", class_="skip"),
        element("main", head(chain), account(chain)),
        _foot(),
    )
    return whole(claim_title(chain), body, styles=_STYLES)


def claim_title(chain: Chain) -> str:
    """The claim's words, cut where they are many."""
    return cut(one_line(chain.claim.text), _CLAIM)


def title_of(link: Link) -> str:
    """The title of a link's article, cut where it is long."""
    return cut(one_line(link.title), _TITLE)


def account(chain: Chain, ways: Ways = NOWHERE) -> Markup:
    """The picture, the occurrences, origins, copies and reasons of a claim."""
    table = element(
        "section", element("h2", "Occurrences"), _table(chain, ways), id="occurrences", tabindex="-1", class_="after"
    )
    return joined([_picture(chain), table, _origins(chain, ways), _copies(chain), _reasons(chain)])


class Carried(NamedTuple):
    """By how many articles of how many outlets a claim was carried, and the dates of the first and the last."""

    articles: int
    outlets: int
    dates: Sequence[str | None]


def head(chain: Chain, carried: Carried | None = None) -> Markup:
    """The claim, when it was carried, and its numbers; ``carried`` has them where the chain is not all of the claim."""
    articles, outlets, dates = carried or (chain.articles, chain.outlets, [link.published for link in chain.links])
    claim = chain.claim
    days = period(dates)
    facts = (
        (articles, "article", "articles"),
        (outlets, "outlet", "outlets"),
        (claim.independent_sources, "independent source", "independent sources"),
        (len(claim.denied_by), "denial", "denials"),
        (len(claim.laundering), "loss on the way", "losses on the way"),
        (max(len(claim.circular), sum(link.circular is not None for link in chain.links)), "circular", "circular"),
        (len(claim.corrected_by), "correction", "corrections"),
    )
    items = [
        element("li", element("b", f"{number:,}"), " ", one if number == 1 else many, class_=None if number else "zero")
        for number, one, many in facts
    ]
    return element(
        "header",
        element("p", element("span", "Claim"), element("span", days) if days else None, class_="byline"),
        element("h1", claim_title(chain), dir="auto"),
        element("ul", *items, class_="glance", role="list", aria_label="At a glance"),
        class_="top claim",
    )


def _picture(chain: Chain) -> Markup | None:
    if not chain.links:
        return None
    svg = Markup(chain_svg(chain, anchors=_KEY))
    # Focusable, so that the keyboard can scroll a wide picture.
    return element("div", svg, class_="picture", tabindex="0", role="region", aria_label="The chain as a picture")


def _table(chain: Chain, ways: Ways) -> Markup:
    heads = ("No", "When", "Outlet", "On whose word", "In these words", "What happened")
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    rows = element("tbody", *(_row(chain, link, ways) for link in chain.links))
    return element("table", head, rows, class_="links")


def _row(chain: Chain, link: Link, ways: Ways) -> Markup:
    number = element("span", str(link.number), class_="num" if link.said else "num own")
    return element(
        "tr",
        element("td", number),
        element("td", cut(one_line(link.when), _DATE), class_="when", dir="auto"),
        element(
            "th",
            element("bdi", ways.name("outlet", link.outlet)),
            element("p", ways.title(link), class_="title"),
            scope="row",
            class_="where",
        ),
        element("td", *_on_whose_word(link, ways), class_="on-whose"),
        element("td", *(_sentence(link.passage) if link.passage else ["–"]), class_="sentence", dir="auto"),
        element("td", *(_note(note) for note in notes(chain, link)), ways.more(link), class_="happened"),
        id=f"{_KEY}{link.number}",
    )


def _on_whose_word(link: Link, ways: Ways) -> list[Markup]:
    said = link.said
    if said is None:
        return [element("p", NO_WORDS, class_="nocue"), element("p", *_chips(link), class_="how")]
    party = (
        element("span", "for ", element("bdi", ways.name("party", link.party)), class_="party") if link.party else None
    )
    standing = None if said.standing == "none" else element("span", said.standing, class_="standing")
    name = element("bdi", ways.name("entity", cut(one_line(link.meant), _TITLE))) if link.meant else None
    words = f"“{cut(one_line(link.source_words), _TITLE)}”" if link.source_words else NO_WORDS
    return [
        element("p", element("bdi", words)),
        element("p", name, party, standing, class_="aside who"),
        element("p", *_chips(link), class_="how"),
    ]


def _chips(link: Link) -> list[Markup]:
    framing = link.framing if link.framing and link.framing != "neutral" else None
    return [
        element("span", link.stance, class_=f"chip {link.stance}"),
        *([element("span", framing, class_=f"chip {framing}")] if framing else []),
        element("span", link.carriage, class_="chip"),
    ]


def _sentence(passage: Passage) -> list[str]:
    pieces = [
        element("span", passage.text[run.start : run.end], class_=" ".join(["run", *sorted({r for _, r in run.parts})]))
        if run.parts
        else passage.text[run.start : run.end]
        for run in runs(len(passage.text), [passage.statement])
    ]
    return [*(["… "] if passage.before else []), *pieces, *([" …"] if passage.after else [])]


def _note(note: Note) -> Markup:
    lost = "← " if note.kind in {"source", "framing"} else None
    return element("p", lost, element("bdi", note.text), class_="note warns" if note.warns else "note")


def _origins(chain: Chain, ways: Ways) -> Markup | None:
    if not chain.claim.origins:
        return None
    items = [_origin(origin, ways) for origin in chain.claim.origins]
    return _after("Origins", element("ul", *items, class_="origins", role="list"))


def _origin(origin: Origin, ways: Ways) -> Markup:
    party = origin.party if origin.party and origin.party.casefold() != origin.entity.casefold() else None
    return element(
        "li",
        element("b", element("bdi", ways.name("entity", origin.entity))),
        joined([" for ", element("bdi", ways.name("party", party))]) if party else None,
        f", {full(origin.when)}" if origin.when else None,
    )


def _copies(chain: Chain) -> Markup | None:
    if not chain.copies:
        return None
    heads = [element("th", name, scope="col") for name in ("From", "To", "Share", "Credit", "Why")]
    rows = [_copy(line) for line in chain.copies]
    table = element("table", element("thead", element("tr", *heads)), element("tbody", *rows), class_="copies")
    return _after("Copies", table)


def _copy(line: CopyLine) -> Markup:
    origin = element("bdi", f", words of {line.copy.origin}") if line.copy.origin else None
    return element(
        "tr",
        element("th", *_end(line.from_outlet, line.from_title, line.from_number), scope="row"),
        element("td", *_end(line.to_outlet, line.to_title, line.to_number), data_label="To"),
        element("td", percent(line.copy.share), class_="number", data_label="Share"),
        element("td", line.copy.credit, origin, data_label="Credit"),
        element("td", element("bdi", "; ".join(line.copy.reasons) or "–"), data_label="Why"),
    )


def _end(outlet: str, title: str, number: int | None) -> list[str | None]:
    link = element("a", str(number), href=f"#{_KEY}{number}", class_="num") if number else None
    return [
        element("bdi", outlet),
        " " if link else None,
        link,
        element("p", cut(one_line(title), _TITLE), class_="title"),
    ]


def _reasons(chain: Chain) -> Markup | None:
    if not chain.claim.reasons:
        return None
    items = [element("li", element("bdi", reason)) for reason in chain.claim.reasons]
    return _after(f"Why one claim (score {chain.claim.score:.2f})", element("ul", *items, class_="reasons"))


def _after(heading: str, content: Markup) -> Markup:
    return element("section", element("h2", heading), content, class_="after")


def _foot() -> Markup:
    return element(
        "footer",
        element(
            "p",
            "Found by a machine: what belongs together, who copied whom and what was lost are suggestions until a ",
            f"person rules on them. The picture has one mark an article, {MOST} at most. ",
            "Times are in each article's own zone.",
        ),
    )
