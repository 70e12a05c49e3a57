"""M304."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.steps import Normalisation


@check("M304", Severity.ERROR, suggests=(Cause.NORMALIZATION_LAYERS, Cause.UNSCALED_INPUTS))
def normalisation_without_effect(
    norm: Normalisation, outcome: Outcome | None, baseline: Baseline | None, *, mean: float = 3.0, spread: float = 10.0
) -> Finding | None:
    """A `Normalization` layer does not normalise: what leaves it is far from mean 0 and spread 1.

    ## Why training fails
    The layer subtracts and divides by stored numbers. Where `adapt` was never called on the training rows, or the mean
    and variance were given by hand for other data, the inputs pass on unscaled, and the network behaves as without it.

    ## How it is measured
    Mean and standard deviation of the layer's output on training rows, with the last weights.

    ## What to do
    Call `layer.adapt(x_train)` before building the model, on the same rows and columns that enter `fit`.

    ## Thresholds
    - `mean`, `spread`: 3 and 10 standard deviations where 0 and 1 are promised. A spread below 1/20 counts too.
      Healthy runs with such a layer get a note.
    """
    if not norm.unadapted or (abs(norm.mean) <= mean and 0.05 <= norm.spread <= spread):
        return None
    bad = hurt(outcome, baseline)
    return Finding(
        message=f"{norm.layer} does not normalise: its output has mean {norm.mean:.3g} and spread {norm.spread:.3g}",
        strength=0.85 if bad else 0.3, layer=norm.layer, location=norm.location, severity=None if bad else Severity.NOTE,
        evidence=(Evidence("mean of its output", norm.mean, mean), Evidence("spread of its output", norm.spread, spread)),
        fix=f"Call {norm.layer}.adapt(x_train) before the model is built, on the rows that enter fit.",
    )  # fmt: skip


_RAW = Normalisation("normalization", "Normalization", 430.0, 440.0, True)
normalisation_without_effect.fires_on(_RAW, Outcome(skill=0.1), None)
normalisation_without_effect.silent_on(Normalisation("n", "Normalization", 0.01, 1.0, False), Outcome(skill=0.1), None)
