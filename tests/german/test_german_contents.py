"""What grammar settles of a German draft: pointing words, where a content begins and ends."""

from __future__ import annotations

import pytest

pytest.importorskip("inquit_de", reason="German is a package of its own: pip install ./packages/inquit-de")

from inquit_de.contents import mended
from one_draft import roles


def settled(marked_text: str) -> tuple[str, str, str]:
    """Source, cue and content of the one statement of a text, mended."""
    return roles(marked_text, mended)


def test_a_word_that_points_to_a_source_is_a_cue() -> None:
    found = settled("{s Demnach} {t ist die Fähre alt}.")
    assert found == ("", "Demnach", "ist die Fähre alt")


def test_a_content_before_its_cue_begins_with_its_sentence() -> None:
    found = settled("Der Kran hält. Die Arbeiter hätten {t den Damm geprüft}, {c schrieb} {s Velde}.")
    assert found[2] == "Die Arbeiter hätten den Damm geprüft"


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Kran hält, {t der Damm nicht}, {c schrieb} {s Velde}.",
        "{s Velde} {c schrieb} am Montag, {t der Damm halte}.",
        "Er rief: {t Der Damm hält}, {c schrieb} {s Velde}.",
    ],
)
def test_a_content_behind_a_comma_or_its_cue_stays(sentence: str) -> None:
    assert settled(sentence)[2].startswith(("der Damm", "Der Damm"))


@pytest.mark.parametrize("dateline", ["Ellin - ", "Ellin/Bad Lund (kve) – ", "Ellin. – ", "Ellin: "])
def test_the_place_at_the_head_is_no_content(dateline: str) -> None:
    assert settled(f"{{t {dateline}Der Damm hält}} {{c laut}} {{s Velde}}.")[2] == "Der Damm hält"


def test_a_dash_within_a_content_stays() -> None:
    assert settled("Ja. {t Ellin - das ist der Hafen} {c laut} {s Velde}.")[2] == "Ellin - das ist der Hafen"


def test_a_content_goes_on_behind_a_source_in_its_midst() -> None:
    found = settled("{t Der Damm soll} {c nach} {s Angaben der Stadt} im Mai fertig sein. Er ist alt.")
    assert found[2] == "Der Damm soll|im Mai fertig sein"


def test_it_ends_where_a_comma_does_not_let_it_go_on() -> None:
    found = settled("{t Der Damm hält}, {c laut} {s Angaben der Stadt} seit Mai. Er ist alt.")
    assert found[2] == "Der Damm hält"


def test_what_zufolge_governs_is_the_source() -> None:
    found = settled("{t Die Werft wird dem alten Hafenblatt} {c zufolge} {t klagen}.")
    assert found == ("dem alten Hafenblatt", "zufolge", "Die Werft wird|klagen")
    assert settled("{t Die Werft wird Nordfunk} {c zufolge} {t klagen}.")[0] == "Nordfunk"
    assert settled("{t Das geht so} {c zufolge} {t klagen}.")[0] == ""


def test_the_source_of_wie_stands_before_its_verb() -> None:
    assert settled("{t Der Kran fiel}, {c wie} Arbeiter der Werft {c sagten}.")[0] == "Arbeiter der Werft"
    assert settled("{t Der Kran fiel}, {c wie} heute, nach dem Fest, alle {c sagten}.")[0] == ""


def test_the_part_of_a_verb_behind_a_content_is_of_its_cue() -> None:
    found = settled("{s Die Stadt} {c wirft} {t der Werft Betrug vor}.")
    assert found[1:] == ("wirft|vor", "der Werft Betrug")
    found = settled("{s Die Stadt} {c kündigt} {t einen neuen Kran an}.")
    assert found[1:] == ("kündigt|an", "einen neuen Kran")


def test_a_last_word_that_makes_no_verb_with_the_cue_stays() -> None:
    assert settled("{s Die Stadt} {c sagt}, {t der Kran stehe davor}.")[1:] == ("sagt", "der Kran stehe davor")
    assert settled("{s Die Stadt} {c meint}, {t der Kran gebe nach}.")[1:] == ("meint", "der Kran gebe nach")
