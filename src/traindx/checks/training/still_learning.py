"""T104."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Movement, Progress, StepSize


@check("T104", Severity.WARNING, suggests=(Cause.TOO_FEW_EPOCHS,))
def still_learning(
    progress: Progress, step: StepSize | None, movement: Movement | None, outcome: Outcome | None, baseline: Baseline | None,
    *, late_drop: float = 0.05, falling: float = 0.1, straight: float = 0.2, few_updates: int = 200, done: float = 0.9,
    pace: float = 2e-4, handful: int = 50, gain: float = 0.3, several: float = 3.0
) -> Finding | None:  # fmt: skip
    """The training ended while the loss was still falling fast, below what the rows allow.

    ## Why training fails
    Each epoch makes rows / batch size updates. A handful of epochs, or a batch that holds most of the rows, leaves too
    few updates to get anywhere, however well each one works.

    ## How it is measured
    Fall of the training loss in the last quarter, relative and as a share of the whole fall; number of updates; and
    whether the run misses what a cheap model reaches on the same rows.

    ## What to do
    Train longer (with early stopping on the validation loss), or use a smaller batch.

    ## Thresholds
    - `late_drop`: 5 % in the last quarter, beyond the noise between epochs of a settled loss.
    - `falling`: a tenth of the whole fall in the last quarter; a straight line gives a quarter, a settled curve none.
    - `straight`: a fifth of the whole fall in the last quarter: the curve has hardly begun to bend (a straight line
      gives 0.25, and moves by an even share from point to point), so the training is cut off in its steep part whatever other models reach.
    - `pace`: relative change of the kernels per step below which the rate is named first; see `step-too-short`.
    - `done`: skill on the training rows above which there is little left to gain.
    - `handful`: up to 50 updates are too few for a curve; then it counts that one further step, ten or more times as
      long, would lower the loss of a batch by `gain`, 30 %, or by a third of that where a cheap model reaches more.
    - One pass over the rows in fewer than `few_updates` updates, by which nothing was memorised, is unbent by `falling`
      alone.
    - `several`: of numbers, and of few updates, also a run that leaves three times the variance that a cheap model leaves on
      rows left out (two standard errors allowed): shares of a skill hide that near 1.
    - `few_updates`: below 200 updates the batch is named beside the epochs: Adam at its usual rate moves a weight by
      at most 0.2 in them.
    """
    if progress.stopped_early:
        return None
    if 0 < progress.steps <= handful and step is not None and (step.best_end or 0) >= 10:
        wanted = gain / 3 if hurt(outcome, baseline, 0.15) else gain
        if (step.gain_end or 0) < -wanted:
            return _handful(progress, step, outcome, done)
    if progress.late_drop is None or progress.falling is None:
        return None
    behind = hurt(outcome, baseline, 0.15) or (progress.steps < few_updates and _leaves(outcome, baseline, several))
    bent = progress.late_drop <= late_drop or progress.falling <= falling or not behind
    skill = outcome.skill if outcome is not None else None
    poor = skill < done if skill is not None else progress.steps < few_updates / 4
    even = 1.5 / max(1, (progress.epochs if progress.epochs >= 4 else 12) - 1)
    smooth = hurt(outcome, baseline, 0.15) and progress.roughness is not None and progress.roughness < even
    once = progress.epochs == 1 and progress.steps < few_updates and _no_gap(outcome, late_drop)
    unbent = progress.falling > straight and poor and (progress.late_drop > late_drop / 2 or smooth or once)
    if bent and not unbent:
        return None
    few = progress.steps < few_updates
    whole = few and progress.rows is not None and (progress.batch_size or 0) * 8 >= progress.rows
    single = whole and progress.steps <= 2 * progress.epochs
    pair = (Cause.BATCH_SIZE, Cause.TOO_FEW_EPOCHS) if single else (Cause.TOO_FEW_EPOCHS, Cause.BATCH_SIZE)
    causes = pair if whole else (Cause.TOO_FEW_EPOCHS,)
    if movement is not None and movement.moved is not None and 0 < movement.moved < pace * progress.steps:
        causes = (Cause.LEARNING_RATE_TOO_LOW, *causes)
    elif step is not None and step.best_end is not None and step.best_end >= 10:
        causes = (*causes, Cause.LEARNING_RATE_TOO_LOW)
    return Finding(
        message=f"the loss was still falling when training ended: by {progress.late_drop:.0%} in the last quarter, after "
        f"{progress.steps} updates in {progress.epochs} epochs",
        strength=0.75 if few else 0.6, suggests=causes, location=progress.fit_location,
        evidence=(Evidence("relative fall in the last quarter", progress.late_drop, late_drop),
                  Evidence("share of the whole fall in the last quarter", progress.falling, falling),
                  Evidence("updates", progress.steps, few_updates)),
        fix="Use a smaller batch (32 to 128) and more epochs." if whole else "Train longer, with EarlyStopping on the validation loss.",
    )  # fmt: skip


def _leaves(outcome: Outcome | None, baseline: Baseline | None, several: float) -> bool:
    """Whether numbers are predicted with so many times the error that a cheap model leaves."""
    best = baseline.best if baseline is not None else None
    if outcome is None or outcome.skill is None or baseline is None or best is None or outcome.task != "regression":
        return False
    return 1 - outcome.skill > several * (1 - best + 2 * baseline.noise * (1 - best))


def _no_gap(outcome: Outcome | None, gap: float) -> bool:
    """Unseen rows are predicted as well as those seen: nothing was memorised yet."""
    return outcome is not None and outcome.gap is not None and outcome.gap < gap


def _handful(progress: Progress, step: StepSize, outcome: Outcome | None, done: float) -> Finding | None:
    if outcome is None or outcome.skill is None or outcome.skill >= done:
        return None
    gain = -(step.gain_end or 0.0)
    return Finding(
        message=f"the training made {progress.steps} updates in all, and one further step can still lower the loss by {gain:.0%}",
        strength=0.8, location=progress.fit_location, suggests=(Cause.TOO_FEW_EPOCHS, Cause.BATCH_SIZE),
        evidence=(Evidence("updates", progress.steps), Evidence("fall of the loss by one longer step", gain)),
        fix="Train longer: more epochs, more steps_per_epoch, or smaller batches.",
    )  # fmt: skip


still_learning.fires_on(Progress(3, 6), StepSize(1e-3, "Adam", 100.0, 100.0, gain_end=-0.7), None, Outcome(skill=0.5), None)
still_learning.silent_on(Progress(3, 6), StepSize(1e-3, "Adam", 100.0, 100.0, gain_end=-0.7), None, Outcome(skill=0.97), None)
still_learning.fires_on(Progress(4, 40, 2.0, 1.0, 1.0, falling=0.25, late_drop=0.2), None, None, Outcome(skill=0.2), None)
still_learning.fires_on(
    Progress(1, 50, 2.3, 2.1, 2.1, falling=0.29, late_drop=0.02), None, None, Outcome(skill=0.11, validation_skill=0.08), None
)
still_learning.silent_on(Progress(4, 40, 2.0, 1.0, 1.0, falling=0.25, late_drop=0.2), None, None, Outcome(skill=0.9), None)
still_learning.silent_on(Progress(90, 4000, 2.0, 1.0, 1.0, falling=0.01, late_drop=0.01), None, None, Outcome(skill=0.2), None)
