"""What the grammar of a clause settles: the same text as the model left it and as it should be."""

from __future__ import annotations

import pytest
from marked_drafts import drafts, roles

from inquit.extract.clauses import settled
from inquit.extract.decode import Draft, nested


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("{s1 Ana Duarte} {c1 called for} {t1 an inquiry} and promptly {c2 demanded} {t2 new locks}.", "Ana Duarte"),
        ("{s1 The port} {c1 denied} {t1 the leak}, {c2 insisting} {t2 that the valves held}.", "The port"),
    ],
)
def test_a_second_verb_shares_the_subject(words: str, subject: str) -> None:
    text, found = drafts(words)
    second = next(d for d in settled(text, found) if d.cue == found[1].cue)
    assert [text[a:b] for a, b in second.source] == [subject]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            "The bridge is old, {s the mayor} {c said}, {t and the cables are worn}.",
            "{t The bridge is old}, {s the mayor} {c said}, {t and the cables are worn}.",
        ),
        (
            "{c According to} the harbour office, {t the crane was safe}.",
            "{c According to} {s the harbour office}, {t the crane was safe}.",
        ),
        (
            "{c According} {t to the harbour office, the crane was safe}.",
            "{c According to} {s the harbour office}, {t the crane was safe}.",
        ),
        (
            "{s Lask} {c claimed, without providing} evidence, {t that the count was rigged}.",
            "{s Lask} {c claimed}, without providing evidence, {t that the count was rigged}.",
        ),
        (
            "{s1 Lask} {c1 claimed} {t1 fraud} but offered {s2 no documents} {c2 to back} {t2 that claim}.",
            "{s Lask} {c claimed} {t fraud} but offered no documents to back that claim.",
        ),
        (
            "{s Lask} {c claimed} {t the count was rigged, without offering proof}. A second envoy left.",
            "{s Lask} {c claimed} {t the count was rigged}, without offering proof. A second envoy left.",
        ),
        (
            "{t1 The count was rigged}, {s1 Lask} {c1 said}, {c2 without offering} {t2 evidence}. {s2 A clerk} left.",
            "{t The count was rigged}, {s Lask} {c said}, without offering evidence. A clerk left.",
        ),
        (
            "{c Alleging} {t that the count was rigged}, he left. {s A senior official} came.",
            "{c Alleging} {t that the count was rigged}, he left. A senior official came.",
        ),
        (
            "{t The crane was safe}, {c said} {s Joris Maat, speaking at the quay}.",
            "{t The crane was safe}, {c said} {s Joris Maat}, speaking at the quay.",
        ),
    ],
)
def test_a_clause_gets_what_the_model_left_out(given: str, expected: str) -> None:
    text, found = drafts(given)
    same, wanted = drafts(expected)
    assert text == same
    assert roles(settled(text, found)) == roles(wanted)


@pytest.mark.parametrize(
    "words",
    [
        # another subject stands between
        "{s1 Ana Duarte} {c1 denied} {t1 the leak}. In Ellin {c2 demanding} {t2 answers} is normal.",
        # the time belongs to the outlet
        "In May, {s the mayor} {c said}, “{t the cables are worn}.”",
        # an apposition is part of the source
        "{s Joris Maat, the foreman}, {c said} {t the crane was safe}.",
        # no comma breaks the sentence off
        "The bridge is old. {s The mayor} {c said} {t the cables are worn}.",
    ],
)
def test_what_is_right_stays(words: str) -> None:
    text, found = drafts(words)
    assert roles(settled(text, found)) == roles(nested(found))


@pytest.mark.parametrize("title", ["Mr.", "Gov.", "Sen."])
def test_a_title_ends_no_sentence(title: str) -> None:
    words = f"{{s1 The port}} {{c1 said}} {{t1 that {title} Maat was told}} and {{c2 demanded}} {{t2 an apology}}."
    text, found = drafts(words)
    second = next(d for d in settled(text, found) if d.cue == found[1].cue)
    assert [text[a:b] for a, b in second.source] == ["The port"]


def test_a_doubtful_cue_that_nobody_knows_is_none_unless_it_quotes() -> None:
    text, found = drafts("{s1 Ana Duarte} {c1 subleased} {t1 the pier}. {s2 Lask} {c2 glorped}: “{t2 It is shut.}”")
    doubtful = [Draft(d.source, d.cue, d.content, 0.3) for d in found]
    assert settled(text, doubtful) == nested(doubtful[1:])
    assert len(settled(text, found)) == 2
