"""Samples over the whole run in bounded memory: thinned, never cut off."""

from __future__ import annotations  # noqa: I001

from dataclasses import dataclass
from typing import Any

import numpy as np

from traindx.facts.dynamics import LAYER_STATISTICS, Dynamics
from traindx.probes.taps.reduce import Layout
import itertools

MAX_SAMPLES = 256
LAST = 5


@dataclass
class Sample:
    """One step as measured: see `Layout` for the vector; `moved` is the L2 norm of each variable's update."""

    step: int
    vector: np.ndarray
    flags: np.ndarray
    moved: np.ndarray
    rate: float


class History:
    """All samples of one layout."""

    def __init__(self) -> None:
        self.samples: list[Sample] = []

    def add(self, sample: Sample) -> None:
        """Keep one; when there are too many, those nearest to one another in the run are dropped."""
        self.samples.append(sample)
        self.samples.sort(key=lambda s: s.step)
        if len(self.samples) > MAX_SAMPLES:
            self.samples = thin(self.samples)

    def dynamics(self, layout: Layout, **facts: Any) -> Dynamics | None:
        """The samples as arrays; None where there are none."""
        wanted = max((len(s.vector) for s in self.samples), default=0)
        kept = [s for s in self.samples if len(s.vector) == wanted]
        if not kept:
            return None
        parts = [layout.unpack(s.vector) for s in kept]
        layers = np.stack([p[2] for p in parts])
        variables = np.stack([p[3] for p in parts])
        moved = np.full(variables.shape[:2], np.nan, np.float32)
        for i, sample in enumerate(kept):
            if len(sample.moved) == moved.shape[1]:
                moved[i] = sample.moved
        steps = {n: np.array([p[0][n] for p in parts], np.float32) for n in parts[0][0]}
        steps["learning_rate"] = np.array([s.rate for s in kept], np.float32)
        steps["input_non_finite"] = np.array([p[1].sum() for p in parts], np.float32)
        names = ("weight_norm", "weight_non_finite", "gradient_norm", "gradient_zero_share", "gradient_non_finite")
        return Dynamics(
            steps=np.array([s.step for s in kept], np.int64), layers=tuple(layout.layers),
            variables=tuple(layout.variables),
            layer={n: layers[:, :, i].astype(np.float32) for i, n in enumerate(LAYER_STATISTICS)},
            variable={**{n: variables[:, :, i].astype(np.float32) for i, n in enumerate(names)}, "update_norm": moved},
            step=steps, never_active=_never([s.flags for s in kept[-LAST:]], layout),
            never_active_start=_never([s.flags for s in kept[:LAST]], layout), **facts,
        )  # fmt: skip


def thin(samples: list[Any]) -> list[Any]:
    """About half of the samples, evenly over the run; the first three and the last stay."""
    wanted = max(4, len(samples) // 2)
    steps = np.array([s.step for s in samples], float)
    goals = np.linspace(steps[min(3, len(steps) - 1)], steps[-1], wanted - 3)
    near = {int(np.argmin(np.abs(steps - g))) for g in goals}
    return [s for i, s in enumerate(samples) if i < 3 or i in near or i == len(samples) - 1]


def _never(flags: list[np.ndarray], layout: Layout) -> tuple[float, ...]:
    ever = np.zeros(sum(layout.units), bool)
    for found in flags:
        if len(found) == len(ever):
            ever |= found.astype(bool)
    cuts = np.cumsum([0, *layout.units])
    return tuple(float(1.0 - ever[a:b].mean()) if b > a else 0.0 for a, b in itertools.pairwise(cuts))


