"""M203."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Movement, Structure


@check("M203", Severity.ERROR, suggests=(Cause.VANISHING_GRADIENTS, Cause.SATURATING_ACTIVATIONS))
def vanishing_gradients(
    movement: Movement, structure: Structure, outcome: Outcome | None, baseline: Baseline | None,
    *, ratio: float = 1e-3, row_spread: float = 1e-3
) -> Finding | NotMeasured | None:  # fmt: skip
    """Gradients shrink from layer to layer until the first layers get none.

    ## Why training fails
    Each saturating layer multiplies the gradient by its derivative (at most 0.25 for sigmoid) and each badly scaled
    layer by another small factor; after some layers the first ones do not learn, and what reaches the last ones says
    nothing about the rows any more.

    ## How it is measured
    Before the first step: gradient norm over weight norm of each kernel, the least of them over the greatest; and how
    far the last hidden layer's outputs still differ between rows. Counts only where the run misses what a cheap
    model reaches.

    ## What to do
    relu-like activations with he_normal, fewer layers, residual connections, or batch normalisation between layers.

    ## Thresholds
    - `ratio`: 1/1000. Under an adaptive or plain step the slowest layer then needs a thousand steps where the fastest
      needs one (Glorot and Bengio 2010 report factors of 10 to 100 already as harmful).
    - `row_spread`: last hidden outputs that differ by less than 1/1000 between rows carry no usable signal.
    """
    if movement.depth_ratio is None:
        return NotMeasured("the gradients with the first weights were not seen")
    if structure.hidden < 3 or not hurt(outcome, baseline):
        return None
    washed = movement.row_spread_start is not None and movement.row_spread_start < row_spread
    if movement.depth_ratio >= ratio and not washed:
        return None
    many = structure.saturating >= max(1, structure.hidden // 2)
    causes = (Cause.VANISHING_GRADIENTS, Cause.SATURATING_ACTIVATIONS) if many else (Cause.VANISHING_GRADIENTS,)
    return Finding(
        message=f"the gradient falls to {movement.depth_ratio:.1e} of its greatest value on its way through "
        f"{structure.hidden} hidden layers; the last one's outputs differ by {movement.row_spread_start or 0:.1e} between rows",
        strength=0.85, suggests=causes, location=structure.location,
        evidence=(Evidence("least over greatest relative gradient norm", movement.depth_ratio, ratio),
                  Evidence("spread between rows in the last hidden layer", movement.row_spread_start, row_spread)),
        fix="Use relu with he_normal (or tanh with fewer layers), or add batch normalisation or residual connections.",
    )  # fmt: skip


_DEEP = Structure(12, 0, False, 16, 5000, 5000, 12, False, None, "Dense")
vanishing_gradients.fires_on(Movement(13, depth_ratio=1e-7, row_spread_start=1e-6), _DEEP, Outcome(skill=0.0), None)
vanishing_gradients.silent_on(Movement(13, depth_ratio=0.1, row_spread_start=0.2), _DEEP, Outcome(skill=0.0), None)
vanishing_gradients.silent_on(Movement(13, depth_ratio=1e-7, row_spread_start=1e-6), _DEEP, Outcome(skill=0.9), None)
