"""What a page says of itself: the outlet's name, and who wrote it."""

from __future__ import annotations

import json

import pytest
from pages import page


def ld(**keys: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **keys})}</script>"


def read(reading, head: str, body: str = ""):
    return reading("a.html", page(head=head, body=body))[0][0]


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (
            "<meta property='og:site_name' content='harbourpost'>" + ld(publisher={"name": "Harbour Post"}),
            "Harbour Post",
        ),
        ("<meta property='og:site_name' content='the Post'>" + ld(publisher={"name": "Harbour House"}), "the Post"),
        ("<meta name='prism.publicationName' content='Piers'>" + ld(publisher={"name": "Harbour House UK"}), "Piers"),
        (ld(publisher={"name": "Harbour House"}), "Harbour House"),
    ],
)
def test_the_outlet_goes_by_the_name_that_it_is_read_under(reading, head, outlet):
    assert read(reading, head).outlet == outlet


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (
            "<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Ann Lee'>",
            ("Ann Lee",),
        ),
        ("<meta name='twitter:label1' content='Reading time'><meta name='twitter:data1' content='4 minutes'>", ()),
        (
            "<meta property='og:site_name' content='Post'><meta name='author' content='Post, Ellin, Wendland'>",
            (),
        ),
        (ld(author=[{"name": "Ann Lee (lee)"}, {"name": "Max Roe (dpa)"}]), ("Ann Lee", "Max Roe (dpa)")),
    ],
)
def test_authors_are_people_by_their_names(reading, head, authors):
    assert read(reading, head).authors == authors


@pytest.mark.parametrize(
    ("words", "authors"),
    [("von <a href='/roth'>Lena Roth</a>", ("Lena Roth",)), ("By Ann Lee", ("Ann Lee",)), ("Reader 17", ())],
)
def test_a_plain_class_of_author_is_a_byline_where_it_says_by(reading, words, authors):
    assert read(reading, "", f"<p class='author'>{words}</p>").authors == authors
