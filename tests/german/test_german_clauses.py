"""Reporting clauses of German whose parts the reader left out of a cue, or took for content."""

from __future__ import annotations

import pytest

pytest.importorskip("inquit_de", reason="German is a package of its own: pip install ./packages/inquit-de")

from inquit_de.clauses import whole
from one_draft import roles


def parts(marked_text: str) -> tuple[str, str, str]:
    """Source, cue and content of the one statement of a text, its clause whole."""
    return roles(marked_text, whole)


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("„{t Der Damm ist alt}“, gibt {s Velde} {c zu} bedenken.", "gibt|zu bedenken"),
        ("{s Velde} {c gab} den Bürgern zu bedenken, {t der Damm sei alt}.", "gab|zu bedenken"),
        ("{s Velde} {c legte} dem Rat nahe, {t den Damm zu schließen}.", "legte|nahe"),
        ("{s Velde} {c hielt} der Stadt vor, {t sie habe nichts getan}.", "hielt|vor"),
        ("{s Velde} {c teilte} mit, {t der Damm sei alt}.", "teilte mit"),
        # a preposition before the verb, not at the end of its clause, or no verb with the cue
        ("{s Velde} {c sagte} auf dem Markt, {t der Damm sei alt}.", "sagte"),
        ("{s Velde} {c gab} mit Blick auf den Damm an, {t er sei alt}.", "gab|an"),
        ("Nach einer Weile {c sagte} {s Velde}, {t der Damm sei alt}.", "sagte"),
        ("{t Der Damm sei alt}, wie {s Velde} nach einer Weile {c sagte}.", "sagte"),
        ("{t Der Damm sei alt}, {c sagte} {s Velde}. Er stieg ein.", "sagte"),
    ],
)
def test_a_cue_is_whole(sentence: str, cue: str) -> None:
    assert parts(sentence)[1] == cue


def test_a_clause_at_the_end_of_a_content_without_a_cue_reports_it() -> None:
    found = parts("{t Der Damm sei alt, gab die Stadt zu bedenken}.")
    assert found == ("die Stadt", "gab|zu bedenken", "Der Damm sei alt")
    found = parts("{t Der Damm sei alt, erklärte Bürgermeisterin Ana Duarte}.")
    assert found == ("Bürgermeisterin Ana Duarte", "erklärte", "Der Damm sei alt")
    found = parts("{t Der Damm sei alt, unterstreichen die 16 beteiligten Häuser und Ämter}.")
    assert found == ("die 16 beteiligten Häuser und Ämter", "unterstreichen", "Der Damm sei alt")
    found = parts("Trainer Kessler ging. {t Der Damm sei alt, so Kessler}.")
    assert found == ("Kessler", "so", "Der Damm sei alt")


def test_the_verb_before_the_colon_of_a_headline_is_a_cue() -> None:
    assert parts("{s Geografen} {t warnen: Ostsee steigt}.") == ("Geografen", "warnen", "Ostsee steigt")
    assert parts("{s Geografen} {t wandern: Ostsee steigt}.") == ("Geografen", "", "wandern: Ostsee steigt")


@pytest.mark.parametrize(
    "content",
    [
        "Nach dem Tag, nach dem Sturm habe er gesagt",
        "Er bete, äußerten die Leute. Man warte",
        "Der Damm sei alt, sagte das nicht alles",
        "Der Damm sei alt, zeigte der Riss",
        "Der Damm sei alt, teuer und zu",
    ],
)
def test_other_clauses_at_its_end_are_content(content: str) -> None:
    assert parts(f"{{t {content}}}.") == ("", "", content)
