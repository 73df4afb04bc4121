"""From a trained torch model to what ships: one int8 ONNX encoder, float32 heads, the tokenizer.

int8 per output channel and MatMul only (per-tensor loses .07 of cosine), ``reduce_range`` so that processors without
VNNI do not saturate; the embedding table is int8 by row.
"""

from __future__ import annotations

import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from train.model import Reader

INPUTS = ["ids", "case", "quote", "breaks", "mask"]


class RowInt8(nn.Module):
    """An embedding table of int8 rows with a float scale each."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (table / scale).round().clamp(-127, 127).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """``(B, L)`` -> ``(B, L, WIDTH)``."""
        return self.rows[ids].float() * self.scale[ids]


class Exported(nn.Module):
    """The encoder with every per-token projection of the heads in one matrix: ``(B, L, 3 + 192 + 192)``."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model
        parts = (model.cue, model.token, model.anchor)
        self.heads = nn.Linear(model.cue.in_features, sum(p.out_features for p in parts))
        self.heads.weight.data = torch.cat([p.weight.data for p in parts])
        self.heads.bias.data = torch.cat([p.bias.data for p in parts])

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor, breaks: Tensor, mask: Tensor) -> Tensor:
        """All inputs ``(B, L)``, int64."""
        return self.heads(self.model.encode(ids, case, quote, breaks, mask))


def export(model: Reader, tokenizer: Path, folder: Path, *, int8: bool = True) -> None:
    """Write ``encoder.onnx``, ``heads.npz`` and ``tokenizer.json`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    model.eval()
    heads = {
        "distance": model.distance.weight,
        "score": model.score.weight.T,
        "score_bias": model.score.bias,
        "product": model.product.weight.T,
        "step": model.step,
        "enter": model.refine.enter.weight.T,
        "enter_bias": model.refine.enter.bias,
        "look": torch.stack([look.weight.permute(2, 1, 0) for look in model.refine.look]),
        "look_bias": torch.stack([look.bias for look in model.refine.look]),
        "leave": model.refine.leave.weight.T,
        "leave_bias": model.refine.leave.bias,
    }
    arrays = {name: w.detach().numpy().astype(np.float32) for name, w in heads.items()}
    np.savez(folder / "heads.npz", **arrays, calibration=np.array([1, 1, 0], np.float32))  # until train.calibrate
    if tokenizer != folder / "tokenizer.json":
        shutil.copyfile(tokenizer, folder / "tokenizer.json")
    shipped = Exported(model)
    if int8:
        shipped.model.words = RowInt8(model.words.weight.data)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "float.onnx"
        _to_onnx(shipped.eval(), path)
        if int8:
            quantize_dynamic(
                path,
                folder / "encoder.onnx",
                op_types_to_quantize=["MatMul"],
                per_channel=True,
                reduce_range=True,
                weight_type=QuantType.QInt8,
            )
        else:
            shutil.copyfile(path, folder / "encoder.onnx")


def _to_onnx(module: nn.Module, path: Path) -> None:
    sample = tuple(torch.ones(2, 16, dtype=torch.int64) for _ in INPUTS)
    with warnings.catch_warnings():
        # The newer exporter needs onnxscript and gives a graph that the quantiser leaves in float.
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            module,
            sample,
            path,
            input_names=INPUTS,
            output_names=["joint"],
            dynamic_axes={name: {0: "batch", 1: "length"} for name in [*INPUTS, "joint"]},
            opset_version=17,
            dynamo=False,
        )
