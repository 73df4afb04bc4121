"""What the shipped encoder gives for every text, kept on disk: heads learn from what they see at inference."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from inquit.extract.encoder import PAIR, TAGS, Encoder, Window, most_central, spans
from inquit.extract.features import Pieces, pieces
from train.who.texts import Text

Floats = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text with its pieces and, for each window, the encoder's output ``(n, 387)`` in half precision."""

    text: Text
    pieces: Pieces
    windows: list[tuple[int, int, Floats]]

    def window(self, i: int) -> Window:
        """A window as the reader has it."""
        start, end, joint = self.windows[i]
        inner = joint.astype(np.float32)
        return Window(start, end, inner[:, :TAGS], inner[:, TAGS : TAGS + PAIR], inner[:, TAGS + PAIR :])

    def own(self, i: int) -> npt.NDArray[np.int64]:
        """The pieces that are read in a window."""
        home = most_central([w[:2] for w in self.windows], len(self.pieces))
        return np.flatnonzero(home == i)


def encoded(texts: list[Text], model: Path, folder: Path) -> list[Encoded]:
    """All texts through the encoder in ``model``, or what an earlier run kept of them in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    encoder = Encoder(model / "encoder.onnx")
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return [_encoded(text, tokenizer, encoder, folder) for text in texts if text.text.strip()]


def _encoded(text: Text, tokenizer: Tokenizer, encoder: Encoder, folder: Path) -> Encoded:
    cut = pieces(text.text, tokenizer)
    edges = spans(len(cut))
    path = folder / f"{text.corpus}-{text.ident}.npy"
    if not path.exists():
        seen = [np.concatenate([w.tags, w.token, w.anchor], 1) for w in encoder.windows(cut)]
        np.save(path, np.concatenate(seen).astype(np.float16))
    kept = np.load(path, mmap_mode="r")
    starts = np.cumsum([0] + [end - start for start, end in edges])
    return Encoded(text, cut, [(s, e, kept[a : a + e - s]) for (s, e), a in zip(edges, starts, strict=False)])
