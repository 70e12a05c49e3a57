"""D134."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import DrownedOutput


@check("D134", Severity.ERROR, suggests=(Cause.UNSCALED_TARGETS, Cause.LOSS_MISMATCH))
def drowned_output(drowned: DrownedOutput, *, share: float = 1e-3, unit: float = 10.0) -> Finding | None:
    """One output's loss is thousands of times another's: the layers that both share hear the great one alone.

    ## Why training fails
    Losses are added up. The squared error of targets in the thousands is in the millions, beside which a cross-entropy of
    about 1 is lost in the noise: its output is not learned.

    ## How it is measured
    The logged loss of each output times its weight, and the skill of each output on training rows against a cheap model.

    ## What to do
    Standardise the targets of the loud output, or give the losses weights that bring them to one size (`loss_weights`).

    ## Thresholds
    - `share`: a thousandth. A batch's gradient is known to 1 / sqrt(rows), some 3 to 20 %; what is a thousandth of it is
      far below its noise.
    - `unit`: spread of the loud targets, from which on it is their scale; else the weights of the losses are at fault.
    """
    if drowned.share >= share:
        return None
    scale = drowned.spread >= unit
    return Finding(
        message=f"the loss of output {drowned.quiet} is {drowned.share:.1e} of that of {drowned.loud}"
        + (f", whose targets spread by {drowned.spread:.3g}" if scale else "")
        + f": it reaches skill {drowned.skill:.2f}, a cheap model {drowned.cheap:.2f}",
        strength=0.95, suggests=(Cause.UNSCALED_TARGETS,) if scale else (Cause.LOSS_MISMATCH, Cause.UNSCALED_TARGETS),
        evidence=(Evidence("loss of the quiet output over that of the loud one", drowned.share, share),
                  Evidence("skill of the quiet output", drowned.skill, drowned.cheap),
                  Evidence("spread of the loud output's targets", drowned.spread, unit)),
        fix=f"Standardise the targets of {drowned.loud}, or weigh the losses (loss_weights) so that they are of one size.",
    )  # fmt: skip


drowned_output.fires_on(DrownedOutput("kind", "price", 1e-8, 0.1, 0.7, 9000.0))
drowned_output.silent_on(DrownedOutput("kind", "price", 0.02, 0.1, 0.7, 1.0))
