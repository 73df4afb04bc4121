"""Whose words end where: contents of German drafts, made by hand, that reach into another's sentence."""

from __future__ import annotations

import pytest

pytest.importorskip("inquit_de", reason="German is a package of its own: pip install ./packages/inquit-de")

from inquit_de.reading import settled

from inquit import marked
from inquit.extract.decode import Draft


def contents(marked_text: str) -> list[tuple[str, int | None]]:
    """The content of each draft, and in which other it stands."""
    told = marked.parse(marked_text)
    drafts = [Draft(s.source, s.cue, s.content, 0.9) for s in told.statements if not s.own_voice]
    return [("|".join(told.text[a:b] for a, b in one.content), one.outer) for one in settled(told.text, drafts)]


def test_a_sentence_with_a_cue_of_its_own_is_not_the_one_befores() -> None:
    found = contents(
        "{c1 Laut} {s1 Polizei} {t1 wurden zwei Menschen verletzt. {c2 Laut} {s2 Reederei} {t2 fuhr die Fähre nicht}}."
    )
    assert found == [("wurden zwei Menschen verletzt", None), ("fuhr die Fähre nicht", None)]


def test_a_sentence_may_begin_with_an_umlaut() -> None:
    found = contents(
        "{s1 Velde} {c1 erklärte}, {t1 der Hafen sei zu. {s2 Österreichs Botschaft} {c2 betonte}, {t2 er sei offen}}."
    )
    assert found == [("der Hafen sei zu", None), ("er sei offen", None)]


def test_a_day_with_its_full_stop_ends_no_sentence() -> None:
    found = contents("{s1 Duarte} {c1 sagte}, {t1 am 3. Mai habe {s2 Velde} {c2 behauptet}, {t2 der Hafen sei zu}}.")
    assert found == [("am 3. Mai habe Velde behauptet, der Hafen sei zu", None), ("der Hafen sei zu", 0)]


def test_a_quotation_of_several_sentences_keeps_what_it_quotes() -> None:
    found = contents(
        "„{t1 Er ist zu. {s2 Velde} {c2 sagt}, {t2 er sei offen}. Das stimmt nicht}“, {c1 sagte} {s1 Ana Duarte}."
    )
    assert [outer for _, outer in found] == [None, 0]
    assert found[0][0].endswith("Das stimmt nicht")
