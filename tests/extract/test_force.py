from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquit.extract.force import Force, force
from inquit.marked import parse

SHARED = Path(__file__).parents[2].parent / "shared"


def read(marked: str, quoted: bool = False) -> Force:
    parsed = parse(marked)
    first = parsed.statements[0]
    return force(parsed.text, source=first.source, cue=first.cue, content=first.content, quoted=quoted)


@pytest.mark.parametrize(
    ("marked", "stance"),
    [
        ("{s Ilse Brandt} {c said} {t the dam held}.", "affirms"),
        ("{s Brandt} {c denied} {t the theft}.", "denies"),
        ("{s Brandt} {c asked} {t whether the dam held}.", "questions"),
        ("{s Brandt} {c predicted} {t that the dam holds}.", "speculates"),
        ("{s Brandt} {c vowed} {t to mend the dam}.", "intends"),
        ("{s Brandt} {c demanded} {t a new dam}.", "urges"),
        ("{s Brandt} {c declined} {t to comment on the dam}.", "withholds"),
        ("{s Brandt} {c refused} {t to sell the mill}.", "intends"),
        ("{s Brandt} {c refused to say} {t who built the dam}.", "withholds"),
        ("{s Brandt} {c refused to rule out} {t a strike}.", "speculates"),
        ("{s Brandt} {c did not say} {t who built the dam}.", "withholds"),
        ("{s Brandt} did not {c say} {t who built the dam}.", "withholds"),
        ("{s Neither engineer} {c mentioned} {t the crack}.", "withholds"),
        ("{s Brandt} {c did not deny} {t the theft}.", "withholds"),
        ("{s Brandt} {c does not believe} {t that the dam holds}.", "denies"),
        ("{s Brandt} {c doesn’t know} {t if the dam holds}.", "questions"),
        ("{s Brandt} {c does not want} {t to sell the mill}.", "intends"),
        ("{s Brandt} {c not only said} {t the dam held}.", "affirms"),
        ("{s Brandt} found it {c hard not to conclude} {t that the dam had failed}.", "affirms"),
        ("{s Brandt} found it hard {c not to conclude} {t that the dam had failed}.", "affirms"),
        ("{s Brandt} begged him not to jump, {c saying} {t the ice was thin}.", "affirms"),
        ("{s Brandt} {c has yet to say} {t who built the dam}.", "withholds"),
        ("{s Brandt} {c wanted} to {c know} {t who built the dam}.", "questions"),
        ("{s Brandt} {c pressed him on} {t why the dam leaked}.", "questions"),
        ("{s Brandt} {c told him} {t when to open the dam}.", "affirms"),
        ("{s Brandt} {c asks} {t that the dam be mended}.", "urges"),
        ("{s Brandt} {c did not hesitate to call} {t the sale a theft}.", "affirms"),
        ("{s Brandt} {c did not fail to mention} {t the crack}.", "affirms"),
        ("{s Brandt} {c was not surprised} {t that the dam had failed}.", "affirms"),
        ("{s Brandt} {c did not like} {t the plan}.", "denies"),
        ("{s Brandt} {c may have said} {t that the dam leaked}.", "speculates"),
        ("{s Brandt} {c could not tell} {t whether the dam leaked}.", "questions"),
        ("“{t No comment},” {s Brandt} {c said}.", "withholds"),
    ],
)
def test_the_cue_and_its_negation_give_the_stance(marked: str, stance: str):
    assert read(marked).stance == stance


@pytest.mark.parametrize(
    ("marked", "stance"),
    [
        ("{s Brandt} {c continues to deny} {t the theft}.", "denies"),
        ("{s Brandt} {c continued flatly to deny} {t the theft}.", "denies"),
        ("{s Brandt} {c continued} to {c deny} {t the theft}.", "denies"),
        ("{s Brandt} {c has continued denying} {t the theft}.", "denies"),
        ("{s Brandt} {c went on to reject} {t the charge}.", "denies"),
        ("{s Brandt} {c continued to question} {t whether the dam held}.", "questions"),
        ("{s Brandt} {c continued to urge} {t the council to act}.", "urges"),
        ("{s Brandt} {c continues to fear} {t that the dam will break}.", "speculates"),
        ("{s Brandt} {c continued to refuse to say} {t who built the dam}.", "withholds"),
        ("{s Brandt} {c continued to refuse} {t to sell the mill}.", "intends"),
        ("{s Brandt} did not {c continue to deny} {t the theft}.", "withholds"),
        ("{s Brandt} {c was forced to deny} {t the theft}.", "denies"),
        ("{s Brandt} {c was compelled to dismiss} {t the report}.", "denies"),
        ("{s Brandt} {c refused to confirm} {t that the dam had cracked}.", "withholds"),
        ("{s Brandt} {c tried to dismiss} {t the report}.", "denies"),
        # what only looks like it
        ("{s Brandt} {c continued}: “{t The dam held}.”", "affirms"),
        ("{s Brandt} {c continued to say} {t the dam held}.", "affirms"),
        ("{s Brandt} {c continued, adding} {t that the dam held}.", "affirms"),
        ("{s Brandt} {c forced} {t the mayor to deny the theft}.", "urges"),
        ("{s Brandt} {c said} {t the mayor continued to deny the theft}.", "affirms"),
        ("{s Brandt} {c threatened to reject} {t the plan}.", "intends"),
        ("{s Brandt} {c agreed to deny} {t the theft}.", "intends"),
        ("{s Brandt} {c refused to confirm} or {c deny} {t the theft}.", "withholds"),
    ],
)
def test_of_two_verbs_the_one_that_is_led_up_to_gives_the_stance(marked: str, stance: str):
    assert read(marked).stance == stance


@pytest.mark.parametrize(
    ("marked", "framing"),
    [
        ("{s Brandt} {c continued to insist} {t the dam held}.", "distancing"),
        ("{s Brandt} {c was forced to admit} {t that the dam leaked}.", "endorsing"),
        ("{s Brandt} {c continued to say} {t the dam held}.", "neutral"),
        ("{s Brandt} {c swears by} {t the dam}.", "neutral"),
    ],
)
def test_of_two_verbs_the_one_that_is_led_up_to_gives_the_framing(marked: str, framing: str):
    assert read(marked).framing == framing


@pytest.mark.parametrize(
    ("marked", "stance"),
    [
        ("{s Brandt} {c said} {t the dam may break}.", "speculates"),
        ("{s Brandt} {c said} {t the dam appears to leak}.", "speculates"),
        ("{s Brandt} {c said} {t the mayor appeared at noon}.", "affirms"),
        ("{s Brandt} {c said} {t the dam broke in May}.", "affirms"),
        ("{s Brandt} {c said} {t the dam is likely to break}.", "speculates"),
        ("{s Brandt} {c said} {t her father could not swim}.", "affirms"),
        ("{s Brandt} {c said} {t that farmers who may lose land were asleep}.", "affirms"),
        ("{s Brandt} {c said} {t the council should drain the lake}.", "urges"),
        ("{s Brandt} {c said} {t the council should have drained the lake}.", "affirms"),
        ("{s Brandt} {c said} {t the town felt a need for rest}.", "affirms"),
        ("{s Brandt} {c said} {t she would drain the lake}.", "intends"),
        ("{s Brandt} {c said} {t the council will drain the lake}.", "affirms"),
        ("“{t We will drain it},” {s Brandt} {c said}.", "intends"),
        ("“{t If it rains, we will drain it},” {s Brandt} {c said}.", "intends"),
        ("“{t We are going to see more floods},” {s Brandt} {c said}.", "speculates"),
        ("“{t It will be a wet year},” {s Brandt} {c said}.", "affirms"),
        ("“{t Who drained the lake?}” {s Brandt} {c said}.", "questions"),
        ("“{t Give us the keys},” {s Brandt} {c shouted}.", "urges"),
        ("{s Experts} {c said} {t it won't be cheap}.", "affirms"),
        ("{s He} {c said} {t it would ruin the lake}.", "affirms"),
        ("{s The council} {c said} {t it would drain the lake}.", "intends"),
        ("“{t As soon as it rains, over and above all plans, we will drain it},” {s she} {c said}.", "intends"),
        ("“{t He is going to drain it},” {s he} {c said}.", "affirms"),
        ("“{t Brandt always tells us to ask whenever we think we will drown},” {s she} {c said}.", "affirms"),
        ("“It is deep and {s I} {c think} {t it will flood us},” she said.", "affirms"),
        ("{s The crews} {c said} {t they won't be able to drain it}.", "affirms"),
        ("{s Brandt} {c said} {t May’s flood was a reminder}.", "affirms"),
        ("{s Brandt} {c detailed} {t the possible causes of the flood}.", "affirms"),
        ("{s Brandt} {c said} {t it is possible that the dam leaks}.", "speculates"),
        ("{s No 9} {c confirmed} {t that the dam leaks}.", "affirms"),
        ("“{t You only need to ask},” {s Brandt} {c said}.", "affirms"),
        ("{s Brandt} {c stressed} {t the need to drain the lake}.", "urges"),
        ("{s Brandt} {c recalled} {t the flood and the need to leave}.", "affirms"),
        ("“{t Look, they all went home},” {s Brandt} {c said}.", "affirms"),
        ("“{t Look at the dam},” {s Brandt} {c said}.", "urges"),
        ("{s Brandt} {c hoped} {t to retire}.", "intends"),
        ("{s Brandt} {c hoped} {t that it would rain}.", "speculates"),
        ("{s Brandt} {c warned} {t that the dam leaks}.", "affirms"),
        ("{s Brandt} {c warned} {t villagers not to swim}.", "urges"),
        ("{s Brandt} {c told} {t the crew to leave}.", "urges"),
        ("{s Brandt} {c told} reporters {t that the crew had left}.", "affirms"),
        ("{s Brandt} {c asked} {t the crew to leave}.", "urges"),
    ],
)
def test_the_main_clause_of_the_content_gives_the_stance(marked: str, stance: str):
    assert read(marked).stance == stance


@pytest.mark.parametrize(
    ("marked", "framing"),
    [
        ("{s Brandt} {c said} {t the dam held}.", "neutral"),
        ("{c According to} {s Brandt}, {t the dam held}.", "neutral"),
        ("{s Brandt} {c claims} {t the dam held}.", "distancing"),
        ("{s Brandt} {c insists} {t the dam held}.", "distancing"),
        ("{s Brandt} {c insisted on} {t a second dam}.", "neutral"),
        ("{s Brandt} {c admitted} {t that the dam leaks}.", "endorsing"),
        ("{s Brandt} {c did not admit} {t that the dam leaks}.", "endorsing"),
        ("{s Brandt} {c did not confirm} {t that the dam leaks}.", "neutral"),
        ("{s Brandt} falsely {c said} {t the dam held}.", "distancing"),
        ("{s Brandt} {c rightly said} {t the dam held}.", "endorsing"),
        ("Without offering any evidence, {s Brandt} {c said} {t the dam held}.", "distancing"),
        ("{s Brandt} {c said}, without evidence, {t the dam held}.", "distancing"),
        ("{s Brandt} {c said} {t the dam fell without evidence of rain}.", "neutral"),
        ("{s Brandt} {c repeated} {t the debunked claim that the dam held}.", "distancing"),
        ("{s Brandt} {c denied} {t the false claim that the dam held}.", "endorsing"),
        ("{t The allegations} {c were made by} {s Brandt}.", "distancing"),
    ],
)
def test_the_outlets_words_give_the_framing(marked: str, framing: str):
    assert read(marked).framing == framing


def test_words_inside_a_quotation_are_not_the_outlets():
    assert read("“{s Brandt} {c claims} {t the dam held},” he said.", quoted=True).framing == "neutral"


def test_a_statement_without_cue_affirms_and_is_known():
    found = read("{s Brandt}: “{t The dam held.}”")
    assert (found.stance, found.framing, found.known) == ("affirms", "neutral", True)


def test_an_unknown_cue_affirms_and_is_not_known():
    found = read("{s Brandt} {c zibbled} {t the dam held}.")
    assert (found.stance, found.framing, found.known) == ("affirms", "neutral", False)


@given(st.text(max_size=60), st.data())
def test_no_text_and_no_spans_make_it_fail(text: str, data: st.DataObject):
    def spans() -> tuple[tuple[int, int], ...]:
        cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
        return tuple(zip(cuts[::2], cuts[1::2], strict=False))

    result = force(text, source=spans(), cue=spans(), content=spans(), quoted=data.draw(st.booleans()))
    assert isinstance(result, Force)


def _macro_f1(pairs: list[tuple[str, str]]) -> float:
    scores = []
    for label in {gold for gold, _ in pairs}:
        right = sum(g == p == label for g, p in pairs)
        scores.append(2 * right / sum((g == label) + (p == label) for g, p in pairs))
    return sum(scores) / len(scores)


@pytest.mark.shared
def test_stance_and_framing_keep_their_floors_on_the_labelled_articles():
    labels = sorted((SHARED / "gold" / "dev" / "labels").glob("*.json"))
    if not labels:
        pytest.skip("the labelled articles are not beside the checkout")
    stances, framings = [], []
    for path in labels:
        text = (SHARED / "gold" / "dev" / "texts" / f"{path.stem}.txt").read_text(encoding="utf-8")
        for s in json.loads(path.read_text(encoding="utf-8"))["statements"]:
            source, cue, content = (tuple((a, b) for a, b in s[role] or ()) for role in ("source", "cue", "content"))
            before = text.rfind("\n", 0, cue[0][0]) + 1 if cue else 0
            quoted = s["inside"] is not None and bool(cue) and text.count('"', before, cue[0][0]) % 2 == 1
            result = force(text, source=source, cue=cue, content=content, quoted=quoted)
            stances.append((s["stance"], result.stance))
            framings.append((s["framing"], result.framing))
    assert _macro_f1(stances) >= 0.75
    assert _macro_f1(framings) >= 0.70


def test_lack_of_evidence_stays_with_its_own_sentence():
    text = "{s Brandt} {c said} {t the dam was rigged}, without offering evidence. Ilse Oakum said it was safe."
    parsed = parse(text)
    assert read(text).framing == "distancing"
    source, cue, content = ("Ilse Oakum", "said it", "it was safe")
    start = parsed.text.index(source)
    spans = [
        ((parsed.text.index(w, start), parsed.text.index(w, start) + n),)
        for w, n in ((source, 10), (cue, 4), (content, 11))
    ]
    assert force(parsed.text, source=spans[0], cue=spans[1], content=spans[2], quoted=False).framing == "neutral"


@pytest.mark.parametrize(
    ("marked", "framing"),
    [
        ("{s Brandt} {c regretted} {t that the dam had been sold}.", "endorsing"),
        ("{s Brandt} {c was not amused} {t that the dam had been sold}.", "endorsing"),
        ("{s Brandt} {c regretted} {t the sale}.", "neutral"),
        ("{s Brandt} {c did not like} {t that kind}.", "neutral"),
        ("{s Brandt} {c could see} {t that the dam leaked}.", "endorsing"),
        ("{s Brandt} {c did not know} {t that the dam leaked}.", "endorsing"),
        ("{s Brandt} {c did not know} {t whether the dam leaked}.", "neutral"),
        ("It {c is not known} {t who built the dam}.", "neutral"),
        ("{s Brandt} {c may have confirmed} {t the sale}.", "neutral"),
        ("{s Brandt} {c may have known} {t that the dam leaked}.", "endorsing"),
    ],
)
def test_a_clause_after_a_word_for_a_fact_holds_negated_or_not(marked: str, framing: str):
    assert read(marked).framing == framing


@pytest.mark.parametrize(
    ("content", "stance", "framing"),
    [
        ("that the dam holds", "affirms", "distancing"),
        ("on a new dam", "urges", "neutral"),
        ("building a new dam before Brenner's election", "urges", "neutral"),
        ("building a new dam was cheap", "affirms", "distancing"),
        ("nothing had changed", "affirms", "distancing"),
        ("a new dam be built", "urges", "neutral"),
        ("there be no guards at the dam", "urges", "neutral"),
        ("a new dam will be built", "affirms", "distancing"),
    ],
)
def test_who_insists_on_a_thing_demands_it(content: str, stance: str, framing: str) -> None:
    found = read(f"{{s Ilse Brandt}} {{c insisted}} {{t {content}}}.")
    assert (found.stance, found.framing) == (stance, framing)


def test_a_preposition_that_the_content_begins_with_is_the_cues() -> None:
    assert read("{s Ilse Brandt} {c asked} {t for a break}.").stance == "urges"
    assert read("{s Ilse Brandt} {c asked} {t the ferryman}.").stance == "questions"
    assert read("{s Ilse Brandt} {c calls} {t long-standing allies foes}.").stance == "affirms"
    assert read("{s Brandt} voiced {c the suggestion} {t that nobody had come}.").stance == "speculates"
    assert read("{s Ilse Brandt} {c is looking} {t to mend the dam}.").stance == "intends"
