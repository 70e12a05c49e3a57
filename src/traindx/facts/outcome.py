"""How a training ended, measured against what a constant prediction would reach."""

from __future__ import annotations

from dataclasses import dataclass

from traindx.facts.measurement import Measurement


@dataclass(frozen=True)
class Outcome(Measurement):
    """The end of one training on the sampled rows of each split.

    `skill` is 1 - loss / loss of the best constant predictor, on training rows with the last weights and a proper
    score of the task (squared error for regression, accuracy or rank for classes, see probes): 1 perfect, 0 as
    the constant, negative worse; None where predictions or targets are missing. `validation_skill` likewise on the
    held-out split (validation, else test), against the constant fitted on training rows. `start_skill` is `skill`
    with the first weights. `loss_fell` is the share of the first epoch's training loss that was gone at the end.
    `non_finite`: the loss, the weights or the predictions hold NaN or infinity. `steps` counts updates.
    `related` and `start_related`, of numbers: the squared correlation of predictions and targets with its sign, which
    tells of scores that order the rows without being estimates.
    """

    skill: float | None = None
    validation_skill: float | None = None
    start_skill: float | None = None
    loss_fell: float | None = None
    non_finite: bool = False
    steps: int = 0
    task: str = "unknown"
    accuracy: float | None = None
    constant_accuracy: float | None = None
    validation_accuracy: float | None = None
    validation_constant_accuracy: float | None = None
    related: float | None = None
    start_related: float | None = None

    @property
    def gap(self) -> float | None:
        """Skill on training rows less that on held-out rows; None where one of them is unknown."""
        known = self.skill is not None and self.validation_skill is not None
        return self.skill - self.validation_skill if known else None  # type: ignore[operator]


@dataclass(frozen=True)
class Targets(Measurement):
    """What the first output's targets are, on the training rows.

    `kind` from the values alone: `none`, `constant`, `binary` (0/1), `signed` (-1/1), `classes` (few whole numbers),
    `one-hot`, `multi-hot`, `continuous`. `task` adds what loss and metrics say: `regression`, `binary`, `multi-class`,
    `multi-label`, `reconstruction` (targets are the inputs), `unknown`. `units` is the width of the last axis (1 for a
    plain vector), `classes` the number of distinct classes, `share` that of the most frequent class.
    """

    kind: str
    task: str
    units: int = 1
    classes: int = 0
    minimum: float = 0.0
    maximum: float = 0.0
    mean: float = 0.0
    spread: float = 0.0
    share: float = 0.0
    empty_rows: float = 0.0
    whole_numbers: bool = False
    rank: int = 1


@dataclass(frozen=True)
class Baseline(Measurement):
    """What cheap models reach on the same sampled rows, judged out of fold (never on rows they were fitted on).

    `linear`, `neighbours`: skill as in `Outcome` of ridge regression (on one-hot classes for classification) and of
    k nearest neighbours, both on standardised inputs; `best` the greater; `rows` used; None where not computed.
    `noise` is the standard error of these skills. `wide`: ridge regression on one hidden layer of 512 random tanh
    units, what width alone is worth, computed where a hidden layer has at most 4 units; it takes no part in `best`.
    `held_out`: the better of both cheap models, fitted on training rows, on the rows of the held-out split.
    For a reconstruction `linear` is that of as many principal components as the narrowest layer has units.
    """

    linear: float | None = None
    neighbours: float | None = None
    rows: int = 0
    noise: float = 0.0
    wide: float | None = None
    held_out: float | None = None

    @property
    def best(self) -> float | None:
        """The greater of both skills."""
        found = [s for s in (self.linear, self.neighbours) if s is not None]
        return max(found) if found else None


@dataclass(frozen=True)
class DrownedOutput(Measurement):
    """An output whose weighted loss is `share` of that of the `loud` one: its `skill`, that of a `cheap` model, and the
    `spread` of the loud output's targets."""

    quiet: str
    loud: str
    share: float
    skill: float
    cheap: float
    spread: float


def shortfall(outcome: Outcome | None, baseline: Baseline | None) -> float | None:
    """Share of the attainable skill that the training rows miss, in [0, 1]; None where no skill is known.

    Attainable is what a cheap model reaches out of fold, less two standard errors. Where no cheap model was possible
    half of a perfect skill stands in. 1 where numbers are not finite, or the loss more than doubled and little was learned.
    """
    if outcome is None:
        return None
    if outcome.non_finite or (outcome.loss_fell is not None and outcome.loss_fell < -1 and (outcome.skill or 0) < 0.5):
        return 1.0
    if outcome.skill is None:
        return None
    best = baseline.best if baseline is not None else None
    attainable = 0.5 if best is None else best - 2 * (baseline.noise if baseline is not None else 0.0)
    if attainable <= 0.05:
        return 0.0
    return max(0.0, min(1.0, (attainable - outcome.skill) / attainable))


def hurt(outcome: Outcome | None, baseline: Baseline | None, limit: float = 0.2) -> bool:
    """Whether the run misses more than `limit` of what a cheap model reaches on the same rows.

    A fifth: beyond the differences between model families on small samples (ridge against nearest neighbours differ
    by less in most of scikit-learn's bundled sets), below any training that failed.
    """
    lost = shortfall(outcome, baseline)
    return lost is not None and lost > limit
