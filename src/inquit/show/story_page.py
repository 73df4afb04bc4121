"""One self-contained HTML file about one claim: its chain as a picture and as a table, its origins, copies and reasons.

No network, no script, no markup from texts: everything goes through ``markup``.
"""

from __future__ import annotations

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


def story_page(chain: Chain) -> str:
    """The whole file as text, to be written as UTF-8."""
    title = cut(one_line(chain.claim.text), _CLAIM)
    body = (
        element("a", "Skip to the occurrences", href="#main", class_="skip"),
        element(
            "main",
            _top(chain, title),
            _picture(chain),
            element("section", element("h2", "Occurrences"), _table(chain), id="main", tabindex="-1", class_="after"),
            _origins(chain),
            _copies(chain),
            _reasons(chain),
        ),
        _foot(),
    )
    return whole(title, body, styles=_STYLES)


def _top(chain: Chain, title: str) -> Markup:
    claim = chain.claim
    days = period(link.published for link in chain.links)
    facts = (
        (chain.articles, "article", "articles"),
        (chain.outlets, "outlet", "outlets"),
        (claim.independent_sources, "independent source", "independent sources"),
        (len(claim.denied_by), "denial", "denials"),
        (len(claim.laundering), "loss on the way", "losses on the way"),
        (sum(link.circular is not None for link in chain.links), "circular", "circular"),
    )
    items = [
        element("li", element("b", f"{number:,}"), " ", one if number == 1 else many, class_=None if number else "zero")
        for number, one, many in facts
    ]
    return element(
        "header",
        element("p", element("span", "Claim"), element("span", days) if days else None, class_="byline"),
        element("h1", title, dir="auto"),
        element("ul", *items, class_="glance", role="list", aria_label="At a glance"),
        class_="top claim",
    )


def _picture(chain: Chain) -> Markup | None:
    if not chain.links:
        return None
    svg = Markup(chain_svg(chain, anchors=_KEY))
    # Focusable, so that the keyboard can scroll a wide picture.
    return element("div", svg, class_="picture", tabindex="0", role="region", aria_label="The chain as a picture")


def _table(chain: Chain) -> Markup:
    heads = ("No", "When", "Outlet", "On whose word", "In these words", "What happened")
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    rows = element("tbody", *(_row(chain, link) for link in chain.links))
    return element("table", head, rows, class_="links")


def _row(chain: Chain, link: Link) -> Markup:
    number = element("span", str(link.number), class_="num" if link.said else "num own")
    return element(
        "tr",
        element("td", number),
        element("td", cut(one_line(link.when), _DATE), class_="when", dir="auto"),
        element(
            "th",
            element("bdi", link.outlet),
            element("p", web_link(link.url, cut(one_line(link.title), _TITLE), dir="auto"), class_="title"),
            scope="row",
            class_="where",
        ),
        element("td", *_on_whose_word(link), class_="on-whose"),
        element("td", *(_sentence(link.passage) if link.passage else ["–"]), class_="sentence", dir="auto"),
        element("td", *(_note(note) for note in notes(chain, link)), class_="happened"),
        id=f"{_KEY}{link.number}",
    )


def _on_whose_word(link: Link) -> list[Markup]:
    said = link.said
    if said is None:
        return [element("p", NO_WORDS, class_="nocue"), element("p", *_chips(link), class_="how")]
    party = element("span", "for ", element("bdi", link.party), class_="party") if link.party else None
    standing = None if said.standing == "none" else element("span", said.standing, class_="standing")
    name = element("bdi", cut(one_line(link.meant), _TITLE)) if link.meant else None
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


def _origins(chain: Chain) -> Markup | None:
    if not chain.claim.origins:
        return None
    items = [_origin(origin) for origin in chain.claim.origins]
    return _after("Origins", element("ul", *items, class_="origins", role="list"))


def _origin(origin: Origin) -> Markup:
    other = origin.party and origin.party.casefold() != origin.entity.casefold()
    return element(
        "li",
        element("b", element("bdi", origin.entity)),
        joined([" for ", element("bdi", origin.party)]) if other else None,
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
            f"person rules on them. The picture draws {MOST} occurrences at most. ",
            "Times are in each article's own zone.",
        ),
    )
