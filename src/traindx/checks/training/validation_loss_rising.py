"""T106."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.outcome import Outcome
from traindx.facts.training import Progress


@check("T106", Severity.WARNING, suggests=(Cause.OVERFITTING, Cause.TOO_LARGE_MODEL))
def validation_loss_rising(
    progress: Progress, outcome: Outcome | None, *, rise: float = 0.25, gap: float = 0.1, early: float = 0.67
) -> Finding | NotMeasured | None:
    """The loss on held-out rows has long been rising while the loss on training rows kept falling.

    ## Why training fails
    Past some epoch the network memorises its training rows, noise included; each further epoch makes it worse on rows
    that it has not seen.

    ## How it is measured
    Last validation loss against the lowest, the epoch of the lowest, the fall of the training loss since, and the
    difference of skill between training and held-out rows.

    ## What to do
    Stop at the lowest validation loss (EarlyStopping with restore_best_weights), more rows, dropout or weight decay,
    or a smaller network.

    ## Thresholds
    - `rise`: a quarter above the lowest: beyond the wobble between epochs (median below 10 % in healthy runs).
    - `early`: the lowest lies in the first two thirds of the epochs.
    - `gap`: skill lost on held-out rows; a loss may rise from overconfidence alone while the answers stay as good.
    """
    if progress.validation_epochs < 3 or progress.validation_rise is None or progress.best_validation is None:
        return NotMeasured("fewer than three epochs were validated")
    if outcome is None or outcome.gap is None:
        return NotMeasured("the skill on training or held-out rows is missing")
    late = progress.best_validation + 1 > early * progress.validation_epochs
    lost = outcome.gap
    if progress.validation_rise <= rise or late or lost <= gap or progress.restored_best and progress.stopped_early:
        return None
    return Finding(
        message=f"validation loss was lowest in epoch {progress.best_validation + 1} of {progress.validation_epochs} and is now "
        f"{1 + progress.validation_rise:.2g} times that; skill {outcome.skill:.2f} on training rows, "
        f"{outcome.validation_skill:.2f} on held-out rows",
        strength=min(0.9, 0.55 + lost / 2 + min(0.2, progress.validation_rise / 10)), location=progress.fit_location,
        evidence=(Evidence("rise of the validation loss over its lowest", progress.validation_rise, rise),
                  Evidence("skill lost on held-out rows", lost, gap)),
        suggests=(Cause.OVERFITTING,),
        fix="Add EarlyStopping(monitor='val_loss', restore_best_weights=True), dropout or weight decay, or use more rows.",
    )  # fmt: skip


_RISING = Progress(20, 900, best_validation=3, validation_rise=1.0, validation_epochs=20)
validation_loss_rising.fires_on(_RISING, Outcome(skill=1.0, validation_skill=0.5))
validation_loss_rising.silent_on(_RISING, Outcome(skill=0.95, validation_skill=0.93))
