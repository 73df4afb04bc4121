from __future__ import annotations

import pytest

from inquit.cli.pace import paced


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ((0, 0, 0, 3, 2.0), "3 articles, 1.5 a second"),
        ((50, 100, 50, 1204, 100.0), "1,204 articles, 12.0 a second; 50 % of the inputs, 1 min left"),
        ((90, 100, 10, 5, 6.0), "5 articles, 0.8 a second; 90 % of the inputs, 6 s left"),
        ((90, 100, 0, 0, 6.0), "0 articles, 0.0 a second; 90 % of the inputs"),
        ((1, 10_000, 1, 1, 1.0), "1 article, 1.0 a second; 0 % of the inputs, 2 h 46 min left"),
        ((1, 1_000_000, 1, 1, 1.0), "1 article, 1.0 a second; 0 % of the inputs, 11 d 13 h left"),
        ((120, 100, 20, 1, 1.0), "1 article, 1.0 a second; 100 % of the inputs, 0 s left"),
    ],
)
def test_rate_and_time_left_are_told(given, line):
    assert paced(*given) == line
