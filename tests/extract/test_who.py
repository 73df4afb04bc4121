"""Mentions and whom they mean, by the heads that ship."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquit.errors import WorkError
from inquit.extract.links import Antecedents, Who
from inquit.extract.reader import Reading, reader
from inquit.extract.who import BEGIN, FORMS, INSIDE, KINDS, OUT, Heads, bounds

TEXT = (
    "Ana Duarte, the mayor of Lunholm, opened the bridge on Monday. She said that lorries could cross it again.\n\n"
    "The firm Meridian Steel had lost money on it in May. The company did not answer questions on Tuesday."
)


def said(reading: Reading, text: str) -> dict[str, tuple[str, str]]:
    assert reading.who
    rows = zip(reading.who.spans.tolist(), reading.who.kinds, reading.who.forms, strict=True)
    return {text[start:end]: (KINDS[int(kind.argmax())], FORMS[form]) for (start, end), kind, form in rows}


def test_people_bodies_and_places_are_told_apart_and_names_from_descriptions_and_pronouns() -> None:
    found = said(reader().read(TEXT), TEXT)
    assert found["Ana Duarte"] == ("person", "name")
    assert found["the mayor"] == ("person", "nominal")
    assert found["Lunholm"] == ("place", "name")
    assert found["She"] == ("person", "pronoun")
    assert found["The company"] == ("body", "nominal")


def test_she_means_the_woman_before_and_not_the_bridge() -> None:
    who = reader().read(TEXT).who
    assert who
    at = TEXT.index("She")
    meant = who.meant((at, at + 3))
    best = who.spans[max(meant, key=lambda i: meant[i])].tolist()
    assert TEXT[slice(*best)] in ("Ana Duarte", "the mayor")


def test_a_text_without_words_has_nobody() -> None:
    assert reader().read("").who is None
    assert reader().read("…").who is not None


def test_mentions_of_a_long_text_do_not_hang_on_where_its_windows_end() -> None:
    once = said(reader().read(TEXT), TEXT)
    long = "\n\n".join([TEXT] * 9)
    often = said(reader().read(long), long)
    assert set(once) <= set(often)


@given(st.lists(st.sampled_from([OUT, BEGIN, INSIDE]), max_size=40))
def test_mentions_are_runs_that_do_not_overlap_and_leave_no_marked_piece_out(tags: list[int]) -> None:
    first, last = bounds(np.array(tags, np.int64))
    covered = [i for a, b in zip(first, last, strict=True) for i in range(a, b + 1)]
    assert covered == [i for i, tag in enumerate(tags) if tag != OUT]


@given(st.integers(2, 12), st.randoms(use_true_random=False))
def test_the_chances_of_all_that_a_mention_can_mean_are_one(n: int, random) -> None:
    anaphors = np.array([i for i in range(1, n) if random.random() < 0.6], np.int64)
    meant = np.array([[random.randrange(i), random.randrange(i)] for i in anaphors.tolist()], np.int64).reshape(-1, 2)
    shares = [sorted((random.random() / 2, random.random() / 2), reverse=True) for _ in anaphors]
    spans = np.stack([np.arange(n) * 2, np.arange(n) * 2 + 1], 1)
    chances = np.array(shares, np.float32).reshape(-1, 2)
    who = Who(spans, np.zeros((n, 4), np.float32), np.zeros(n, np.int64), Antecedents(anaphors, meant, chances))
    for i in anaphors.tolist():
        assert sum(who.meant((2 * i, 2 * i + 1)).values()) == pytest.approx(1, abs=0.3)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "who.npz").write_bytes(b"nothing")
    with pytest.raises(WorkError, match=r"who\.npz.*reinstall"):
        Heads.load(tmp_path / "who.npz")
