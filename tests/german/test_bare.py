"""German statements without a cue: the subjunctive of reported speech, hearsay, bare quotations."""

from __future__ import annotations

import pytest

pytest.importorskip("inquit_de", reason="German is a package of its own: pip install ./packages/inquit-de")

from inquit_de.bare import completed

from inquit import marked
from inquit.extract.decode import Draft


def added(marked_text: str) -> list[tuple[str, str]]:
    """Source and content of each statement that is found beside those that are marked."""
    told = marked.parse(marked_text)
    drafts = [Draft(s.source, s.cue, s.content, 0.9) for s in told.statements]
    new = [draft for draft in completed(told.text, drafts) if not draft.cue]
    words = ["|".join(told.text[a:b] for a, b in spans) for draft in new for spans in (draft.source, draft.content)]
    return list(zip(words[::2], words[1::2], strict=True))


SAID = "{s Ana Duarte} {c sagte}, {t der Hafen sei zu}. "


def test_speech_runs_on_in_the_subjunctive() -> None:
    found = added(SAID + "Niemand wisse, warum. Auch die Fähre könne nicht fahren. Der Hafen ist alt.")
    assert found == [("Ana Duarte", "Niemand wisse, warum. Auch die Fähre könne nicht fahren")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ob das wahr sei, ist nicht bekannt.",  # the outlet's own finite verb comes later, but it asks
        "Der Hafen ist alt, und niemand wisse, warum.",
        "Der Hafen könnte zeigen, dass niemand etwas wisse.",
        "Es sei denn, der Sturm lässt nach.",
        "Die Brücke soll im Mai gebaut werden.",
    ],
)
def test_a_sentence_that_the_outlet_asserts_is_nobodys(sentence: str) -> None:
    assert added(SAID + sentence) == []


def test_hearsay_is_a_statement() -> None:
    found = added(SAID + "Ein Mann soll das Boot am 3. Mai gestohlen haben.")
    assert found == [("Ana Duarte", "Ein Mann soll das Boot am 3. Mai gestohlen haben")]


def test_without_anybody_who_spoke_it_has_no_source() -> None:
    assert added("Der Hafen sei zu.") == [("", "Der Hafen sei zu")]


def test_a_quotation_by_itself_is_whose_the_words_beside_it_are() -> None:
    found = added(SAID + "„Wir warten auf besseres Wetter.“")
    assert found == [("Ana Duarte", "Wir warten auf besseres Wetter")]


def test_few_words_in_marks_are_no_statement() -> None:
    assert added(SAID + "Das Schiff heißt „Nordstern von Ellin“.") == []


def test_the_subjunctive_in_a_quotation_is_its_speakers() -> None:
    assert added("{s Duarte} {c sagte}: „{t Er sei krank. Das habe ich gehört}.“") == []


def test_what_the_rest_of_a_sentence_says_parts_nobody_from_his_words() -> None:
    said = "{s Ana Duarte} {c sagte} im Rathaus, {t der Hafen sei zu}, bei einer Pressekonferenz am Montag. "
    assert added(said + "Niemand wisse, warum.") == [("Ana Duarte", "Niemand wisse, warum")]
    assert added(said + "Der Kran ist alt. Niemand wisse, warum.") == [("", "Niemand wisse, warum")]
