"""The German lexicon: forms of verbs, what a cue carries, what the words around it change."""

from __future__ import annotations

import pytest

pytest.importorskip("inquit_de", reason="German is a package of its own: pip install ./packages/inquit-de")

from inquit_de.cues import cue_data, find, inflected
from inquit_de.force import force

from inquit import marked
from inquit.extract.force import Force


def told(marked_text: str, *, quoted: bool = False) -> Force:
    """Stance and framing of the one statement of a marked text."""
    found = marked.parse(marked_text)
    (one,) = found.statements
    return force(found.text, source=one.source, cue=one.cue, content=one.content, quoted=quoted)


def test_a_separable_verb_is_met_joined_apart_and_around_zu() -> None:
    forms = inflected("mit|teilen")
    assert {("mitteilte",), ("teilte", "mit"), ("mitgeteilt",), ("mitzuteilen",)} <= set(forms)


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("sagen", {"sagt", "sagte", "sagten", "gesagt", "sage"}),
        ("antworten", {"antwortet", "antwortete", "geantwortet"}),
        ("bestätigen", {"bestätigt", "bestätigte"}),
        ("dementieren", {"dementiert", "dementierte"}),
        ("bestreiten", {"bestritt", "bestreitet"}),
    ],
)
def test_verbs_are_inflected_by_rule_or_by_the_list(lemma: str, forms: set[str]) -> None:
    assert forms <= {" ".join(form) for form in inflected(lemma)}


def test_no_word_is_in_two_classes() -> None:
    words = [word for kind in cue_data().classes for word in kind.words]
    assert sorted(words) == sorted(set(words))


def test_a_word_that_no_entry_has_is_not_found() -> None:
    assert find("Der Kran brummte", [(9, 16)]) is None


@pytest.mark.parametrize(
    ("text", "stance", "framing"),
    [
        ("{s Die Stadt Ellin} {c teilte} am Montag {c mit}, {t die Brücke sei sicher}.", "affirms", "neutral"),
        ("{s Der Minister} {c bestritt}, {t dass er davon gewusst habe}.", "denies", "neutral"),
        ("{s Die Werft} {c wies} {t den Vorwurf} {c zurück}.", "denies", "neutral"),
        ("{s Er} {c leugnete} {t den Diebstahl}.", "denies", "distancing"),
        ("{s Duarte} {c behauptete}, {t das Werk sei pleite}.", "affirms", "distancing"),
        ("{s Das Amt} {c räumte} {c ein}, {t der Fehler sei spät aufgefallen}.", "affirms", "endorsing"),
        ("{s Der Rat} {c fordert} {t eine neue Brücke}.", "urges", "neutral"),
        ("{s Der Rat} {c kündigte} {t eine neue Brücke} {c an}.", "intends", "neutral"),
        ("{s Fachleute} {c befürchten}, {t dass der Damm bricht}.", "speculates", "neutral"),
        ("{s Er} {c fragte}, {t ob das stimme}.", "questions", "neutral"),
        ("{c Laut} {s Polizei} {t gab es Verletzte}.", "affirms", "neutral"),
        ("{c Nach} {s Angaben der Stadt} {t ist die Fähre gesunken}.", "affirms", "neutral"),
    ],
)
def test_a_cue_carries_its_class(text: str, stance: str, framing: str) -> None:
    found = told(text)
    assert (found.stance, found.framing) == (stance, framing)


def test_the_subjunctive_alone_leaves_framing_neutral() -> None:
    assert told("{s Duarte} {c sagte}, {t der Hafen sei zu}.").framing == "neutral"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("{s Duarte} {c sagte} nicht, {t wann das Werk schließt}.", "withholds"),
        ("{s Niemand} {c sagte}, {t dass das Werk schließt}.", "withholds"),
        ("{s Duarte} {c glaubt} nicht, {t dass das Werk schließt}.", "denies"),
        ("{s Die Werft} {c bestritt} nicht, {t dass das Werk schließt}.", "withholds"),
    ],
)
def test_a_negation_of_the_cue_counts(text: str, stance: str) -> None:
    assert told(text).stance == stance


def test_a_negation_in_the_content_does_not() -> None:
    assert told("{s Duarte} {c sagte}, {t das Werk schließe nicht}.").stance == "affirms"


@pytest.mark.parametrize(
    ("content", "stance"),
    [
        ("die Stadt müsse handeln", "urges"),
        ("sie werde den Hafen räumen", "intends"),
        ("der Damm werde brechen", "affirms"),
        ("der Damm könnte brechen", "speculates"),
    ],
)
def test_the_verb_of_a_plain_assertion_gives_its_stance(content: str, stance: str) -> None:
    assert told("{s Duarte} {c sagte}, {t " + content + "}.").stance == stance


@pytest.mark.parametrize("word", ["ohne Belege", "fälschlicherweise"])
def test_words_beside_the_cue_distance(word: str) -> None:
    assert told("{s Duarte} {c sagte} " + word + ", {t das Werk sei pleite}.").framing == "distancing"


def test_hearsay_without_a_cue_distances() -> None:
    found = told("{t Ein Mann soll das Boot gestohlen haben}.")
    assert (found.stance, found.framing) == ("affirms", "distancing")


@pytest.mark.parametrize(
    ("text", "stance", "framing"),
    [
        ("{s Die Werft} {t weist jede Schuld zurück}.", "denies", "neutral"),
        ("{s Fischer} {t fordern eine neue Mole}.", "urges", "neutral"),
        ("{s Er} {t behauptet weiter seine Unschuld}.", "affirms", "distancing"),
        ("{s Die Werft} {t plant einen Neubau}.", "affirms", "neutral"),
        ("{s Duarte} {t Niemand fordert das}.", "affirms", "neutral"),
    ],
)
def test_the_verb_of_a_report_without_a_cue_carries_its_class(text: str, stance: str, framing: str) -> None:
    found = told(text)
    assert (found.stance, found.framing) == (stance, framing)


def test_a_clause_with_ob_before_its_main_clause_asks_nothing() -> None:
    assert told("{t Ob das stimme, lasse sich} {c laut} {s Velde} {t nicht sagen}.").stance == "affirms"


def test_sollen_beside_laut_urges_nobody() -> None:
    assert told("{t Die Arbeiten sollen} {c laut} {s Velde} {t im Mai enden}.").stance == "affirms"
    assert told("{s Velde} {c sagte}, {t die Leute sollen gehen}.").stance == "urges"
    assert told("{c Nach} {s Ansicht Veldes} {t sollen die Leute gehen}.").stance == "urges"


def test_inside_a_quotation_the_words_are_not_the_outlets() -> None:
    assert told("{s Er} {c behauptet}, {t das Werk sei pleite}.", quoted=True).framing == "neutral"


def test_what_one_must_do_oneself_urges_nobody() -> None:
    assert told("{s Velde} {c sagte}: „{t Ich muss da raus}“.", quoted=True).stance == "affirms"
    assert told("{s Velde} {c sagte}: „{t Die Stadt muss zahlen}“.", quoted=True).stance == "urges"
