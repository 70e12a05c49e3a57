"""Measurements from inside the training steps; each says by `source` where it comes from (`steps` or `ends`)."""

from __future__ import annotations

from dataclasses import dataclass

from traindx.facts.dynamics import BadStep
from traindx.facts.findings import Location
from traindx.facts.measurement import Measurement


@dataclass(frozen=True)
class NonFinite(Measurement):
    """Where the first value that is not finite came up; `found` is None where all numbers of all steps were finite.

    `growth`: the last finite loss before it over the first loss; `rate_over_default`: the learning rate over the
    optimizer's default; `gradient_growth`: gradient norm before it over that of the first step.
    """

    found: BadStep | None
    growth: float | None = None
    gradient_growth: float | None = None
    rate_over_default: float | None = None
    custom_loss: bool = False
    loss: str = ""
    activation: str | None = None
    compile_location: Location | None = None


@dataclass(frozen=True)
class GradientFlow(Measurement):
    """Gradient norms of the kernels over depth and time.

    `layers` from input to output; `relative`: gradient norm over weight norm, median of the first samples; `late` of
    the last. `burst`: the greatest norm of the whole gradient over its median, at `burst_step`; `after_burst`: the
    median loss of the samples after the burst over that of those before it. `growth`: late over early median norm.
    `clipped`: the optimizer clips.
    """

    source: str
    layers: tuple[str, ...]
    relative: tuple[float, ...]
    late: tuple[float, ...]
    burst: float | None = None
    burst_step: int | None = None
    after_burst: float | None = None
    growth: float | None = None
    clipped: bool = False
    samples: int = 0
    location: Location | None = None

    @property
    def depth_ratio(self) -> float | None:
        """Least over greatest relative norm."""
        known = [r for r in self.relative if r > 0]
        return min(known) / max(known) if len(known) > 1 else None


@dataclass(frozen=True)
class UpdateRatio(Measurement):
    """How far one step moves the kernels: norm of the update over norm of the weights.

    `early`, `late`: median over kernels of the median over the first and the last third of the samples; `worst_layer`
    and `worst`: the kernel with the greatest late ratio; `path`: mean ratio times steps, an upper bound of the
    relative way gone. `zero_gradient`: share of kernels whose gradient is zero in every sample.
    """

    early: float
    late: float
    worst: float
    worst_layer: str
    path: float
    steps: int
    rate: float | None = None
    rate_over_default: float | None = None
    optimizer: str = ""
    zero_gradient: float = 0.0
    samples: int = 0
    location: Location | None = None


@dataclass(frozen=True)
class UnitLife(Measurement):
    """Units of relu-like layers that were zero on every row of each of the first and of the last sampled steps."""

    layer: str
    start: float
    end: float
    samples: int
    died_by: int | None = None


@dataclass(frozen=True)
class HalfPrecision(Measurement):
    """Gradients in half precision: `lost` is the greatest share, over variables, of gradients that are zero only for
    lack of range; `zero_gradients` the least share, over kernels, of gradients that are zero; `stride` the longest step
    of a typical kernel, root mean square per weight over the learning rate (None: the optimizer's rule sets no bound)."""

    dtype: str
    scaled: bool
    lost: float | None
    variable: str = ""
    zero_gradients: float = 0.0
    samples: int = 0
    stride: float | None = None


@dataclass(frozen=True)
class Normalisation(Measurement):
    """What normalisation layers do to the signal.

    `layer`: the first normalisation layer; `mean`, `spread` of what leaves it (last weights, training rows);
    `unadapted`: a `Normalization` layer whose output is far from mean 0 and spread 1. `raw`, `normalised`: skill of a
    linear model on the inputs, and on what that layer leaves of them (first layer only). `smallest_batch`: rows per
    step where batch statistics are used. `over_one_unit`: a LayerNormalization over a single unit, and the standard
    deviation of its output among rows.
    """

    layer: str
    kind: str
    mean: float
    spread: float
    unadapted: bool
    raw: float | None = None
    normalised: float | None = None
    smallest_batch: int | None = None
    noise: float = 0.0
    location: Location | None = None
    over_one_unit: str = ""
    over_one_spread: float = 0.0


@dataclass(frozen=True)
class Switches(Measurement):
    """Hidden layers whose outputs sit at the ends of their range: root mean square over greatest magnitude, median of
    the first and of the last samples, of the hidden layer where the last is greatest; `layers` of `hidden` are above
    0.95. 1 means that every output is plus or minus the same number: a switch without a slope."""

    layer: str
    start: float
    end: float
    layers: int
    hidden: int
    samples: int
