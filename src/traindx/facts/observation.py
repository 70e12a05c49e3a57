"""What was seen of one run, as the recorder leaves it: program facts, data samples, history, snapshots.

Probes turn it into measurements. Arrays are NumPy; rows come first (axis 0) everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from traindx.facts.compute import Allocation, ComputeFacts
from traindx.facts.dynamics import Dynamics
from traindx.facts.evaluation import EvaluationTrials, GivenMetric, Prediction, UntrainedModel, WeightStamps
from traindx.facts.findings import Location
from traindx.facts.refits import JudgedAfter
from traindx.facts.workers import Scope, Strategy, WorkersSeen


@dataclass(frozen=True)
class LayerFacts:
    """One layer as configured. `shape_in`/`shape_out` exclude the batch axis; None where Keras does not know."""

    name: str
    kind: str
    activation: str | None = None
    units: int | None = None
    kernel_initializer: str | None = None
    bias_initializer: str | None = None
    trainable: bool = True
    parameters: int = 0
    shape_in: tuple[int | None, ...] | None = None
    shape_out: tuple[int | None, ...] | None = None
    l1: float = 0.0
    l2: float = 0.0
    rate: float | None = None
    momentum: float | None = None
    location: Location | None = None
    dtype: str = "float32"


@dataclass(frozen=True)
class OutputFacts:
    """One output of the model: which layer makes it and which activation ends it.

    `activation` is the Keras name (`linear`, `sigmoid`, `softmax`, `relu`, ...), `custom`, or None when unknown.
    """

    name: str
    layer: str | None
    activation: str | None
    units: int | None
    shape: tuple[int | None, ...] | None
    location: Location | None = None


@dataclass(frozen=True)
class LossFacts:
    """One compiled loss. `kind` is canonical (`bce`, `cce`, `scce`, `mse`, `mae`, `huber`, `hinge`, `poisson`, `kld`,
    ... or `custom`); `name` is what the program calls it; `location` where the loss object of a loop was made."""

    output: str
    kind: str
    name: str
    from_logits: bool | None = None
    reduction: str | None = None
    weight: float = 1.0
    location: Location | None = None


@dataclass(frozen=True)
class MetricFacts:
    """One compiled metric: `name` as in the logs, `kind` its class or function name, its output."""

    name: str
    kind: str
    output: str = ""
    threshold: float | None = None
    from_logits: bool | None = None
    custom: bool = False


@dataclass(frozen=True)
class OptimizerFacts:
    """The optimizer's numbers. `learning_rate` is the initial value; `schedule` the class name of a schedule; `averaging`
    the momentum of the weights' moving average where it keeps one."""

    kind: str
    learning_rate: float | None = None
    schedule: str | None = None
    momentum: float | None = None
    epsilon: float | None = None
    clipping: str | None = None
    weight_decay: float | None = None
    loss_scale: bool = False
    location: Location | None = None
    averaging: float | None = None


@dataclass(frozen=True)
class ModelFacts:
    """One model as built and compiled."""

    key: str
    name: str
    kind: str
    layers: tuple[LayerFacts, ...] = ()
    outputs: tuple[OutputFacts, ...] = ()
    losses: tuple[LossFacts, ...] = ()
    metrics: tuple[MetricFacts, ...] = ()
    optimizer: OptimizerFacts | None = None
    parameters: int = 0
    trainable_parameters: int = 0
    has_train_step: bool = False
    compile_location: Location | None = None
    build_location: Location | None = None
    jit_compile: bool = False
    run_eagerly: bool = False
    steps_per_execution: int = 1
    dtype_policy: str = "float32"
    untracked: tuple[str, ...] = ()
    strategy: Strategy | None = None
    scope: Scope | None = None


@dataclass(frozen=True)
class CallFacts:
    """One call of the program into Keras: `kind` is fit, evaluate, predict, train_on_batch, loop, ...

    `settings` holds the plain arguments (batch_size, epochs, validation_split, shuffle, class_weight, callbacks, ...);
    `result` what came back where it is a few numbers by name; `order` counts calls from 0; `data` is the identity of
    the inputs (the same number for the same Python object).
    """

    kind: str
    model: str
    order: int
    location: Location | None = None
    settings: dict[str, float | int | str | bool | None] = field(default_factory=dict[str, float | int | str | bool | None])
    result: dict[str, float] = field(default_factory=dict[str, float])
    seconds: float = 0.0
    error: str | None = None
    data: int = 0


@dataclass(frozen=True)
class Split:
    """A sample of one split as it reached Keras, and what is known of the whole.

    Shapes: `x[i]` (rows, ...), `y[i]` (rows, ...), `sample_weight` (rows,), `rows` (rows,) int64 positions in source
    order or None where the order is unknown, `hashes` (n,) uint64 of every row's inputs in source order (or of the
    rows seen), `labels` all targets of the first output when they are small, else None.
    `predicted_start` / `predicted_end`: the model's outputs on the sampled rows with the first and the last weights.
    """

    role: str
    x: tuple[np.ndarray, ...]
    y: tuple[np.ndarray, ...] = ()
    sample_weight: np.ndarray | None = None
    rows: np.ndarray | None = None
    n: int | None = None
    source: str = "numpy"
    columns: tuple[str, ...] = ()
    hashes: np.ndarray | None = None
    labels: np.ndarray | None = None
    predicted_start: tuple[np.ndarray, ...] = ()
    predicted_end: tuple[np.ndarray, ...] = ()
    location: Location | None = None

    @property
    def hashed_whole(self) -> bool:
        """Whether `hashes` has an entry for every row of the source; else a position in the source is none in it."""
        return self.hashes is not None and len(self.hashes) == self.n

    @property
    def sampled_hashes(self) -> np.ndarray | None:
        """Hash of each sampled row, (rows,) uint64; None where `hashes` hold neither every row nor just the sample."""
        if self.hashes is None or not self.x:
            return None
        if self.hashed_whole and self.rows is not None:
            return self.hashes[self.rows]
        return self.hashes if len(self.hashes) == len(self.x[0]) else None


@dataclass(frozen=True)
class Curve:
    """History of one training. `epochs` maps a log name to one value per epoch; `step_loss` holds (step, loss of that
    step) thinned over the whole run; `first_bad_step` the first step (0-based) whose loss was not finite; `optimizers`
    how many optimizers took turns in a loop of the program's own; `every`: of very many epochs, every so many-th is kept;
    `longest_epoch`: most steps of an epoch of the last call, `short_epochs`: how many of all had less than half of it."""

    epochs: dict[str, tuple[float, ...]] = field(default_factory=dict[str, tuple[float, ...]])
    step_loss: tuple[tuple[int, float], ...] = ()
    steps: int = 0
    first_bad_step: int | None = None
    learning_rates: tuple[float, ...] = ()
    asked_epochs: int | None = None
    batch_size: int | None = None
    seconds: float = 0.0
    data_seconds: float = 0.0
    stopped_by: str | None = None
    optimizers: int = 1
    every: int = 1
    longest_epoch: int = 0
    short_epochs: int = 0

    @property
    def epochs_done(self) -> int:
        """How many epochs are over."""
        return self.every * max((len(v) for k, v in self.epochs.items() if not k.startswith("val_")), default=0)


@dataclass(frozen=True)
class Weights:
    """A snapshot of the trainable weights: (path, array) in the model's order."""

    arrays: tuple[tuple[str, np.ndarray], ...] = ()


@dataclass(frozen=True)
class LayerState:
    """One layer replayed on a batch of the sample. Rates are shares in [0, 1]; norms are L2 over the whole tensor.

    `signal`, for layers without weights that give fewer numbers than they take: skill of a linear model, leave-one-out,
    that predicts the targets from the layer's input and from its output.
    """

    name: str
    kind: str
    activation: str | None
    mean: float
    spread: float
    zero_share: float
    saturated_share: float
    dead_units: float
    constant_units: float
    row_spread: float
    non_finite: int = 0
    units: int = 0
    signal: tuple[float, float] | None = None


@dataclass(frozen=True)
class VariableState:
    """One trainable variable: its norm, its gradient on a batch of the sample, and how far it moved in training
    (L2 norm of the change over the greater of its norms before and after).

    `gradient_norm` is None where no gradient reaches it. `spread` is the standard deviation of its values;
    `units_alike` the share of output units whose incoming weights equal those of another unit.
    """

    path: str
    layer: str
    shape: tuple[int, ...]
    norm: float
    gradient_norm: float | None
    gradient_zero_share: float = 0.0
    gradient_non_finite: int = 0
    moved: float | None = None
    non_finite: int = 0
    spread: float = 0.0
    units_alike: float = 0.0


@dataclass(frozen=True)
class InputUse:
    """What the model reads along one axis of input number `index`: of `blocks` blocks of `positions` that differ between
    rows, the first and last position of those `unread`, which never change any output. `order`: the largest change of
    an output when all positions change places, over the outputs' spread between rows; None where not tried. `padding`:
    the mean share of the positions at the ends of the rows that only fill them; `behind`: the outputs' spread between
    rows over what it is with that padding in front, None where the rows do not end alike."""

    index: int = 0
    axis: int = 1
    positions: int = 0
    blocks: int = 0
    unread: tuple[tuple[int, int], ...] = ()
    order: float | None = None
    padding: float = 0.0
    behind: float | None = None


@dataclass(frozen=True)
class Replay:
    """Forward and backward pass on one batch of the training sample, with given weights, after the run.

    `loss` is what the compiled loss gives in training mode, `penalty` the part of it that regularisation adds,
    `inference_loss` the same rows in inference mode. `when` is `start` or `end`. `steps` holds (factor, loss): the
    inference loss of these rows after one step of the program's own rule and rate times `factor` (0: no step).
    `steps_scaled`: the same with standardised targets, where plain gradient descent overshoots on targets of numbers.
    `use`: what is read of the inputs with the last weights.
    """

    when: str
    rows: int
    loss: float | None
    penalty: float
    inference_loss: float | None
    layers: tuple[LayerState, ...] = ()
    variables: tuple[VariableState, ...] = ()
    note: str = ""
    steps: tuple[tuple[float, float], ...] = ()
    steps_scaled: tuple[tuple[float, float], ...] = ()
    use: tuple[InputUse, ...] = ()


@dataclass(frozen=True)
class Training:
    """One training subject: a model, the calls that trained it, its data and what became of it.

    `loud`: where a compiled function that trains nothing ran the model in training mode, on rows never trained on;
    `loud_unseen`: told by the first rows of its batches, where batches are too small to be kept as a split.
    `unasked`: where the program called the trained model outside of any tape without naming a mode.
    `paired`: (loss, error by rows, error over all pairs of rows) of some eager steps with targets (n,) and outputs (n, 1).
    `refits`: what it judged after a later fit, beside what earlier ones brought.
    """

    model: ModelFacts
    calls: tuple[CallFacts, ...] = ()
    splits: dict[str, Split] = field(default_factory=dict[str, Split])
    curve: Curve = field(default_factory=Curve)
    start: Replay | None = None
    end: Replay | None = None
    kind: str = "fit"
    evaluation: EvaluationTrials | None = None
    stamps: WeightStamps | None = None
    dynamics: Dynamics | None = None
    compute: ComputeFacts | None = None
    loud: Location | None = None
    loud_unseen: bool = False
    unasked: Location | None = None
    paired: tuple[tuple[float, float, float], ...] = ()
    refits: tuple[JudgedAfter, ...] = ()


@dataclass(frozen=True)
class ErrorFacts:
    """The exception that ended the program: its type, message and the user's own line (innermost).

    `allocation`: what was asked for, where it was memory that could not be had."""

    type: str
    message: str
    location: Location | None = None
    frames: tuple[Location, ...] = ()
    call: str | None = None
    allocation: Allocation | None = None


@dataclass(frozen=True)
class ScoreCall:
    """A call of a scikit-learn metric by the program on labels and predictions, (n,) each where small.

    Or a number that it printed and that both give together (`printed`, `place` among the numbers of that line); `pairs`: as
    a mean over all pairs of rows; `how`: the mistake by which both give it (see `probes.hand_measures`), if any.
    """

    name: str
    location: Location | None
    y_true: np.ndarray | None
    y_pred: np.ndarray | None
    result: float | str | None = None
    order: int = 0
    printed: bool = False
    pairs: bool = False
    how: str = ""
    place: int = 0


@dataclass(frozen=True)
class Loop:
    """Training seen outside of Keras' own: a GradientTape loop without a model, or whose data could not be followed."""

    steps: int
    losses: tuple[tuple[int, float], ...] = ()
    dtypes: tuple[str, ...] = ()
    optimizer: OptimizerFacts | None = None
    location: Location | None = None
    first_bad_step: int | None = None


@dataclass(frozen=True)
class Observation:
    """All that was seen of one run of the program."""

    program: str
    exit: int = 0
    trainings: tuple[Training, ...] = ()
    calls: tuple[CallFacts, ...] = ()
    error: ErrorFacts | None = None
    scores: tuple[ScoreCall, ...] = ()
    loops: tuple[Loop, ...] = ()
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    versions: dict[str, str] = field(default_factory=dict[str, str])
    predictions: tuple[Prediction, ...] = ()
    untrained: tuple[UntrainedModel, ...] = ()
    workers: WorkersSeen | None = None
    metrics: tuple[GivenMetric, ...] = ()
