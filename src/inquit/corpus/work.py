"""What is done with one piece of an input, on whatever machine: read, extract, prepare for linking. Pure, no state."""

from __future__ import annotations

import time

import msgspec

from inquit.corpus.outcome import Found, Outcome
from inquit.pipeline import prepared, reading
from inquit.read import Options
from inquit.read.apart import piece_read
from inquit.read.grouping import with_problems
from inquit.read.pieces import Piece
from inquit.records import Problem

_encode = msgspec.msgpack.Encoder().encode


def work(piece: Piece, options: Options) -> Outcome:
    """Read, extract and prepare a piece. Raises WorkError where the reader is missing."""
    began = time.process_time()
    records = list(with_problems(piece_read(piece, options)))
    read = time.process_time()
    readings = [reading(*one) for one in records if isinstance(one, tuple)]
    extracted = time.process_time()
    found = tuple(Found(one, _encode(prepared(one)), len(one.article.text.split())) for one in readings)
    ended = time.process_time()
    problems = tuple(one for one in records if isinstance(one, Problem))
    return Outcome(found, problems, (read - began, extracted - read, ended - extracted))
