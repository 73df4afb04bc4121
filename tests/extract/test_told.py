"""Stock phrases of news that the model passes over: what they make, and what they leave alone."""

from __future__ import annotations

import pytest

from inquit import marked, pipeline
from inquit.extract.decode import Draft
from inquit.extract.quotes import states
from inquit.extract.told import told
from inquit.records import Article, Spans


def made(words: str, found: list[Draft]) -> list[tuple[str, ...]]:
    """Source, cue and content of each draft, in words."""
    text = plain(words)
    return [texts(text, d.source, d.cue, d.content) for d in told(text, states(text), found)]


def marks(words: str) -> list[tuple[str, ...]]:
    """The same as it is marked."""
    found = marked.parse(words)
    return [texts(found.text, s.source, s.cue, s.content) for s in found.statements]


def texts(text: str, *roles: Spans) -> tuple[str, ...]:
    return tuple(" / ".join(text[a:b] for a, b in spans) for spans in roles)


def plain(words: str) -> str:
    return marked.parse(words).text


@pytest.mark.parametrize(
    "words",
    [
        "{t Norland Ships Dump Ore Off Brennick}, {c Allege} {s Harbour Officials}",
        "{t Mayor knew of the leak}, {c says} {s auditor}",
        "{t Dam unsafe since May}, {s inspectors} {c warn}",
        "{t The work involves drills, and that the boats leave at night}, {s it} {c continues}.",
        "{s The TIS statement} {c continues} {t that the boats are fitted out in Brennick}.",
        "{s The firm's filing} {c later went on to state} {t that two vats had failed}.",
        "But {s a spokesman for the port} {c did not immediately respond} {t to an emailed request for comment}.",
        "The mill closed in May, but {s its owner} {c did not return} {t calls seeking comment}.",
        "{s Ana Duarte, the harbour master}, {c could not be reached} {t for comment} on Friday.",
        "{s The company} {c would not be drawn} {t on dates}.",
        "{s The envoy} {c was not available} {t for comment}.",
        "{s Police} {c did not give} {t further details of the crash}.",
        "{t The gang} {c is thought} {t to have fled by sea}.",
        "{s The minister} {c accused} {t the envoy of spying}.",
        "{s Lask} {c has blamed} {t the port for the fire}.",
        "{c Word has it} {t that the tenor is back}.",
        "{t The hall} {c is widely regarded} {t as the finest in Norland}.",
        "{t The sauce was} {c allegedly} {t added later}.",
        "But {t two chiefs} {c reportedly} {t left by the kitchen}.",
    ],
)
def test_a_stock_phrase_is_a_statement(words: str) -> None:
    assert made(words, []) == marks(words)


@pytest.mark.parametrize(
    "text",
    [
        "The rains meant that the harvest was lost.",
        "The council was told that the bridge had closed.",
        "The letter that the auditor found was torn.",
        "Three bridges, one river, an annual report",
        "Storm shuts ports, sales report",
        "The boy did not answer the door.",
        "The gate is to have a new lock.",
        "He has it that way.",
        "The boat is believed lost.",
        "The envoy was accused of spying.",
        "He signed an allegedly forged letter.",
        "The boy died while supposedly trying to swim.",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert made(text, []) == []


def test_a_sentence_with_a_statement_is_left_as_it_is() -> None:
    words = "{s The filing} {c states} {t that the vats failed}, inspectors said."
    found = marked.parse(words).statements[0]
    draft = Draft(found.source, found.cue, found.content, 0.9)
    assert told(plain(words), states(plain(words)), [draft]) == [draft]


def test_the_last_clause_of_a_headline_goes_before_what_the_model_made_of_its_verb() -> None:
    words = "{t Port Shut For Repairs}, {c Claim} {s Lunholm Officials}"
    right = marked.parse(words).statements[0]
    wrong = Draft((), right.cue, (*right.content, *right.source), 0.7)
    assert made(words, [wrong]) == marks(words)


HEADLINE = """Norland Ships Dumping Ore In Lunholm Waters For Long Operations In Pelagia, Allege Norland Intelligence

Norland Ships At Anchor near Brennick."""
STATEMENT = """Norland’s Tide Inspection Service (TIS) said on Monday that crews in Lunholm were cutting buoys.

The TIS statement continues that the boats are fitted out at a yard in Brennick.

The work involves drills, and that a “special emphasis is paid to night crossings”, it continues."""
ACCORDING = "“According to papers seen by the Tide Service, the crews hire divers from the north,” the letter said."
WHICH = """The charges come days after the praised reporter Ilse Brandt’s investigation, which detailed that a hidden \
office had planned it."""
STOP = """Norland has accused Lunholm of jamming its radars, without offering evidence. A senior Lunholm official said \
the charge was absurd."""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEADLINE, [("Norland Intelligence", "Allege", "distancing", None)]),
        (
            STATEMENT,
            [
                ("Tide Inspection Service", "said", "neutral", None),
                ("Tide Inspection Service", "continues", "neutral", "The TIS statement"),
                ("Tide Inspection Service", "continues", "neutral", None),
            ],
        ),
        (
            ACCORDING,
            [("letter", "said", "neutral", None), ("papers seen by the Tide Service", "According to", "neutral", None)],
        ),
        (WHICH, [("Ilse Brandt", "detailed", "neutral", "Ilse Brandt’s investigation")]),
        (
            STOP,
            [
                ("Norland", "has accused", "distancing", None),
                ("senior Lunholm official", "said", "neutral", None),
            ],
        ),
    ],
)
def test_stock_phrases_are_read_in_whole_texts(text: str, said: list[tuple[str | None, ...]]) -> None:
    found = pipeline.reading(Article(id="a1:0", text=text)).statements
    read = [(s.attribution, s.score) for s in found if s.attribution and s.attribution.cue]
    got = {(a.entity, " ".join(text[s:e] for s, e in a.cue), a.framing, a.through): score for a, score in read}
    assert set(said) <= got.keys()
    # The reader may be in doubt about more.
    assert all(score < 0.4 for one, score in got.items() if one not in said)


def test_a_stop_that_stands_apart_leaves_no_blank_to_a_content() -> None:
    words = "Ilse Brandt reportedly sold the dam ."
    [draft] = told(words, states(words), [])
    assert [words[a:b] for a, b in draft.content] == ["Ilse Brandt", "sold the dam"]
