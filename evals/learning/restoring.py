"""A written model as a network that goes on learning; what `export` rounded stays rounded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.numpy import load_file

from bot.reading.transformer import APART, CONFIG, HEADS, TOGETHER, WORDS
from evals.learning.export import BLOCK, Array
from evals.learning.network import Reader, Shape

ATTENTION = "MultiHeadAttention"

_NAMES = {
    "qkv.bias": "qkv.bias",
    "fi.bias": "fi.bias",
    "attended.bias": "ao.bias",
    "attended.scale": "aln.weight",
    "attended.shift": "aln.bias",
    "read.bias": "fo.bias",
    "read.scale": "oln.weight",
    "read.shift": "oln.bias",
}
"""What a graph calls a layer's parameters, and the network."""


def restore(folder: Path, dropout: float = 0.0) -> Reader:
    """Return the network of a model folder; its upper layers and heads can go on learning."""
    graphs = {name: onnx.load(str(folder / file)).graph for name, file in (("apart", APART), ("together", TOGETHER))}
    state = {
        **_words(folder / WORDS),
        **{name: value.astype(np.float32) for name, value in load_file(folder / HEADS).items()},
        **{f"{name}.{key}": value for name, graph in graphs.items() for key, value in _layers(graph)},
    }
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    counts = {name: _attentions(graph) for name, graph in graphs.items()}
    shape = Shape(
        pieces=len(state["words.word.weight"]),
        hidden=config["hidden"],
        heads=_heads(graphs["apart"]),
        inner=len(state["apart.0.fi.bias"]),
        positions=len(state["words.pos.weight"]),
        frozen=counts["apart"],
        dropout=dropout,
        epsilon=config["epsilon"],
        **counts,
    )
    network = Reader(shape)
    network.load_state_dict({name: torch.tensor(value) for name, value in state.items()})
    network.freeze()
    return network


def _words(path: Path) -> dict[str, Array]:
    """Return the embeddings by the network's names; two values of four bits a byte."""
    words = load_file(path)
    halves = words["table"]
    values = np.stack([halves & 0x0F, halves >> 4], axis=-1).astype(np.float32) - 8
    factors = words["factors"].astype(np.float32)
    return {
        "words.word.weight": (values.reshape(*factors.shape, BLOCK) * factors[..., None]).reshape(len(halves), -1),
        "words.pos.weight": words["positions"],
        "words.ln.weight": words["scale"],
        "words.ln.bias": words["shift"],
    }


def _layers(graph: onnx.GraphProto) -> Iterator[tuple[str, Array]]:
    """Yield the parameters of a graph's layers by the network's names."""
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for key, value in held.items():
        number, _, which = key.partition(".")
        if which in _NAMES:
            yield f"{number}.{_NAMES[which]}", value
        elif which.endswith(".weight"):
            factors = held[key.removesuffix("weight") + "factors"]
            blocks = value.astype(np.float32).reshape(len(factors), BLOCK, -1) * factors[:, None]
            yield f"{number}.{which}", blocks.reshape(value.shape).T.copy()


def _attentions(graph: onnx.GraphProto) -> int:
    return sum(node.op_type == ATTENTION for node in graph.node)


def _heads(graph: onnx.GraphProto) -> int:
    attention = next(node for node in graph.node if node.op_type == ATTENTION)
    return next(attribute.i for attribute in attention.attribute if attribute.name == "num_heads")
