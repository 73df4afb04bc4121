"""Dates of publication as seconds: of any precision, with and without a zone, and those that are none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquit.clock import before, instant, stretch


def seconds(*parts: int) -> float:
    return datetime(*parts, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2031", seconds(2031, 1, 1)),
        ("2031-05", seconds(2031, 5, 1)),
        ("2031-05-09", seconds(2031, 5, 9)),
        ("20310509", seconds(2031, 5, 9)),
        ("2031-W19-5", seconds(2031, 5, 9)),
        ("2031-05-09T17:20", seconds(2031, 5, 9, 17, 20)),
        ("2031-05-09T17:20:30Z", seconds(2031, 5, 9, 17, 20, 30)),
        ("2031-05-09T17:20:30.500Z", seconds(2031, 5, 9, 17, 20, 30) + 0.5),
        ("2031-05-09 17:20:30+02:00", seconds(2031, 5, 9, 15, 20, 30)),
        ("2031-05-09T17:20:30-0330", seconds(2031, 5, 9, 20, 50, 30)),
        ("2031-05-09T24:00", seconds(2031, 5, 10)),
        ("2016-12-31T23:59:60Z", seconds(2017, 1, 1)),
        ("1923-04-01", seconds(1923, 4, 1)),
    ],
)
def test_a_date_of_any_precision_is_its_first_second_in_utc(published, expected):
    assert instant(published) == expected


@pytest.mark.parametrize(
    "published",
    [
        None,
        "",
        "yesterday",
        "2031-02-30",
        "2031-13",
        "2031-05-09T25:00",
        "2031-05-09T24:01",
        "2031-05-09T10:61",
        "2031-05-09T10:00+99:00",
        "1970-01-01T00:00:00Z",
        "0001-01-01",
        "9999-12-31T23:59:59Z",
        "2031-W60",
    ],
)
def test_a_date_that_the_calendar_or_the_clock_does_not_have_is_unknown(published):
    assert instant(published) is None


def test_before_tells_only_what_the_dates_tell():
    assert before("2031-05-08", "2031-05-09T10:00Z") is True
    assert before("2031-05-09T10:00Z", "2031-05-08") is False
    assert before("2031-05-09", "2031-05-09T10:00Z") is None
    assert before("2031-05", "2031-05-09") is None
    assert before("2031-05-09T10:00:00Z", "2031-05-09T12:00:00+02:00") is None
    assert before(None, "2031-05-09") is None
    assert before("2031-02-30", "2031-05-09") is None


def test_a_month_covers_all_of_its_days():
    assert stretch("2032-02") == (seconds(2032, 2, 1), seconds(2032, 3, 1))
    assert stretch("2031-12") == (seconds(2031, 12, 1), seconds(2032, 1, 1))


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
    st.integers(-14 * 60, 14 * 60),
)
def test_the_zone_changes_what_is_written_and_not_the_instant(moment, minutes):
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    elsewhere = moment + timedelta(minutes=minutes)
    sign, away = "-" if minutes < 0 else "+", abs(minutes)
    written = elsewhere.strftime("%Y-%m-%dT%H:%M:%S") + f"{sign}{away // 60:02}:{away % 60:02}"
    if moment.timestamp() != 0:
        assert instant(written) == moment.timestamp()


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_is_an_error_and_before_is_never_both_ways(one, other):
    instant(one)
    assert {before(one, other), before(other, one)} in ({None}, {True, False})
