"""D108."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data import ConstantTargets
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity


@check("D108", Severity.ERROR, suggests=(Cause.CONSTANT_TARGETS,))
def constant_targets(targets: ConstantTargets, *, least_rows: int = 10) -> Finding | NotApplicable | None:
    """All training targets are the same.

    ## Why training fails
    The best answer is that constant: the loss falls to nothing and the model has learnt nothing.

    ## How it is measured
    Distinct targets of the training split (all rows where the recorder kept them, else the sample). It does not apply
    where targets are placeholders: a loss of the program's own, a model with its own train_step, adversarial training.

    ## What to do
    Look at how labels are made: a parser that falls back to 0, a scaler fitted on one row of n columns, a threshold
    that no row passes, a filter that leaves one class.

    ## Thresholds
    - `least_rows`: rows that must agree; fewer agree by chance.
    """
    if targets.rows < least_rows or targets.distinct > 1:
        return None
    if targets.placeholder is not None:
        return NotApplicable(f"targets are constant but {targets.placeholder}")
    value = "" if targets.value is None else f" {targets.value:g}"
    return Finding(
        message=f"all {targets.rows} training targets are equal{value}",
        strength=0.99,
        evidence=(Evidence("distinct training targets", targets.distinct, 2),),
        severity=Severity.ERROR,
        fix="Print the targets where they are made; the step that turns them into one value is the fault.",
    )


constant_targets.fires_on(ConstantTargets(500, 1, 0.0))
constant_targets.silent_on(ConstantTargets(500, 2, 0.0, 1.0))
constant_targets.silent_on(ConstantTargets(500, 1, 0.0, placeholder="the loss is the program's own"))
