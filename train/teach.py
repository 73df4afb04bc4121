"""What teachers read in articles: cues that no corpus marks, whose roles they will tell their pupil."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

from inquit.extract.features import Pieces, pieces
from inquit.extract.reader import find_cues
from inquit.records import Span
from train.examples import padded, windows
from train.model import Reader
from train.polnear import Attribution, Labelled

LIKELY = 0.25  # probability from which a piece may be a cue: the pupil learns of doubt too
BATCH = 64

Floats = npt.NDArray[np.float32]


def proposed(articles: list[Labelled], teachers: Sequence[Reader], tokenizer: Tokenizer) -> list[Labelled]:
    """The articles, each reading with the cues besides that the teachers find, not given."""
    cut = [pieces(article.text, tokenizer) for article in articles]
    return [
        replace(article, readings=[[*known, *_besides(known, found)] for known in article.readings])
        for article, found in zip(articles, _cues(cut, teachers), strict=True)
    ]


def _besides(known: list[Attribution], found: list[list[Span]]) -> Iterator[Attribution]:
    taken = [span for a in known for span in a.cue]
    for cue in found:
        if not any(a < d and c < b for a, b in cue for c, d in taken):
            yield Attribution([], cue, [], given=False)


def _cues(cut: list[Pieces], teachers: Sequence[Reader]) -> Iterator[list[list[Span]]]:
    """Of every text its cues, each as spans of code points."""
    for one, chances in zip(cut, _chances(cut, teachers), strict=True):
        found = find_cues(chances, np.zeros(len(one), np.int64), LIKELY)
        yield [[_span(one, run) for run in np.split(cue, np.flatnonzero(np.diff(cue) > 1) + 1)] for cue, _ in found]


def _span(cut: Pieces, run: npt.NDArray[np.int64]) -> Span:
    return int(cut.spans[run[0], 0]), int(cut.spans[run[-1], 1])


def _chances(cut: list[Pieces], teachers: Sequence[Reader]) -> list[Floats]:
    """Of every text the tags' probabilities ``(n, 3)``, the mean of the teachers', read in windows side by side."""
    found = [(i, a, b) for i, one in enumerate(cut) for a, b in windows(len(one))]
    found.sort(key=lambda w: w[2] - w[1])
    out = [np.zeros((len(one), 3), np.float32) for one in cut]
    for k in range(0, len(found), BATCH):
        group = found[k : k + BATCH]
        for (i, a, b), tags in zip(group, _read([(cut[i], a, b) for i, a, b in group], teachers), strict=True):
            out[i][a:b] = tags[1 : b - a + 1]
    return out


@torch.no_grad()
def _read(group: list[tuple[Pieces, int, int]], teachers: Sequence[Reader]) -> Floats:
    device = next(teachers[0].parameters()).device
    fed = [torch.from_numpy(array).to(device).long() for array in padded(group).values()]
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
        states = [teacher.encode(*fed) for teacher in teachers]
    tags = [teacher.cue(h.float()).softmax(-1) for teacher, h in zip(teachers, states, strict=True)]
    return np.asarray(torch.stack(tags).mean(0).cpu().numpy(), np.float32)
