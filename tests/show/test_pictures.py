"""The pictures of a ledger: well-formed, within their width, told in words too, and as PNG the same picture."""

from __future__ import annotations

import re
import struct
import sys

import lxml.etree
import pytest
from chain_sample import story
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from inquit import ids
from inquit.errors import WorkError
from inquit.records import Article, Attribution, Source, Statement
from inquit.show import png as drawing
from inquit.show.chain import chain
from inquit.show.chain_svg import chain_svg
from inquit.show.matrix_svg import MOST as MOST_SOURCES
from inquit.show.matrix_svg import matrix_svg
from inquit.show.outlets_svg import MOST, outlets_svg
from inquit.show.png import png

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {SVG + name for name in ("svg", "title", "desc", "style", "rect", "path", "text", "g", "circle")}
HOSTILE = "</text><script>alert(1)</script> \x1b \ud800 \u202e"


def parsed(svg):
    tree = lxml.etree.fromstring(svg.encode(), lxml.etree.XMLParser(resolve_entities=False))
    assert {node.tag for node in tree.iter()} <= ELEMENTS
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on") or "href" in name]
    return tree


def words(tree):
    return [node.text for node in tree.iter(SVG + "text")]


def article(number, outlet, published):
    return Article(id=f"a1:{number}", outlet=outlet, published=published, text="The crane fell.")


def week(*given):
    return [article(number, outlet, published) for number, (outlet, published) in enumerate(given)]


STORY = week(
    ("Harbour Post", "2026-03-02T07:10:00+01:00"),
    ("Meridian Wire", "2026-03-02T09:25:00+01:00"),
    ("Meridian Wire", "2026-03-02T09:55:00+01:00"),
    ("Harbour Post", "2026-03-03T08:00:00+01:00"),
    (None, None),
)


def test_outlets_stand_in_the_order_in_which_they_wrote_with_how_many_articles():
    tree = parsed(outlets_svg(STORY, "When each outlet wrote"))
    found = words(tree)
    assert [w for w in found if w in {"Harbour Post", "Meridian Wire", "no outlet"}] == [
        "Harbour Post",
        "Meridian Wire",
        "no outlet",
    ]
    assert found.count("2 articles") == 2
    assert "1 article, 1 undated" in found
    assert "2" in found  # the two of Meridian Wire in one hour
    assert "Harbour Post: 2 articles, the first Mon 2 Mar 2026 07:10." in tree.find(SVG + "desc").text


@pytest.mark.parametrize(
    ("dates", "unit", "names"),
    [
        (("2026-03-02T07:10Z", "2026-03-02T23:10Z"), "UTC hour", {"2 Mar", "12:00"}),
        (("2026-03-02T07:10Z", "2026-03-04T23:10Z"), "span of 3 hours, UTC", {"2 Mar", "4 Mar"}),
        (("2026-03-02T07:10Z", "2026-03-09"), "day", {"2 Mar", "9 Mar"}),
        (("2026-03-02", "2026-06-09"), "week", {"2 Mar"}),
        (("2024-11-02", "2026-06-09"), "month", {"2024-11"}),
        (("1996-11-02", "2020-06-09"), "year", {"1996"}),
        (("1900-11-02", "2020-06-09"), "span of 5 years", {"1900"}),
    ],
)
def test_columns_are_as_short_as_there_is_room_for(dates, unit, names):
    found = words(parsed(outlets_svg(week(*(("Harbour Post", date) for date in dates)), "x")))
    assert f"Dot: articles in a {unit}. Ring: the first." in found
    assert names <= set(found)


def circles(svg, name):
    return [node for node in parsed(svg).iter(SVG + "circle") if node.get("class") == name]


def test_a_day_is_that_of_the_articles_own_zone():
    late = week(("Harbour Post", "2026-03-02T23:30:00-05:00"), ("Daily Lantern", "2026-03-02"))
    first, second = circles(outlets_svg(late, "x"), "dot")
    assert first.get("cx") == second.get("cx")


def test_the_first_of_all_has_a_ring():
    svg = outlets_svg(STORY, "x")
    (ring,), dots = circles(svg, "first"), circles(svg, "dot")
    assert (ring.get("cx"), ring.get("cy")) == (dots[0].get("cx"), dots[0].get("cy"))
    assert circles(outlets_svg(week(("Harbour Post", None)), "x"), "first") == []
    assert parsed(outlets_svg([], "x")) is not None


_DATES = st.one_of(
    st.none(),
    st.sampled_from(["soon", "2026", "2026-03"]),
    st.dates().map(str),
    st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat()),
)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.one_of(st.none(), st.text(max_size=50), st.just(HOSTILE)), _DATES), max_size=60),
    st.integers(320, 2000),
)
def test_any_articles_make_a_picture_within_its_width(given, width):
    tree = parsed(outlets_svg(week(*given), HOSTILE, width=width))
    for node in tree.iter(SVG + "circle"):
        assert 0 <= float(node.get("cx")) <= width
    for node in tree.iter(SVG + "text"):
        room = cell_len(node.text) * 6.0
        if "heading" in node.get("class") or "name" in node.get("class"):
            assert float(node.get("x")) + room * 0.9 <= width + 1
    assert float(tree.get("width")) == width


def test_a_picture_says_how_many_outlets_it_leaves_out():
    many = week(*((f"Outlet {number}", "2026-03-02") for number in range(MOST + 3)))
    found = words(parsed(outlets_svg(many, "x")))
    assert "And 3 outlets more, not drawn." in found
    assert f"Outlet {MOST - 1}" in found
    assert f"Outlet {MOST}" not in found


# -- sources and outlets


def said(*given):
    """Sources, statements and outlets from rows of a source, an outlet, and how it is framed."""
    sources, statements, outlets = {}, {}, {}
    for number, (entity, outlet, framing) in enumerate(given):
        ident = ids.claim_id(str(number))
        who = Attribution(source=(), cue=(), entity=entity, standing="person", stance="affirms", framing=framing)
        statements[ident] = Statement(
            id=ident, article=f"a1:{number}", content=((0, 3),), form="indirect", attribution=who, score=1.0, by="x"
        )
        outlets[f"a1:{number}"] = outlet
        sources.setdefault(entity, []).append(ident)
    found = [
        Source(entity=entity, party="Ellinport", standing="person", statements=tuple(own), outlets=())
        for entity, own in sorted(sources.items(), key=lambda one: -len(one[1]))
    ]
    return found, statements, outlets


def test_a_matrix_tells_how_many_statements_and_how_they_are_framed():
    rows = [("Ana Duarte", "Harbour Post", "neutral")] * 3 + [("Ana Duarte", "Harbour Post", "distancing")] * 2
    tree = parsed(matrix_svg(*said(*rows, ("Jonas Velde", "Daily Lantern", "endorsing"))))
    assert "Ana Duarte: Harbour Post 5 (2 distancing). Jonas Velde: Daily Lantern 1 (1 endorsing)." in (
        tree.find(SVG + "desc").text
    )
    found = words(tree)
    assert {"Ana Duarte", "for Ellinport", "Harbour Post", "Daily Lantern", "5", "2", "1"} <= set(found)
    assert len([node for node in tree.iter(SVG + "path") if node.get("class") == "down"]) == 2  # one in the legend


def test_outlets_without_a_column_of_their_own_are_counted_together():
    rows = [("Ana Duarte", f"Outlet {number}", "neutral") for number in range(30)] + [
        ("Ana Duarte", "Big", "neutral")
    ] * 9
    found = words(parsed(matrix_svg(*said(*rows), width=390)))
    (others,) = [name for name in found if name.endswith("others")]
    columns = [name for name in found if name.startswith("Outlet ") or name == "Big"]
    assert columns[0] == "Big"
    assert int(others.split()[0]) == 31 - len(columns)
    assert str(39 - 9 - (len(columns) - 1)) in found


def test_a_matrix_says_how_many_sources_it_leaves_out():
    rows = [(f"Source {number}", "Harbour Post", "neutral") for number in range(MOST_SOURCES + 2)]
    assert "and 2 sources more, not drawn" in words(parsed(matrix_svg(*said(*rows))))


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.sampled_from(["Ana Duarte", HOSTILE]), st.text(max_size=60)),
            st.one_of(st.none(), st.sampled_from(["Harbour Post", HOSTILE]), st.text(max_size=60)),
            st.sampled_from(["neutral", "distancing", "endorsing"]),
        ),
        max_size=60,
    ),
    st.integers(320, 2000),
)
def test_any_statements_make_a_matrix_within_its_width(given, width):
    tree = parsed(matrix_svg(*said(*given), width=width))
    for node in tree.iter(SVG + "rect"):
        assert float(node.get("x") or 0) + float(node.get("width")) <= width
    assert parsed(matrix_svg(*said(*given), width=width)).get("width") == str(width)


# -- as PNG


def size(data):
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", data[16:24])


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_png_is_as_large_as_the_picture_times_its_scale(scale):
    ledger = story()
    account = chain(ledger.claim, ledger.statements, ledger.articles, ledger.copies)
    for svg in (outlets_svg(STORY, "x"), matrix_svg(*said(("Ana Duarte", "Post", "neutral"))), chain_svg(account)):
        wanted = [float(parsed(svg).get(side)) * scale for side in ("width", "height")]
        assert size(png(svg, scale=scale)) == pytest.approx(wanted, abs=2)


def test_words_and_colours_of_a_png_do_not_depend_on_what_the_renderer_knows_of_css():
    plain = drawing._plain(outlets_svg(STORY, "x"))
    assert "var(" not in plain
    assert "@media" not in plain
    assert ":root" not in plain
    assert re.search(r"\.picture \.dot \{ fill: #[0-9a-f]{6}", plain)
    assert png(outlets_svg(STORY, "one")) != png(outlets_svg(STORY, "two"))


def test_without_the_extra_a_png_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(WorkError, match=r"pip install 'inquit\[pictures\]'"):
        png(outlets_svg(STORY, "x"))
