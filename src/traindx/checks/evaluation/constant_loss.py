"""E101."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import LossOnTrial
from traindx.facts.evaluation import LossTrial, OutputTrial, StepTrial
from traindx.facts.findings import Evidence, Finding, Severity


@check("E101", Severity.ERROR, suggests=(Cause.CONSTANT_LOSS,))
def constant_loss(loss: LossOnTrial, *, still: float = 1e-7) -> Finding | None:
    """The loss gives the same value whatever the model predicts.

    ## Why training fails
    A loss that does not depend on the predictions has no gradient; nothing is learned, or the held-out loss says
    nothing about the model.

    ## How it is measured
    The compiled loss is called on the run's own targets with the predictions, with other rows' predictions and with
    half random ones, in training mode and, on held-out rows, in inference mode. It is constant where none of them
    changes it and no gradient arrives; cut off where it changes but no gradient arrives (argmax, rounding, NumPy).
    Losses made by layers alone (`add_loss`) are left out. The loss of a step of the program's own is tried in a twin of
    that step, whose outputs are replaced; it counts where none of the outputs moves it and the optimizer
    is given zeros alone.

    ## What to do
    Call the loss by hand for a right and a wrong prediction. Look for a slice that is empty, a softmax over one unit,
    a rounding or argmax, a branch on `training`, a mask that removes every row.

    ## Thresholds
    - `still`: change over the loss's own size; float32 sums of a few hundred rows differ by less than 1e-7 of it only
      when nothing changed.
    """
    for mode in ("training", "inference"):
        trials = loss.of(mode)
        if not trials or not all(_flat(t, still) for t in trials) or _made_by_layers(loss, trials):
            continue
        return _found(loss, mode, trials[0], still)
    outputs = loss.step.outputs if loss.step is not None and not loss.trials else ()
    if outputs and loss.step and loss.step.applied == 0 and all(not o.gradient and o.moved <= still * o.scale for o in outputs):
        one = outputs[0]
        made = LossTrial(rows=one.rows, value=one.value, gradient=0.0, moved=one.moved, scale=one.scale)
        return _found(loss, "training", made, still)
    return None


def _flat(trial: LossTrial, still: float) -> bool:
    return not trial.gradient and trial.moved is not None and trial.value is not None


def _made_by_layers(loss: LossOnTrial, trials: tuple[LossTrial, ...]) -> bool:
    """Whether layers add the loss, or `compute_loss` of the program's own takes it from elsewhere in the model."""
    learns = bool(loss.reached)
    if not loss.compiled:
        return trials[0].mode == "training" and learns
    return bool(trials[0].penalty) and not loss.regularised and learns


def _found(loss: LossOnTrial, mode: str, trial: LossTrial, still: float) -> Finding | None:
    cut = (trial.moved or 0.0) > still * trial.scale
    where = "the training loss" if mode == "training" else f"the loss on {trial.split} rows"
    if cut and mode == "inference":
        return None
    single = trial.columns == 1 and trial.kind in ("cce", "scce", "cce_focal")
    numbers = loss.task == "regression"
    causes: tuple[Cause, ...] = (Cause.CONSTANT_LOSS,)
    if single:
        causes = (
            (Cause.LOSS_MISMATCH, Cause.CONSTANT_LOSS, Cause.OUTPUT_UNITS)
            if numbers
            else (Cause.OUTPUT_UNITS, Cause.OUTPUT_ACTIVATION, Cause.CONSTANT_LOSS)
        )
    why = "changes with the predictions but gives them no gradient" if cut else "does not depend on the predictions"
    if single:
        why += ": a cross-entropy over classes compares one output with itself"
    return Finding(
        message=f"{where} {why} ({abs(trial.value or 0.0):.4g} for every prediction tried)"
        if not cut
        else f"{where} {why}",
        strength=0.97,
        evidence=(
            Evidence(
                f"change of the loss over other predictions ({trial.rows} rows)", trial.moved, still * trial.scale
            ),
            Evidence("gradient at the predictions", trial.gradient if trial.gradient is not None else "none", 0.0),
        ),
        location=loss.location,
        suggests=causes,
        fix="Make the loss a differentiable function of y_pred: no argmax, round or NumPy in it."
        if cut
        else "Let the loss compare each row's y_pred with its y_true; check slices, masks and the training flag.",
    )


_ALIVE = LossTrial(value=0.5, scale=1.0, gradient=0.1, moved=0.3)
_DEAD = LossTrial(value=0.0, gradient=0.0, moved=0.0, scale=1e-12)
constant_loss.fires_on(LossOnTrial(trials=(_DEAD,), steps=100))
constant_loss.fires_on(LossOnTrial(trials=(_ALIVE, LossTrial(mode="inference", value=0.0, moved=0.0)), steps=100))
constant_loss.fires_on(LossOnTrial(trials=(LossTrial(value=0.4, moved=0.2, gradient=None),), steps=100))
constant_loss.silent_on(LossOnTrial(trials=(_ALIVE,), steps=100))
constant_loss.silent_on(LossOnTrial(trials=(LossTrial(value=0.0, moved=0.0, penalty=3.1),), compiled=False, reached=8))
_STILL = (OutputTrial(0, 64, 0.0, 1e-12, 0.0, 0.0),)
constant_loss.fires_on(LossOnTrial(step=StepTrial(applied=0.0, outputs=_STILL)))
constant_loss.silent_on(LossOnTrial(step=StepTrial(applied=0.2, outputs=_STILL)))
