"""From the torch models to ``who.npz``: half precision, the lexical table int8."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from inquit.extract.who import Heads
from train.who.linking import HIDDEN, Linker
from train.who.tagging import JOINT, VIEW, WIDTH, Scale, Tagger


def heads(tagger: Tagger, sizes: Scale, linker: Linker | None = None, warmth: float = 1.0) -> Heads:
    """The weights as inference has them; without a linker a mention's view is its whole state."""
    enter, bias = _array(tagger.enter.weight.T), _array(tagger.enter.bias)
    enter[:JOINT] /= sizes.spread[:, None]
    bias -= sizes.mean @ enter[:JOINT]
    eye = np.eye(WIDTH, dtype=np.float32)
    return Heads(
        lexical=sizes.lexical,
        lexical_scale=sizes.lexical_scale,
        enter=enter,
        enter_bias=bias,
        look=np.stack([_array(look.weight.permute(2, 1, 0)) for look in tagger.look]),
        look_bias=np.stack([_array(look.bias) for look in tagger.look]),
        tags=_array(tagger.tags.weight.T),
        tags_bias=_array(tagger.tags.bias),
        later=_array(linker.later.weight.T) if linker else eye,
        earlier=_array(linker.earlier.weight.T) if linker else eye[:, :0],
        first=_array(linker.first.weight.T) if linker else np.zeros((1, HIDDEN), np.float32),
        first_bias=_array(linker.first.bias) if linker else np.zeros(HIDDEN, np.float32),
        second=_array(linker.second.weight[0]) if linker else np.zeros(HIDDEN, np.float32),
        none=_array(linker.none.weight[0]) if linker else np.zeros(VIEW, np.float32),
        warmth=np.array([warmth], np.float32),
    )


def write(made: Heads, path: Path) -> None:
    """Write the file that ships."""
    arrays = {name: getattr(made, name) for name in Heads.__slots__}
    np.savez_compressed(path, **{k: v if k == "lexical" else v.astype(np.float16) for k, v in arrays.items()})


def _array(weights: Tensor | torch.nn.Parameter) -> np.ndarray:  # type: ignore[type-arg]
    return weights.detach().numpy().astype(np.float32).copy()
