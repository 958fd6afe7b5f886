"""The learned network as files that onnxruntime and numpy read: weights in 8 bits with a factor for each output.

Only weights are rounded; sums are made in float32, so that every processor says the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from torch import nn

from bot.reading.pieces import PART_PIECES
from bot.reading.transformer import APART, CONFIG, FILES, HEADS, TOGETHER, TOKENIZER, WORDS
from evals.learning.network import Reader, Shape
from evals.learning.vocabulary import saved

Array = NDArray[np.float32]

OWN = "com.microsoft"
STEPS = 127
"""Largest value of a weight in 8 bits."""

BLOCK = 32
"""Values that share a factor, as in the checkpoint."""


def export(network: Reader, tokenizer: Tokenizer, name: str, folder: Path) -> None:
    """Write a model folder.

    Args:
        network: as learned.
        tokenizer: of its vocabulary.
        name: what the model is called.
        folder: made if need be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    _graph(network.apart, "apart", network.shape, folder / APART)
    _graph(network.together, "together", network.shape, folder / TOGETHER)
    _words(network, folder / WORDS)
    _heads(network, folder / HEADS)
    (folder / TOKENIZER).write_bytes(saved(tokenizer))
    config = {"name": name, "epsilon": network.shape.epsilon, "hidden": network.shape.hidden}
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    for name in FILES:
        (folder / name).chmod(0o644)  # safetensors writes for its owner alone


def _graph(layers: Iterable[nn.Module], name: str, of_shape: Shape, path: Path) -> None:
    """Write layers as a graph from `x` (1, n, hidden) to the same shape."""
    nodes: list[onnx.NodeProto] = []
    weights: list[onnx.TensorProto] = []

    def constant(name: str, value: NDArray[np.generic]) -> str:
        weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def linear(x: str, number: int, which: str, weight: torch.Tensor) -> str:
        key, out = f"{number}.{which}", f"{number}.{which}.out"
        rounded, factors = in_blocks(weight.detach().numpy(), STEPS)
        inputs = [constant(f"{key}.weight", rounded.T), constant(f"{key}.factors", factors.T.astype(np.float32))]
        nodes.append(helper.make_node("DequantizeLinear", inputs, [f"{key}.float"], axis=0, block_size=BLOCK))
        nodes.append(helper.make_node("MatMul", [x, f"{key}.float"], [out]))
        return out

    def of(number: int, name: str, tensor: torch.Tensor) -> str:
        return constant(f"{number}.{name}", tensor.detach().numpy())

    def joined(number: int, name: str, x: str, y: str, norm: torch.nn.LayerNorm, bias: torch.Tensor) -> str:
        inputs = [x, y, of(number, f"{name}.scale", norm.weight), of(number, f"{name}.shift", norm.bias)]
        inputs.append(of(number, f"{name}.bias", bias))
        out = f"{number}.{name}"
        nodes.append(helper.make_node("SkipLayerNormalization", inputs, [out], domain=OWN, epsilon=of_shape.epsilon))
        return out

    x = "x"
    for number, layer in enumerate(layers):
        qkv = linear(x, number, "qkv", layer.qkv.weight)
        parts = [f"{number}.{name}" for name in ("q", "k", "v")]
        nodes.append(helper.make_node("Split", [qkv], parts, axis=-1, num_outputs=3))
        inputs = [*parts, of(number, "qkv.bias", layer.qkv.bias)]
        nodes.append(
            helper.make_node("MultiHeadAttention", inputs, [f"{number}.heard"], num_heads=layer.heads, domain=OWN)
        )
        heard = linear(f"{number}.heard", number, "ao", layer.ao.weight)
        x = joined(number, "attended", x, heard, layer.aln, layer.ao.bias)
        inner = linear(x, number, "fi", layer.fi.weight)
        inputs = [inner, of(number, "fi.bias", layer.fi.bias)]
        nodes.append(helper.make_node("FastGelu", inputs, [f"{number}.gelu"], domain=OWN))
        outer = linear(f"{number}.gelu", number, "fo", layer.fo.weight)
        x = joined(number, "read", x, outer, layer.oln, layer.fo.bias)
    shape = [1, "n", of_shape.hidden]
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(x, TensorProto.FLOAT, shape)],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21), helper.make_opsetid(OWN, 1)])
    model.ir_version = 10
    onnx.save(model, str(path))


def _words(network: Reader, path: Path) -> None:
    """Write the embeddings; words in the four bits that they were learned from, which loses nothing."""
    rounded, factors = in_blocks(network.words.word.weight.detach().numpy(), -8)
    halves = (rounded + 8).astype(np.uint8)
    save_file(
        {
            "table": halves[:, ::2] | (halves[:, 1::2] << 4),
            "factors": factors,
            "positions": network.words.pos.weight.detach().numpy()[:PART_PIECES].copy(),
            "scale": network.words.ln.weight.detach().numpy().copy(),
            "shift": network.words.ln.bias.detach().numpy().copy(),
        },
        path,
    )


def in_blocks(matrix: Array, steps: int) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Round rows in blocks of `BLOCK` values.

    Args:
        matrix: (n, m).
        steps: the largest whole number; negative if the value of largest size shall become just this number, as in the
            four bits of the checkpoint.

    Returns:
        (n, m) whole numbers and (n, m / BLOCK) factors.
    """
    blocks = matrix.reshape(len(matrix), -1, BLOCK)
    if steps < 0:
        largest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1, keepdims=True), -1)[..., 0]
    else:
        largest = np.abs(blocks).max(-1)
    factors = (largest / steps).astype(np.float16)
    safe = np.where(factors == 0, 1, factors).astype(np.float32)
    rounded = np.clip(np.round(blocks / safe[..., None]), -abs(steps), abs(steps) - (steps < 0))
    return rounded.astype(np.int8).reshape(matrix.shape), factors


def _heads(network: Reader, path: Path) -> None:
    """Write what judges the vectors, as half-precision numbers."""
    tensors = {"asked": network.asked, "temperature": network.temperature}
    for name in ("sentence", "part", "status"):
        tensors |= {f"{name}.{key}": value for key, value in getattr(network, name).state_dict().items()}
    save_file({name: value.detach().numpy().astype(np.float16) for name, value in tensors.items()}, path)
