"""Why each label is what it is, and the chain from who speaks to the party they speak for."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_files import Case, load
from hypothesis import given
from hypothesis import strategies as st

import inquit
from inquit import marked, pipeline
from inquit.extract.decode import Draft, nested
from inquit.extract.lexicon import places_of, words_of
from inquit.extract.statements import attributed
from inquit.extract.why import Ground, place
from inquit.extract.wording import Wording
from inquit.records import Article, Reading, Statement

LABELS = ("entity", "through", "party", "standing", "stance", "framing")
STORY = Path(inquit.__file__).parent / "data" / "story"


def labelled(text: str, published: str | None = None) -> tuple[str, tuple[Statement, ...]]:
    """A marked text's plain words, and its attributed statements in the order in which they are numbered."""
    parsed = marked.parse(text)
    said = sorted((s for s in parsed.statements if not s.own_voice and s.content), key=lambda s: s.number)
    roles = [(s.source, s.cue, s.content) for s in said]
    article = Article(id="a1:0", text=parsed.text, published=published)
    found = attributed(article, nested([Draft(*r, score=1.0) for r in roles]), "test")
    places = {(s.attribution.source, s.attribution.cue, s.content): s for s in found if s.attribution}
    return parsed.text, tuple(places[r] for r in roles)


def check(text: str, statement: Statement) -> None:
    """Every label that is set has one reason, whose words lie in the article; the chain ends at the party."""
    said, grounds = statement.attribution, [g.value for g in Ground]
    if said is None:
        assert statement.why == ()
        return
    given = [label for label in LABELS if getattr(said, label) is not None]
    given += ["evidence"] * (statement.evidence is not None) + ["when"] * (statement.when is not None)
    assert [reason.label for reason in statement.why] == given
    for reason in statement.why:
        assert reason.ground in grounds
        assert reason.words
        assert all(text[slice(*span)].strip() and 0 <= span[0] < span[1] <= len(text) for span in reason.words)
    assert [link.name for link in said.chain[-1:]] == [said.party] * (said.party is not None)
    assert all(link.words is None or text[slice(*link.words)].strip() for link in said.chain)


@pytest.mark.parametrize("case", load(), ids=lambda case: f"{case.file}: {case.name}")
def test_every_label_of_a_case_has_one_reason_in_its_text(case: Case) -> None:
    text, found = labelled(case.marked, case.published)
    for statement in found:
        check(text, statement)


def test_every_label_of_the_story_has_one_reason_in_its_text() -> None:
    readings = [r for r in pipeline.readings([str(STORY)]) if isinstance(r, Reading)]
    assert len(readings) == len(list(STORY.iterdir()))
    for reading in readings:
        for statement in reading.statements:
            check(reading.article.text, statement)


def reason(text: str, label: str, number: int = 0, published: str | None = None) -> tuple[str, list[str]]:
    """The ground of a label of one statement of a marked text, and the words."""
    plain, found = labelled(text, published)
    why = next(reason for reason in found[number].why if reason.label == label)
    return why.ground, [plain[slice(*span)] for span in why.words]


@pytest.mark.parametrize(
    ("text", "label", "ground", "words"),
    [
        ("{s Ilse Brandt} {c said} {t the dam held}.", "stance", Ground.WORD, ["said"]),
        ("{s Ilse Brandt} {c did not confirm} {t the leak}.", "stance", Ground.NEGATED, ["did not", "confirm"]),
        ("{s Brandt} {c didn’t confirm} {t the leak}.", "stance", Ground.NEGATED, ["didn’t", "confirm"]),
        ("{s Neither engineer} {c mentioned} {t the crack}.", "stance", Ground.NEGATED, ["Neither", "mentioned"]),
        ("{s Brandt} {c said} {t the dam may leak}.", "stance", Ground.MODAL, ["may"]),
        ("{s Brandt} {c said} {t it is very likely to leak}.", "stance", Ground.MODAL, ["is very likely"]),
        ("{s Brandt} {c may have said} {t the dam leaks}.", "stance", Ground.DOUBT, ["may"]),
        ("{s Brandt} {c refused} {t to sell the mill}.", "stance", Ground.TO_DO, ["refused"]),
        ("“{t Who built it?}” {s Brandt} {c said}.", "stance", Ground.ASKED, ["?"]),
        ("{s Brandt}: “{t The dam held.}”", "stance", Ground.NO_WORD, ["The dam held."]),
        ("{s Brandt} {c zibbled} {t the dam held}.", "stance", Ground.UNKNOWN, ["zibbled"]),
        ("{s Brandt} {c falsely said} {t the dam held}.", "framing", Ground.BESIDE, ["falsely"]),
        ("{s Brandt} {c said} {t the dam held}, without evidence.", "framing", Ground.UNPROVEN, ["without evidence"]),
        ("{s Brandt} {c admitted} {t the dam leaked}.", "framing", Ground.WORD, ["admitted"]),
        ("{s Brandt} {c denied} {t the false claim}.", "framing", Ground.UNTRUE, ["the false claim"]),
        ("{s Residents of Ellin} {c said} {t it shook}.", "standing", Ground.NOUN, ["Residents"]),
        (
            "{s A clerk who asked not to be named} {c said} {t so}.",
            "standing",
            Ground.HELD_BACK,
            ["asked not to be"],
        ),
        ("{s Ana Duarte} {c said} {t so} in a radio interview.", "through", Ground.VEHICLE, ["a radio interview"]),
        (
            "In an interview with Norland’s public broadcaster, the Ellin Voice, {s Duarte} {c said} {t so}.",
            "through",
            Ground.VEHICLE,
            ["an interview with Norland’s public broadcaster, the Ellin Voice"],
        ),
        (
            "In an interview with Reuters the newspaper’s {s editor} {c said} {t so}.",
            "through",
            Ground.VEHICLE,
            ["an interview with Reuters"],
        ),
        (
            "In an interview with the daily al-Noor on Monday, {s Duarte} {c said} {t so}.",
            "through",
            Ground.VEHICLE,
            ["an interview with the daily al-Noor"],
        ),
        ("It {c was believed} {t that the dam held}.", "standing", Ground.NO_SOURCE, ["was believed"]),
    ],
)
def test_the_words_of_a_reason_are_those_that_decided(text: str, label: str, ground: Ground, words: list[str]) -> None:
    assert reason(text, label) == (ground, words)


MET = "{s1 Foreign minister Ana Duarte of Norland} {c1 said} {t1 it rained}. "


@pytest.mark.parametrize(
    ("text", "ground", "words"),
    [
        (MET + "{s2 She} {c2 said} {t2 it poured}.", Ground.SHE, ["Ana Duarte"]),
        (MET + "{s2 Duarte} {c2 said} {t2 it poured}.", Ground.FULLER, ["Ana Duarte"]),
        (MET + "{s2 The foreign minister} {c2 said} {t2 it poured}.", Ground.HOLDER, ["Ana Duarte"]),
        (
            MET + "“{t2 It poured}, {s3 I} {c3 think} {t3 it will last},” {s2 she} {c2 said}.",
            Ground.SHE,
            ["Ana Duarte"],
        ),
        (
            "{s1 The Dike Safety Board (DSB)} {c1 said} {t1 it held}. {s2 The DSB} {c2 said} {t2 it leaks}.",
            Ground.ACRONYM,
            ["Dike Safety Board (DSB)"],
        ),
        (
            "{s1 The Dike Safety Board} {c1 said} {t1 it held}. {s2 It} {c2 said} {t2 it leaks}.",
            Ground.BODY,
            ["The Dike Safety Board"],
        ),
        (
            "{s1 The Harbour Ministry} {c1 said} {t1 so}. {s2 The ministry} {c2 said} {t2 more}.",
            Ground.SO_CALLED,
            ["The Harbour Ministry"],
        ),
        (
            "{s1 The Harbour Ministry} {c1 said in a statement} {t1 so}. {s2 The statement} {c2 said} {t2 more}.",
            Ground.MADE,
            ["The Harbour Ministry"],
        ),
        ("{s1 Ana Duarte} {c1 said} {t1 so}. {s2 They} {c2 said} {t2 more}.", Ground.NOBODY, ["They"]),
    ],
)
def test_an_antecedent_is_shown_where_it_stands(text: str, ground: Ground, words: list[str]) -> None:
    assert reason(text, "entity", 1) == (ground, words)


def test_the_words_for_when_are_the_date_also_where_another_statement_has_it() -> None:
    text = (
        "{s1 Ana Duarte} {c1 said} in a radio interview on Monday that {t1 it rained}. "
        "In the same interview {s2 she} {c2 said} {t2 it poured}."
    )
    assert reason(text, "when", published="2031-05-02") == (Ground.DATE, ["Monday"])
    assert reason(text, "when", 1, published="2031-05-02") == (Ground.SAME, ["Monday"])


@pytest.mark.parametrize(
    ("source", "chain"),
    [
        (
            "Norland’s foreign minister, Teodor Lask,",
            ["person Teodor Lask: Teodor Lask", "office foreign minister: foreign minister", "party Norland: Norland"],
        ),
        (
            "Velmar’s ambassador to Kestria, Stig Ambrose,",
            [
                "person Stig Ambrose: Stig Ambrose",
                "office ambassador to Kestria: ambassador to Kestria",
                "party Velmar: Velmar",
            ],
        ),
        (
            "Lena Pohl, a spokeswoman for the Marbeck campaign,",
            [
                "person Lena Pohl: Lena Pohl",
                "office spokeswoman: spokeswoman",
                "party Marbeck campaign: Marbeck campaign",
            ],
        ),
        (
            "Ana Duarte, a spokeswoman for the Swedish Ministry of Tides,",
            [
                "person Ana Duarte: Ana Duarte",
                "office spokeswoman: spokeswoman",
                "body Swedish Ministry of Tides: Swedish Ministry of Tides",
                "party Sweden: Swedish Ministry of Tides",
            ],
        ),
        (
            "The Harbour Ministry of Norland",
            [
                "body Harbour Ministry of Norland: Harbour Ministry of Norland",
                "party Norland: Harbour Ministry of Norland",
            ],
        ),
        ("Stockholm", ["body Stockholm: Stockholm", "party Sweden: None"]),
        (
            "Kremlin spokeswoman Ana Duarte",
            [
                "person Ana Duarte: Ana Duarte",
                "office spokeswoman: spokeswoman",
                "body Kremlin: Kremlin",
                "party Russia: None",
            ],
        ),
        ("A senior official", ["person senior official: senior official"]),
        ("Ilse Brandt, who studies tides,", ["person Ilse Brandt: Ilse Brandt"]),
        (
            "Orrin Foods spokeswoman Lena Pohl",
            ["person Lena Pohl: Lena Pohl", "office spokeswoman: spokeswoman", "party Orrin Foods: Orrin Foods"],
        ),
    ],
)
def test_the_chain_leads_from_who_speaks_to_the_party(source: str, chain: list[str]) -> None:
    text, (found,) = labelled(f"{{s {source}}} {{c said}} {{t it rained}}.")
    assert found.attribution is not None
    links = found.attribution.chain
    assert [f"{k.kind} {k.name}: {text[slice(*k.words)] if k.words else None}" for k in links] == chain


def test_a_spokeswoman_leads_over_her_minister_to_the_state() -> None:
    text = (
        "{s1 Norland’s foreign minister, Teodor Lask,} {c1 said} {t1 so}. "
        "{s2 Lask’s spokeswoman, Ana Duarte,} {c2 said} {t2 more}."
    )
    said = labelled(text)[1][1].attribution
    assert said is not None
    assert [link.name for link in said.chain] == [
        "Ana Duarte",
        "spokeswoman",
        "Teodor Lask",
        "foreign minister",
        "Norland",
    ]


@given(st.text(max_size=80))
def test_every_word_that_is_looked_up_has_its_place(text: str) -> None:
    places = places_of(text)
    assert all(0 <= start <= end <= len(text) for start, end in places)
    assert text != text.lower() or len(places) == len(words_of(text))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("He didn’t say", ["He", "did", "n’t", "say"]),
        ("She cannot know", ["She", "can", "not", "know"]),
        ("they won't", ["they", "wo", "n't"]),
    ],
)
def test_a_short_not_is_a_word_with_its_own_place(text: str, places: list[str]) -> None:
    assert [text[slice(*span)] for span in places_of(text)] == places


def test_words_over_several_spans_are_found_in_each() -> None:
    text = "did, he insisted, not say"
    joined = Wording.of(text, ((0, 3), (18, 25)))
    assert joined.words == ["did", "not", "say"]
    assert joined.at(0, 2) == ((0, 3), (18, 21))


@pytest.mark.parametrize(("words", "at", "start"), [("it", 0, 22), ("it", 24, 22), ("did", 0, 9), ("ever", 0, None)])
def test_words_are_found_whole_and_from_their_place_on(words: str, at: int, start: int | None) -> None:
    found = place("Visitors did not sit, it", words, at, 40)
    assert found == (None if start is None else (start, start + len(words)))


def test_the_contract_has_every_ground() -> None:
    told = (Path(__file__).parents[2] / "docs" / "contract.md").read_text(encoding="utf-8")
    assert [ground for ground in Ground if ground.value not in told] == []
