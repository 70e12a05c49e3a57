"""D103."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data import Reach, TargetScale, hurt
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Outcome


@check("D103", Severity.WARNING, suggests=(Cause.UNSCALED_TARGETS,))
def unscaled_targets(
    targets: TargetScale, reach: Reach | None, outcome: Outcome | None, *, large: float = 10.0
) -> Finding | None:
    """Regression targets are far from the unit scale at which a network starts, and it does not get there.

    ## Why training fails
    A fresh network's outputs are of unit size. To reach targets around 200 000 the last layer must grow by that
    factor: with Adam each weight moves by about the learning rate a step, so it takes 200 000 / rate steps; with plain
    gradient descent the squared error's gradients are as large as the targets and overflow.

    ## How it is measured
    Mean and standard deviation of the training targets. The run counts as hurt when its loss stopped being finite or
    the network explains less of the training targets than a cheap model of unseen rows; otherwise it is a note.

    ## What to do
    Standardise the targets with the training rows' mean and standard deviation, train, and undo it on predictions.

    ## Thresholds
    - `large`: root mean square of the targets. Ten times the size for which initialisers are made.
    """
    size = math.hypot(targets.mean, targets.std)
    if size <= large or targets.loss in ("msle", "poisson"):
        return None
    bad = hurt(reach, outcome)
    if bad is None and outcome is None:
        return None
    return Finding(
        message=f"targets are unscaled: mean {targets.mean:.4g}, standard deviation {targets.std:.4g}; "
        + ("the network does not reach them" if bad else "the training does not show harm"),
        strength=min(0.95, 0.45 + 0.12 * math.log10(size)) if bad else 0.2,
        evidence=(Evidence("root mean square of the targets", size, large),),
        severity=None if bad else Severity.NOTE,
        fix="Standardise the targets with the training rows' mean and standard deviation; undo it on predictions.",
    )


unscaled_targets.fires_on(TargetScale(500, 2e5, 1e5, "mse"), None, Outcome(skill=-2.0))
unscaled_targets.silent_on(TargetScale(500, 2.0, 1.0, "mse"), None, Outcome(skill=-2.0))
