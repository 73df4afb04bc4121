"""What is cut off a German source: whom it speaks to, another sentence, commas."""

from __future__ import annotations

import pytest

pytest.importorskip("inquit_de", reason="German is a package of its own: pip install ./packages/inquit-de")

from inquit_de.sources import cut


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("Velde dieser Redaktion", "Velde"),
        ("Meteorologe Jonas Velde dem Elliner Anzeiger", "Meteorologe Jonas Velde"),
        ("Jonas Velde der Hafen-Zeitung", "Jonas Velde"),
        ("Jonas Velde gegenüber dem Sender", "Jonas Velde"),
        ("ein Sprecher der Hafen-Zeitung", "ein Sprecher der Hafen-Zeitung"),
        ("Chefredakteurin und Leiterin der Hafen-Zeitung", "Chefredakteurin und Leiterin der Hafen-Zeitung"),
        ("Berichten der Fernsehsender", "Berichten der Fernsehsender"),
        ("Ana Duarte,", "Ana Duarte"),
        ("die Werft auf Anfrage", "die Werft"),
        ("sie. Ich", "sie"),
    ],
)
def test_a_source_is_cut(source: str, left: str) -> None:
    ((start, end),) = cut(source, ((0, len(source)),))
    assert source[start:end] == left
