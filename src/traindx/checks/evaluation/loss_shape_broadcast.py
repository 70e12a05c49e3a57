"""E103."""

from __future__ import annotations

from dataclasses import replace

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import LossOnTrial
from traindx.facts.evaluation import LossTrial, StepTrial
from traindx.facts.findings import Evidence, Finding, Severity


@check("E103", Severity.ERROR, suggests=(Cause.LOSS_SHAPE_BROADCAST,))
def loss_shape_broadcast(
    loss: LossOnTrial, *, still: float = 1e-5, counts: float = 1e-3, least_rows: int = 8
) -> Finding | None:
    """Targets and predictions are stretched to a table: every prediction is compared with every target.

    ## Why training fails
    With targets of shape (n,) and predictions of shape (n, 1) a subtraction gives (n, n). The mean over it is least
    where all predictions are the mean of the targets, so the model learns a constant.

    ## How it is measured
    The rows exchange their targets: a loss that pairs rows changes, one over all pairs does not, although it changes
    with the targets as such. Where the number of axes differs, the targets also get the axes of the predictions, which
    changes a stretched loss and no other, unless the loss itself takes axes away: then predictions equal to the targets
    that cost more than a constant tell it. The program's own `train_step` is run the same way and its gradients are
    compared.

    ## What to do
    Give both the same shape before they meet: `y[:, None]`, or `tf.squeeze(y_pred, -1)`.

    ## Thresholds
    - `still`: relative change that rounding in another order of summation makes (float32, a few hundred rows).
    - `counts`: relative change that is none of rounding.
    - `least_rows`: among fewer rows equal targets may meet by chance.
    """
    step = loss.step
    if step is not None and _stretched(step, still):
        return _found(loss, step.paired or 0.0, step.ranked, step.target_rank, step.prediction_rank, 0.98)
    for trial in loss.of("training"):
        if trial.paired is None or trial.targets_moved is None or trial.paired > still * trial.scale:
            continue
        if trial.targets_moved <= counts * trial.scale or (trial.moved or 0) <= counts * trial.scale:
            continue
        if trial.ranked is not None and trial.ranked > counts * trial.scale:
            scale = trial.scale
            return _found(
                loss, trial.paired / scale, trial.ranked / scale, trial.target_rank, trial.prediction_rank, 0.98
            )
        worse_than_constant = (
            trial.perfect is not None
            and trial.constant is not None
            and trial.perfect > trial.constant + counts * trial.scale
        )
        if (
            (trial.ranked is None or worse_than_constant)
            and trial.rows >= least_rows
            and (loss.skill is None or loss.skill < 0.3)
            and trial.perfect is not None
        ):
            return _found(loss, trial.paired / trial.scale, None, trial.target_rank, trial.prediction_rank, 0.8)
    return None


def _stretched(step: StepTrial, still: float) -> bool:
    if step.paired is None or step.ranked is None:
        return False
    return step.paired <= max(still, 3 * step.noise) and step.ranked > max(1e-3, 10 * step.noise)


def _found(loss: LossOnTrial, paired: float, ranked: float | None, y: int, p: int, strength: float) -> Finding:
    evidence = [Evidence("relative change when rows exchange their targets", paired, 1e-5)]
    if ranked is not None:
        evidence.append(Evidence("relative change when targets get the axes of the predictions", ranked, 1e-3))
    shapes = f": targets have {y} axes, predictions {p}" if y != p else ""
    return Finding(
        message=f"exchanging the targets among the rows does not change the loss{shapes}; it compares every prediction "
        "with every target",
        strength=strength,
        evidence=tuple(evidence),
        location=loss.location,
        fix="Give targets and predictions the same shape: y[:, None] in the data, or squeeze the predictions.",
    )


_STEP = StepTrial(loss=1.6, paired=1e-7, ranked=2.2, target_rank=1, prediction_rank=2)
loss_shape_broadcast.fires_on(LossOnTrial(step=_STEP))
loss_shape_broadcast.fires_on(
    LossOnTrial((LossTrial(moved=1.0, targets_moved=0.5, paired=1e-8, ranked=0.3, target_rank=1, prediction_rank=2),))
)
_RESHAPED = LossTrial(
    rows=256, moved=1.0, targets_moved=0.5, paired=0.0, ranked=0.0, target_rank=1, prediction_rank=2, perfect=1.8, constant=0.9
)
loss_shape_broadcast.fires_on(LossOnTrial((_RESHAPED,), skill=0.05))
loss_shape_broadcast.silent_on(LossOnTrial((replace(_RESHAPED, perfect=0.0),), skill=0.05))
loss_shape_broadcast.silent_on(LossOnTrial((LossTrial(moved=1.0, targets_moved=0.5, paired=0.3, ranked=0.0),)))
loss_shape_broadcast.silent_on(LossOnTrial(step=StepTrial(loss=1.6, paired=0.4, ranked=0.0)))
