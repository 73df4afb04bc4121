"""What a copy left out of the text that it took over: a denial, or a doubt, beside words that it kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np

from inquit.link.align import Flags
from inquit.link.lines import paragraphs
from inquit.link.tokens import any_of, straight, tokens
from inquit.records import Span
from inquit.text import WORD

_SENTENCE_END = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z“\"])")
_BESIDE = 2  # sentences between what was kept and what was left out, at most
_LONG = 100  # characters of a sentence that are told


def cuts(source: str, kept: Flags, target: str) -> Iterator[str]:
    """A sentence for each kind of thing that was cut: of a denial and of a doubt the first.

    ``kept`` tells which words of ``source`` stand in ``target``, shape (words of the source,). Nothing is cut where the
    target has anything of the kind, or kept nothing from near it.
    """
    theirs, ours = straight(target), straight(source)
    kinds = (("denial", _denying()), ("hedge", _hedging()))
    missing = [(kind, words) for kind, words in kinds if not words.search(theirs) and words.search(ours)]
    if not missing:
        return
    sentences = list(_sentences(source))
    share = _shares(source, sentences, kept)
    for kind, words in missing:
        for place, (start, end) in enumerate(sentences):
            near = max(share[max(0, place - _BESIDE) : place + _BESIDE + 1])
            if share[place] < 0.5 <= near and words.search(ours, start, end):
                yield f"leaves out a {kind}: “{_short(source[start:end])}”"
                break


def _sentences(text: str) -> Iterator[Span]:
    for start, end in paragraphs(text):
        begin = start
        for stop in _SENTENCE_END.finditer(text, start, end):
            yield begin, stop.end()
            begin = stop.end()
        yield begin, end


def _shares(text: str, sentences: list[Span], kept: Flags) -> list[float]:
    """The part of each sentence's words that were kept."""
    starts = np.fromiter((m.start() for m in WORD.finditer(text)), np.int64, len(kept))
    bounds = np.searchsorted(starts, [edge for span in sentences for edge in span])
    return [float(kept[a:b].mean()) if b > a else 0.0 for a, b in bounds.reshape(-1, 2)]


def _short(sentence: str) -> str:
    line = " ".join(sentence.split())
    return line if len(line) <= _LONG else line[:_LONG].rpartition(" ")[0] + " …"


@cache
def _denying() -> re.Pattern[str]:
    return any_of(tokens().denying)


@cache
def _hedging() -> re.Pattern[str]:
    return any_of(tokens().hedging)
