"""T102."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Movement, Progress, StepSize


@check("T102", Severity.WARNING, suggests=(Cause.LEARNING_RATE_TOO_HIGH,))
def loss_thrown_about(
    progress: Progress, movement: Movement | None, step: StepSize | None, outcome: Outcome | None, baseline: Baseline | None,
    *, moved: float = 0.9, rough: float = 0.1, rise: float = 0.5, shorter: float = 0.1
) -> Finding | None:  # fmt: skip
    """The loss jumps up and down or rises: the steps are too long to settle.

    ## Why training fails
    Steps longer than the valley is wide bounce from side to side, or land where units are dead or saturated and the
    loss is flat. The loss then stays at the level of a constant guess.

    ## How it is measured
    Mean change of the training loss from epoch to epoch in the later half, over its whole fall; whether it ended above
    where it began; and how far the kernels moved: relative change 1 means that nothing of the first weights is left.
    Only where the run misses what a cheap model reaches, or where the very first step at this rate raised the loss of its
    own rows while a tenth of it lowers it: then the jumps are the rate's, though something is learned between them.

    ## What to do
    Lower the learning rate by a factor of 10, and again if needed; clip gradients; a larger batch smooths the steps.

    ## Thresholds
    - `rough`: changes of a tenth of the whole fall per epoch in the later half: a fall that settles has far smaller ones.
    - `rise`, `shorter`: as in `step-too-long`. With jumps beyond `rough` none of some 600 healthy programs and twins.
    - `moved`: 0.9 of the weights' norm; trainings that work moved by less in most of our healthy runs, or learned.
    """
    bouncing = progress.roughness is not None and progress.roughness > rough
    if not hurt(outcome, baseline):
        return _bouncing(progress, step, rough, rise, shorter) if bouncing and step is not None else None
    if progress.rate_changes and progress.roughness is None:
        return None
    if step is not None and step.best_start is not None and step.best_start > 1:
        return None  # even the first step could have been longer
    first, last = progress.first_loss, progress.last_loss
    rose = first is not None and last is not None and first > 0 and last > 1.2 * first
    far = movement is not None and movement.moved is not None and movement.moved > moved
    if not (rose or (bouncing and far)):
        return None
    return Finding(
        message=(f"the loss rose from {first:.4g} to {last:.4g}" if rose else
                 f"the loss still jumps by {progress.roughness:.0%} of its whole fall from epoch to epoch")
        + (f"; the weights moved by {movement.moved:.0%} of their size" if far and movement and movement.moved else ""),
        strength=0.7 if rose else 0.6, location=step.location if step else None,
        evidence=(Evidence("jump of the loss per epoch over its whole fall", progress.roughness, rough),
                  Evidence("relative change of the weights", movement.moved if movement else None, moved)),
        fix="Lower the learning rate by a factor of 10.",
    )  # fmt: skip


def _bouncing(progress: Progress, step: StepSize, rough: float, rise: float, shorter: float) -> Finding | None:
    if step.rise_start is None or step.best_start is None or step.rise_start <= rise or step.best_start > shorter:
        return None
    return Finding(
        message=f"the loss still jumps by {progress.roughness:.0%} of its whole fall from epoch to epoch, and the first step at this "
        f"rate multiplies the loss of its own rows by {1 + step.rise_start:.3g}, where {step.best_start:g} of it lowers it",
        strength=0.6, location=step.location,
        evidence=(Evidence("jump of the loss per epoch over its whole fall", progress.roughness, rough),
                  Evidence("relative rise of the loss after one step", step.rise_start, rise)),
        fix="Lower the learning rate by a factor of 10, or let it decay.",
    )  # fmt: skip


loss_thrown_about.fires_on(
    Progress(10, 500, 1.0, 0.5, 0.3, roughness=0.2), None, StepSize(0.3, "SGD", 0.1, 1.0, 0.9, -0.2), Outcome(skill=0.9), None
)
loss_thrown_about.silent_on(
    Progress(10, 500, 1.0, 0.5, 0.3, roughness=0.2), None, StepSize(0.01, "SGD", 1.0, 1.0, -0.1, -0.2), Outcome(skill=0.9), None
)
loss_thrown_about.fires_on(
    Progress(10, 500, 1.0, 0.9, 0.8, roughness=0.5), Movement(3, moved=1.2), None, Outcome(skill=0.0), None
)
loss_thrown_about.silent_on(
    Progress(10, 500, 1.0, 0.1, 0.1, roughness=0.02), Movement(3, moved=1.2), None, Outcome(skill=0.0), None
)
