"""Which feeds are meant."""

from __future__ import annotations

import pytest

from inquit.errors import UsageError, WorkError
from inquit.watch.feed_lists import feed_addresses


def test_feeds_are_addresses_opml_and_texts(tmp_path):
    opml, text = tmp_path / "feeds.opml", tmp_path / "feeds.txt"
    opml.write_text(
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="World">'
        '<outline type="rss" text="Harbour Post" xmlUrl="https://harbourpost.example/rss"/></outline>'
        '<outline XMLURL="https://wire.example/atom & more"/></body>'
    )
    text.write_text("\ufeff# ours\n\nhttps://lantern.example/feed  the lantern\nhttps://harbourpost.example/rss#x\n")
    assert feed_addresses([str(opml), str(text), "HTTPS://courier.example/"]) == [
        "https://harbourpost.example/rss",
        "https://wire.example/atom%20%20more",
        "https://lantern.example/feed",
        "https://courier.example/",
    ]


@pytest.mark.parametrize(
    "words", ["", "# nothing", "<opml/>", "<html>", "no address at all", "ftp://wire.example/feed"]
)
def test_a_list_without_feeds_is_wrong_usage(tmp_path, words):
    (tmp_path / "feeds").write_text(words)
    with pytest.raises(UsageError):
        feed_addresses([str(tmp_path / "feeds")])


@pytest.mark.parametrize("name", ["nowhere.opml", "", "a\0b"])
def test_a_list_that_cannot_be_read_is_said(tmp_path, name):
    with pytest.raises(WorkError, match="could not be read"):
        feed_addresses([str(tmp_path / name)])


def test_a_list_loads_nothing_and_expands_nothing(tmp_path):
    path = tmp_path / "feeds.opml"
    path.write_text(
        '<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/hostname">]><opml><body>&a;'
        '<outline xmlUrl="https://wire.example/"/></body></opml>'
    )
    assert feed_addresses([str(path)]) == ["https://wire.example/"]
