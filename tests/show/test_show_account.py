"""Order, numbers, counts and sources of a reading, whatever its records say."""

import pytest
from show_sample import reading, sample

from inquit.show.account import counts, dated, entries, source_words, sources
from inquit.show.runs import paragraphs, runs
from inquit.show.safe import shown


def test_statements_are_numbered_under_the_one_they_stand_in():
    numbers = [entry.number for entry in entries(sample())]
    assert numbers == ["1", "2", "3", "4", "5", "5.1", "6", "7", "8", "8.1", "8.1.1", "9", "10", "11", "12"]


def test_an_inner_statement_given_first_still_follows_its_outer_one():
    found = reading(
        "abc", {"content": ((1, 2),), "inside": "s1:1", "entity": "B"}, {"content": ((0, 3),), "entity": "A"}
    )
    assert [(entry.index, entry.number) for entry in entries(found)] == [(1, "1"), (0, "1.1")]


def test_statements_inside_each_other_or_inside_nothing_are_kept():
    spans = [{"content": ((0, 1),), "inside": inside} for inside in ("s1:1", "s1:0", "s1:2", "s1:gone")]
    assert sorted(entry.index for entry in entries(reading("abc", *spans))) == [0, 1, 2, 3]


def test_a_thousand_levels_are_no_trouble():
    spans = [{"content": ((0, 1),), "inside": f"s1:{n - 1}" if n else None} for n in range(1000)]
    assert entries(reading("abc", *spans))[-1].depth == 999


def test_counts_of_the_sample():
    found = counts(sample())
    assert (found.statements, found.attributed, found.own_voice, found.nested) == (15, 13, 2, 3)
    assert (found.sources, found.parties, found.anonymous) == (9, 6, 1)
    assert (found.distancing, found.denials, found.lacking, found.problems) == (1, 1, 1, 1)


def test_a_source_is_one_however_it_is_written():
    found = reading("He she", *({"content": ((0, 2),), "entity": name} for name in ("Mara Voss", "mara  voss")))
    assert [(line.entity, line.statements) for line in sources(found)] == [("Mara Voss", 2)]


def test_a_statement_without_agent_has_no_source():
    found = reading("It is said", {"content": ((0, 2),), "standing": "none"})
    assert sources(found) == ()


@pytest.mark.parametrize(("entity", "said"), [("Coast Service", None), ("Olu Brandt", "the Coast Service,")])
def test_source_words_are_told_only_where_they_differ(entity, said):
    text = "the Coast Service, said"
    found = reading(text, {"content": (), "source": ((0, 18),), "entity": entity})
    assert source_words(text, found.statements[0].attribution) == said


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2031-04-08", "2031-04-08"),
        ("2031-04-08T07:10:00+01:00", "2031-04-08 07:10"),
        ("spring", "spring"),
        (None, None),
    ],
)
def test_dates_are_shortened_and_what_is_no_date_stays(published, expected):
    assert dated(published) == expected


def test_runs_cover_the_text_without_gaps_and_hold_spans_to_it():
    found = reading("0123456789", {"content": ((-5, 4), (3, 99), (7, 2))})
    cut = runs(10, found.statements, cuts=(5,))
    assert [(run.start, run.end) for run in cut] == [(0, 3), (3, 4), (4, 5), (5, 10)]
    assert all(run.parts == ((0, "own"),) for run in cut)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb", ["a", "b"]),
        ("a\nb\n\n c", ["a\nb", "c"]),
        ("\n\na\n \n", ["a"]),
        ("", []),
        ("a\n \n\n\nb\n\n", ["a", "b"]),
        ("a\n\x1f", ["a", "\x1f"]),  # shown as a picture
    ],
)
def test_paragraphs_are_parted_by_blank_lines_or_else_by_line_ends(text, expected):
    assert [text[start:end] for start, end in paragraphs(text)] == expected


def test_shown_text_is_as_long_as_before_and_without_controls():
    text = "a\x1b[31m\x00\x7f\x9b\u202e\u2067\ud800\ufffe\r\u2028\t👩‍👧"
    assert len(shown(text)) == len(text)
    assert shown(text) == "a␛[31m␀␡\ufffd\ufffd\u2060\ufffd\ufffd\n\n 👩‍👧"
