"""Corpora of mentions to one form, in words of our own; the heads' targets."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("torch", reason="training needs torch")

from inquit.extract.who import KINDS
from train.who import gum, marked_up, newswire
from train.who.texts import Mention, flat, form_of

TREES = """# newpar
# sent_id = 1
1\tNorland\tNorland\tPROPN\tNNP\t_\t4\tnmod:poss\t_\tEntity=(2-person-new-sss-cf1-4-coref(1-place-new-sss-cf2-1-sgl|SpaceAfter=No
2\t's\t's\tPART\tPOS\t_\t1\tcase\t_\tEntity=1)
3\tforeign\tforeign\tADJ\tJJ\t_\t4\tamod\t_\t_
4\tminister\tminister\tNOUN\tNN\t_\t5\tnsubj\t_\tEntity=2)
5\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_
6\tshe\tshe\tPRON\tPRP\t_\t7\tnsubj\t_\tEntity=(2-person-giv:act-sss-cf1-1-ana)
7\tslept\tsleep\tVERB\tVBD\t_\t5\tccomp\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_
"""


def words(text: str, mentions: list[Mention]) -> list[tuple[str, str, str, str]]:
    return [(text[slice(*m.span)], KINDS[m.kind], m.form, m.chain) for m in mentions]


def test_of_nested_mentions_in_gum_the_outer_keeps_what_stands_before_its_head() -> None:
    assert words(*gum.document(TREES)) == [
        ("Norland", "place", "name", "1"),
        ("foreign minister", "person", "nominal", "2"),
        ("she", "person", "pronoun", "2"),
    ]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=12))
def test_flat_mentions_never_overlap_and_end_where_one_ended(spans: list[tuple[int, int]]) -> None:
    found = flat((Mention((start, start + size), 0, "name") for start, size in spans), "a" * 40)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(found))
    assert {m.span[1] for m in found} <= {start + size for start, size in spans}


MARKED = """<Document><token t_id="1" sentence="0">``</token><token t_id="2" sentence="0">Rain</token>
<token t_id="3" sentence="0">,</token><token t_id="4" sentence="0">''</token><token t_id="5" sentence="0">said</token>
<token t_id="6" sentence="0">the</token><token t_id="7" sentence="0">mayor</token>
<token t_id="8" sentence="0">of</token><token t_id="9" sentence="0">Lunholm</token>
<token t_id="10" sentence="0">.</token>
<Markables><ENTITY_MENTION m_id="1"><token_anchor t_id="6"/><token_anchor t_id="7"/><token_anchor t_id="8"/>
<token_anchor t_id="9"/></ENTITY_MENTION><ENTITY m_id="2" ent_type="PER"/></Markables>
<Relations><REFERS_TO><source m_id="1"/><target m_id="2"/></REFERS_TO></Relations></Document>"""


def test_tokens_are_written_as_print_has_them() -> None:
    document = marked_up.written(ET.fromstring(MARKED))  # noqa: S314 - our own words
    assert document.text == "“Rain,” said the mayor of Lunholm."
    assert document.text[slice(*document.place["9"])] == "Lunholm"


def test_a_mention_of_tokens_ends_with_its_head(tmp_path) -> None:
    (tmp_path / "intra-doc_annotation" / "corpus").mkdir(parents=True)
    (tmp_path / "intra-doc_annotation" / "corpus" / "one.xml").write_text(MARKED)
    (one,) = marked_up.meantime(tmp_path)
    assert words(one.text, one.mentions) == [("the mayor", "person", "nominal", "2")]


def test_names_of_the_newswire_keep_their_kinds_and_lose_those_of_peoples() -> None:
    table = (
        "The\tO\nHarbour\tB-Organization\nPost\tI-Organization\nasked\tO\nNorlander\tB-NORP\nAna\tB-Person\n\nHere\tO\n"
    )
    assert words(*newswire.article(table)) == [("Harbour Post", "body", "name", ""), ("Ana", "person", "name", "")]


@pytest.mark.parametrize(
    ("mention", "opens", "form"),
    [("he", False, "pronoun"), ("the mayor", False, "nominal"), ("Ana Duarte", True, "name"), ("Ana", False, "name")],
)
def test_the_form_of_a_mention_is_read_off_its_words(mention: str, opens: bool, form: str) -> None:
    assert form_of(mention.split(), mention.rsplit(maxsplit=1)[-1], opens=opens) == form
