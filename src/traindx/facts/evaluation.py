"""Losses, metrics, modes and predictions on trial: what was tried on the live model after the run, as plain numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from traindx.facts.findings import Location


@dataclass(frozen=True)
class LossTrial:
    """The loss that `fit` minimises, called on the run's own targets with predictions of our choice.

    One output at a time (`output`, position in Keras' flat order), in one `mode` (`training` or `inference`), on
    `rows` rows of the `split`. Regularisation and `add_loss` terms are taken off (`penalty`). Changes are absolute.

    `gradient`: L2 norm of d loss / d predictions, largest over several predictions; None where the graph is cut.
    `moved`: greatest change of the loss when predictions change; `exchanged`: the loss when rows exchange their
    predictions; `targets_moved`: when targets change; `paired`: when
    the targets of the rows are exchanged; `ranked`: when targets and predictions get the same number of axes.
    `ignored_rows`, `ignored_columns`: shares of positions that no prediction and no target moves.
    `shifted`: share of columns that are compared with the targets of the column `shift` places further, not their own.
    `stuck`: share of all rows that are predicted wrongly and get no gradient; `wrong`: share predicted wrongly.
    `perfect`: least loss over predictions equal to the targets that the output's activation can express, `boundless`
    the same with any real number allowed; `opposite`: least loss over the contrary of the targets; `constant`: loss of
    the best constant among the targets' means; each None where targets do not say what a perfect prediction is.
    `towards`: loss along the way from the predictions to the targets (at 0, 1/4, 1/2, 3/4, 1).
    `doubled`: loss of every row twice over the loss of every row once.
    `hidden_logits`: the output carries the logits behind its softmax or sigmoid, which Keras' cross-entropies use.
    """

    output: int = 0
    split: str = "train"
    mode: str = "training"
    rows: int = 0
    kind: str = "custom"
    value: float | None = None
    penalty: float = 0.0
    scale: float = 1.0
    gradient: float | None = None
    moved: float | None = None
    exchanged: float | None = None
    targets_moved: float | None = None
    paired: float | None = None
    ranked: float | None = None
    target_rank: int = 0
    prediction_rank: int = 0
    ignored_rows: float = 0.0
    ignored_columns: float = 0.0
    columns: int = 1
    shifted: float = 0.0
    shift: int = 0
    stuck: float = 0.0
    wrong: float = 0.0
    perfect: float | None = None
    boundless: float | None = None
    opposite: float | None = None
    constant: float | None = None
    towards: tuple[float, ...] = ()
    doubled: float | None = None
    hidden_logits: bool = False
    note: str = ""


@dataclass(frozen=True)
class Reach:
    """Which trainable weights a gradient reaches.

    `cut`: each trainable weight that gets no gradient and never moved: (path, relative change of the outputs when it is
    changed, the same of the loss, None where there is no compiled loss); `reached` counts the others; `source` says
    which step was tried; `deaf_inputs`: of several inputs those (by position) that move neither outputs nor loss.
    """

    cut: tuple[tuple[str, float, float | None], ...] = ()
    reached: int = 0
    parameters_cut: int = 0
    parameters: int = 0
    source: str = "compiled loss"
    deaf_inputs: tuple[int, ...] = ()


@dataclass(frozen=True)
class OutputTrial:
    """The loss of a step of the program's own as a function of one output of the model, all else as it was.

    `value`: the loss on `rows` rows; `scale`: greatest size of the losses seen; `moved`: its greatest change over other
    predictions; `gradient`: greatest norm of d loss / d output; `ignored_rows`: share of row positions without gradient
    in every order of the batch (0 where each step gets the same rows); `ignored_columns`: share of the `columns` that
    neither predictions nor targets move; `rising`: cosine between the gradient and the way to the targets, None where
    it is not known.
    """

    output: int = 0
    rows: int = 0
    value: float = 0.0
    scale: float = 1.0
    moved: float = 0.0
    gradient: float = 0.0
    ignored_rows: float = 0.0
    ignored_columns: float = 0.0
    columns: int = 1
    rising: float | None = None


@dataclass(frozen=True)
class StepTrial:
    """The program's own `train_step`, run on one batch without applying its update.

    `loss`: what its tape differentiates; `noise`: relative difference of the gradients of two runs on the same rows;
    `paired`: when the targets of the rows are exchanged; `ranked`: when the targets get as many axes as the output has;
    `reported`: the losses it returns by name; `applied`: greatest entry of a gradient handed to the optimizer;
    `outputs`: the loss by what the model gives, where that could be replaced.
    """

    loss: float | None = None
    noise: float = 0.0
    paired: float | None = None
    ranked: float | None = None
    target_rank: int = 0
    prediction_rank: int = 0
    reported: dict[str, float] = field(default_factory=dict[str, float])
    note: str = ""
    applied: float | None = None
    outputs: tuple[OutputTrial, ...] = ()


@dataclass(frozen=True)
class MetricTrial:
    """One compiled metric on the sampled rows of one split, with predictions of our choice.

    `value`: on the predictions with the last weights; `batched`: the same rows in batches of the program's size;
    `perfect`, `rounded`, `constant`, `opposite`: on predictions equal to the targets, on the predictions turned into
    hard classes, on the best constant, on the contrary of the targets; `shuffled`: on other rows' predictions;
    `again`: on the same rows after a reset; `last`: on the last batch of `batched` alone. None where the metric raised
    or gave no single number.
    """

    name: str
    kind: str
    output: int = 0
    split: str = "train"
    rows: int = 0
    custom: bool = False
    value: float | None = None
    batched: float | None = None
    perfect: float | None = None
    rounded: float | None = None
    constant: float | None = None
    opposite: float | None = None
    shuffled: float | None = None
    again: float | None = None
    last: float | None = None
    weighted: bool = False
    note: str = ""


@dataclass(frozen=True)
class BatchStatistics:
    """One batch normalisation layer: its stored mean and variance against those of the batch.

    `shift`: mean over channels of |stored - batch mean| in standard deviations of the batch; `ratio`: median over
    channels of stored variance / batch variance; `remembered`: momentum ** steps, what is left of the start values.
    """

    layer: str
    momentum: float
    shift: float
    ratio: float
    remembered: float | None = None
    location: Location | None = None


@dataclass(frozen=True)
class ModeTrial:
    """The same training rows in training and in inference mode.

    `predicted_training`, `predicted_inference`: (rows, ...) of the first output; `targets`: (rows, ...) of these rows;
    `redrawn`: root mean square difference of two inference calls over the spread of the outputs; `random_layer`,
    `random_kind`: the first layer whose output differs between the two although its inputs do not; `dropout_like`: it
    sets a random part of its inputs to zero;
    `company`: root mean square change, over the spread, when rows are predicted a few at a time; `predicted_loud`: the
    first rows in training mode, in batches as small as those in which the program judges so, where it does.
    `unasked`: the same of a few rows when the model is called without naming a mode, `unasked_again` between two such calls;
    0 where the program makes no such call.
    """

    rows: int = 0
    predicted_training: np.ndarray | None = None
    predicted_inference: np.ndarray | None = None
    targets: np.ndarray | None = None
    redrawn: float = 0.0
    random_layer: str = ""
    random_kind: str = ""
    random_location: Location | None = None
    dropout_like: bool = False
    company: float = 0.0
    company_rows: int = 0
    statistics: tuple[BatchStatistics, ...] = ()
    predicted_loud: np.ndarray | None = None
    unasked: float = 0.0
    unasked_again: float = 0.0


@dataclass(frozen=True)
class RedrawnTrial:
    """The first held-out batch of the first pass and of a later one with the same targets and other inputs.

    `changed`: share of rows whose inputs differ; `first`, `again`: (rows, ...) predicted with the last weights; `redrawn` of
    `passes` later passes brought other inputs.
    """

    role: str
    changed: float
    first: np.ndarray
    again: np.ndarray
    targets: np.ndarray
    redrawn: int
    passes: int
    location: Location | None = None


@dataclass(frozen=True)
class Prediction:
    """What one call of `predict`, or of the model itself outside of any tape (`kind` is `call`), worked on.

    `outputs`: (n, ...) of the first output; `hashes`: (n,) of the rows in the order they were predicted; `labels`: the
    targets that came with them in the same batches, or None; `reshuffles`: the source gives its rows in a new order
    at each pass; `stamp`: fingerprint of the weights, of a direct call how long
    the model had been trained; `training`: the mode that a direct call asked for; `parts`: of several calls on one line
    with the same weights, taken together, where each ends.
    """

    kind: str
    model: str
    order: int
    location: Location | None = None
    source: str = "numpy"
    outputs: np.ndarray | None = None
    hashes: np.ndarray | None = None
    labels: np.ndarray | None = None
    reshuffles: bool = False
    stamp: str = ""
    training: bool | None = None
    parts: tuple[int, ...] = ()


@dataclass(frozen=True)
class GivenMetric:
    """A Keras metric that the program updates itself: the labels and predictions that it was given last, by line.

    `y`, `p`: (n, ...) each; `threshold`: at which it cuts predictions, where it has one; `reads`: how often its value
    was asked for on the line `location`, `empty` of these with nothing given since it was made or reset. `passes`: how
    often one metric object was read there, each time `rows` values further and never reset; `shown` the value read last,
    `last` the mean of the last `rows` values alone.
    """

    name: str
    kind: str
    location: Location | None = None
    y: np.ndarray | None = None
    p: np.ndarray | None = None
    threshold: float | None = None
    value: float | None = None
    reads: int = 0
    empty: int = 0
    passes: int = 0
    rows: float = 0.0
    shown: float = 0.0
    last: float = 0.0


@dataclass(frozen=True)
class WeightStamps:
    """Fingerprints of a model's weights: at the start, after each epoch, and at each call that judged it.

    `shapes`: fingerprint of the layers and their shapes; `calls`: (order of the call, stamp); `fresh`: orders of the
    calls at which all biases were still zero and no epoch had been trained; `shared`: a trained model holds these
    weights too.
    """

    shapes: str = ""
    start: str = ""
    epochs: tuple[str, ...] = ()
    calls: tuple[tuple[int, str], ...] = ()
    end: str = ""
    fresh: tuple[int, ...] = ()
    shared: bool = False


@dataclass(frozen=True)
class UntrainedModel:
    """A model that the program called in training mode `calls` times while its trainable weights never changed."""

    name: str
    calls: int
    parameters: int
    location: Location | None = None


@dataclass(frozen=True)
class EvaluationTrials:
    """All that was tried on one model after the run."""

    losses: tuple[LossTrial, ...] = ()
    metrics: tuple[MetricTrial, ...] = ()
    reach: Reach | None = None
    step: StepTrial | None = None
    mode: ModeTrial | None = None
    redrawn: RedrawnTrial | None = None
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
