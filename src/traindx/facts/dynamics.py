"""What happened inside the training steps that were looked at: layers, gradients, weights, and the first bad step.

Arrays are NumPy float32 (steps int64); axis 0 is the sampled step, axis 1 the layer or the variable. NaN stands for
what does not exist (no gradient, no value at that step). Norms are L2 over the whole tensor.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from traindx.facts.findings import Location

LAYER_STATISTICS = ("mean", "spread", "row_spread", "zero_share", "saturated_share", "dead_share", "largest", "non_finite")
VARIABLE_STATISTICS = (
    "weight_norm", "weight_non_finite", "gradient_norm", "gradient_zero_share", "gradient_non_finite", "update_norm",
)  # fmt: skip
STEP_STATISTICS = ("loss", "learning_rate", "prediction_mean", "prediction_spread", "prediction_row_spread", "scale")


@dataclass(frozen=True)
class TappedLayer:
    """One layer whose output was seen, in the order of the forward pass. `units` is the width of its last axis."""

    name: str
    path: str
    kind: str
    activation: str | None
    units: int
    dtype: str = "float32"


@dataclass(frozen=True)
class TappedVariable:
    """One variable that the optimizer trains. `depth` is its layer's position among the tapped layers, -1 unknown.

    `sparse`: its gradient holds only the rows used (embeddings). `connected`: a gradient reaches it.
    """

    path: str
    layer: str
    shape: tuple[int, ...]
    depth: int = -1
    sparse: bool = False
    connected: bool = True

    @property
    def size(self) -> int:
        """Number of weights."""
        return int(np.prod(self.shape, dtype=np.int64))


@dataclass(frozen=True)
class BadStep:
    """The first step (0-based) that held a value that is not finite, and where in the step it began.

    `phase`: `data` (input or target), `weight` (it held one before the step), `forward` (a layer), `loss`, `backward`
    (a gradient), `update` (the optimizer), `unknown`. `name` is the layer, variable or input; `rows` the positions in
    the batch of the rows responsible (at most 20) of `row_count`; empty where no single rows are. `exact`: found by
    repeating the steps one by one; else the step is the last that can be said. `loss_before`, `gradient_before`,
    `update_before`: loss, greatest gradient norm and greatest update-to-weight ratio in the steps before it;
    `largest` the greatest finite magnitude that entered the place where it began. `silent`: the loss stayed finite.
    """

    step: int
    phase: str
    name: str = ""
    kind: str = ""
    activation: str | None = None
    exact: bool = True
    rows: tuple[int, ...] = ()
    row_count: int = 0
    batch: int = 0
    op: str | None = None
    location: Location | None = None
    loss_before: float | None = None
    gradient_before: float | None = None
    update_before: float | None = None
    largest: float | None = None
    silent: bool = False
    dtype: str = "float32"
    note: str = ""


@dataclass(frozen=True)
class Dynamics:
    """The training steps that were looked at.

    `layer`, `variable`, `step` map a statistic's name (see `LAYER_STATISTICS`, ...) to its values over time:
    (samples, layers), (samples, variables), (samples,). `never_active` is, per layer, the share of units that were
    zero in every row of each of the last sampled steps; `never_active_start` of the first. `path` says how it was
    measured: `in-step` (the instrumented twin of the step), `afterwards` (kept states replayed after the run),
    `eager`; `every` the usual distance of samples. `missing` says why there is no more.
    """

    steps: np.ndarray
    layers: tuple[TappedLayer, ...] = ()
    variables: tuple[TappedVariable, ...] = ()
    layer: dict[str, np.ndarray] = field(default_factory=dict[str, np.ndarray])
    variable: dict[str, np.ndarray] = field(default_factory=dict[str, np.ndarray])
    step: dict[str, np.ndarray] = field(default_factory=dict[str, np.ndarray])
    never_active: tuple[float, ...] = ()
    never_active_start: tuple[float, ...] = ()
    first_bad: BadStep | None = None
    path: str = ""
    every: int = 1
    updates_per_sample: int = 1
    accumulation: int = 1
    underflow: dict[str, float] = field(default_factory=dict[str, float])
    missing: str = ""
    seconds: float = 0.0
