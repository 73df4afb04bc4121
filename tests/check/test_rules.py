"""What each rule finds, and what it lets pass."""

from __future__ import annotations

import pytest
from drafting import draft, findings, words

CRACKS = "{v1 Inspectors found cracks in the main girder of the Ellin bridge in March.}"


def test_own_voice_that_a_source_says_elsewhere_is_found_with_its_line_and_source() -> None:
    made = draft(
        f"{CRACKS}\n\n{{s2 Ana Duarte}} {{c2 said}} "
        "{t2 inspectors had found cracks in the bridge’s main girder in March}."
    )
    (found,) = findings(made, "unattributed")
    assert words(made, found).startswith("Inspectors found")
    assert "line 3" in found.message
    assert "Ana Duarte" in found.message
    assert [made.text[a:b] for a, b in found.related] == [
        "inspectors had found cracks in the bridge’s main girder in March"
    ]


@pytest.mark.parametrize(
    "said",
    [
        "inspectors had found no cracks in the main girder of the Ellin bridge in March",
        "inspectors found rust on the railings of the pier",
        "the bridge in Ellin was painted in March by a firm from Norrby",
    ],
    ids=["negated", "another matter", "the same topic"],
)
def test_own_voice_that_nobody_says_is_let_pass(said: str) -> None:
    assert not findings(draft(f"{CRACKS} {{s2 Ana Duarte}} {{c2 said}} {{t2 {said}}}."), "unattributed")


def test_own_voice_that_a_source_denies_is_told_so() -> None:
    made = draft(
        f"{CRACKS} {{s2 The council}} {{c2 denied}} {{t2 that inspectors found cracks in the main girder of the Ellin "
        "bridge in March}.",
        _2={"stance": "denies", "standing": "institution"},
    )
    (found,) = findings(made, "unattributed")
    assert "has The council deny it" in found.message


def test_what_the_outlet_itself_found_is_no_source() -> None:
    made = draft(
        f"{CRACKS} {{s2 We}} {{c2 found}} {{t2 that inspectors found cracks in the main girder of the Ellin bridge}}."
    )
    assert not findings(made, "unattributed")


def test_a_draft_on_the_word_of_one_party_is_found_once() -> None:
    port = {"party": "Port of Ellin", "standing": "person"}
    made = draft(
        "{s1 Ana Duarte} {c1 said} {t1 the crane was sound}. {s2 Jonas Velde} {c2 said} {t2 the log is complete}. "
        "{s3 The port} {c3 said} {t3 nobody was warned of wind}. {s4 Ana Duarte} {c4 said} {t4 the night shift left}.",
        _1=port,
        _2=port,
        _3={**port, "standing": "institution"},
        _4=port,
    )
    (found,) = findings(made, "single-source")
    assert found.message.startswith("4 of the 4 statements of fact in this draft rest on one source: Port of Ellin")
    assert len(found.related) == 3


def test_a_lead_on_the_word_of_one_source_is_found_until_another_says_it() -> None:
    lead = "{s1 Ana Duarte} {c1 said} {t1 the Norrby Crane Company had known of cracks in its harbour crane}."
    other = "\n\n{s2 A. Velde} {c2 said} {t2 the Norrby Crane Company had known of cracks in its harbour crane in May}."
    (found,) = findings(draft(lead), "single-source")
    assert "on the word of Ana Duarte alone" in found.message
    assert not findings(draft(lead + other), "single-source")


def test_a_plan_rests_on_whose_plan_it_is() -> None:
    made = draft(
        "{s The council} {c said} {t it would rebuild the Ellin bridge}.",
        _1={"stance": "intends", "standing": "institution"},
    )
    assert not findings(made, "single-source")


ANONYMOUS = {"standing": "anonymous"}


@pytest.mark.parametrize(
    ("sentence", "told", "reason"),
    [
        ("{s A source} {c said} {t the talks failed}.", "not described beyond that", None),
        ("{s A senior official} {c said} {t the talks failed}.", "not described beyond that", None),
        ("{s A clerk in the post room} {c said} {t the talks failed}.", "”, described", None),
        (
            "{s A clerk in the post room}, who asked not to be named because he feared for his job, {c said} {t no}.",
            "”, described",
            "because he feared for his job",
        ),
        (
            "{t It sank}, {s an official} {c said}. He spoke on condition of anonymity to discuss private talks.",
            "not described beyond that",
            "to discuss private talks",
        ),
        (
            "{s One official}, who was not authorized to speak publicly, {c said} {t the talks failed}.",
            "not described beyond that",
            "not authorized to speak publicly",
        ),
    ],
)
def test_a_source_without_a_name_is_found_with_how_it_is_described_and_why(
    sentence: str, told: str, reason: str | None
) -> None:
    (found,) = findings(draft(sentence, _1=ANONYMOUS), "anonymous-source")
    assert told in found.message
    assert (f"reason given: “{reason}”" if reason else "no reason given") in found.message


def test_a_reason_belongs_to_the_source_beside_it() -> None:
    made = draft(
        "{s1 An official} {c1 said} {t1 it burnt}. {s2 A clerk}, who asked not to be named for fear of losing work, "
        "{c2 said} {t2 it sank}.",
        _1=ANONYMOUS,
        _2=ANONYMOUS,
    )
    first, second = findings(made, "anonymous-source")
    assert "no reason given" in first.message
    assert "reason given: “fear of losing work”" in second.message


def test_somebody_not_named_is_found_even_where_no_statement_was() -> None:
    made = draft("{v The man, who declined to be named, pointed at the crane.} It rained.")
    (found,) = findings(made, "anonymous-source")
    assert words(made, found) == "declined to be named"


def test_many_of_a_kind_hold_no_name_back() -> None:
    assert not findings(draft("{s Many lawmakers} {c said} {t it was late}.", _1=ANONYMOUS), "anonymous-source")
    (found,) = findings(
        draft("{s Officials familiar with the talks} {c said} {t it was late}.", _1=ANONYMOUS), "anonymous-source"
    )
    assert "not described beyond that" in found.message


def test_one_source_is_found_once_with_what_rests_on_it() -> None:
    made = draft(
        "{s1 A diplomat} {c1 said} {t1 it was late}. {s2 The diplomat} {c2 added} {t2 it was dark}.",
        _1={**ANONYMOUS, "entity": "diplomat"},
        _2={**ANONYMOUS, "entity": "diplomat"},
    )
    (found,) = findings(made, "anonymous-source")
    assert "2 statements rest on it" in found.message
    assert len(found.related) == 1


def test_evidence_noted_as_lacking_is_found_at_the_words_that_say_so() -> None:
    made = draft(
        "{s Jonas Velde} {c said}, without offering evidence, {t that the log was forged}.",
        _1={"lacking": "without offering evidence"},
    )
    (found,) = findings(made, "evidence-lacking")
    assert words(made, found) == "without offering evidence"
    assert "Jonas Velde" in found.message


@pytest.mark.parametrize(
    ("cue", "framing", "why"),
    [
        ("claimed", "distancing", "casts doubt"),
        ("has admitted", "endorsing", "as a fault"),
        ("falsely told", "distancing", "is not so"),
        ("revealed", "endorsing", "as a secret"),
    ],
)
def test_a_loaded_word_is_found_with_the_reason(cue: str, framing: str, why: str) -> None:
    made = draft(f"{{s Ana Duarte}} {{c {cue}}} {{t that the crane was cracked}}.", _1={"framing": framing})
    (found,) = findings(made, "loaded-framing")
    assert words(made, found) == cue
    assert why in found.message


@pytest.mark.parametrize(
    ("sentence", "framing"),
    [
        ("{s Ana Duarte} {c said} {t that it was cracked}.", "neutral"),
        ("{s Ana Duarte} {c did not claim} {t that it was cracked}.", "neutral"),
        ("{s Nobody} {c claimed} {t responsibility for the fire}.", "distancing"),
        ("“{s You} {c pointed out} {t that it was cracked},” she wrote.", "endorsing"),
        ("{s The log} {c shows} {t that it was cracked}.", "endorsing"),
        ("{s I} {c admit} {t that it was late}.", "endorsing"),
    ],
    ids=["neutral", "negated", "responsibility", "quoted", "not loaded", "of oneself"],
)
def test_words_that_take_no_side_are_let_pass(sentence: str, framing: str) -> None:
    assert not findings(draft(sentence, _1={"framing": framing}), "loaded-framing")


def test_a_loaded_word_within_what_somebody_says_is_not_the_outlets() -> None:
    made = draft(
        "{s1 Ana Duarte} {c1 said} {t1 that {s2 Velde} {c2 claimed} {t2 it was sound}}.",
        _2={"framing": "distancing", "inside": 1},
    )
    assert not findings(made, "loaded-framing")


FIRST = "“{t1 We told the council three times that the girder was cracked},” {s1 Ana Duarte} {c1 said}.\n\n"


def _again(words: str, who: str = "Ana Duarte") -> str:
    return f"{FIRST}“{{t2 {words}}},” {{s2 {who}}} {{c2 said}}."


def test_a_quotation_in_other_words_is_found_at_the_words_that_changed() -> None:
    made = draft(_again("We told the council four times that the girder was cracked"))
    (found,) = findings(made, "quote-changed")
    assert words(made, found) == "four"
    assert found.message.endswith("with other words in line 1: “… told the council [–three +four] times that the …”")


@pytest.mark.parametrize(
    ("again", "who"),
    [
        ("We told the council three times that the girder was cracked", "Ana Duarte"),
        ("we told the council 3 times that the girder was cracked", "Ana Duarte"),
        ("told the council three times", "Ana Duarte"),
        ("We told the council … that the girder was cracked", "Ana Duarte"),
        ("We told [them] three times that the girder was cracked", "Ana Duarte"),
        ("We told the council four times that the girder was cracked", "Jonas Velde"),
        ("We asked the mayor about another bridge altogether that day", "Ana Duarte"),
    ],
    ids=["same", "digits", "part", "left out", "put in", "another speaker", "another utterance"],
)
def test_the_same_words_and_words_left_out_or_put_in_openly_are_no_change(again: str, who: str) -> None:
    assert not findings(draft(_again(again, who)), "quote-changed")
