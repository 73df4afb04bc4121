"""Outlets under all their names, who owns them, and a desk's own list over the one that ships."""

from __future__ import annotations

import pytest

from inquit.errors import UsageError
from inquit.link.owners import Outlets, known_outlets, outlet_key

DESK = b"""
[[outlet]]
name = "Harbour Post"
aliases = ["HP Online", "The Post of Ellinport"]
sites = ["post.ellinport.example"]

[[owner]]
name = "Quayside Media"
outlets = ["Harbour Post", "Sorrel Gazette"]

[[owner]]
name = "Government of Norland"
party = "Norland"
outlets = ["Norland Press Agency"]
"""


@pytest.fixture(scope="module")
def desk() -> Outlets:
    return known_outlets().with_file(DESK, "desk.toml")


@pytest.mark.parametrize(
    "name",
    [
        "Harbour Post",
        "the Harbour Post",
        "HP Online",
        "hp online",
        "The Post of Ellinport",
        "harbourpost.example",
        "https://www.harbourpost.example/crane?x=1",
        "post.ellinport.example",
    ],
)
def test_an_outlet_is_one_under_all_its_names(desk: Outlets, name: str):
    assert desk.key(name) == "harbourpost"


def test_sister_papers_have_one_owner_and_others_their_own(desk: Outlets):
    assert desk.owner(desk.key("HP Online")) == desk.owner(desk.key("sorrelgazette.example")) == "Quayside Media"
    assert desk.owner("ellincourier") == "ellincourier"


def test_only_an_owner_with_a_party_speaks_for_it(desk: Outlets):
    assert desk.party(desk.key("Norland Press Agency")) == "Norland"
    assert desk.party("harbourpost") is None


def test_a_desk_s_list_lies_over_the_one_that_ships(desk: Outlets):
    assert desk.key("apnews.com") == desk.key("AP") == outlet_key("Associated Press")
    assert desk.owner(desk.key("Miami Herald")) == desk.owner(desk.key("charlotteobserver.com"))


def test_a_desk_may_move_an_outlet_to_another_owner():
    moved = known_outlets().with_file(b'[[owner]]\nname = "Sorrel Sons"\noutlets = ["Miami Herald"]', "desk.toml")
    assert moved.owner(moved.key("miamiherald.com")) == "Sorrel Sons"
    assert moved.owner(moved.key("Kansas City Star")) == "McClatchy"


def test_a_desk_may_leave_out_all_that_ships():
    alone = known_outlets().with_file(b"replace = true\n" + DESK, "desk.toml")
    assert alone.owner(alone.key("Miami Herald")) == "miamiherald"
    assert alone.owner("harbourpost") == "Quayside Media"


def test_what_says_something_else_has_another_digest(desk: Outlets):
    assert desk.digest() != known_outlets().digest()
    assert desk.digest() == known_outlets().with_file(DESK, "other.toml").digest()


@pytest.mark.parametrize("raw", [b"outlet = 3", b"[[outlet]]\nnme = 'x'", b"\xff", b"[[owner]]\nname = 'x'", b"[["])
def test_a_file_that_is_no_list_of_outlets_is_the_caller_s_trouble(raw: bytes):
    with pytest.raises(UsageError, match=r"desk\.toml is no list of outlets"):
        known_outlets().with_file(raw, "desk.toml")


def test_no_outlet_that_ships_is_of_two_owners():
    named = [name for owner in known_outlets().with_file(b"", "").owners for name in owner.outlets]
    keys = [known_outlets().key(name) for name in named]
    assert len(set(keys)) == len(keys)
