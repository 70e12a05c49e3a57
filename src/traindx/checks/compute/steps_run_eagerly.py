"""C104."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.compute import EagerSteps, EagerTrial
from traindx.facts.findings import Evidence, Finding, Severity


@check("C104", Severity.WARNING, suggests=(Cause.IDLE_ACCELERATOR,))
def steps_run_eagerly(steps: EagerSteps, *, share: float = 0.5, seconds: float = 1.0) -> Finding | None:
    """Most of each training step is Python between the operations, not the operations.

    ## Why training fails
    Run eagerly (`run_eagerly=True`, or a loop outside of `tf.function`), a step is hundreds of operations started one
    by one from Python. Small operations are over before Python starts the next: processor or accelerator wait.

    ## How it is measured
    After the run, the program's own step (same model, optimizer and rows; their values are put back) is timed in turns
    as it ran and inside `tf.function`. The seconds lost are the difference, or that share of the time per step which the
    program itself took, whichever is less (a loop also does other things), times its steps per pass over the rows. A step
    that cannot be compiled is not measured, and steps that take less than a second in all per pass are not tried.

    ## What to do
    Take `run_eagerly=True` out, or put `@tf.function` on the function that makes one step. Python inside it
    (print, numpy, lists) then runs only while it is traced. Larger batches help too: each has the same cost in Python.

    ## Thresholds
    - `share`: half of the step: compiled, the training takes half the time (as for waiting on data).
    - `seconds`: one second lost per pass over the rows, the delay at which people notice waiting (Nielsen 1993,
      "Usability Engineering"), and more than that lost in the run after what compiling costs. Small data trained
      eagerly to look into it loses less.
    """
    trial = steps.trial
    if steps.share <= share or steps.lost_per_pass <= seconds or steps.lost <= seconds or trial.compiled is None:
        return None
    return Finding(
        message=f"{steps.share:.0%} of each step is Python between operations: {1000 * trial.eager:.1f} ms eager, "
        f"{1000 * trial.compiled:.1f} ms compiled; {steps.lost_per_pass:.1f} s lost per pass over the rows",
        strength=min(0.95, 0.45 + steps.share / 2), location=trial.location,
        evidence=(Evidence("share of the step that compiling saves", steps.share, share),
                  Evidence("seconds lost per pass over the rows", steps.lost_per_pass, seconds),
                  Evidence("seconds per step, eager", trial.eager), Evidence("seconds per step, compiled", trial.compiled),
                  Evidence("seconds that compiling takes once", trial.tracing)),
        fix="Take out run_eagerly=True, or put @tf.function on the function that makes one training step.",
    )  # fmt: skip


steps_run_eagerly.fires_on(EagerSteps(EagerTrial(0.02, 0.002, 0.8, 0.022, 300, 2.0)))
steps_run_eagerly.silent_on(EagerSteps(EagerTrial(0.02, 0.002, 0.8, 0.022, 175, 25.0)))
steps_run_eagerly.silent_on(EagerSteps(EagerTrial(0.5, 0.45, 2.0, 0.5, 300, 2.0)))
steps_run_eagerly.silent_on(EagerSteps(EagerTrial(0.013, 0.0007, 0.5, 0.06, 300, 8.0)))
