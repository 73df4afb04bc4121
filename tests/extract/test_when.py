from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquit.extract.days import expressions, iso, published_on, told, when_data
from inquit.extract.decode import Draft, nested
from inquit.extract.statements import attributed
from inquit.extract.when import times
from inquit.marked import parse
from inquit.records import Article

THURSDAY = "2031-05-15"
VOCABULARY = """
On Monday May 31 February 29 2024 2031 Sept. 13th of last week year month this ago two 400 days years today yesterday
, . ( ) – Duarte said that the 9999 1600 2099-12-31 morning in weekend over
"""
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), max_size=14).map(" ".join)
PUBLISHED = st.none() | st.dates(date(1605, 1, 1), date(2199, 12, 31)).map(str) | st.text(max_size=12)


def meant(words: str, published: str | None = THURSDAY) -> str | None:
    (expression,) = expressions(words)
    days = told(expression.parts, published_on(published))
    return iso(days) if days else None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2031-05-15"),
        ("last night", "2031-05-14"),
        ("Friday", "2031-05-09"),
        ("Thursday", "2031-05-15"),
        ("last Thursday", "2031-05-08"),
        ("last Monday", "2031-05"),  # that of this week or that of the week before
        ("Monday last week", "2031-05-05"),
        ("last week", "2031-05"),
        ("last weekend", "2031-05"),
        ("last month", "2031-04"),
        ("last year", "2030"),
        ("May", "2031-05"),
        ("last May", "2030-05"),
        ("June", "2030-06"),
        ("June this year", None),
        ("ten days ago", "2031-05-05"),
        ("20 days ago", None),
        ("a week ago", "2031-05"),
        ("three months ago", "2031-02"),
        ("One year ago", "2030"),
        ("May 17", None),  # the day after tomorrow, rather than last year's
        ("May 30", "2030-05-30"),
        ("1st of January", "2031-01-01"),
        ("Tuesday, Jan. 7, 2020", "2020-01-07"),
        ("2020-02-29", "2020-02-29"),
        ("2021-02-29", None),
        ("2032", None),
    ],
)
def test_words_mean_days_for_who_writes_on_a_thursday(words: str, day: str | None):
    assert meant(words) == day


@pytest.mark.parametrize("words", ["2015-16", "$2015", "2,015", "Maybe", "Sundays", "1,2015.5", "Marchers", "May be"])
def test_what_only_looks_like_a_time_is_none_or_no_more_than_a_month(words: str):
    assert all(set(e.parts) == {"month"} for e in expressions(words))


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2031-05-15T00:10:00+02:00", "2031-05-15"),
        ("2031-05-15T23:50:00-07:00", "2031-05-15"),
        ("20310515", "2031-05-15"),
        ("2031-05", "2031-05"),
        ("2031", "2031"),
        ("1970-01-01T00:00:00Z", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_today_is_the_day_of_publication_in_the_articles_own_zone(published: str | None, day: str | None):
    assert meant("today", published) == day


def test_a_month_of_publication_leaves_open_which_year_a_month_belongs_to():
    assert meant("March", "2031") is None
    assert meant("March", "2031-05") == "2031-03"
    assert meant("Monday", "2031-05") == "2031"


@given(WORDS, PUBLISHED)
def test_what_is_told_is_valid_and_never_later_than_publication(words: str, published: str | None):
    on = published_on(published)
    for expression in expressions(words):
        days = told(expression.parts, on)
        if days is None:
            continue
        assert days[0] <= days[1]
        assert on is None or days[0] <= on[1]
        when = iso(days)
        assert when is None or date.fromisoformat((when + "-01-01")[:10] if len(when) < 10 else when)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["{s Ana Duarte}", "{c said}", "{t the quay held}"]), unique=True, min_size=3),
    WORDS,
    WORDS,
)
def test_no_order_of_words_makes_it_fail_or_look_ahead(roles: list[str], one: str, other: str):
    parsed = parse(f"{one} {roles[0]} {other} {roles[1]} {one} {roles[2]} {other}")
    first = parsed.statements[0]
    article = Article(id="a1:0", text=parsed.text, published=THURSDAY)
    (found,) = attributed(article, nested([Draft(first.source, first.cue, first.content, 1.0)]), "test")
    assert found.when is None or found.when <= THURSDAY
    assert found.when is None or re.fullmatch(r"\d{4}(-\d\d){0,2}", found.when)


def test_a_text_without_statements_or_times_has_none():
    assert times("On Monday it rained.", THURSDAY, []) == []


def test_every_word_of_the_data_is_as_it_is_looked_up():
    data = when_data()
    assert (len(data.months), len(data.weekdays), len(data.numbers)) == (12, 7, 12)
    assert all(w == w.lower() for w in data.elsewhere | data.openers | data.occasions | data.leads | data.ahead)
