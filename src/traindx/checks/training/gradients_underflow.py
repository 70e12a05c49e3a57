"""T305."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.steps import HalfPrecision


@check("T305", Severity.ERROR, suggests=(Cause.LOW_PRECISION_UNDERFLOW,))
def gradients_underflow(
    half: HalfPrecision, outcome: Outcome | None, baseline: Baseline | None, *, lost: float = 0.3, zero: float = 0.95
) -> Finding | None:
    """Gradients are rounded to zero in float16.

    ## Why training fails
    float16 knows no number below 6e-8. Gradients smaller than that become exactly zero, and their weights never move
    (Micikevicius et al. 2018, "Mixed Precision Training").

    ## How it is measured
    One kept training step is repeated with the loss multiplied by 1024: the share, per variable, of gradients that are
    zero in the first and not in the second are lost to the range. Without such a repetition: gradients that are zero
    in nearly all weights of every kernel, with float16 layers and no loss scaling. Only where the run misses what a
    cheap model reaches.

    ## What to do
    Scale the loss (`LossScaleOptimizer`, automatic under `mixed_float16` with `fit`), use bfloat16 or float32, and
    scale targets to unit size.

    ## Thresholds
    - `lost`: 30 % of a variable's gradients; relu zeros are zero in both and do not count.
    - `zero`: 95 % zeros in every kernel, where no repetition was possible.
    """
    if half.scaled or not hurt(outcome, baseline):
        return None
    known = half.lost is not None
    if not (half.lost > lost if half.lost is not None else half.zero_gradients > zero):
        return None
    share = half.lost if half.lost is not None else half.zero_gradients
    return Finding(
        message=f"{share:.0%} of the gradients of {half.variable or 'every kernel'} are rounded to zero in {half.dtype}"
        + (": with the loss multiplied by 1024 they are not" if known else ""),
        strength=(0.97 if share > 0.8 else 0.9) if known else 0.7, layer=half.variable.split("/")[-2] if half.variable.count("/") else None,
        evidence=(Evidence("share of gradients lost to the range", half.lost, lost),
                  Evidence("share of gradients that are zero in every kernel", half.zero_gradients, zero)),
        fix="Scale the loss (keras.optimizers.LossScaleOptimizer), or use bfloat16 or float32.",
    )  # fmt: skip


gradients_underflow.fires_on(HalfPrecision("float16", False, 0.9, "dense/kernel"), Outcome(skill=0.0), None)
gradients_underflow.silent_on(HalfPrecision("float16", False, 0.9, "dense/kernel"), Outcome(skill=0.9), None)
gradients_underflow.silent_on(HalfPrecision("float16", True, None, "", 0.99), Outcome(skill=0.0), None)
gradients_underflow.silent_on(HalfPrecision("float16", False, 0.01, "dense/kernel"), Outcome(skill=0.0), None)
