"""A name and the apposition after it are one source, where commas close it."""

from __future__ import annotations

import pytest

from inquit import marked
from inquit.extract.appositions import whole


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It fell. Ines Hallgard, {s an aide at the port}, {c told} us {t so}.", "Ines Hallgard, an aide at the port"),
        ("Hallgard, {s the port’s spokeswoman,} {c said} {t so}.", "Hallgard, the port’s spokeswoman"),
        ("On Monday Jan van Aalto, {s its head}, {c said} {t so}.", "Jan van Aalto, its head"),
        ("In Lunholm, {s the mayor} {c said} {t so}.", "the mayor"),
        ("Meanwhile, {s the mayor}, {c said} {t so}.", "the mayor"),
        ("After the fall of the crane, {s the mayor}, {c said} {t so}.", "the mayor"),
        ("Hallgard, {s who runs the port}, {c said} {t so}.", "who runs the port"),
        ("{t So}, {c said} Ines Hallgard, {s a spokeswoman}.", "a spokeswoman"),
        ("Ines Hallgard,\n{s a spokeswoman}, {c said} {t so}.", "a spokeswoman"),
    ],
)  # fmt: skip
def test_a_name_before_its_apposition_belongs_to_the_source(words: str, expected: str) -> None:
    found = marked.parse(words)
    (one,) = found.statements
    ((start, end),) = whole(found.text, one.source, one.cue)
    assert found.text[start:end] == expected
