"""What the network is told it got wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from bot.reading.pieces import PAD
from evals.learning.batches import Batch
from evals.learning.network import Reader, mean_of, unit

FAR = -10_000.0

RUNS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the network says of a batch.

    Attributes:
        near: (q, p) how near parts come to questions, all with all.
        near_sentences: (n, s) the same of the sentences of each pair's part.
        parts: (n,) logits of pairs.
        sentences: (n, s) logits of the sentences of each pair's part.
        there: (n, s) 1.0 where there is a sentence.
        statuses: (n, 3) logits of what became of a point, from the sentences that answer it.
    """

    near: Tensor
    near_sentences: Tensor
    parts: Tensor
    sentences: Tensor
    there: Tensor
    statuses: Tensor


def read(network: Reader, batch: Batch) -> Read:
    """Read a batch, apart and together."""
    q_mask = (batch.questions != PAD).float()
    p_mask = (batch.parts != PAD).float()
    q = network.read_apart(batch.questions, q_mask)
    p = _by_length(p_mask, lambda rows, length: network.read_apart(batch.parts[rows, :length], p_mask[rows, :length]))
    asked = q_mask.clone()
    asked[:, 0] = 0.0
    scales = network.temperature
    q_mean, p_mean = unit(mean_of(q, q_mask)), unit(mean_of(p, p_mask))
    near = scales[0] * q_mean @ p_mean.T + scales[1] * _late(unit(q), asked, unit(p), p_mask)

    qi, pi = batch.pairs[:, 0], batch.pairs[:, 1]
    count = batch.right.shape[1]
    belongs = (batch.sentence[pi][:, None, :] == torch.arange(count)[None, :, None]).float()
    there = (belongs.sum(-1) > 0).float()
    alike = torch.einsum("nqh,nph->nqp", unit(q)[qi], unit(p)[pi])
    best = (alike[:, None] + (1.0 - belongs[:, :, None]) * FAR).amax(-1).clamp(min=-1.0)
    late = (best * asked[qi][:, None]).sum(-1) / asked[qi].sum(-1)[:, None]
    means = torch.einsum("nsh,nh->ns", unit(mean_of(p[pi], belongs)), q_mean[qi])
    likeness = (means + late) * there
    whole = (q_mean[qi] * p_mean[pi]).sum(-1) + (alike + (1.0 - p_mask[pi])[:, None] * FAR).amax(-1).mul(asked[qi]).sum(
        -1
    ) / asked[qi].sum(-1)

    both = _by_length(
        p_mask[pi],
        lambda rows, length: torch.cat(
            network.read_together(q[qi[rows]], q_mask[qi[rows]], p[pi[rows], :length], p_mask[pi[rows], :length]),
            dim=1,
        ),
        beside=q.shape[1],
    )
    q_read, p_read = both[:, : q.shape[1]], both[:, q.shape[1] :]
    q_vector = mean_of(q_read, q_mask[qi])
    s_vectors = mean_of(p_read, belongs)
    p_vector = mean_of(p_read, p_mask[pi])
    sentences = network.sentence(q_vector[:, None].expand(-1, count, -1), s_vectors, likeness)
    parts = network.part(q_vector, p_vector, whole)
    shown = mean_of(s_vectors, batch.right[pi] * there)
    statuses = network.status(torch.cat([q_vector, shown, p_vector], dim=-1))
    return Read(
        near=near,
        near_sentences=scales[2] * likeness + (1.0 - there) * FAR,
        parts=parts,
        sentences=sentences,
        there=there,
        statuses=statuses,
    )


def _by_length(mask: Tensor, function: Callable[[Tensor, int], Tensor], beside: int = 0) -> Tensor:
    """Apply a function to rows of like length, so that little is read that is no text; return rows in their order.

    Args:
        mask: (n, length) 1.0 where there is text.
        function: takes rows and the length they need, returns (rows, beside + length, hidden).
        beside: columns that the function puts in front.
    """
    lengths = mask.sum(-1).long()
    runs = torch.argsort(lengths).chunk(RUNS)
    read = [
        functional.pad(x, (0, 0, 0, beside + mask.shape[1] - x.shape[1]))
        for x in (function(rows, int(lengths[rows].max())) for rows in runs)
    ]
    back = torch.argsort(torch.cat(runs))
    return torch.cat(read)[back]


def _late(q: Tensor, asked: Tensor, p: Tensor, p_mask: Tensor) -> Tensor:
    """Return (q, p): the mean over the question's tokens of the best cosine among the part's."""
    alike = torch.einsum("qlh,pmh->qplm", q, p) + (1.0 - p_mask)[None, :, None, :] * FAR
    return (alike.amax(-1) * asked[:, None]).sum(-1) / asked.sum(-1)[:, None]


def losses(said: Read, batch: Batch) -> dict[str, Tensor]:
    """Return each part of the loss by name; they are added."""
    answered = batch.gold >= 0
    found: dict[str, Tensor] = {}
    right = batch.right[batch.pairs[:, 1]] * batch.truth[:, None] * said.there
    if answered.any():
        found["near"] = functional.cross_entropy(said.near[answered], batch.gold[answered])
        own = batch.truth > 0
        found["near_sentences"] = _any_of(said.near_sentences[own], right[own])
        joint, single = [], []
        for number in torch.nonzero(answered).flatten().tolist():
            rows = batch.group == number
            joint.append(_any_of(said.parts[rows][None], batch.truth[rows][None]))
            flat = (said.sentences + (1.0 - said.there) * FAR)[rows].reshape(1, -1)
            single.append(_any_of(flat, right[rows].reshape(1, -1)))
        found["parts"] = torch.stack(joint).mean()
        found["sentences"] = torch.stack(single).mean()
    found["answers"] = functional.binary_cross_entropy_with_logits(
        said.parts, batch.truth, pos_weight=torch.tensor(2.0)
    )
    each = functional.binary_cross_entropy_with_logits(
        said.sentences, right, reduction="none", pos_weight=torch.tensor(4.0)
    )
    found["statements"] = 2.0 * (each * said.there).sum() / said.there.sum()
    status = torch.where(batch.truth > 0, batch.status[batch.pairs[:, 0]], -1)
    if (status >= 0).any():
        found["status"] = functional.cross_entropy(said.statuses[status >= 0], status[status >= 0])
    twins = batch.twin_of >= 0
    if twins.any():
        rows, resembled = torch.nonzero(twins).flatten(), batch.twin_of[twins]
        top = (said.sentences + (1.0 - said.there) * FAR).amax(-1)
        apart = torch.stack([said.parts[resembled] - said.parts[rows], top[resembled] - top[rows]])
        found["twins"] = functional.softplus(-apart).sum(0).mean()
    return found


def _any_of(logits: Tensor, right: Tensor) -> Tensor:
    """Return the cross-entropy of (n, choices) where one or more are right; rows without any count nothing."""
    rows = right.sum(-1) > 0
    if not rows.any():
        return logits.sum() * 0.0
    chosen = torch.logsumexp(logits[rows] + (1.0 - right[rows]) * FAR, -1)
    return (torch.logsumexp(logits[rows], -1) - chosen).mean()
