"""The reader as it is learned: a transformer whose lower layers read question and part apart, its upper ones together.

Apart, a part's words can be read before the question is known and kept (DeFormer, https://arxiv.org/abs/2005.00697):
parts are ranked by late interaction (every word of the question with its nearest word of the part, ColBERT,
https://arxiv.org/abs/2004.12832). The best of them are then read together with the question: each sentence gets how
much it answers, each part whether it does.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from evals.learning.checkpoint import Checkpoint

HALF = torch.cpu._is_avx512_bf16_supported()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the network is built of.

    Attributes:
        apart: lower layers, which read one text.
        together: upper layers, which read question and part.
        frozen: of the lower layers, those that stay as they were.
    """

    pieces: int
    hidden: int = 384
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    apart: int = 6
    together: int = 6
    frozen: int = 2
    epsilon: float = 1e-12


class Layer(nn.Module):
    """One layer of BERT: attention, then two linear maps, each added and normalised."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.ao = nn.Linear(shape.hidden, shape.hidden)
        self.aln = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.fi = nn.Linear(shape.hidden, shape.inner)
        self.fo = nn.Linear(shape.inner, shape.hidden)
        self.oln = nn.LayerNorm(shape.hidden, eps=shape.epsilon)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Read (n, length, hidden) with a mask (n, 1, 1, length): 0 where there is text and very low elsewhere."""
        n, length, hidden = x.shape
        q, k, v = self.qkv(x).view(n, length, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        heard = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.aln(x + self.ao(heard.transpose(1, 2).reshape(n, length, hidden)))
        return self.oln(x + self.fo(functional.gelu(self.fi(x))))


class Words(nn.Module):
    """Word and position embeddings."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.word = nn.Embedding(shape.pieces, shape.hidden)
        self.pos = nn.Embedding(shape.positions, shape.hidden)
        self.ln = nn.LayerNorm(shape.hidden, eps=shape.epsilon)

    def forward(self, ids: Tensor) -> Tensor:
        """Return (n, length, hidden) of ids (n, length)."""
        return self.ln(self.word(ids) + self.pos(torch.arange(ids.shape[1], device=ids.device)))


class Judge(nn.Module):
    """Two linear maps over two vectors and their product, beside a likeness that counts from the start.

    The start: cosines of this model lie near .8, so that two of them give a logit a little below 0.
    """

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.first = nn.Linear(3 * hidden, hidden)
        self.second = nn.Linear(hidden, 1)
        self.likeness = nn.Parameter(torch.tensor(8.0))
        self.bias = nn.Parameter(torch.tensor(-14.5))
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def forward(self, question: Tensor, text: Tensor, likeness: Tensor) -> Tensor:
        """Judge (…, hidden) against (…, hidden); logits without the last dimension."""
        both = torch.cat([question, text, question * text], dim=-1)
        return self.second(functional.relu(self.first(both))).squeeze(-1) + self.likeness * likeness + self.bias


class Reader(nn.Module):
    """The whole network; see the module."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = Words(shape)
        self.apart = nn.ModuleList(Layer(shape) for _ in range(shape.apart))
        self.together = nn.ModuleList(Layer(shape) for _ in range(shape.together))
        self.asked = nn.Parameter(torch.zeros(shape.hidden))
        self.sentence = Judge(shape.hidden)
        self.part = Judge(shape.hidden)
        self.status = nn.Sequential(nn.Linear(3 * shape.hidden, shape.hidden), nn.ReLU(), nn.Linear(shape.hidden, 3))
        self.temperature = nn.Parameter(torch.tensor([20.0, 20.0, 20.0]))

    def read_apart(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the words' vectors (n, length, hidden) of texts (n, length); mask is 1.0 where there is text."""
        wall = walled(mask)
        with self._precision():
            with torch.no_grad():
                x = self.words(ids)
                for layer in self.apart[: self.shape.frozen]:
                    x = layer(x, wall)
            for layer in self.apart[self.shape.frozen :]:
                x = layer(x, wall)
        return x.float()

    def read_together(self, question: Tensor, q_mask: Tensor, part: Tensor, p_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the words' vectors of question and part after both were read together; rows belong to each other."""
        x = torch.cat([question + self.asked, part], dim=1)
        wall = walled(torch.cat([q_mask, p_mask], dim=1))
        with self._precision():
            for layer in self.together:
                x = layer(x, wall)
        x = x.float()
        return x[:, : question.shape[1]], x[:, question.shape[1] :]

    def _precision(self) -> torch.autocast:
        """Layers are learned in half precision where the processor multiplies it natively: twice as quick."""
        return torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training and HALF)


def walled(mask: Tensor) -> Tensor:
    """Return what is added to attention: 0 where there is text, very low elsewhere; (n, 1, 1, length)."""
    return ((1.0 - mask) * -10_000.0)[:, None, None, :]


def mean_of(vectors: Tensor, weights: Tensor) -> Tensor:
    """Return weighted means: (n, length, hidden) by (n, length) or (n, sentences, length)."""
    total = weights.sum(-1, keepdim=True).clamp(min=1.0)
    if weights.dim() == 2:
        return (weights[:, None] @ vectors).squeeze(1) / total
    return weights @ vectors / total


def unit(vectors: Tensor) -> Tensor:
    """Return vectors of length 1."""
    return functional.normalize(vectors, dim=-1)


def start(checkpoint: Checkpoint, kept: list[int], shape: Shape) -> Reader:
    """Return a reader with pretrained weights; the upper layers are the checkpoint's last."""
    reader = Reader(shape)
    source = {name: torch.tensor(value) for name, value in checkpoint.tensors.items()}
    with torch.no_grad():
        reader.words.word.weight.copy_(source["emb.word"][kept])
        reader.words.pos.weight.copy_(source["emb.pos"] + source["emb.type"].view(-1, shape.hidden)[0])
        reader.words.ln.weight.copy_(source["emb.ln.w"])
        reader.words.ln.bias.copy_(source["emb.ln.b"])
        numbers = [*range(shape.apart), *range(checkpoint.layers - shape.together, checkpoint.layers)]
        for number, layer in zip(numbers, [*reader.apart, *reader.together], strict=True):
            _fill(layer, source, f"l{number}")
    for parameter in reader.words.parameters():
        parameter.requires_grad_(False)
    for layer in reader.apart[: shape.frozen]:
        for parameter in layer.parameters():
            parameter.requires_grad_(False)
    return reader


def _fill(layer: Layer, source: dict[str, Tensor], name: str) -> None:
    layer.qkv.weight.copy_(torch.cat([source[f"{name}.{x}.w"] for x in "qkv"]))
    layer.qkv.bias.copy_(torch.cat([source[f"{name}.{x}.b"] for x in "qkv"]))
    for linear in ("ao", "fi", "fo"):
        getattr(layer, linear).weight.copy_(source[f"{name}.{linear}.w"])
        getattr(layer, linear).bias.copy_(source[f"{name}.{linear}.b"])
    for norm in ("aln", "oln"):
        getattr(layer, norm).weight.copy_(source[f"{name}.{norm}.w"])
        getattr(layer, norm).bias.copy_(source[f"{name}.{norm}.b"])
