"""M105."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity
from traindx.facts.outcome import Baseline, Outcome, Targets, hurt
from traindx.facts.training import Head

SQUARED = {"mse", "mae", "huber", "msle", "mape"}
CLASSES = {"scce", "cce", "cce_focal", "categorical_hinge"}


EACH = {"mse", "mae", "mape", "msle", "huber", "bce", "poisson"}
"""Losses that compare output by output: one target is stretched over all of them."""


def _misfit(head: Head, targets: Targets) -> str | None:
    """Why the loss cannot lead to these targets, or None."""
    kind, unit_range = head.loss, 0 <= targets.minimum and targets.maximum <= 1
    if targets.task == "regression" and kind in CLASSES:
        return "cross-entropy over classes compares probabilities of classes, but the targets are continuous"
    if targets.task == "regression" and kind in ("bce", "bce_focal") and not unit_range:
        return "binary cross-entropy has no minimum for targets outside [0, 1]"
    if targets.kind == "multi-hot" and kind in ("cce", "cce_focal"):
        return "categorical cross-entropy wants exactly one class per row, but rows hold none or several"
    if kind in ("cce", "cce_focal") and targets.units == 1 and head.units == 1:
        return "categorical cross-entropy over a single output is always 0: there is no other class"
    if kind in EACH and targets.units == 1 and targets.rank <= 2 and (head.units or 1) > 1:
        return f"it compares each of the {head.units} outputs of a row with the row's one target"
    if kind in EACH and targets.units > 1 and targets.rank == 2 and head.units == 1:
        return f"it compares the one output of a row with each of the row's {targets.units} targets"
    if kind == "mape" and targets.minimum <= 0 <= targets.maximum:
        return "percentage errors divide by the targets, which reach 0"
    if kind == "cosine" and targets.task == "regression":
        return "cosine similarity sees the direction of a row's targets alone, not their size"
    if kind == "hinge" and head.activation == "softmax":
        return "hinge wants scores on both sides of 0, but softmax outputs lie in (0, 1)"
    if kind == "hinge" and head.activation == "sigmoid":
        return "hinge wants scores on both sides of 0, but sigmoid outputs lie in (0, 1)"
    if kind == "poisson" and targets.minimum < 0:
        return "the Poisson loss wants counts, but targets are negative"
    if kind == "msle" and targets.minimum <= -1:
        return "the logarithmic loss clips targets at -1 and below"
    return None


@check("M105", Severity.ERROR, suggests=(Cause.LOSS_MISMATCH,))
def loss_unfit_for_targets(
    head: Head, targets: Targets, outcome: Outcome | None, baseline: Baseline | None, *, learned: float = 0.1
) -> Finding | NotApplicable | None:
    """The loss cannot lead to these targets, whatever the weights.

    ## Why training fails
    Each loss has targets for which its minimum is the right answer. Cross-entropy over classes needs rows with one
    class each, binary cross-entropy needs targets in [0, 1], hinge needs scores around 0. Elsewhere its minimum lies
    in another place, or nowhere.

    ## How it is measured
    The kind of the training targets (from their values) against the compiled loss and the range of the output; then
    whether the run misses what a cheap model reaches on the same rows. A run that trains well raises nothing.

    ## What to do
    Mean squared or absolute error for continuous targets; binary cross-entropy with sigmoid for yes/no and several
    labels at once; (sparse) categorical cross-entropy with softmax for one class of several.

    ## Thresholds
    - `learned`: skill below a tenth counts as nothing learned, where no cheap model tells what could be reached.
    """
    if head.loss in ("custom", "none"):
        return NotApplicable("the loss is the program's own")
    why = _misfit(head, targets)
    if why is None:
        return None
    bad = hurt(outcome, baseline, 0.1) or outcome is None or outcome.skill is None or outcome.skill < learned
    short = head.loss in EACH and head.units == 1 and targets.units > 1
    return Finding(
        message=f"the loss {head.loss_name} does not fit the targets: {why}", strength=0.9 if bad else 0.3,
        evidence=(Evidence("targets", targets.kind), Evidence("skill on training rows", outcome.skill if outcome else None)),
        location=head.compile_location, severity=None if bad else Severity.NOTE,
        suggests=(Cause.OUTPUT_UNITS, Cause.LOSS_SHAPE_BROADCAST) if short else (),
        fix=f"Give the output layer {targets.units} units." if short else _fix(targets),
    )  # fmt: skip


def _fix(targets: Targets) -> str:
    if targets.task == "regression":
        return "Compile with loss='mse' (or 'mae', 'huber')."
    if targets.task == "multi-label":
        return "Compile with loss='binary_crossentropy' and end with sigmoid: each label is a question of its own."
    if targets.task == "binary":
        return "Compile with loss='binary_crossentropy' and end with one sigmoid unit."
    return "Compile with (sparse) categorical cross-entropy and end with softmax."


def _head(loss: str, activation: str, units: int) -> Head:
    return Head(activation, units, loss, loss, False, 0, 1, 0, 0, 0, 0, 0, 0.1, 0.0, None, "out", None, None, 0, 1)


_REGRESSION = Targets("continuous", "regression", 1, 0, 0, 9, 4, 2)
loss_unfit_for_targets.fires_on(_head("cce", "linear", 1), _REGRESSION, Outcome(skill=-0.2), None)
loss_unfit_for_targets.fires_on(_head("cce", "softmax", 5), Targets("multi-hot", "multi-label", 5), Outcome(skill=0.0), None)
loss_unfit_for_targets.fires_on(_head("mse", "softmax", 10), Targets("classes", "multi-class", 1, 10), Outcome(skill=0.0), None)
loss_unfit_for_targets.fires_on(_head("mse", "linear", 1), Targets("continuous", "regression", 2, rank=2), Outcome(), None)
loss_unfit_for_targets.silent_on(_head("mse", "linear", 1), _REGRESSION, Outcome(skill=-0.2), None)
loss_unfit_for_targets.silent_on(_head("bce", "sigmoid", 1), Targets("binary", "binary", 1), Outcome(skill=0.0), None)
