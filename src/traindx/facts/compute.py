"""What a training needed of the machine: memory of a step, an allocation that failed, where the time of a step went.

Bytes are bytes, times are seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

from traindx.facts.findings import Location
from traindx.facts.measurement import Measurement


@dataclass(frozen=True)
class Part:
    """What one layer holds at the peak of a step: its weights with optimizer state, and what the step made for it."""

    layer: str
    kind: str
    weights: int = 0
    step: int = 0
    location: Location | None = None

    @property
    def bytes(self) -> int:
        """All of it."""
        return self.weights + self.step


@dataclass(frozen=True)
class StepMemory:
    """Predicted memory of one training step with `batch` rows, from its graph, before it runs.

    `weights`: all variables of the model; `slots`: the optimizer's; `step`: the greatest sum of tensors that the step
    holds at once (activations kept for the backward pass, gradients, temporaries). `parts`: by layer, largest first.
    `limit` and `free`: bytes of the device, in all and when this was computed (None: unknown); `held`: what of weights
    and slots was in memory then. `operation` runs at the peak. For large batches `step` is `base + per_row * rows`.
    """

    batch: int
    weights: int
    slots: int
    step: int
    per_row: float
    base: float = 0.0
    parts: tuple[Part, ...] = ()
    device: str = "host"
    limit: int | None = None
    free: int | None = None
    held: int = 0
    operation: str = ""

    @property
    def peak(self) -> int:
        """Weights, optimizer state and step together."""
        return self.weights + self.slots + self.step

    @property
    def room(self) -> int | None:
        """What weights, slots and step together may take: free bytes and what they hold already."""
        return None if self.free is None else self.free + self.held

    @property
    def largest_batch(self) -> int | None:
        """The most rows a step may have; 0 where not even one fits, None where the room is unknown."""
        if self.room is None or self.per_row <= 0:
            return None
        return max(0, int((self.room - self.weights - self.slots - self.base) / self.per_row))


@dataclass(frozen=True)
class Allocation:
    """An allocation that failed.

    `what`: `array` (NumPy), `weight` (a layer's variable while it was built), `tensor` (in a step), `memory` (the size
    is not told). `copies`: how often a training holds such a weight (itself, its gradient, optimizer state).
    `layer`, `layer_location`: whose it was. `parts`: the layers built so far, largest first. `step`: the step's
    memory by layer, where the model could be traced.
    """

    what: str
    shape: tuple[int, ...] = ()
    dtype: str = ""
    bytes: int = 0
    free: int | None = None
    limit: int | None = None
    location: Location | None = None
    layer: str | None = None
    layer_kind: str = ""
    layer_location: Location | None = None
    operation: str = ""
    copies: int = 1
    resident: int = 0
    parts: tuple[Part, ...] = ()
    step: StepMemory | None = None


@dataclass(frozen=True)
class Stage:
    """One stage of a tf.data pipeline, source first. `seconds`: its own time per batch with the stages before it running
    at full speed; None where it was not timed. `python`: it runs Python code of the program."""

    kind: str
    seconds: float | None = None
    python: bool = False
    parallel: bool = False


@dataclass(frozen=True)
class Pipeline:
    """The program's input pipeline: `stages`, and seconds per batch as it is, with all maps parallel, and from memory.

    Times are None where the pipeline could not be run again (Python code of the program in it).
    """

    stages: tuple[Stage, ...] = ()
    as_is: float | None = None
    parallel: float | None = None
    cached: float | None = None
    prefetched: bool = False
    note: str = ""


@dataclass(frozen=True)
class EagerTrial:
    """The program's own training step on one batch, in turns as it ran (eagerly) and compiled: median seconds each.

    `tracing`: what compiling cost once. `step`: seconds per step that the program itself took; `steps` of them;
    `passes`: how often it went through its rows. `note`: why there is no compiled time.
    """

    eager: float
    compiled: float | None
    tracing: float
    step: float
    steps: int
    passes: float
    location: Location | None = None
    note: str = ""


@dataclass(frozen=True)
class TracedFunction:
    """A `tf.function` of the program (or a Keras step) and its traces.

    `calls` in all, `traces` of them traced a new graph and took `seconds` together; `others` is the time of all other
    calls. `argument` differs between the traces, `values` are some of its values, `why` is `python` (a Python number
    or string), `shape`, `dtype`, `object`, `new-function` (a new tf.function each time), or of a Keras step `compile` (the
    model was compiled again) and `new-model` (a new model of weights that another one held).
    """

    name: str
    calls: int
    traces: int
    seconds: float
    others: float
    argument: str = ""
    values: tuple[str, ...] = ()
    why: str = ""
    location: Location | None = None


@dataclass(frozen=True)
class Holder:
    """A container of the program that holds many tensors or arrays at its end."""

    name: str
    items: int
    bytes: int
    location: Location | None = None


@dataclass(frozen=True)
class Resident:
    """Memory of the process over a training: (seconds since its first step, steps, bytes resident)."""

    samples: tuple[tuple[float, int, int], ...] = ()
    epoch_steps: int | None = None
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True)
class LossScale:
    """A dynamic loss scale at the end: `skipped` of `steps` were dropped for gradients that were not finite."""

    first: float
    last: float
    steps: int
    skipped: int
    growth_steps: int
    location: Location | None = None


@dataclass(frozen=True)
class Accelerators:
    """What the machine has and what TensorFlow uses: `cards` found by the driver, `visible` to TensorFlow, whether its
    build knows them, where the model's weights lie, and the card's mean utilisation in training (NVML; 0 to 1)."""

    cards: tuple[str, ...] = ()
    visible: int = 0
    gpu_build: bool = False
    weights_on: str = ""
    utilisation: float | None = None
    samples: int = 0
    hidden: bool = False


@dataclass(frozen=True)
class ComputeFacts:
    """All of the above for one training. Over the last half of the steps: `step_seconds` the mean time from one step
    to the next, `wait_seconds` what of it was spent waiting for data (in `fit`)."""

    memory: StepMemory | None = None
    pipeline: Pipeline | None = None
    eager: EagerTrial | None = None
    resident: Resident | None = None
    scale: LossScale | None = None
    functions: tuple[TracedFunction, ...] = ()
    accelerators: Accelerators | None = None
    step_seconds: float | None = None
    wait_seconds: float | None = None


@dataclass(frozen=True)
class MemoryNeed(Measurement):
    """Memory asked for: by an allocation that failed, and by a step as predicted; `ended`: the log ends before the
    program did, as when the system kills it."""

    allocation: Allocation | None = None
    predicted: StepMemory | None = None
    ended: bool = False
    location: Location | None = None


@dataclass(frozen=True)
class EagerSteps(Measurement):
    """Steps that ran operation by operation from Python."""

    trial: EagerTrial

    @property
    def share(self) -> float:
        """Share of the step that compiling saves."""
        compiled = self.trial.compiled
        return 0.0 if compiled is None or self.trial.eager <= 0 else max(0.0, 1 - compiled / self.trial.eager)

    @property
    def saved(self) -> float:
        """Seconds that compiling saves of each step; no more than the step itself took, without what a loop does beside it."""
        return self.share * min(self.trial.step, self.trial.eager)

    @property
    def lost_per_pass(self) -> float:
        """Seconds that each pass over the training rows takes longer than compiled."""
        return self.saved * self.trial.steps / max(1.0, self.trial.passes)

    @property
    def lost(self) -> float:
        """Seconds lost in the whole run, after what compiling itself costs."""
        return self.saved * self.trial.steps - self.trial.tracing


@dataclass(frozen=True)
class Retraces(Measurement):
    """Functions of the program that TensorFlow traced more than once, worst first."""

    functions: tuple[TracedFunction, ...]


@dataclass(frozen=True)
class MemoryGrowth(Measurement):
    """Resident memory after the warm-up (the first third of the steps and the first epoch).

    `grown`: bytes from there to the end, by the median slope (Theil and Sen) in bytes per step; `late`: that slope in
    the last half over the slope in all. `begin`: bytes at the beginning of that part; `left`: bytes still free then.
    """

    steps: int
    grown: float
    slope: float
    late: float
    begin: int
    left: int | None
    holders: tuple[Holder, ...] = ()
    location: Location | None = None


@dataclass(frozen=True)
class ScaleUse(Measurement):
    """See `LossScale`."""

    scale: LossScale

    @property
    def skipped(self) -> float:
        """Share of the steps that were dropped."""
        return self.scale.skipped / max(1, self.scale.steps)


@dataclass(frozen=True)
class AcceleratorUse(Measurement):
    """See `Accelerators`; `seconds`: how long the training took."""

    found: Accelerators
    seconds: float
    location: Location | None = None


def size(count: float | None) -> str:
    """Bytes in words."""
    if count is None:
        return "?"
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if count < 1000:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} PB"
