"""T306."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.steps import HalfPrecision


@check("T306", Severity.ERROR, suggests=(Cause.LOW_PRECISION_UNDERFLOW, Cause.NUMERICAL_OVERFLOW))
def squares_underflow(
    half: HalfPrecision, outcome: Outcome | None, baseline: Baseline | None, *, stride: float = 10.0, missed: float = 0.05
) -> Finding | None:
    """In float16 the optimizer's steps are longer than its own rule allows: it divides by numbers rounded to zero.

    ## Why training fails
    Adam and its kin divide by the root of the mean squared gradient plus a small epsilon. float16 knows no number below
    6e-8: the square of a gradient of 1e-4 is zero there, an epsilon of 1e-8 too. What is left to divide by is far
    smaller than the gradient, and one step throws the weights away.

    ## How it is measured
    Root mean square of the update per weight over the learning rate, its greatest over the sampled steps, of the kernel
    in the middle. Only with layers in float16, and where the run misses what a cheap model reaches or is not finite.

    ## What to do
    Keep the weights in float32: `keras.mixed_precision.set_dtype_policy("mixed_float16")` computes in float16 and
    scales the loss.

    ## Thresholds
    - `missed`: share of what a cheap model reaches; steps beyond the bound are a fault by themselves.
    - `stride`: a step of Adam is at most (1 - b1) / sqrt(1 - b2) = 3.2 learning rates per weight, one of RMSprop
      1 / sqrt(1 - rho) = 3.2 (Kingma and Ba 2015, section 2.1); three times that is beyond any rounding of a working one.
    """
    if half.scaled or half.stride is None or half.stride <= stride:
        return None
    if not hurt(outcome, baseline, missed) and not (outcome is not None and outcome.non_finite):
        return None
    return Finding(
        message=f"one step moved the weights by {half.stride:.3g} learning rates each, in {half.dtype}: the squared gradients "
        "that the optimizer divides by are rounded to zero",
        strength=0.95, evidence=(Evidence("step per weight over the learning rate", half.stride, stride),),
        fix='Keep the weights in float32 (policy "mixed_float16", or "float32").',
    )  # fmt: skip


squares_underflow.fires_on(HalfPrecision("float16", False, 0.02, stride=75.0), Outcome(skill=-1.3), None)
squares_underflow.silent_on(HalfPrecision("float16", False, 0.02, stride=1.0), Outcome(skill=-1.3), None)
squares_underflow.silent_on(HalfPrecision("float16", False, 0.02, stride=75.0), Outcome(skill=0.95), None)
