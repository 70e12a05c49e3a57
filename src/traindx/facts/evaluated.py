"""What is judged of an evaluation: losses, metrics, gradients, modes, scores and weights, as measurements."""

from __future__ import annotations

from dataclasses import dataclass

from traindx.facts.evaluation import BatchStatistics, LossTrial, Reach, StepTrial, UntrainedModel
from traindx.facts.findings import Location
from traindx.facts.measurement import Measurement


@dataclass(frozen=True)
class LossOnTrial(Measurement):
    """The loss trials of one training and what is known of the run beside them.

    `trials`: those whose loss is the one that `fit` minimises (of a `train_step` of the program's own only where it
    gives the same number). `skill` as in `Outcome`; `targets`, `task` as in `Targets`; `same`: targets are the inputs;
    `penalised`: a layer adds losses of its own; `accuracy_fails`: an accuracy that the program
    compiled stays below the constant's; `inverted`: a single output is small where the label is 1, as a distance is.
    """

    trials: tuple[LossTrial, ...] = ()
    step: StepTrial | None = None
    skill: float | None = None
    steps: int = 0
    targets: str = ""
    task: str = ""
    same: bool = False
    own_step: bool = False
    compiled: bool = True
    regularised: bool = False
    reached: int | None = None
    loss_name: str = ""
    head: str | None = None
    accuracy_fails: bool = False
    inverted: bool = False
    location: Location | None = None

    def of(self, mode: str) -> tuple[LossTrial, ...]:
        """The trials of one mode."""
        return tuple(t for t in self.trials if t.mode == mode)


@dataclass(frozen=True)
class RowWeights(Measurement):
    """Sample weights of each split: (split, share of rows whose weight is zero, rows); `classes` of class weight zero."""

    zero: tuple[tuple[str, float, int], ...] = ()
    location: Location | None = None
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SquashedLoss(Measurement):
    """`last`: the loss of a loop's last steps; `plain`, `squashed`: cross-entropy of the last predictions as the
    probabilities that they are, and as if they were logits (`activation` applied once more); `error`: of `last`."""

    last: float
    plain: float
    squashed: float
    error: float = 0.0
    rows: int = 0
    activation: str = "softmax"


@dataclass(frozen=True)
class GradientReach(Measurement):
    """Which trainable weights a gradient reaches, with the run's outcome beside it.

    `needed`: weights without gradient that the output depends on; `unused`: those that it does not; each by layer.
    """

    needed: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    other_output: tuple[str, ...] = ()
    needed_share: float = 0.0
    reached: int = 0
    source: str = "compiled loss"
    skill: float | None = None
    steps: int = 0
    change: float = 0.0
    deaf_inputs: tuple[int, ...] = ()
    location: Location | None = None


@dataclass(frozen=True)
class Reported(Measurement):
    """A number that Keras logged, beside the same number computed from the predictions with the last weights.

    `losses`: (log name, last logged, greatest logged, recomputed); `moved`: the weights changed in training.
    """

    losses: tuple[tuple[str, float, float, float], ...] = ()
    moved: bool = True
    own_step: bool = False
    steps: int = 0
    location: Location | None = None


@dataclass(frozen=True)
class MetricFigure:
    """One compiled metric on one split: Keras' value, what a plain recomputation gives, and what it can reach.

    `family`: accuracy, precision, recall, f1 or other; `truth`: lowest and highest recomputed value over the usual
    definitions (micro, macro, weighted), or None; `trivial`: accuracy of the best constant; others as `MetricTrial`.
    """

    name: str
    kind: str
    family: str
    split: str
    rows: int
    custom: bool = False
    value: float | None = None
    truth: tuple[float, float] | None = None
    trivial: float | None = None
    batched: float | None = None
    perfect: float | None = None
    rounded: float | None = None
    constant: float | None = None
    opposite: float | None = None
    shuffled: float | None = None
    again: float | None = None
    last: float | None = None
    logged: float | None = None
    comparable: bool = False


@dataclass(frozen=True)
class MetricsOnTrial(Measurement):
    """Every compiled metric on trial. `skill`, `validation_skill`: as in `Outcome`; `numbers`: the targets are numbers
    that no class label would be."""

    figures: tuple[MetricFigure, ...] = ()
    task: str = ""
    targets: str = ""
    units: int = 1
    numbers: bool = False
    skill: float | None = None
    validation_skill: float | None = None
    head: str | None = None
    from_logits: bool = False
    location: Location | None = None


@dataclass(frozen=True)
class StepAccuracies(Measurement):
    """Sequences filled up to one length, with a class at each step. `over_all`, `over_real`: accuracy of the last predictions
    over all steps and over the `steps` real ones; `filling`: share of steps that only fill the rows; `logged`: (name, value
    of the last epoch) of all accuracies; `others`: those that, called on the same predictions, give another value than
    `over_all`; `own`: metrics that the program wrote."""

    role: str
    steps: int
    filling: float
    over_all: float
    over_real: float
    logged: tuple[tuple[str, float], ...] = ()
    others: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    location: Location | None = None


@dataclass(frozen=True)
class ModeGap(Measurement):
    """The same training rows in training and in inference mode.

    `training`, `inference`: skill in each mode, `loud`, `loud_inference`: on the rows of `ModeTrial.predicted_loud`; the
    rest as `ModeTrial`.
    `repeats`: most calls of predict on the same rows; `unasked_at`: where the program called the trained model without
    naming a mode; `sums_over`: axis of the outputs (n, ..., classes) over which they add up to 1, where it is not the last.
    """

    rows: int = 0
    training: float | None = None
    inference: float | None = None
    training_accuracy: float | None = None
    inference_accuracy: float | None = None
    redrawn: float = 0.0
    random_layer: str = ""
    random_kind: str = ""
    random_location: Location | None = None
    dropout_like: bool = False
    company: float = 0.0
    company_rows: int = 0
    statistics: tuple[BatchStatistics, ...] = ()
    repeats: int = 0
    supervised: bool = True
    location: Location | None = None
    loud: float | None = None
    loud_inference: float | None = None
    unasked: float = 0.0
    unasked_again: float = 0.0
    unasked_at: Location | None = None
    sums_over: int | None = None


@dataclass(frozen=True)
class RedrawnRows(Measurement):
    """Held-out rows that differ from pass to pass. `changed`: share of rows with other inputs; `disagree`: of rows that
    get another class then; `accuracy`: of both passes together."""

    role: str
    rows: int
    changed: float
    disagree: float
    accuracy: float
    redrawn: int
    passes: int
    location: Location | None = None


@dataclass(frozen=True)
class ScoredCall:
    """One scikit-learn score of the program on predictions whose rows are known.

    `given`: agreement (accuracy, or correlation for numbers) of predictions with the labels as the program paired
    them; `aligned`: with the labels of the very rows predicted, or None where they are unknown; `chance`: what
    independent orders give; `same_labels`: both hold the same labels in another order; `reshuffles`: the source of the
    predictions gives another order at each pass. `result`: the score that the program got; `pairs`: it is a mean over
    all pairs of rows; `training`: the model was called in training mode (None: `predict`, or no mode was asked for);
    `reordered`: the program put the predictions in another order, and `aligned` is for that of `predict`; `last`: the line
    scores no as many rows again: earlier scores may be those of a model that was still learning; `renamed`: agreement
    once each predicted class stands for that true one with which it shares most rows, one to one.
    """

    name: str
    rows: int
    given: float
    aligned: float | None = None
    chance: float = 0.0
    same_labels: bool = False
    reshuffles: bool = False
    classes: int = 0
    predicted_classes: int = 0
    marginal: float = 0.0
    location: Location | None = None
    predicted_at: Location | None = None
    result: float | None = None
    pairs: bool = False
    training: bool | None = None
    reordered: bool = False
    last: bool = True
    renamed: float = 0.0


@dataclass(frozen=True)
class Scores(Measurement):
    """The program's own scores, beside how well the model does on rows it was validated on.

    `in_training_mode`: where the program called the trained model in training mode, outside of any tape, on rows that
    it was not trained on and that it never predicted otherwise. `skill`: the lesser of the skill of the model on its
    training rows and that of a cheap model on them out of fold. `without_positives`: (rows, share of positives in
    training, line) of a score over labels that are all of the negative class.
    """

    calls: tuple[ScoredCall, ...] = ()
    validation_accuracy: float | None = None
    unordered: tuple[Location, ...] = ()
    skill: float | None = None
    in_training_mode: Location | None = None
    without_positives: tuple[int, float, Location | None] | None = None


@dataclass(frozen=True)
class JudgedWeights:
    """One evaluation or prediction and the weights it used.

    `state`: `trained`, `start` (as before training), `epoch` (of an earlier epoch), `fresh` (another model of the same
    architecture that was never trained), `other` (seen at no time of the training).
    `value`, `best`: the monitored log of that epoch and the best one. `kept`: early stopping put these weights back.
    """

    kind: str
    state: str
    epoch: int | None = None
    monitor: str = ""
    value: float | None = None
    best: float | None = None
    skill: float | None = None
    trained_skill: float | None = None
    location: Location | None = None
    trained_at: Location | None = None
    kept: bool = False


@dataclass(frozen=True)
class EvaluatedWeights(Measurement):
    """The last evaluation or prediction of each model after training; `also_trained`: the trained model was judged on
    the same data too."""

    judged: tuple[JudgedWeights, ...] = ()
    also_trained: bool = False


@dataclass(frozen=True)
class LeftOutModels(Measurement):
    """Models that ran in training mode but were never trained, beside the `steps` that trained others."""

    models: tuple[UntrainedModel, ...] = ()
    steps: int = 0


def reach_layers(reach: Reach) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], float]:
    """(needed, unused, feeding another output) layers among those without gradient, and the greatest change."""
    by_layer: dict[str, list[tuple[float, float | None]]] = {}
    for path, change, lost in reach.cut:
        by_layer.setdefault(path.rsplit("/", 1)[0], []).append((change, lost))
    needed: list[str] = []
    unused: list[str] = []
    other: list[str] = []
    top = 0.0
    for layer, seen in by_layer.items():
        change = max(c for c, _ in seen)
        losses = [x for _, x in seen if x is not None]
        if change <= 1e-6:
            unused.append(layer)
        elif losses and max(losses) <= 1e-9:
            other.append(layer)
        else:
            needed.append(layer)
            top = max(top, change)
    return tuple(needed), tuple(unused), tuple(other), top


@dataclass(frozen=True)
class StandStill(Measurement):
    """Loss of single steps over the whole training and how far the weights moved.

    `values`: distinct losses among `seen` steps; `moved`: greatest relative way of a trainable weight; `gradient`:
    greatest gradient norm at the end, None where no backward pass was possible; `half`: computed in float16.
    """

    seen: int = 0
    values: int = 0
    loss: float = 0.0
    moved: float | None = None
    gradient: float | None = None
    rate: float | None = None
    half: bool = False
    kind: str = "fit"
    own_step: bool = False
    location: Location | None = None


@dataclass(frozen=True)
class ThresholdSweep(Measurement):
    """Scores of a single binary output on `rows` rows of the split `role`, cut where the program cuts and elsewhere.

    `positives` rows of the positive class, of which `hits` are among the `called` rows above the program's `cut`; `f1`
    there; `best` the threshold with the greatest F1, `best_f1`; `auc` area under the ROC curve; `usual`: recall at `cut`
    where the program made its own answers; `what` they are: rows, or the pixels of masks.
    """

    role: str
    rows: int
    positives: int
    called: int
    hits: int
    cut: float
    f1: float
    best: float
    best_f1: float
    auc: float
    weighted: bool = False
    location: Location | None = None
    usual: float | None = None
    what: str = "rows"
