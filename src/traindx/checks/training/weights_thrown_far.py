"""T307."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.steps import UpdateRatio
from traindx.facts.training import Movement


@check("T307", Severity.WARNING, suggests=(Cause.LEARNING_RATE_TOO_HIGH,))
def weights_thrown_far(
    movement: Movement, update: UpdateRatio, outcome: Outcome | None, baseline: Baseline | None,
    *, times: float = 20.0, rate: float = 10.0, gone: float = 0.2
) -> Finding | None:  # fmt: skip
    """A learning rate far above the usual has thrown the weights to many times their first size, and nothing is learned.

    ## Why training fails
    A few long steps at the start carry the weights to where units are dead or saturated. The gradients there are small or
    zero, so that later steps look harmless and lead nowhere.

    ## How it is measured
    Norm of the kernels at the end over that at the start (median), and the learning rate over the optimizer's default.
    Only where the run misses what a cheap model reaches, and where the gradient is all but gone: a loss without a minimum,
    or batches of one class after another, let weights grow at any rate.

    ## What to do
    Lower the learning rate by a factor of 10 to 1000; the optimizer's default is a good start.

    ## Thresholds
    - `times`: 20. Of 350 healthy and repaired runs two reached it, both at full skill; most stay below 3.
    - `gone`: the last gradient over the first; a fifth is less than a training that converges to nothing leaves.
    - `rate`: ten times the optimizer's default, as in `non-finite-values`.
    """
    kept, over = movement.kept, update.rate_over_default
    if kept is None or over is None or not kept > times or not over >= rate or not hurt(outcome, baseline):
        return None
    first, last = movement.gradient_start, movement.gradient_end
    if first is None or last is None or last > gone * first:
        return None
    return Finding(
        message=f"the kernels were thrown to {kept:.3g} times their first size at {over:.3g} times the optimizer's default "
        f"learning rate; the gradient fell to {last / max(first, 1e-30):.2g} of what it was, and nothing was learned",
        strength=0.75, location=update.location,  # type: ignore[arg-type]
        evidence=(Evidence("norm of the kernels, last over first", kept, times),
                  Evidence("learning rate over the optimizer's default", over, rate)),
        fix="Lower the learning rate by a factor of 10 to 1000.",
    )  # fmt: skip


_THROWN = UpdateRatio(5e-4, 0.0, 0.0, "dense", 15.0, 1100, 3.0, 3000.0, "Adam", samples=28)
_FAR = Movement(4, moved=1.0, kept=111.0, gradient_start=0.04, gradient_end=0.0)
weights_thrown_far.fires_on(_FAR, _THROWN, Outcome(skill=-1.3), None)
weights_thrown_far.silent_on(_FAR, _THROWN, Outcome(skill=0.98), None)
weights_thrown_far.silent_on(Movement(4, kept=2.0, gradient_start=1.0, gradient_end=0.1), _THROWN, Outcome(skill=0.0), None)
