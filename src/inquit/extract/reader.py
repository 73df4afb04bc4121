"""The reader model at inference: one encoder pass over a text gives its cues and, for each, source and content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from inquit.errors import WorkError
from inquit.extract.encoder import Encoder, Window, most_central, spans
from inquit.extract.features import Pieces, pieces
from inquit.extract.links import Who, who
from inquit.extract.quotes import OUTSIDE, quotations
from inquit.extract.roles import CONTENT, SOURCE, RoleHead
from inquit.extract.who import Gathering, Heads

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Found: TypeAlias = tuple[Ints, float]  # the pieces of a cue and its probability

THRESHOLD = 0.4  # probability from which a piece may begin a cue
TOGETHER = 16  # windows whose cues are settled at once: memory goes by them, not by the text
GAP = 3  # pieces at most between two parts of one cue
MODEL = Path(__file__).parents[1] / "data" / "reader-en"


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution in piece indices, ascending, and probabilities: of its cue (``sure``), its roles, of all."""

    source: Ints
    cue: Ints
    content: Ints
    sure: float
    roles: float
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The pieces of a text, for each the probability that it belongs to a cue ``(n,)``, the attributions, who is meant.

    ``who`` is None for an empty text, and of a reader that was not taught it.
    """

    pieces: Pieces
    cue_chance: npt.NDArray[np.float32]
    relations: list[Relation]
    who: Who | None = None


class Reader:
    """A trained reader from a folder with ``encoder.onnx``, ``heads.npz``, ``tokenizer.json``, perhaps ``who.npz``.

    ``gap``: pieces at most between two parts of one cue; more in a language that parts its verbs. ``end``: what ends a
    sentence, the space behind it included; parts of one cue are no further apart than GAP where one ends between them.
    Raises WorkError when one of the files is missing or damaged.
    """

    def __init__(
        self, folder: Path = MODEL, *, name: str = "reader-en/2", gap: int = GAP, end: re.Pattern[str] | None = None
    ) -> None:
        self.name = name
        self._gap = gap
        self._end = end
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # tokenizers raises bare Exception
            raise WorkError(f"no reader in {folder} ({error}); reinstall inquit") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._encoder = Encoder(folder / "encoder.onnx")
        self._head = RoleHead.load(folder / "heads.npz")
        self._who = Heads.load(folder / "who.npz") if (folder / "who.npz").exists() else None

    def read(self, text: str) -> Reading:
        """Attributions of ``text``; pure, any length, none for an empty text.

        What the encoder gives is dropped as soon as its cues are settled, so that a long text takes little memory.
        """
        cut = pieces(text, self._tokenizer)
        if not len(cut):
            return Reading(cut, np.zeros(0, np.float32), [])
        home = most_central(spans(len(cut)), len(cut))
        chances = np.zeros((len(cut), 3), np.float32)
        place = Paragraphs(cut, text)
        sentence = self._sentences(cut, text)
        gathering = Gathering(self._who, len(cut)) if self._who else None
        relations: list[Relation] = []
        waiting: dict[int, Window] = {}
        settled = 0
        for i, window in enumerate(self._encoder.windows(cut)):
            waiting[i] = window
            own = window.start + np.flatnonzero(home[window.start : window.end] == i)
            chances[own] = _chances(window.tags[own - window.start])
            if gathering:
                gathering.take(cut, window, own)
            last = window.end == len(cut)
            if not last and len(waiting) <= TOGETHER:
                continue
            # A cue of this window may go on in the next one: its cues wait for that.
            known = len(cut) if last else int(own[-1]) + 1
            until = len(cut) if last else int(own[0])
            found = find_cues(chances[settled:known], sentence[settled:known], gap=self._gap)
            cues = [(cue + settled, chance) for cue, chance in found]
            cues = [(cue, chance) for cue, chance in cues if cue[0] < until]
            relations += self._settled(waiting, home, cues, chances, place)
            settled = max(until, *(int(cue[-1]) + 1 for cue, _ in cues), 0)
            waiting = {i: window}
        cue_chance = 1 - chances[:, 0]
        meant = who(text, cut, gathering, cue_chance) if gathering else None
        return Reading(cut, cue_chance, sorted(relations, key=lambda r: int(r.cue[0])), meant)

    def _sentences(self, cut: Pieces, text: str) -> Ints:
        """The number of each piece's sentence ``(n,)``, all 0 where nothing is said to end one."""
        ends = [match.end() for match in self._end.finditer(text)] if self._end else []
        return np.searchsorted(np.array(ends, np.int64), cut.spans[:, 1] - 1, side="right")

    def _settled(
        self, windows: dict[int, Window], home: Ints, cues: list[Found], chances: Floats, place: Paragraphs
    ) -> list[Relation]:
        relations = self._relations(_by_window(windows, home, cues), place)
        # What a cue lost to its own content may be a cue in there: a statement inside a statement.
        kept = {i for r in relations for i in r.cue.tolist()}
        lost = [
            (left, chance)
            for cue, chance in cues
            for left in _runs(np.array([i for i in cue.tolist() if i not in kept], np.int64), chances)
        ]
        return relations + self._relations(_by_window(windows, home, lost), place)

    def _relations(self, mine: list[tuple[Window, list[Found]]], place: Paragraphs) -> list[Relation]:
        if not mine:
            return []
        scores, near = zip(*(self._scores(window, cues, place) for window, cues in mine), strict=True)
        # All windows of a text are of one length, and a step of the decoder costs the same for one cue and for many.
        decoded = zip(*self._head.best(np.concatenate(scores), np.concatenate(near)), strict=True)
        cues = ((window, cue, sure) for window, own in mine for cue, sure in own)
        return [self._relation(*one, role, p) for one, (role, p) in zip(cues, decoded, strict=True)]

    def _scores(self, window: Window, cues: list[Found], place: Paragraphs) -> tuple[Floats, npt.NDArray[np.bool_]]:
        within = [np.clip(cue, window.start, window.end - 1) - window.start for cue, _ in cues]
        anchor = np.stack([window.anchor[cue].mean(0) for cue in within])
        first = np.array([cue[0] for cue in within])
        near = place.near(first + window.start, slice(window.start, window.end))
        return self._head.scores(window.token, anchor, first), near

    def _relation(self, window: Window, cue: Ints, sure: float, role: Ints, p: npt.NDArray[np.float32]) -> Relation:
        chosen = role > 0
        mean = float(p[chosen].mean()) if chosen.any() else 0.0
        filled = np.flatnonzero(role == SOURCE), np.flatnonzero(role == CONTENT)
        source, content = (where + window.start for where in filled)
        return Relation(source, _own(cue, role, window), content, sure, mean, self._head.chance(sure, mean))


class Paragraphs:
    """Which pieces may have a role for a cue: those of its paragraph, and what runs on from it.

    That is a quotation whose next paragraph opens with the same mark, and the paragraph after a colon.
    """

    def __init__(self, cut: Pieces, text: str) -> None:
        self._line = np.cumsum(cut.breaks)
        ends = np.flatnonzero(np.diff(self._line, append=self._line[-1] + 1))
        self._announces = np.zeros(self._line[-1] + 1, np.bool_)
        self._announces[self._line[ends]] = [text[cut.spans[i][0] : cut.spans[i][1]] == ":" for i in ends]
        goes_on = np.zeros(self._line[-1] + 2, np.int64)
        starts = cut.spans[:, 0]
        for quotation in quotations(text):
            if quotation.runs_on:
                goes_on[self._line[np.searchsorted(starts, quotation.end) - 1] + 1] = 1
        self._quotation = np.cumsum(1 - goes_on)[self._line]
        self._quoted = cut.quote != OUTSIDE

    def near(self, cues: Ints, within: slice) -> npt.NDArray[np.bool_]:
        """``(K,)`` pieces of cues, a stretch of ``L`` pieces -> ``(K, L)``."""
        line, lines = self._line[cues][:, None], self._line[within]
        after = (lines == line + 1) & self._announces[line]
        same = (self._quotation[within] == self._quotation[cues][:, None]) & self._quoted[within]
        found: npt.NDArray[np.bool_] = (lines == line) | after | same
        return found


def _own(cue: Ints, role: Ints, window: Window) -> Ints:
    """The cue less the pieces that are its own source or content; it always keeps its first."""
    kept = [i for i in cue.tolist() if i == cue[0] or i >= window.end or not role[i - window.start]]
    return np.array(kept)


def _runs(left: Ints, chances: npt.NDArray[np.float32]) -> list[Ints]:
    """Runs of neighbouring pieces, each from the first that is likely a cue."""
    runs = np.split(left, np.flatnonzero(np.diff(left) > 1) + 1)
    likely = (run[np.argmax(1 - chances[run, 0] > THRESHOLD) :] for run in runs if len(run))
    return [run for run in likely if 1 - chances[run[0], 0] > THRESHOLD]


def find_cues(
    chances: npt.NDArray[np.float32], sentence: Ints, threshold: float = THRESHOLD, gap: int = GAP
) -> list[tuple[Ints, float]]:
    """Cues and their probabilities from the tag probabilities ``(n, 3)`` (no cue, begins one, inside one).

    A piece that is rather inside a cue than the beginning of one goes on with the cue before, across a small gap too
    ("made similar allegations, disclosing"), across one larger than GAP within its sentence ``(n,)`` alone; a cue's
    probability is that of its surest piece.
    """
    sure = 1 - chances[:, 0]
    inside = (chances[:, 2] > chances[:, 0]) & (chances[:, 2] > chances[:, 1])
    cues: list[tuple[list[int], float]] = []
    for i in np.flatnonzero(inside | (sure > threshold)).tolist():
        last = cues[-1][0][-1] if cues else None
        if inside[i] and last is not None and i - last <= (gap if sentence[i] == sentence[last] else GAP):
            cues[-1] = ([*cues[-1][0], i], max(cues[-1][1], float(sure[i])))
        elif sure[i] > threshold:
            cues.append(([i], float(sure[i])))
    return [(np.array(where), chance) for where, chance in cues]


def _by_window(windows: dict[int, Window], home: Ints, cues: list[Found]) -> list[tuple[Window, list[Found]]]:
    """The windows in which cues are read, in order, each with its own."""
    mine: dict[int, list[Found]] = {}
    for cue in cues:
        mine.setdefault(int(home[cue[0][0]]), []).append(cue)
    return [(windows[i], mine[i]) for i in sorted(mine)]


def _chances(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(1, keepdims=True))
    chances: Floats = raised / raised.sum(1, keepdims=True)
    return chances


@cache
def reader() -> Reader:
    """The reader that ships with the package, loaded once per process."""
    return Reader()
