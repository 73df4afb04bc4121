"""The picture of a chain: well-formed, without overlaps, and nothing in it is told by colour alone."""

import random
import re
from itertools import combinations, pairwise

import lxml.etree
import pytest
from chain_sample import Ledger, story
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from inquit.show.chain import chain
from inquit.show.chain_svg import MOST, chain_svg

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {SVG + name for name in ("svg", "title", "desc", "style", "rect", "path", "text", "g", "circle")}


def told(ledger):
    return chain(ledger.claim, ledger.statements, ledger.articles, ledger.copies)


def parsed(svg):
    return lxml.etree.fromstring(svg.encode(), lxml.etree.XMLParser(resolve_entities=False))


def crowd(number, *, seed=1, outlets=9):
    """A chain of ``number`` occurrences with every kind of carriage, copy, loss and date."""
    chosen = random.Random(seed)
    names = [*(f"Outlet {n}" for n in range(outlets - 2)), "The Interminably Long Name of a Paper", "新聞港口日報"]
    rows = []
    for n in range(number):
        day = f"2026-0{3 + n // 28}-{1 + n % 28:02}" + chosen.choice(["", "T07:10Z", "T23:59:00+05:30"])
        other = chosen.choice(names)
        rows.append(
            chosen.choice(
                [
                    (other, day, "T", "bare", None, "{v The crane was cracked}."),
                    (other, day, "T", "vague", {"standing": "none"}, "{c Reportedly} {t the crane was cracked}."),
                    (other, None, "T", "origin", {"standing": "anonymous"}, "{s A man} {c said} {t it was cracked}."),
                    (
                        other,
                        day,
                        "T",
                        "relay",
                        {"standing": "outlet"},
                        f"{{t It was cracked}}, {{c according to}} {{s {chosen.choice(names)}}}.",
                    ),
                ]
            )
        )
    pairs = [tuple(sorted(chosen.sample(range(number), 2))) for _ in range(number // 2)]
    losses = [(a, b, lost) for a, b in pairs for lost in chosen.choice([("source",), ("source", "framing")])]
    return Ledger(rows, losses=losses, copies=[(a, b, 0.5, "kept") for a, b in pairs[::2]], denied=(number - 1,))


def boxes(tree):
    """Left, top, right and bottom of every text, with letters as wide as they come."""
    found = []
    for text in tree.iter(SVG + "text"):
        name = text.get("class")
        cell = 7.6 if name == "lane" else 6.9 if "day" in name or "warns" in name else 6.4
        wide, x, y = cell_len(text.text) * cell, float(text.get("x")), float(text.get("y"))
        left = x - wide / 2 if "middle" in name else x
        found.append((left, y - 9, left + wide, y + 2, text.text))
    return found


@pytest.mark.parametrize("number", [2, 3, 6, 20, 60, 75])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_label_meets_another_or_leaves_the_picture(number, seed):
    tree = parsed(chain_svg(told(crowd(number, seed=seed))))
    width, height = float(tree.get("width")), float(tree.get("height"))
    found = boxes(tree)
    assert min(left for left, *_ in found) >= 0
    assert min(top for _, top, *_ in found) >= 0
    assert max(right for *_, right, _, _ in found) <= width
    assert max(bottom for *_, bottom, _ in found) <= height
    for one, other in combinations(found, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


def test_edges_bend_at_right_angles_and_pass_no_mark_but_their_own():
    tree = parsed(chain_svg(told(crowd(40))))
    width = float(tree.get("width"))
    marks = [node for node in tree.iter() if (node.get("class") or "").startswith("number middle")]
    places = [(float(mark.get("x")), float(mark.get("y")) - 4.2) for mark in marks]
    for edge in (node for node in tree.iter() if (node.get("class") or "").startswith("edge")):
        points = [(float(x), float(y)) for x, y in re.findall(r"[MLQ ](-?[\d.]+) (-?[\d.]+)", edge.get("d"))]
        assert all(0 <= x <= width for x, _ in points)
        runs = [(a, b) for a, b in pairwise(points) if abs(a[0] - b[0]) + abs(a[1] - b[1]) > 20]
        for (ax, ay), (bx, by) in runs:
            assert abs(ax - bx) < 0.2 or abs(ay - by) < 0.2
            between = [(x, y) for x, y in places if min(ax, bx) + 20 < x < max(ax, bx) - 20 and abs(y - ay) < 12]
            assert ay != by or not between


def test_a_picture_is_the_same_every_time():
    assert chain_svg(told(story())) == chain_svg(told(story()))


def test_the_story_has_its_shapes_words_and_lines():
    tree = parsed(chain_svg(told(story())))
    words = [text.text for text in tree.iter(SVG + "text")]
    for word in ("Harbour Post", "Mon 2 Mar", "07:10", "bare", "source lost", "framing lost", "circular", "denies"):
        assert word in words
    of_shape = {node.get("class"): node.tag for node in tree.iter() if (node.get("class") or "").startswith("mark ")}
    assert of_shape == {
        "mark origin": SVG + "circle",
        "mark relay": SVG + "path",
        "mark vague": SVG + "circle",
        "mark bare": SVG + "rect",
    }
    # One of each in the legend too.
    names = [node.get("class") for node in tree.iter()]
    assert names.count("edge relay lost") == 1
    assert names.count("edge copy lost") == 2
    assert names.count("edge nearest lost") == 1
    assert names.count("bar") == 4


def test_screen_readers_are_told_every_occurrence():
    tree = parsed(chain_svg(told(story())))
    assert tree.get("aria-labelledby").split() == [tree[0].get("id"), tree[1].get("id")]
    assert tree[0].text == "Chain of “Inspectors had warned of cracks in the harbour crane”"
    assert "3. Mon 11:40, Daily Lantern, (no attribution), states, bare: copies Meridian Wire" in tree[1].text
    assert len(tree.findall(f".//{SVG}g/{SVG}title")) == 6


def test_a_chain_beyond_the_limit_says_how_many_more_there_are():
    tree = parsed(chain_svg(told(crowd(MOST + 15))))
    assert "and 15 articles more, not drawn" in [text.text for text in tree.iter(SVG + "text")]
    assert len(tree.findall(f".//{SVG}g")) == MOST


def test_alone_it_has_its_style_and_in_a_page_its_links():
    alone, within = chain_svg(told(story())), chain_svg(told(story()), anchors="o")
    assert "prefers-color-scheme: dark" in alone
    assert "<style" not in within
    assert re.findall(r'href="(#o\d)"', within) == [f"#o{n}" for n in range(1, 7)]
    assert not re.findall(r"""<script|style=|@import|url\(|https?://(?!www\.w3\.org/2000/svg")""", alone)


def test_an_empty_chain_is_a_picture():
    assert parsed(chain_svg(told(Ledger(())))).tag == SVG + "svg"


HOSTILE = [
    "</svg><script>alert(1)</script>",
    "]]><!-- \"' &amp; &bogus;",
    "\x00\x1b[31m\x07\ud800\ufffe\u202edesrever",
    "x" * 10_000,
    "שלום עולם",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text):
    rows = [
        (text, text, text, "relay", {"entity": text, "party": text, "standing": "outlet"}, "{s It} {c said} {t so}.")
    ]
    tree = parsed(chain_svg(told(Ledger(rows * 2, text=text, losses=((0, 1, "source"),)))))
    assert {node.tag for node in tree.iter()} <= ELEMENTS


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters() | st.sampled_from("<>&\"'\x00\u202e\ud800\n"), max_size=40))
def test_any_words_make_well_formed_xml(text):
    rows = [(text, text, text, "origin", {"entity": text, "standing": "person"}, "{s It} {c said} {t so}.")]
    assert {node.tag for node in parsed(chain_svg(told(Ledger(rows, text=text)))).iter()} <= ELEMENTS
