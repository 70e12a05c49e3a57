"""C102."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.training import BareLoop


@check("C102", Severity.ERROR, suggests=(Cause.LOW_PRECISION_UNDERFLOW,))
def float16_out_of_range(loop: BareLoop) -> Finding | None:
    """Variables are trained in float16, and the loss became NaN.

    ## Why training fails
    float16 holds numbers from about 6e-8 to 65504. Small constants (an epsilon of 1e-8) and small gradients become 0,
    large sums infinity; the logarithm of 0 and the difference of infinities are NaN.

    ## How it is measured
    The dtype of the trained variables, and the first step whose loss is not finite.

    ## What to do
    Keep variables and loss in float32; use `keras.mixed_precision` with loss scaling for speed.

    ## Thresholds
    None: IEEE 754 binary16 sets the range.
    """
    if "float16" not in loop.dtypes or loop.first_bad_step is None:
        return None
    return Finding(
        message=f"the variables are float16 and the loss is not finite from step {loop.first_bad_step} on", strength=0.85,
        evidence=(Evidence("dtype of the variables", "float16"), Evidence("first step not finite", loop.first_bad_step)),
        location=loop.location, step=loop.first_bad_step,
        fix="Keep variables and loss in float32, or use keras.mixed_precision with a LossScaleOptimizer.",
    )  # fmt: skip


float16_out_of_range.fires_on(BareLoop(100, ("float16",), 50, 0.8, 0.5, None))
float16_out_of_range.silent_on(BareLoop(100, ("float32",), 50, 0.8, 0.5, None))
