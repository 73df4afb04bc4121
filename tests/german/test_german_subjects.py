"""Whose words a German cue without a source introduces: the subject of its clause."""

from __future__ import annotations

import pytest

pytest.importorskip("inquit_de", reason="German is a package of its own: pip install ./packages/inquit-de")

from inquit_de.subjects import given

from inquit import marked
from inquit.extract.decode import Draft


def sources(marked_text: str) -> list[str]:
    """The source of each statement of a text, in order of their first words."""
    told = marked.parse(marked_text)
    drafts = [Draft(s.source, s.cue, s.content, 0.9) for s in told.statements if not s.own_voice]
    return ["|".join(told.text[a:b] for a, b in one.source) for one in given(told.text, drafts)]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Die Ministerin trat zurück und {c sagte}, {t sie habe Fehler gemacht}.", "Die Ministerin"),
        ("Der Rat der Stadt Ellin lehnte ab und {c erklärte}, {t das Geld fehle}.", "Der Rat der Stadt Ellin"),
        ("Jonas Velde kam, sah den Riss und {c meinte}: „{t So geht es nicht}.“", "Jonas Velde"),
        ("Am Montag kam Ana Duarte in den Hafen und {c betonte}, {t er sei offen}.", "Ana Duarte"),
        ("Die Fähre sank, doch die Reederei schwieg und {c forderte}, {t zu warten}.", "die Reederei"),
        ("Trainer Velde kam. Velde stand auf und {c sagte}, {t das reiche}.", "Velde"),
        ("Er stand auf und {c sagte}, {t das reiche}.", "Er"),
        ("Die Anwohner {c sagten}, {t der Lärm sei zu groß}.", "Die Anwohner"),
        ("Die Stadt {c teilte} den Leuten {c mit}, {t der Damm sei sicher}.", "Die Stadt"),
        ("    Die Ministerin trat zurück und {c sagte}, {t sie habe Fehler gemacht}.", "Die Ministerin"),
        ("Der Damm brach, die Ministerin trat zurück und {c sagte}, {t es reiche}.", ""),
        # an object, a thing, nobody
        ("Die Vorwürfe wies er von sich und {c sagte}, {t er sei es nicht}.", "er"),
        ("Die Fähre sank und {c zeigte}, {t dass der Damm hält}.", ""),
        ("Die Ministerin trat zurück, und {c es hieß}, {t sie sei krank}.", ""),
        ("Die Polizei kam, und {t dem Velde} {c wurde vorgeworfen}, {t er habe getrunken}.", ""),
        ("Trotz Sturms fuhr die Fähre und {c zeigte}, {t was sie kann}.", ""),
    ],
)
def test_the_subject_of_the_clause_speaks(sentence: str, source: str) -> None:
    assert sources(sentence)[-1] == source


def test_a_pronoun_behind_a_verb_is_its_object_where_a_subject_stands_before() -> None:
    assert sources("Trainer Velde kam. Velde {c nannte} {s sie} {t mutig}.") == ["Velde"]
    both = "Trainer Velde kam. Velde {c1 nannte} {s1 sie} {t1 mutig} und {c2 betonte}, {t2 es reiche}."
    assert sources(both) == ["Velde", "Velde"]
    assert sources("Am Montag {c sagte} {s sie}, {t es reiche}.") == ["sie"]
    assert sources("{t Der Damm halte}, {c sagte} {s sie}.") == ["sie"]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Im Gesetzentwurf {c heißt es}, {t der Damm werde erhöht}.", "Gesetzentwurf"),
        ("In dem neuen Bericht der Werft {c wird betont}, {t der Damm halte}.", "neuen Bericht der Werft"),
        ("„{t Der Damm hält}“, {c heißt es} in einer Mitteilung.", "Mitteilung"),
        ("Im Hafen {c heißt es}, {t der Damm halte}.", ""),
        ("Es {c heißt}, {t im Bericht stehe nichts}.", ""),
    ],
)
def test_what_is_written_somewhere_says_it(sentence: str, source: str) -> None:
    assert sources(sentence) == [source]


def test_whoever_spoke_in_the_sentence_before_und_speaks_on() -> None:
    found = sources("{s1 Diese} {c1 bestätigte}, {t1 es gebe einen Befehl}, und {c2 gab an}, {t2 sie warte}.")
    assert found == ["Diese", "Diese"]


def test_the_subject_of_another_sentence_does_not() -> None:
    assert sources("Die Ministerin trat zurück. Es regnete und {c sagte} {t nichts}.") == [""]
