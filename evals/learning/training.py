"""The loop in which the reader learns; it goes on where it stopped."""

from __future__ import annotations

import logging
import math
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from evals.learning.batches import Cutter, Group, collate, groups_of
from evals.learning.examples import Example
from evals.learning.losses import losses, read
from evals.learning.network import Reader

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What can be chosen.

    Attributes:
        steps: at most, None for whole epochs.
        groups: questions a step.
        others: parts of each that do not answer.
        general: share of general questions among the council's.
        rate: of the layers; `head_rate` of what is new.
    """

    epochs: int = 8
    steps: int | None = 3_600
    groups: int = 4
    others: int = 2
    general: float = 0.12
    rate: float = 6e-5
    head_rate: float = 5e-4
    decay: float = 0.01
    warm_up: float = 0.04
    least: float = 0.04
    seed: int = 0
    keep_every: int = 100


def train(
    network: Reader, examples: Sequence[Example], general: Sequence[Example], cutter: Cutter, recipe: Recipe, work: Path
) -> None:
    """Train in place.

    Args:
        network: as it starts.
        examples: of the council.
        general: of elsewhere.
        cutter: of the network's vocabulary.
        recipe: what can be chosen.
        work: folder of the checkpoint from which an interrupted run goes on.
    """
    steps_an_epoch = len(_batches(examples, general, cutter, recipe, 0))
    total = min(recipe.epochs * steps_an_epoch, recipe.steps or sys.maxsize)
    heads: list[torch.nn.Parameter] = []
    layers: list[torch.nn.Parameter] = []
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            (layers if name.startswith(("apart", "together")) else heads).append(parameter)
    optimizer = torch.optim.AdamW(
        [{"params": layers, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}], weight_decay=recipe.decay
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, total, recipe))
    done = 0
    kept = work / "checkpoint.pt"
    if kept.exists():
        state = torch.load(kept)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        done = state["step"]
    network.train()
    began = time.monotonic()
    mean: dict[str, float] = {}
    for epoch in range(done // steps_an_epoch, recipe.epochs):
        batches = _batches(examples, general, cutter, recipe, epoch)[:steps_an_epoch]  # so that steps keep their number
        for step, groups in enumerate(batches, start=epoch * steps_an_epoch):
            if step < done or step >= total:
                continue
            batch = collate(groups)
            said = losses(read(network, batch), batch)
            optimizer.zero_grad()
            torch.stack(list(said.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_([*layers, *heads], 1.0)
            optimizer.step()
            schedule.step()
            for name, value in said.items():
                mean[name] = 0.98 * mean.get(name, value.item()) + 0.02 * value.item()
            if (step + 1) % 20 == 0 or step < 3:
                told = " ".join(f"{name} {value:.3f}" for name, value in mean.items())
                logger.info("%d of %d, %.0f s: %s", step + 1, total, time.monotonic() - began, told)
            if (step + 1) % recipe.keep_every == 0 or step + 1 == total:
                _keep(kept, network, optimizer, schedule, step + 1)


def _keep(path: Path, network: Reader, optimizer: torch.optim.Optimizer, schedule: object, step: int) -> None:
    """Write a checkpoint beside the last one, then put it in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    torch.save(
        {
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),  # type: ignore[attr-defined]
            "step": step,
        },
        fresh,
    )
    fresh.replace(path)


def _rate(step: int, total: int, recipe: Recipe) -> float:
    """Return the factor of the rates: up in a line, down in a line."""
    rising = max(1, math.ceil(recipe.warm_up * total))
    if step < rising:
        return (step + 1) / rising
    return max(recipe.least, 1.0 - (step - rising) / max(1, total - rising))


def _batches(
    examples: Sequence[Example], general: Sequence[Example], cutter: Cutter, recipe: Recipe, epoch: int
) -> list[list[Group]]:
    """Return an epoch's batches: the same for the same seed."""
    rng = random.Random(recipe.seed * 1000 + epoch)
    groups = groups_of(examples, cutter, recipe.others, rng)
    beside = groups_of(general, cutter, recipe.others, rng)[: int(recipe.general * len(groups))]
    mixed = _in_batches(groups, recipe.groups) + _in_batches(beside, recipe.groups)
    rng.shuffle(mixed)
    return mixed


def _in_batches(groups: list[Group], size: int) -> list[list[Group]]:
    return [groups[start : start + size] for start in range(0, len(groups) - size + 1, size)]
