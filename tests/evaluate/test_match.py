"""Tokens, fillers and matching: the definitions of the field, on texts of our own."""

from __future__ import annotations

from corpora import BRIDGE, CRANE, annotated
from hypothesis import given
from hypothesis import strategies as st

from inquit.evaluate.brat import Annotated, Attribution
from inquit.evaluate.counting import Count, count
from inquit.evaluate.match import Filler, Tokens, pairs

QUOTED = "“It is safe,” Ana Duarte said, “and open.” Nobody – she said: no."


def filler(*spans: tuple[int, int]) -> Filler:
    return Filler.of(Tokens(QUOTED), spans)


def shown(*spans: tuple[int, int]) -> list[str]:
    return [QUOTED[a:b] for a, b in filler(*spans).spans]


def test_punctuation_and_space_at_the_ends_do_not_count() -> None:
    assert shown((0, 14)) == ["It is safe"]
    assert filler((0, 14)) == filler((1, 11))


def test_fragments_with_punctuation_alone_between_them_are_one() -> None:
    assert shown((43, 49), (52, 55)) == ["Nobody – she"]
    assert shown((1, 11), (32, 40)) == ["It is safe", "and open"]


def test_a_cue_of_punctuation_alone_is_kept_where_nothing_else_is_there() -> None:
    assert shown((60, 62)) == [":"]
    assert not filler((60, 62)).words
    assert shown((25, 29), (60, 61)) == ["said"]


def test_absent_agrees_with_absent_only() -> None:
    assert filler().jaccard(filler()) == 1
    assert filler().jaccard(filler((1, 11))) == 0
    assert filler((1, 11)).jaccard(filler((1, 6))) == 2 / 3


def test_giving_what_is_marked_is_right_in_every_sense() -> None:
    for article in (annotated("a", BRIDGE), annotated("b", CRANE)):
        found = count(article, article.readings[0])
        assert all(c.right == c.given == c.wanted for c in found.counts.values())
    assert found.counts["relation/no-source"] == Count(1, 1, 1)


def test_giving_nothing_and_giving_everything_twice_are_counted_as_such() -> None:
    article = annotated("a", BRIDGE)
    truths = article.readings[0]
    assert count(article, ()).counts["relation/lenient"] == Count(0, 0, 2)
    twice = count(article, [*truths, *truths]).counts
    assert twice["relation/lenient"] == Count(2, 4, 2)
    assert twice["exact/source"] == Count(2, 2, 2)


def test_a_wrong_source_costs_the_relation_but_not_the_cue() -> None:
    article = annotated("a", BRIDGE)
    first, second = article.readings[0]
    swapped = [Attribution(second.source, first.cue, first.content), second]
    counts = count(article, swapped).counts
    assert counts["relation/lenient"] == Count(1, 2, 2)
    assert counts["relation/detect"] == Count(2, 2, 2)


def test_half_a_content_is_lenient_and_not_strict() -> None:
    article = annotated("a", "{s Ana Duarte} {c said} {t that the old bridge is safe}.")
    (one,) = article.readings[0]
    (start, end) = one.content[0]
    half = [Attribution(one.source, one.cue, ((start, end - len(" bridge is safe")), (end - 4, end)))]
    counts = count(article, half).counts
    assert counts["relation/lenient"].right == 1
    assert counts["relation/strict"].right == 0


def test_what_is_wanted_is_told_by_form_length_and_distance() -> None:
    quoted, denied = count(annotated("a", BRIDGE), ()).wanted
    assert (quoted.form, quoted.words, quoted.apart) == ("direct", 8, 0)
    assert (denied.form, denied.apart) == ("indirect", 0)
    told, reported = count(annotated("b", CRANE), ()).wanted
    assert (told.form, told.words) == ("mixed", 5)
    assert reported.apart is None
    (apart,) = count(annotated("c", "{s Ana Duarte}, on Monday, {c said} {t no}."), ()).wanted
    assert apart.apart == 2


def test_the_surest_of_two_guesses_at_one_attribution_is_the_right_one() -> None:
    article = annotated("a", "{s Ana Duarte} {c said} {t that it was safe}.")
    (one,) = article.readings[0]
    guesses = [Attribution(one.source, one.cue, one.content, score) for score in (0.4, 0.9)]
    assert count(article, guesses).scored == ((0.9, True), (0.4, False))


EDGES = st.lists(st.dictionaries(st.integers(0, 4), st.just(1.0), max_size=3), max_size=5)


@given(EDGES)
def test_the_pairs_are_as_many_as_can_be_and_so_are_those_of_every_beginning(edges: list[dict[int, float]]) -> None:
    whole = pairs(edges, 0.5)
    assert len(set(whole.values())) == len(whole)
    assert all(right in edges[left] for left, right in whole.items())
    for upto in range(len(edges) + 1):
        assert sum(left < upto for left in whole) == most(edges[:upto])


def most(edges: list[dict[int, float]]) -> int:
    """The size of the largest matching, by trying all."""
    if not edges:
        return 0
    first, *rest = edges
    taken = (1 + most([{r: a for r, a in row.items() if r != right} for row in rest]) for right in first)
    return max([most(rest), *taken])


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_any_spans_of_any_text_can_be_counted(text: str, ends: list[tuple[int, int]]) -> None:
    spans = tuple((min(a, b), max(a, b)) for a, b in ends if max(a, b) <= len(text))
    one = Attribution(spans, spans, spans)
    counts = count(Annotated("a", text, ((one,),)), [one]).counts
    assert all(c.right == c.given == c.wanted for c in counts.values())
