"""How good a reader is on a corpus in brat standoff: figures with intervals, calibration, recall by groups.

The way is ``load`` (a corpus), ``readings`` and ``given`` or ``from_file`` (predictions), ``evaluate`` (what they come
to). Definitions of the figures: docs/evaluate.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

from inquit.errors import WorkError
from inquit.evaluate.bootstrap import draws
from inquit.evaluate.brat import Annotated, Attribution, load
from inquit.evaluate.calibration import Calibration, Point, Scores, calibration, curve
from inquit.evaluate.counting import count
from inquit.evaluate.figures import By, Figure, Recall, Totals, figures, recalls
from inquit.evaluate.predictions import from_file, given, readings

__all__ = ["By", "Evaluation", "Line", "evaluate", "from_file", "given", "load", "readings"]

Line: TypeAlias = Totals | Figure | Recall | Calibration | Point


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """All that was found out; ``calibration`` is None and ``curve`` empty where the predictions have no scores."""

    totals: Totals
    figures: tuple[Figure, ...]
    recalls: tuple[Recall, ...] = ()
    calibration: Calibration | None = None
    curve: tuple[Point, ...] = ()

    def lines(self) -> Iterator[Line]:
        """Every record in the order in which they are written as JSON lines."""
        yield self.totals
        yield from self.figures
        yield from self.recalls
        if self.calibration is not None:
            yield self.calibration
        yield from self.curve


def evaluate(
    corpus: Sequence[Annotated],
    predictions: Mapping[str, Sequence[Attribution]],
    *,
    by: Sequence[By] = (),
    seed: int = 1,
) -> Evaluation:
    """Compare predictions with what the first annotator of each article marked.

    ``by`` says by what recall is parted; an article without predictions counts as one in which nothing was found.
    Raises WorkError where only some predictions have a score, or no article says its outlet and ``by`` asks for it.
    """
    if "outlet" in by and not any(article.outlet for article in corpus):
        raise WorkError(
            "no outlets: put a metadata.tsv with the columns filename and publisher into the corpus' folder"
        )
    counted = [count(article, predictions.get(article.ident, ())) for article in corpus]
    drawn = draws(len(corpus), seed)
    found = figures(counted, drawn)
    scores = Scores(counted)
    total = next(figure for figure in found if figure.metric == "relation/lenient")
    if len(scores) not in (0, total.given):
        raise WorkError(f"{len(scores)} of {total.given} predictions have a score; give one to all of them or to none")
    return Evaluation(
        totals=Totals(
            articles=len(corpus),
            wanted=total.wanted,
            given=total.given,
            without=tuple(article.ident for article in corpus if article.ident not in predictions),
        ),
        figures=tuple(found),
        recalls=tuple(recall for kind in by for recall in recalls(counted, drawn, kind)),
        calibration=calibration(scores, drawn) if len(scores) else None,
        curve=tuple(curve(scores, drawn)) if len(scores) else (),
    )
