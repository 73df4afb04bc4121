from __future__ import annotations

import pytest

from inquit.read.language import foreign

ENGLISH = "The council of Lakeford voted on Monday to close the old bridge, after engineers had warned of its piers. "
GERMAN = "Der Rat der Stadt hat am Montag beschlossen, die alte Brücke zu schließen, nachdem Fachleute gewarnt hatten. "


def test_text_in_another_language_is_named():
    assert foreign(GERMAN * 3) == "de"


@pytest.mark.parametrize(
    "text", [ENGLISH * 3, "", "Guten Morgen", "12 345 678 " * 50, ENGLISH * 2 + "„Guten Morgen“, he said. "]
)
def test_english_short_and_uncertain_texts_are_not_foreign(text):
    assert foreign(text) is None
