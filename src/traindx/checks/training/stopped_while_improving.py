"""T105."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity
from traindx.facts.outcome import Baseline, Outcome, shortfall
from traindx.facts.training import Progress


@check("T105", Severity.WARNING, suggests=(Cause.EARLY_STOPPING_TOO_SOON,))
def stopped_while_improving(
    progress: Progress, outcome: Outcome | None, baseline: Baseline | None, *, patience: int = 3, early: float = 0.5, drop: float = 0.05,
    begun: float = 0.1, turned: int = 3
) -> Finding | NotApplicable | None:
    """Early stopping ended the training while the training loss was falling fast.

    ## Why training fails
    A validation loss wobbles from epoch to epoch. With a patience of an epoch or two the first wobble ends a training
    that had hardly begun.

    ## How it is measured
    The callback's patience, the share of the asked epochs that were run, and the fall of the training loss over the
    last epochs; or that hardly any of the asked epochs were run and most of what a cheap model reaches was missed.

    ## What to do
    Raise `patience` to 5 to 10 epochs, set `min_delta` to 0 and `restore_best_weights=True`.

    ## Thresholds
    - `patience`: at most 3. `early`: less than half of the epochs were run. `drop`: the training loss still fell by 5 %
      per epoch, so that the stop came in the steep part of the curve.
    - `begun`: a tenth of the asked epochs. A loss that stands still that early says nothing yet: many networks first
      pass a plateau (Saad and Solla 1995).
    - `turned`: epochs in which the validation loss rose after its lowest value, each time above the one before. A wobble
      does so once in 24; after three it has turned, whatever the training loss does.
    """
    if not progress.stopped_early or not progress.asked_epochs:
        return NotApplicable("no callback stopped the training")
    share = progress.epochs / progress.asked_epochs
    first, last = progress.first_loss, progress.last_loss
    if first is None or last is None or share >= early or progress.patience is None or progress.patience > patience:
        return None
    if progress.validation_turned >= turned:
        return None
    per_epoch = (first - last) / abs(first) / max(1, progress.epochs - 1) if first else 0.0
    lost = shortfall(outcome, baseline)
    plateau = lost is not None and lost > 0.3 and (per_epoch > 0 or share <= begun)
    if per_epoch < drop and not plateau:
        return None
    if lost is not None and lost < 0.05 and outcome is not None and (outcome.skill or 0) > 0.9:
        return None
    return Finding(
        message=f"early stopping (patience {progress.patience}) ended the training after {progress.epochs} of "
        f"{progress.asked_epochs} epochs, "
        + (f"while the training loss fell by {per_epoch:.0%} per epoch" if per_epoch > 0 else f"with {lost:.0%} of what a cheap model reaches missed"),  # noqa: E501
        strength=0.8, location=progress.fit_location,
        evidence=(Evidence("patience in epochs", progress.patience, patience), Evidence("share of epochs run", share, early)),
        fix="Raise patience to 5 to 10 epochs and set restore_best_weights=True.",
    )  # fmt: skip


stopped_while_improving.fires_on(
    Progress(3, 90, 1.0, 0.7, 0.7, stopped_early=True, patience=1, asked_epochs=60), Outcome(skill=0.2), None
)
stopped_while_improving.fires_on(
    Progress(2, 50, 0.47, 0.48, 0.43, stopped_early=True, patience=1, asked_epochs=60), Outcome(skill=0.07), Baseline(0.1, 0.9, 800, 0.03)
)
stopped_while_improving.silent_on(
    Progress(6, 90, 1.0, 0.6, 0.6, stopped_early=True, patience=3, asked_epochs=60, validation_turned=3), Outcome(skill=0.5), None
)
stopped_while_improving.silent_on(
    Progress(40, 900, 1.0, 0.1, 0.1, stopped_early=True, patience=5, asked_epochs=60), Outcome(skill=0.9), None
)
