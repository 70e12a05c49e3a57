"""E102."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import LossOnTrial
from traindx.facts.evaluation import LossTrial
from traindx.facts.findings import Evidence, Finding, Severity


@check("E102", Severity.ERROR, suggests=(Cause.CONSTANT_LOSS, Cause.LOSS_MISMATCH))
def loss_ignores_targets(loss: LossOnTrial, *, still: float = 1e-6, learned: float = 0.3, far: float = 1e4) -> Finding | None:
    """The loss depends on the predictions but not on the targets.

    ## Why training fails
    The model is driven somewhere, but the targets have no say in where.

    ## How it is measured
    The loss is called with the targets of the rows exchanged and replaced by one row's targets. Unsupervised losses
    are left out: targets that are constant or the inputs themselves, and losses that layers add.

    ## What to do
    Use y_true in the loss; look for a name typed twice (`y_pred` for `y_true`).

    ## Thresholds
    - `still`: change over the loss's own size, rounding of float32 sums.
    - `learned`: skill from which on the targets evidently have a say.
    - `far`: the loss over that of a constant prediction. Predictions further off than 10 000 times drown any target in
      the rounding of float32 (1e-7 of the loss), so that nothing can be said.
    """
    trials = loss.of("training")
    if not trials or len(trials) > 1 or not loss.compiled or loss.same or loss.targets in ("", "constant", "none"):
        return None
    trial = trials[0]  # pyright: ignore[reportGeneralTypeIssues]
    if not trial.gradient or trial.targets_moved is None or trial.targets_moved > still * trial.scale:
        return None
    if trial.penalty or trial.perfect is None or (loss.skill is not None and loss.skill > learned):
        return None
    if trial.constant and abs(trial.value or 0.0) > far * abs(trial.constant):
        return None
    return Finding(
        message="the loss stays the same whatever the targets are",
        strength=0.85,
        evidence=(Evidence("change of the loss over other targets", trial.targets_moved, still * trial.scale),),
        location=loss.location,
        fix="Compare y_pred with y_true in the loss.",
    )


loss_ignores_targets.fires_on(
    LossOnTrial((LossTrial(gradient=1.0, moved=1.0, targets_moved=0.0, perfect=0.4),), targets="binary", skill=0.0)
)
loss_ignores_targets.silent_on(
    LossOnTrial((LossTrial(gradient=1.0, moved=1.0, targets_moved=0.2, perfect=0.4),), targets="binary", skill=0.0)
)
