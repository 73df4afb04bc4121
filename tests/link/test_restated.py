"""What only looks like a lost source: deeds told, quotations shown, phrases in common, public acts."""

from __future__ import annotations

import msgspec
import pytest
from newsroom import Line, Newsroom, own, said

from inquit.records import Reading

CHEATED = "the ferry company had cheated the harbour board of Ellinport for nine years"


def day(n: int) -> str:
    return f"2026-04-{n:02d}T09:00:00Z"


def quoted(reading: Reading) -> Reading:
    """The same article, its statements read as direct quotations."""
    told = tuple(msgspec.structs.replace(one, form="direct") for one in reading.statements)
    return msgspec.structs.replace(reading, statements=told)


def cued(reading: Reading, cue: str) -> Reading:
    """The same article, in which its first statement has that cue, which stands in its text."""
    first, *others = reading.statements
    assert first.attribution is not None
    at = reading.article.text.index(cue)
    attribution = msgspec.structs.replace(first.attribution, cue=((at, at + len(cue)),))
    return msgspec.structs.replace(
        reading, statements=(msgspec.structs.replace(first, attribution=attribution), *others)
    )


def lost(*lines: Line, as_quoted: bool = False, cue: str = "", copied: bool = False) -> int:
    """In how many articles a source was lost, of one for each line, a day apart."""
    news = Newsroom()
    for n, line in enumerate(lines):
        reading = news.publish(f"Paper {n}", day(n + 1), line)
        if n == 0 and as_quoted:
            news.readings[0] = quoted(reading)
        if n == 0 and cue:
            news.readings[0] = cued(reading, cue)
    if copied:
        news.copied(news.readings[0], news.readings[1])
    (claim,) = news.claims()
    assert len(claim.occurrences) == len(lines)
    return len(claim.laundering)


def test_a_source_that_is_gone_is_lost() -> None:
    assert lost(said("Ana Duarte", CHEATED), own(CHEATED)) == 1


def test_who_has_the_very_words_of_a_quotation_shows_it() -> None:
    assert lost(said("Ana Duarte", CHEATED), own(CHEATED), as_quoted=True) == 0


def test_a_word_in_quotation_marks_makes_the_rest_no_quotation() -> None:
    marked = CHEATED.replace("cheated", "“cheated”")
    assert marked != CHEATED
    assert lost(said("Ana Duarte", marked), own(CHEATED)) == 1


def test_who_is_quoted_later_has_quoted_nobody() -> None:
    news = Newsroom()
    news.publish("Paper 0", day(1), said("Ana Duarte", f"that in her view {CHEATED}"))
    news.publish("Paper 1", day(2), own(CHEATED))
    later = news.publish("Paper 2", day(3), said("Paper 1", CHEATED))
    news.readings[2] = quoted(later)
    (claim,) = news.claims()
    assert news.outlets([step.to for step in claim.laundering]) == ["Paper 1"]


def test_a_copy_of_a_quotation_without_its_speaker_has_lost_him() -> None:
    assert lost(said("Ana Duarte", CHEATED), own(CHEATED), as_quoted=True, copied=True) == 1


@pytest.mark.parametrize(
    ("first", "steps"),
    [("the Ellinport ferry scandal", 0), ("the Ellinport ferry scandal cost the mayor her seat in March", 1)],
)
def test_a_phrase_is_too_little_to_tell_a_loss_by(first: str, steps: int) -> None:
    later = "the Ellinport ferry scandal cost the mayor her seat in March and two engineers their jobs"
    assert lost(said("Ana Duarte", first), own(later)) == steps


def test_a_short_clause_is_lost_as_a_long_one_is() -> None:
    assert lost(said("Ana Duarte", "that the shipyard is bankrupt"), own("the shipyard is bankrupt")) == 1


@pytest.mark.parametrize(
    ("later", "steps"),
    [
        ("Duarte savaged the ferry company for cheating the harbour board of Ellinport for nine years", 0),
        ("the ferry company had cheated the harbour board of Ellinport for nine years", 1),
    ],
)
def test_what_a_source_did_may_be_told_in_own_words(later: str, steps: int) -> None:
    first = "the ferry company savaged for cheating the harbour board of Ellinport for nine years"
    assert lost(said("Ana Duarte", first), own(later), cue="savaged") == steps


@pytest.mark.parametrize("standing", ["institution", "outlet", "document"])
def test_own_words_that_name_the_body_or_the_paper_keep_it(standing: str) -> None:
    entity = "Ellin’s friendly newspapers"
    first = Line(CHEATED, entity, standing=standing)  # type: ignore[arg-type]
    assert lost(first, own(f"{CHEATED}, the picture in Ellin's friendly newspapers")) == 0


def hearsay(words: str) -> Line:
    return Line(words, None, standing="none")


@pytest.mark.parametrize(("verb", "steps"), [("were charged", 0), ("were reportedly charged", 1), ("were accused", 1)])
def test_an_act_of_an_authority_is_no_hearsay(verb: str, steps: int) -> None:
    words = f"twelve sailors of Ellinport {verb} with stealing the ferry company's ledgers"
    news = Newsroom()
    news.publish("Paper 0", day(1), said("Ministry of Justice", words, standing="institution"))
    later = news.publish("Paper 1", day(2), hearsay(words))
    news.readings[1] = cued(later, verb)
    (claim,) = news.claims()
    assert len(claim.laundering) == steps


def test_hearsay_whose_words_a_later_article_has_whole_is_read_otherwise() -> None:
    words = "the ferry company seemed to cheat the harbour board of Ellinport"
    news = Newsroom()
    first = cued(news.publish("Paper 0", day(1), hearsay(words)), "seemed")
    news.readings[0] = first
    news.copied(first, news.publish("Paper 1", day(2), own(f"{words} for nine years")))
    (claim,) = news.claims()
    assert not claim.laundering


@pytest.mark.parametrize(("cue", "steps"), [("claimed", 1), ("alleged", 1), ("welcomed", 0), ("reacted to", 0)])
def test_only_what_was_said_can_lose_who_said_it(cue: str, steps: int) -> None:
    phrase = "the secret sale of the Ellinport ferry line to the harbour board"
    assert lost(said("Ana Duarte", f"{cue} {phrase}"), own(phrase), cue=cue) == steps


def test_a_topic_that_a_that_makes_a_clause_was_said() -> None:
    clause = "that the harbour board secretly sold the Ellinport ferry line welcomed"
    assert lost(said("Ana Duarte", clause), own(clause.removeprefix("that ")), cue="welcomed") == 1


@pytest.mark.parametrize(
    ("first", "steps"),
    [
        ("that the Ellinport ferry line will close in March for good", 0),
        ("that the Ellinport ferry line should close in March for good", 0),
        ("that the Ellinport ferry line had closed in March for good", 1),
    ],
)
def test_what_was_to_come_and_came_about_stands_on_nobodys_word(first: str, steps: int) -> None:
    assert lost(said("Ana Duarte", first), own("the Ellinport ferry line closed in March for good")) == steps


def test_a_plan_names_whose_it_is() -> None:
    plan = "Duarte will close the Ellinport ferry line in March for good"
    assert lost(said("Ana Duarte", plan, stance="intends"), own(f"in short, {plan}, as all expect")) == 0
    assert lost(said("Olav Brenner", plan), own(f"in short, {plan}, as all expect")) == 1


def test_who_has_the_words_of_one_without_a_source_has_lost_none() -> None:
    bare = f"since the war {CHEATED}, and nobody noticed"
    assert lost(said("Ana Duarte", CHEATED), own(bare)) == 1
    assert lost(said("Ana Duarte", CHEATED), own(bare), own(bare)) == 1


@pytest.mark.parametrize("act", ["the indictment says that", "it has since been charged that"])
def test_a_public_act_beside_own_words_is_whose_word_they_are(act: str) -> None:
    assert lost(said("Ministry of Justice", CHEATED, standing="institution"), own(f"{act} {CHEATED}")) == 0


@pytest.mark.parametrize(
    ("cue", "origins"), [("claimed", ["Ana Duarte", "Olav Brenner"]), ("welcomed", ["Ana Duarte"])]
)
def test_who_welcomes_a_thing_is_no_origin_beside_who_says_it(cue: str, origins: list[str]) -> None:
    phrase = "the secret sale of the Ellinport ferry line to the harbour board"
    news = Newsroom()
    news.publish("Paper 0", day(1), said("Ana Duarte", phrase))
    news.publish("Paper 1", day(2), said("Olav Brenner", f"{cue} {phrase}"))
    news.readings[1] = cued(news.readings[1], cue)
    (claim,) = news.claims()
    assert sorted(origin.entity for origin in claim.origins) == origins


def test_who_welcomes_a_thing_that_nobody_says_is_its_origin() -> None:
    phrase = "welcomed the secret sale of the Ellinport ferry line to the harbour board"
    news = Newsroom()
    for n in range(2):
        news.publish(f"Paper {n}", day(n + 1), said("Olav Brenner", phrase))
        news.readings[n] = cued(news.readings[n], "welcomed")
    (claim,) = news.claims()
    assert [origin.entity for origin in claim.origins] == ["Olav Brenner"]


def toned(*lines: Line, cue: str = "") -> int:
    """How often a framing was lost between articles with one line each, a day apart."""
    news = Newsroom()
    for n, line in enumerate(lines):
        news.publish(f"Paper {n}", day(n + 1), line)
    if cue:
        news.readings[-1] = cued(news.readings[-1], cue)
    (claim,) = news.claims()
    return sum(step.lost == "framing" for step in claim.laundering)


@pytest.mark.parametrize(
    ("later", "steps"),
    [
        (CHEATED, 1),
        (CHEATED.replace("cheated", "“cheated”"), 0),
        (CHEATED.replace("had cheated", "seems to have cheated"), 0),
    ],
)
def test_who_quotes_or_doubts_himself_tones_nothing_down(later: str, steps: int) -> None:
    first = said("Ana Duarte", CHEATED, framing="distancing")
    assert toned(first, said("Ana Duarte", later)) == steps


def test_to_be_accused_is_as_doubtful_as_hearsay() -> None:
    words = f"it is accused that {CHEATED}"
    first = Line(words, None, standing="none", framing="distancing")
    assert toned(first, hearsay(words), cue="accused") == 0
    assert toned(first, hearsay(words)) == 1
