"""What is done is no statement; what is said by the same verbs is one."""

from __future__ import annotations

import pytest

from inquit.extract.acts import said
from inquit.extract.decode import Draft
from inquit.marked import parse


def kept(words: str) -> int:
    found = parse(words)
    return len(said(found.text, [Draft(s.source, s.cue, s.content, 0.9) for s in found.statements]))


@pytest.mark.parametrize(
    "words",
    [
        "{s The mayor} {c accepted} {t two silver rings}.",
        "{s Norland} {c signed an order imposing} {t a toll on the quay}.",
        "{s The guard} {c launched an investigation} {t into the leak}.",
        "{c1 was introduced} {t1 The toll} in spring.",
        "{t These dives} {c received early approval from} {s Norland}.",
        "{s Lask} {c voted in favour of} {t the toll}.",
        "{s The council} {c declared} {t a state of emergency}.",
        "{s Lask} {c posted} {t a photo of the crane}.",
        "{s1 She} {c1 said} {t1 the bill {c2 would ban} {t2 cranes}}.",
    ],
)
def test_what_is_done_is_none(words: str) -> None:
    assert kept(words) == words.count("{c1 said}")


@pytest.mark.parametrize(
    "words",
    [
        "{s The mayor} {c accepted} {t that the gate was open}.",
        "{s The mayor} {c accepted} {t the blame for it}.",
        "{s Lask} {c signed a letter saying} {t the gate was open}.",
        "{s Lask} {c gave her approval, saying} {t the gate was safe}.",
        "{s Lask} {c declared} {t the gate safe}.",
        "{t1 The firm} {c1 allegedly blocked} {t1 the inquiry}.",
        "{s The guard} {c has not released} {t the name of the diver}.",
        "{s Lask} {c posted}: “{t The gate is open}.”",
        "{s Lask} {c passed} {t “The gate is open”} to the crew.",
    ],
)
def test_what_is_said_stays(words: str) -> None:
    assert kept(words) == 1


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("{s The incident} {c highlighted} {t how often cranes fall}.", 0),
        ("{s The market} {c showed} {t some wear}.", 0),
        ("{s The inspection report} {c showed} {t that the crane fell}.", 1),
        ("{s The diver} {c highlighted} {t how often cranes fall}.", 1),
        ("{s Lask} {c showed} {t that the crane fell}.", 1),
        ("{s It} {c showed} {t that the crane fell}.", 1),
        ("{s The market} {c showed}: “{t The crane fell.}”", 1),
    ],
)
def test_a_thing_that_shows_something_says_nothing(words: str, count: int) -> None:
    assert kept(words) == count


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("If {s you} {c prefer} {t a quiet quay}, leave.", 0),
        ("“Do {s you} {c think} {t I was there}?” she asked.", 0),
        ("“{s You} {c said} {t the quay was quiet},” she told him.", 1),
    ],
)
def test_whoever_reads_is_no_source(words: str, count: int) -> None:
    assert kept(words) == count


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("{t Results} {c will be announced} on Sunday.", 0),
        ("{t The divers} {c were unsettled}.", 0),
        ("{t The allegations} {c were denied}.", 1),
        ("{t The quay is shut}, {c reportedly}.", 1),
        ("{t The quay} {c is expected} {t to be shut}.", 1),
    ],
)
def test_a_passive_of_its_subject_alone_says_nothing(words: str, count: int) -> None:
    found = parse(words.replace("{t ", "{t1 ").replace("{c ", "{c1 "))
    assert len(said(found.text, [Draft(s.source, s.cue, s.content, 0.9) for s in found.statements])) == count
