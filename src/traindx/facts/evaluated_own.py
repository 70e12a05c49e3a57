"""What is judged of a program's own scoring: metrics in its own hands, averaged weights, a validation that costs nothing."""

from __future__ import annotations

from dataclasses import dataclass

from traindx.facts.findings import Location
from traindx.facts.measurement import Measurement


@dataclass(frozen=True)
class HandMetric:
    """A metric that the program gave (labels, predictions) itself.

    `value`: at its `threshold`, `at_zero`: the same rows cut at 0; `outside`: share of predictions that are no
    probabilities; `reads`, `empty`: how often its value was asked for on a line, and how often nothing had been given.
    """

    name: str
    kind: str
    rows: int = 0
    threshold: float | None = None
    value: float | None = None
    at_zero: float | None = None
    outside: float = 0.0
    reads: int = 0
    empty: int = 0
    location: Location | None = None


@dataclass(frozen=True)
class HandMetrics(Measurement):
    """Metrics in the program's own hands. `from_logits`: its loss takes the outputs for logits."""

    metrics: tuple[HandMetric, ...] = ()
    from_logits: bool = False


@dataclass(frozen=True)
class PiledUp(Measurement):
    """A mean that the program reads after each of `passes` passes over the `rows` rows of a split and never resets: the
    value `shown` last, and that of the last pass alone."""

    name: str
    passes: int
    rows: int
    role: str
    shown: float
    last: float
    location: Location | None = None


@dataclass(frozen=True)
class FreeValidation(Measurement):
    """Validation losses that are exactly 0 in all `epochs`, beside the least and the last training loss."""

    epochs: int
    least: float
    last: float
    own_step: bool = False
    location: Location | None = None


@dataclass(frozen=True)
class AveragedWeights(Measurement):
    """Weights that the optimizer averages. `left`: share of the start weights in the average after `steps`; `logged`:
    loss of the last steps, with the weights as they were trained; `averaged`: of training rows with the weights as they
    were left."""

    momentum: float
    steps: int
    left: float
    logged: float
    averaged: float
    location: Location | None = None


@dataclass(frozen=True)
class OtherAxis:
    """A score of classes taken over `axis` of outputs (n, ..., classes) instead of the last, of `length` entries."""

    name: str
    axis: int
    length: int
    classes: int
    result: float | None = None
    location: Location | None = None


@dataclass(frozen=True)
class OtherColumn:
    """A score of output `column` against labels that output `best` tells; areas under the ROC curve on `rows` rows."""

    name: str
    column: int
    best: int
    area: float
    best_area: float
    rows: int
    result: float | None = None
    location: Location | None = None


@dataclass(frozen=True)
class RowAverage:
    """A score of several labels a row, averaged over rows: `reach` is what predictions equal to the labels get."""

    name: str
    value: float
    reach: float
    rows: int
    location: Location | None = None


@dataclass(frozen=True)
class ScoredOtherwise(Measurement):
    """What the program's scores were computed from, where it is not what the outputs are."""

    axes: tuple[OtherAxis, ...] = ()
    columns: tuple[OtherColumn, ...] = ()
    averages: tuple[RowAverage, ...] = ()


@dataclass(frozen=True)
class ReadClasses:
    """Classes that the program read from the outputs, against those that the outputs tell, on labelled rows.

    `answers`: how many different classes were said; `strange`: share of rows said to be of a class that no label is;
    `said`, `told`: mean over the labels' classes of the share of rows found, as said and read by argmax or at `cut`.
    """

    name: str
    rows: int
    answers: int
    strange: float
    said: float
    told: float
    cut: float | None = None
    result: float | None = None
    location: Location | None = None


@dataclass(frozen=True)
class OtherScale:
    """A score of numbers whose labels stand in the order of the training targets, on another scale than the predictions.

    `given`: share of the labels' variance that the predictions explain as they were scored; `restored`: once each was
    taken to the labels' scale by the pairs (training target, label); `straight`: that scale is a factor and a shift.
    """

    name: str
    rows: int
    given: float
    restored: float
    straight: bool
    result: float | None = None
    location: Location | None = None


@dataclass(frozen=True)
class Exchanged:
    """A score that was given the predictions in the place of the labels: what it answered, and what it should have."""

    name: str
    rows: int
    result: float
    meant: float
    location: Location | None = None


@dataclass(frozen=True)
class Mistaken:
    """A printed score that comes out by a mistake (`how`, see `probes.hand_measures`), and what it should have been."""

    name: str
    how: str
    rows: int
    result: float
    meant: float
    location: Location | None = None


@dataclass(frozen=True)
class ScoredWrongly(Measurement):
    """Scores on predictions of this model that cannot say how good it is; of a line that scores often, the last."""

    classes: tuple[ReadClasses, ...] = ()
    scales: tuple[OtherScale, ...] = ()
    exchanged: tuple[Exchanged, ...] = ()
    mistaken: tuple[Mistaken, ...] = ()


@dataclass(frozen=True)
class PairedLosses(Measurement):
    """Losses of eager steps: (loss, mean error row by row, mean error over all pairs of rows) each."""

    steps: tuple[tuple[float, float, float], ...]
    location: Location | None = None


@dataclass(frozen=True)
class LeastLoss(Measurement):
    """Where a loss over numbers ended. `last`: of the last steps, per target value of a row; `falls`: it was never lower;
    `error`: squared error of the best of the outputs over the variance of the targets; `reach`: the largest output over
    the largest target, without sign."""

    last: float
    falls: bool
    error: float
    reach: float
    location: Location | None = None
