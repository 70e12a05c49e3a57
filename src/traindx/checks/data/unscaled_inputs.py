"""D101."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data import InputScale, Reach, hurt
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Outcome


@check("D101", Severity.WARNING, suggests=(Cause.UNSCALED_INPUTS,))
def unscaled_inputs(
    scale: InputScale,
    reach: Reach | None,
    outcome: Outcome | None,
    *,
    large: float = 10.0,
    small: float = 0.01,
    spread: float = 100.0,
) -> Finding | None:
    """Inputs are far from unit scale, or their columns far from one another's scale, and the training suffers.

    ## Why training fails
    Weight initialisers keep signals at unit size for inputs of unit size (Glorot and Bengio 2010; He et al. 2015).
    Inputs of size r make the first layer's outputs r times too large and its gradients r times too steep: units
    saturate or die, or the loss overflows. Columns of different size give the loss a condition number of the square
    of their ratio, and gradient descent takes that many steps (LeCun et al., "Efficient BackProp", 1998).

    ## How it is measured
    Root mean square and standard deviation of every column of the training inputs (of every channel for pictures).
    Where the model's first layers scale by themselves (`Rescaling`, `Normalization`), that of all values behind them,
    replayed with the last weights: pixels divided by 255 twice, or a `Normalization` that never saw the data.
    The run counts as hurt when its loss stopped being finite, or the network explains less of the training targets
    than a cheap model (ridge on standardised inputs) explains of rows it has not seen. A run that is not hurt, or of
    which nothing is known, gets a note.

    ## What to do
    Standardise with the training rows' mean and standard deviation (a `Normalization` layer adapted on them keeps
    training and prediction alike); divide pixels by 255.

    ## Thresholds
    - `large`: largest root mean square of a column. Ten times the unit size for which initialisers are made; one
      hundred times steeper gradients. Min-max, standardised and log-scaled inputs stay below.
    - `small`: smallest standard deviation of the widest column, the same argument the other way.
    - `spread`: ratio of the largest to the smallest standard deviation; its square, 10 000, is the condition number
      that at least as many plain gradient steps must pay for.
    """
    if scale.handled_by is not None:
        return None
    ratio = scale.std[1] / max(scale.std[0], 1e-30)
    which = f"behind {scale.layer}" if scale.layer else f"of column {scale.largest_column}"
    off = [
        (scale.rms[1] > large, Evidence(f"root mean square {which}", scale.rms[1], large)),
        (scale.std[1] < small, Evidence("largest standard deviation of a column", scale.std[1], small)),
        (ratio > spread, Evidence("largest over smallest standard deviation of columns", ratio, spread)),
    ]
    seen = [evidence for broken, evidence in off if broken]
    if not seen:
        return None
    if scale.rms[1] <= large and scale.std[1] >= small and scale.std[1] <= 2.0 and ratio < spread**2:
        return None  # a few narrow columns among scaled ones only learn late
    decades = max(math.log10(max(scale.rms[1], 1.0)), -math.log10(min(scale.std[1], 1.0)))
    bad = hurt(reach, outcome)
    told = {
        True: "the network learns less than a linear model on scaled inputs",
        False: "the training does not show harm",
        None: "what a training makes of it is not known",
    }[bad]
    sizes = f"root mean squares of columns reach from {scale.rms[0]:.3g} to {scale.rms[1]:.3g}"
    where = f"{which} the inputs are off unit scale: their root mean square is {scale.rms[0]:.3g}"
    return Finding(
        message=f"{where if scale.layer else f'inputs are unscaled: {sizes}'}; {told}",
        strength=min(0.95, 0.5 + 0.15 * decades) if bad else 0.2,
        evidence=(*seen, Evidence("columns compared", scale.columns)),
        column=scale.largest_column or None,
        severity=None if bad else Severity.NOTE,
        layer=scale.layer or None,
        fix=f"Scale once: leave {scale.layer} out where the data are scaled already, adapt it to them where they are not."
        if scale.layer
        else "Standardise the inputs with the training rows' mean and standard deviation (pixels: divide by 255).",
    )


unscaled_inputs.fires_on(InputScale(500, 8, (120.0, 4000.0), (40.0, 900.0), "5"), None, Outcome(skill=-0.5))
unscaled_inputs.fires_on(InputScale(64, 1, (0.002, 0.002), (0.0015, 0.0015), layer="rescaling"), None, Outcome(skill=-0.01))
unscaled_inputs.silent_on(InputScale(64, 1, (0.48, 0.48), (0.38, 0.38), layer="rescaling"), None, Outcome(skill=-0.01))
unscaled_inputs.silent_on(InputScale(500, 8, (0.9, 1.1), (0.9, 1.0), "5"), None, Outcome(skill=-0.5))
unscaled_inputs.silent_on(InputScale(500, 8, (9.0, 140.0), (9.0, 80.0), "5", handled_by="Rescaling"), None, None)
