"""Long articles: memory goes by what is read at once, not by the text."""

from __future__ import annotations

import subprocess
import sys
import weakref

import numpy as np
import pytest

from inquit.extract.encoder import PAIR, STRIDE, TAGS, WINDOW, spans
from inquit.extract.reader import TOGETHER, Reader, reader

STORY = (
    "“The bridge is safe,” said Ana Duarte, mayor of Lunholm. She added that lorries could cross it again on Monday.{0}"
    "Joris Maat told the Harbour Post the sluice had been stuck since spring.{0}"
    "“You can hear it groan from the church when the tide turns.”{0}"
    "Dr Ulla Ferenc was unmoved. “We count the barges by hand and we publish what we count.” "
    "Nobody closed the “gate.{0}"
)
WORDS = 74  # of one round of the story


def test_the_encoder_sees_each_piece_twice_at_most_on_average() -> None:
    for n in (10, 1_000, 70_000):
        assert sum(end - start for start, end in spans(n)) <= n * WINDOW / STRIDE + WINDOW


def test_a_long_text_is_read_alike_however_many_windows_are_settled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    text = STORY.format("\n\n") * 14
    found = []
    for together in (1, 2, 1_000):
        monkeypatch.setattr("inquit.extract.reader.TOGETHER", together)
        reading = reader().read(text)
        found.append([(r.source.tolist(), r.cue.tolist(), r.content.tolist()) for r in reading.relations])
    assert len(found[0]) > 14
    assert found[0] == found[1] == found[2]


def test_few_windows_are_alive_at_once() -> None:
    alive: list[weakref.ref[np.ndarray]] = []
    most = 0

    class Session:
        def run(self, _: object, feed: dict[str, np.ndarray]) -> tuple[np.ndarray]:
            nonlocal most
            joint = np.zeros((*feed["ids"].shape, TAGS + 2 * PAIR), np.float32)
            joint[..., 0] = 9  # no cue
            alive.append(weakref.ref(joint))
            most = max(most, sum(ref() is not None for ref in alive))
            return (joint,)

    long = Reader()
    long._encoder._session = Session()
    long.read(STORY.format("\n\n") * 120)
    assert len(alive) > 60
    assert most <= TOGETHER + 2


def test_structure_alone_reads_fifty_thousand_words_in_little_memory() -> None:
    code = (
        "import resource; from inquit.extract.bare import completed; from inquit.extract.decode import Draft\n"
        f"story = {STORY!r}.format(chr(10) * 2)\n"
        "completed(story, [])\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"completed(story * {50_000 // WORDS}, [])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(done.stdout) * unit < 100 * len(STORY) * (50_000 // WORDS)
