"""T103."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Movement, Progress, StepSize


@check("T103", Severity.WARNING, suggests=(Cause.LEARNING_RATE_TOO_LOW, Cause.TOO_FEW_EPOCHS))
def step_too_short(
    step: StepSize | None, progress: Progress, movement: Movement | None, outcome: Outcome | None, baseline: Baseline | None,
    *, longer: float = 100.0, late: float = 0.02, still: float = 0.01, done: float = 0.9,
    pace: float = 2e-4, far: float = 0.2, dead: float = 0.95
) -> Finding | None:  # fmt: skip
    """Steps a hundred times as long would still have lowered the loss, at the start and at the end of the training.

    ## Why training fails
    With steps far shorter than the loss allows, the weights hardly move: the loss falls slowly, steadily, and is not
    done when the epochs are over.

    ## How it is measured
    One step of the program's own rule at its learning rate times 1/1000 to 1000, on a batch of training rows, with the
    first and the last weights: the factor with the lowest loss. Only where the run misses what a cheap model reaches,
    or its loss was still falling steadily at the end.

    ## What to do
    Multiply the learning rate by 10 to 100 (Adam: 0.001 is the usual start; SGD: 0.01 to 0.1).

    ## Thresholds
    - `longer`: best factor with the first and with the last weights. A working rate leaves a factor of about 10 for a
      single step (a full training needs shorter steps than one greedy step); 100 leaves one more.
    - `pace`: relative change of the kernels per step. Working rates change weights by about 1/1000 a step (Bottou 2012;
      Karpathy's rule of thumb); a fifth of that over the whole training, and no more than `far` in all.
    - `still`: where the optimizer's rule cannot be replayed, kernels that moved by less than 1 % of their size in 50
      steps or more, in a run that learned nothing.
    - `done`: skill on the training rows above which there is little left to gain.
    - Where no cheap model can judge the inputs (such as identifiers): steps 1000 times as long, the end of the tried
      range, lower the loss best at both ends, and the loss fell by less than `still` in `longer` steps or more.
    - A schedule: half of the epochs ran at less than 1/`longer` of the greatest rate, the weights hardly moved, and the
      run is poor or its loss fell by less than `still`.
    - `dead`: share of a layer's units that are zero on all rows, above which nothing can be said about the rate.
    - `late`: relative fall of the loss in the last quarter of the training that counts as not yet done.
    """
    if outcome is None or (outcome.skill or 0.0) > done:
        return None
    if movement is not None and movement.dead_end > dead:
        return None  # no step of any length wakes a layer without gradient
    poor = hurt(outcome, baseline, 0.1)
    idle = outcome.loss_fell is not None and abs(outcome.loss_fell) < still
    if (poor or idle) and progress.rate_left is not None and progress.rate_left < 1 / longer and not _far(movement, far):
        return _decayed(progress, movement, longer)
    if progress.rate_changes and not _creeps(step, movement, progress, poor, longer, pace, far):
        return None
    if step is None or step.best_start is None or step.best_end is None:
        return _barely_moved(movement, progress, poor, still)
    if poor and _unmoved_by(step, movement):
        return _barely_moved(movement, progress, poor, far)
    both = step.best_start >= longer and step.best_end >= longer / 10 and step.best_start * step.best_end >= longer**2
    if not both and not progress.rate_changes:
        return None
    moved = movement.moved if movement is not None else None
    if moved is not None and (moved > far or moved > pace * progress.steps):
        return None
    unfinished = progress.late_drop is not None and progress.late_drop > late
    stuck = progress.steps >= longer and idle and min(step.best_start, step.best_end) >= 10 * longer and not outcome.non_finite
    if not poor and not unfinished and not stuck:
        return None
    return Finding(
        message=f"steps {step.best_start:g} times as long would lower the loss further at the start, "
        f"{step.best_end:g} times at the end of the training"
        + (f"; the weights moved by only {moved:.1%} of their size" if moved is not None and moved < 0.1 else ""),
        strength=0.85 if poor or stuck else 0.6, location=step.location,
        evidence=(Evidence("best factor on the learning rate, first weights", step.best_start, longer),
                  Evidence("best factor on the learning rate, last weights", step.best_end, longer / 10),
                  Evidence("learning rate", step.rate)),
        fix=f"Raise the learning rate to about {step.rate * step.best_end:.1g}, or train much longer." if step.rate
        else "Raise the learning rate 10 to 100 times.",
    )  # fmt: skip


def _creeps(
    step: StepSize | None, movement: Movement | None, progress: Progress, poor: bool, longer: float, pace: float, far: float
) -> bool:  # fmt: skip
    """A schedule that never left the region of steps far too short: a warm-up without end."""
    if step is None or step.best_start is None or step.best_end is None or movement is None or movement.moved is None:
        return False
    return poor and step.best_end >= longer and movement.moved < min(far, pace * progress.steps)


def _far(movement: Movement | None, far: float) -> bool:
    return movement is None or movement.moved is None or movement.moved >= far


def _decayed(progress: Progress, movement: Movement | None, longer: float) -> Finding:
    moved = movement.moved if movement is not None and movement.moved is not None else 0.0
    left = progress.rate_left or 0.0
    return Finding(
        message=f"the learning rate fell so fast that half of the epochs ran at {left:.1g} of its greatest value or less; the "
        f"weights moved by only {moved:.1%} of their size",
        strength=0.85, location=progress.fit_location, suggests=(Cause.LEARNING_RATE_TOO_LOW,),
        evidence=(Evidence("median learning rate over the greatest", left, 1 / longer), Evidence("relative change of the weights", moved)),
        fix="Let the schedule decay over epochs, not over steps: decay_steps of about the whole training.",
    )  # fmt: skip


def _unmoved_by(step: StepSize, movement: Movement | None) -> bool:
    """Steps up to 1000 times as long change the loss by less than float32 can tell, though there is a gradient."""
    gradient = movement.gradient_start if movement is not None else None
    still = all(g is not None and abs(g) < 1e-4 for g in (step.gain_start, step.gain_end))
    return still and gradient is not None and gradient > 1e-4


def _barely_moved(movement: Movement | None, progress: Progress, poor: bool, still: float) -> Finding | None:
    if movement is None or movement.moved is None or not poor or progress.steps < 50 or not 0 < movement.moved < still:
        return None
    return Finding(
        message=f"in {progress.steps} steps the weights moved by only {movement.moved:.2%} of their size, and nothing was learned",
        strength=0.8, evidence=(Evidence("relative change of the weights", movement.moved, still),),
        fix="Raise the learning rate 10 to 1000 times (Adadelta: 1.0, Adagrad: 0.01 to 0.1, SGD: 0.01 to 0.1).",
    )  # fmt: skip


_SLOW = Progress(50, 500, 1.0, 0.9, 0.9, falling=0.25, late_drop=0.05)
step_too_short.fires_on(StepSize(1e-5, "Adam", 1000.0, 100.0, -0.001, -0.001), _SLOW, None, Outcome(skill=0.1), None)
step_too_short.silent_on(StepSize(1e-3, "Adam", 10.0, 1.0, -0.1, -0.001), _SLOW, None, Outcome(skill=0.1), None)
step_too_short.fires_on(None, Progress(30, 900, rate_changes=True, rate_left=1e-9), Movement(3, moved=0.01), Outcome(skill=0.0), None)
step_too_short.silent_on(None, Progress(30, 900, rate_changes=True, rate_left=0.1), Movement(3, moved=0.01), Outcome(skill=0.0), None)
step_too_short.fires_on(
    StepSize(0.01, "SGD", 1000.0, 1000.0), Progress(20, 2000), Movement(2, moved=0.08), Outcome(skill=0.0, loss_fell=2e-4), Baseline(0, 0)
)
step_too_short.fires_on(None, _SLOW, Movement(3, moved=0.0007), Outcome(skill=0.0), None)
