"""What an evaluation comes to: one record a figure, each with its interval; fractions from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias, get_args

import msgspec
import numpy as np

from inquit.evaluate.bootstrap import Floats, Interval, Ints, interval
from inquit.evaluate.brat import ROLES
from inquit.evaluate.counting import METRICS, RELATIONS, Count, Counted, Wanted
from inquit.records import Form

By: TypeAlias = Literal["role", "form", "length", "distance", "outlet"]
BY: tuple[By, ...] = get_args(By)


class Totals(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="evaluated"):
    """What was compared: articles, attributions marked and given, and articles that nothing was given for."""

    articles: int
    wanted: int
    given: int
    without: tuple[str, ...] = ()


class Figure(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="figure"):
    """Precision, recall and F1 of one metric over all articles, their 95 % intervals, and the items counted."""

    metric: str
    precision: float
    recall: float
    f1: float
    intervals: dict[str, Interval]
    right: int
    given: int
    wanted: int


class Recall(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="recall"):
    """Recall of one metric among the marked items of one kind: ``by`` says what parts them, ``group`` which part."""

    by: By
    group: str
    metric: str
    recall: float
    interval: Interval
    right: int
    wanted: int


_LENGTHS = ((5, "1-5 words"), (10, "6-10 words"), (20, "11-20 words"), (40, "21-40 words"))
_DISTANCES = ((0, "side by side"), (2, "1-2 words"), (5, "3-5 words"), (10, "6-10 words"))
_FORMS: tuple[Form, ...] = ("direct", "mixed", "indirect")


def figures(counted: Sequence[Counted], drawn: Ints) -> list[Figure]:
    """A figure for each of METRICS; ``drawn`` are the resamples of the articles."""
    return [_figure(name, [article.counts[name] for article in counted], drawn) for name in METRICS]


def recalls(counted: Sequence[Counted], drawn: Ints, by: By) -> list[Recall]:
    """Recall by groups: by role that of fillers and words, else that of the relations, in the order of the groups."""
    if by == "role":
        return [
            _recall(by, role, kind, [article.counts[f"{kind}/{role}"][::2] for article in counted], drawn)
            for role in ROLES
            for kind in ("exact", "token")
        ]
    grouped = [[(_GROUPS[by](article, one), one.found) for one in article.wanted] for article in counted]
    return [
        _recall(by, group[1], kind, [_among([f[kind] for g, f in article if g == group]) for article in grouped], drawn)
        for group in sorted({group for article in grouped for group, _ in article})
        for kind in RELATIONS
    ]


def _figure(name: str, counts: list[Count], drawn: Ints) -> Figure:
    # Every article once comes first, then the resamples.
    right, given, wanted = (np.append(column.sum(), drawn @ column) for column in np.array(counts).T)
    precision, recall = _share(right, given), _share(right, wanted)
    f1 = _share(2 * precision * recall, precision + recall)
    rates = {"precision": precision, "recall": recall, "f1": f1}
    return Figure(
        metric=name,
        precision=float(precision[0]),
        recall=float(recall[0]),
        f1=float(f1[0]),
        intervals={key: interval(values[1:]) for key, values in rates.items()},
        right=int(right[0]),
        given=int(given[0]),
        wanted=int(wanted[0]),
    )


def _recall(by: By, group: str, metric: str, counts: list[tuple[int, int]], drawn: Ints) -> Recall:
    right, wanted = (np.append(column.sum(), drawn @ column) for column in np.array(counts).T)
    rates = _share(right, wanted, nothing=np.nan)
    return Recall(
        by=by,
        group=group,
        metric=metric,
        recall=float(rates[0]),
        interval=interval(rates[1:]),
        right=int(right[0]),
        wanted=int(wanted[0]),
    )


def _share(part: Floats | Ints, whole: Floats | Ints, nothing: float = 0.0) -> Floats:
    """Part by whole; ``nothing`` where the whole is 0."""
    out: Floats = np.divide(part, whole, out=np.full(len(whole), nothing), where=whole > 0)
    return out


def _among(found: list[bool]) -> tuple[int, int]:
    return sum(found), len(found)


def _step(number: int, steps: tuple[tuple[int, str], ...], beyond: str) -> tuple[int, str]:
    place = next((i for i, (most, _) in enumerate(steps) if number <= most), len(steps))
    return place, steps[place][1] if place < len(steps) else beyond


def _form(_: Counted, one: Wanted) -> tuple[int, str]:
    return (_FORMS.index(one.form), one.form) if one.form else (len(_FORMS), "no content")


def _length(_: Counted, one: Wanted) -> tuple[int, str]:
    return _step(one.words, _LENGTHS, "over 40 words")


def _distance(_: Counted, one: Wanted) -> tuple[int, str]:
    if one.apart is None:
        return len(_DISTANCES) + 1, "no source or cue"
    return _step(one.apart, _DISTANCES, "over 10 words")


def _outlet(article: Counted, _: Wanted) -> tuple[int, str]:
    return (0, article.outlet) if article.outlet else (1, "unknown outlet")


_GROUPS: dict[By, Callable[[Counted, Wanted], tuple[int, str]]] = {
    "form": _form,
    "length": _length,
    "distance": _distance,
    "outlet": _outlet,
}
