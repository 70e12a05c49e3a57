"""Measurements of one training: output head, structure, progress, movement, step size, crash."""

from __future__ import annotations

import math
from dataclasses import dataclass

from traindx.facts.compute import Pipeline
from traindx.facts.findings import Location
from traindx.facts.measurement import Measurement
from traindx.facts.observation import InputUse


@dataclass(frozen=True)
class Head(Measurement):
    """The first output against the first loss and its targets.

    `low`, `high`: the range of the activation. `unreachable`: share of the targets' variance (regression) or of the
    rows (classes) that no output in that range can fit. `outside`: share of predicted values outside [0, 1] at the
    end. `at_low`, `at_high`: share of predicted values exactly at an end of the range, at the end of training;
    `row_spread`: spread of predictions between rows over the spread of targets. `sum_one`: share of rows whose
    outputs add up to 1. `floored`: share of the targets' variance in units that give `low` for every row. `scores_layer`: where a rectifying layer makes the scores that softmax or sigmoid then turns
    into probabilities, its name, with the share of zero scores and of outputs that are 0 on all rows. `max_class`: the greatest class number, None unless targets are whole numbers.
    """  # noqa: E501

    activation: str | None
    units: int | None
    loss: str
    loss_name: str
    from_logits: bool | None
    low: float
    high: float
    unreachable: float
    outside: float
    outside_start: float
    at_low: float
    at_high: float
    row_spread: float
    sum_one: float
    max_class: int | None
    layer: str | None
    location: Location | None
    compile_location: Location | None
    predicted_low: float
    predicted_high: float
    target_units: int = 1
    scores_layer: str | None = None
    scores_zero: float = 0.0
    scores_dead: float = 0.0
    floored: float = 0.0

    @property
    def plain_guess(self) -> float:
        """The cross-entropy of a plain guess, ln K."""
        return math.log(max(2, self.units or 2)) if self.loss != "bce" else math.log(2)


@dataclass(frozen=True)
class Untracked(Measurement):
    """Variables of the program's own layers that Keras does not know, as `layer/attribute (shape)`."""

    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Structure(Measurement):
    """The model as built: `hidden` layers with weights before the output, how many of them end linear, depth, width.

    `linear_stack`: no non-linearity of any kind stands between the layers with weights. `has_attention_or_recurrence`
    marks layers that bring non-linearity of their own. `normalised`: some layer scales its input (Normalization,
    Rescaling, batch or layer normalisation). `location`: the first hidden layer's line. `mute`: frozen layers with weights
    that give nothing but 0 for the training rows.
    """

    hidden: int
    linear_hidden: int
    linear_stack: bool
    narrowest: int
    parameters: int
    trainable: int
    saturating: int
    normalised: bool
    location: Location | None
    first_layer: str | None
    dropout: float = 0.0
    frozen_layers: int = 0
    pooled_to: int | None = None
    mute: tuple[str, ...] = ()


@dataclass(frozen=True)
class Progress(Measurement):
    """The course of the training loss and of the held-out metrics.

    `falling`: share of the whole fall of the training loss (first to best) that happened in the last quarter of the
    epochs or steps; 0.25 for a straight line. `late_drop`: relative fall of the loss over that last quarter.
    `roughness`: mean |change| of the loss from epoch to epoch over the whole fall, last half. `best_validation`:
    epoch (0-based) of the lowest validation loss; `validation_rise`: last validation loss over the lowest, minus 1.
    `validation_turned`: for how many epochs after its lowest the validation loss rose, each above the one before, to the end.
    `rate_left`: median learning rate over the epochs as a share of the greatest.
    """

    epochs: int
    steps: int
    first_loss: float | None = None
    last_loss: float | None = None
    best_loss: float | None = None
    falling: float | None = None
    late_drop: float | None = None
    roughness: float | None = None
    best_validation: int | None = None
    validation_rise: float | None = None
    last_validation: float | None = None
    validation_epochs: int = 0
    validation_metric_fell: float | None = None
    stopped_early: bool = False
    patience: int | None = None
    asked_epochs: int | None = None
    rows: int | None = None
    batch_size: int | None = None
    fit_location: Location | None = None
    first_bad_step: int | None = None
    validation_falling: bool = False
    restored_best: bool = False
    rate_changes: bool = False
    rate_left: float | None = None
    optimizers: int = 1
    validation_turned: int = 0


@dataclass(frozen=True)
class ShortEpochs(Measurement):
    """Epochs of `fit`, how many were `short` (less than half the steps of the longest before them), and all steps."""

    epochs: int
    short: int
    longest: int
    steps: int
    location: Location | None = None


@dataclass(frozen=True)
class StepSize(Measurement):
    """How the program's own step fits the loss: the loss of a batch after one step at scaled rates.

    `best_start`, `best_end`: the factor on the learning rate with the lowest loss with the first and the last
    weights; `rise_start`, `rise_end`: the loss at factor 1 over the loss without a step; `rise_scaled`: as `rise_start`
    with standardised targets. None where not replayed.
    """

    rate: float | None
    optimizer: str
    best_start: float | None = None
    best_end: float | None = None
    rise_start: float | None = None
    rise_end: float | None = None
    gain_start: float | None = None
    gain_end: float | None = None
    location: Location | None = None
    rise_scaled: float | None = None


def unfinished(progress: Progress, step: StepSize | None, settled: float, longer: float) -> bool:
    """Whether the loss fell by more than `settled` in the last quarter, or a step `longer` times as long would lower it further."""
    falling = progress.late_drop is not None and progress.late_drop > settled
    return falling or (step is not None and step.best_end is not None and step.best_end >= longer)


@dataclass(frozen=True)
class Movement(Measurement):
    """What weights, gradients and units did, from replays with the first and the last weights.

    `moved`: median over kernels of the relative change in training; `moved_most` the greatest change of a variable, a
    kernel's relative to its norm, a bias' that began at 0 as its root mean square. Gradient norms are over kernels in model order.
    `depth_ratio`: least over greatest of the kernels' gradient norms per weight root-mean-square, with first weights.
    `constant_kernels`: layers whose kernel began with one single value. `alike`: greatest share of units that began
    with equal weights. `kept`: median over kernels of the last norm over the first; `decayed`: learning
    rate times the optimizer's weight decay, summed over the steps (1: decay alone leaves 37 %). Shares of dead or saturated units
    are those of the worst hidden layer.
    """

    kernels: int
    moved: float | None = None
    depth_ratio: float | None = None
    depth_ratio_end: float | None = None
    gradient_start: float | None = None
    gradient_end: float | None = None
    no_gradient: tuple[str, ...] = ()
    zero_gradient: tuple[str, ...] = ()
    unmoved: tuple[str, ...] = ()
    constant_kernels: tuple[str, ...] = ()
    alike: float = 0.0
    dead_start: float = 0.0
    dead_end: float = 0.0
    dead_layer: str | None = None
    saturated_start: float = 0.0
    saturated_end: float = 0.0
    saturated_layer: str | None = None
    row_spread_start: float | None = None
    row_spread_end: float | None = None
    activation_start: float | None = None
    start_loss: float | None = None
    end_loss: float | None = None
    penalty_share: float | None = None
    penalty_share_start: float | None = None
    kept: float | None = None
    decayed: float = 0.0
    non_finite_weights: int = 0
    non_finite_gradients: int = 0
    hidden_saturating: int = 0
    last_spread_start: float | None = None
    moved_most: float | None = None


@dataclass(frozen=True)
class LostSignal(Measurement):
    """The layer without weights that loses most of what a linear model reads of the targets, with the last weights.

    `before`, `after`: leave-one-out skill from the layer's input and from its output.
    """

    layer: str
    kind: str
    before: float
    after: float
    location: Location | None = None


@dataclass(frozen=True)
class InputsRead(Measurement):
    """What the model reads of its inputs, one entry an axis of positions."""

    uses: tuple[InputUse, ...]


@dataclass(frozen=True)
class Crash(Measurement):
    """The exception that ended the program, with what Keras was asked to do when it came."""

    type: str
    message: str
    location: Location | None
    call: str | None
    in_keras: bool


@dataclass(frozen=True)
class Waiting(Measurement):
    """Time per step, in seconds: waiting for the next batch, and all of it; `steps` counted. `pipeline`: its stages."""

    wait: float
    step: float
    steps: int
    source: str
    location: Location | None = None
    pipeline: Pipeline | None = None

    @property
    def share(self) -> float:
        """Share of the training time spent waiting for data."""
        return self.wait / self.step if self.step > 0 else 0.0


@dataclass(frozen=True)
class LoopLoss(Measurement):
    """A custom loop's loss: what it reported at its first steps over the mean per row of the same loss there.

    `ratio` is 1 where the loop averages, the batch size where it sums; `batch` is the number of rows per step.
    """

    ratio: float
    batch: int
    location: Location | None = None


@dataclass(frozen=True)
class BareLoop(Measurement):
    """Training of plain variables without a Keras model: their dtypes and the course of the loss.

    `peak`: greatest loss, `least`: lowest, `level`: median of the later half of the steps; None without finite losses.
    """

    steps: int
    dtypes: tuple[str, ...]
    first_bad_step: int | None
    first_loss: float | None
    last_loss: float | None
    location: Location | None
    grew: bool = False
    peak: float | None = None
    least: float | None = None
    level: float | None = None
