"""A brief as one HTML file: no network, no script, made for the screen and for paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inquit.brief.model import Brief, Carrier, Descriptor, Note, Point, Remark, Said, Told
from inquit.brief.wording import (
    CLAIMS,
    KEY,
    LABELS,
    METHOD,
    NOTES,
    SOURCES,
    SOURCING,
    STATEMENTS,
    SUMMARY,
    dated,
    left_out,
    line,
    more,
    source,
    web,
)
from inquit.show.frame import web_link, whole
from inquit.show.markup import Markup, element, joined

_STYLES = ("colours.css", "page.css", "brief.css")


def render(brief: Brief) -> bytes:
    """The whole file, in UTF-8."""
    rest = left_out(brief)
    body = (
        element("a", "Skip to the claims", href="#main", class_="skip"),
        element(
            "main",
            _top(brief),
            element("section", element("h2", SUMMARY), *map(_point, brief.points), class_="after"),
            element(
                "section",
                element("h2", CLAIMS),
                *map(_claim, brief.claims),
                element("p", rest, class_="nothing") if rest else None,
                id="main",
                tabindex="-1",
                class_="after",
            ),
            element("section", element("h2", NOTES), _notes(brief.notes), class_="after"),
        ),
        element("footer", element("h2", METHOD), *(element("p", words) for words in (*brief.method, KEY))),
    )
    return whole(brief.title, body, styles=_STYLES).encode("utf-8")


def _top(brief: Brief) -> Markup:
    figures = [element("li", element("b", f"{f.number:,}"), " ", f.words) for f in brief.figures]
    return element(
        "header",
        element("p", dated(brief), class_="byline"),
        element("h1", brief.title, dir="auto"),
        element("ul", *(element("li", words) for words in brief.asked), class_="asked", role="list"),
        element("ul", *figures, class_="glance", role="list", aria_label="At a glance"),
        class_="top",
    )


def _point(point: Point) -> Markup:
    items = [
        element(
            "li",
            element("a", element("bdi", entry.text), href=f"#c{entry.claim}"),
            element("span", " – ", element("bdi", entry.detail), class_="detail") if entry.detail else None,
        )
        for entry in point.entries
    ]
    rest = [element("li", more(point.more, "claim"), class_="nothing")] if point.more else []
    return element("div", element("h3", point.heading), element("ul", *items, *rest), class_="point")


def _claim(told: Told) -> Markup:
    carriers = [element("li", *_carrier(carrier)) for carrier in told.carriers]
    if told.more:
        carriers.append(element("li", more(told.more, "statement"), class_="nothing"))
    sources = [*map(_descriptor, told.sources)]
    if told.more_sources:
        sources.append(element("div", element("dt", more(told.more_sources, "source"), class_="nothing")))
    return element(
        "article",
        element("h3", element("span", f"{told.number}. ", class_="order"), "“", element("bdi", told.text), "”"),
        element("p", told.glance, element("code", told.id), class_="facts"),
        element("h4", SOURCING),
        _remarks(told.summary),
        element("h4", STATEMENTS),
        element("ol", *carriers, class_="carriers", role="list"),
        element("h4", SOURCES) if told.sources else None,
        element("dl", *sources, class_="sources") if sources else None,
        id=f"c{told.number}",
        class_="told",
    )


def _carrier(carrier: Carrier) -> Iterator[str]:
    yield element("p", element("b", element("bdi", carrier.outlet)), ", ", carrier.when, *_copies(carrier))
    yield element("ul", *(element("li", *_said(said)) for said in carrier.statements), class_="said", role="list")


def _copies(carrier: Carrier) -> Iterator[str]:
    yield from (joined([" · ", element("bdi", words, class_="detail")]) for words in carrier.copies)


def _said(said: Said) -> Iterator[str]:
    yield element(
        "p",
        element("bdi", source(said), class_="ownvoice" if said.own_voice else None),
        joined([" ", element("i", said.cue)]) if said.cue else None,
        joined([": ", element("q", said.words)]) if said.words else None,
        " ",
        _reference(said.note),
        dir="auto",
    )
    yield element("p", line(said), class_="aside")
    if said.rulings:
        yield _remarks(said.rulings)


def _descriptor(descriptor: Descriptor) -> Markup:
    return element("div", element("dt", element("bdi", descriptor.name)), element("dd", _remarks(descriptor.remarks)))


def _remarks(remarks: Sequence[Remark]) -> Markup:
    return element("ul", *(element("li", *_remark(remark)) for remark in remarks), class_="remarks")


def _remark(remark: Remark) -> Iterator[str | None]:
    yield element("bdi", remark.text)
    yield from (joined([" ", _reference(number)]) for number in remark.notes)
    if label := LABELS[remark.by]:
        yield joined([" ", element("span", label, class_=f"chip {remark.by}")])


def _reference(number: int) -> Markup:
    return element("a", f"[{number}]", href=f"#n{number}", class_="ref", role="doc-noteref")


def _notes(notes: Sequence[Note]) -> Markup:
    return element("ol", *map(_note, notes), class_="notes", role="doc-endnotes")


def _note(note: Note) -> Markup:
    authors = f", by {', '.join(note.authors)}" if note.authors else ""
    title = element("cite", web_link(note.url, note.title)) if web(note.url) else element("cite", note.title)
    passage = joined([": ", element("q", note.passage)]) if note.passage else "."
    return element(
        "li",
        element("bdi", note.outlet),
        ", ",
        element("bdi", title),
        element("bdi", authors),
        f", {note.published}. ",
        f"Paragraph {note.paragraph}",
        element("bdi", passage),
        element("span", f" {note.url}", class_="address") if note.url else None,
        element("code", f" {note.statement}"),
        id=f"n{note.number}",
    )
