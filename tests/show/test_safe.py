"""What of a stranger's text must not reach a screen, and that all else does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inquit.show.safe import _SHOWN, shown


def test_whatever_must_not_be_shown_is_replaced_beside_words_too():
    for code in _SHOWN:
        assert shown(f"pier {chr(code)} berth") == f"pier {_SHOWN[code]} berth"


@given(st.text(st.characters()))
def test_a_text_keeps_its_length_and_every_other_sign(text: str):
    assert shown(text) == "".join(_SHOWN.get(ord(sign), sign) for sign in text)
