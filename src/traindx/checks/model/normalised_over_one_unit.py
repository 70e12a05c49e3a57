"""M311."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.steps import Normalisation


@check("M311", Severity.ERROR, suggests=(Cause.NORMALIZATION_LAYERS,))
def normalised_over_one_unit(
    norm: Normalisation, outcome: Outcome | None, baseline: Baseline | None, *, varies: float = 1e-5
) -> Finding | None:
    """A layer normalisation over a single unit gives the same number for every row.

    ## Why training fails
    LayerNormalization takes from each row its own mean. A row of one number is its own mean: what is left is 0, and no
    gradient passes. Behind it nothing is known of the inputs; before it nothing is trained.

    ## How it is measured
    The outputs of LayerNormalization layers of one unit, with the last weights, on training rows. Where the run still
    reaches what a cheap model reaches, by another way through the network, it is a note.

    ## What to do
    Remove the layer; normalise inputs or wide hidden layers instead, and scale targets rather than the output.

    ## Thresholds
    - `varies`: greatest standard deviation among rows that is still rounding (float32, values near 1).
    """
    if not norm.over_one_unit or norm.over_one_spread > varies:
        return None
    return Finding(
        message=f"{norm.over_one_unit} normalises over a single unit: its output is the same for every row",
        strength=0.96, layer=norm.over_one_unit, location=norm.location,
        severity=None if hurt(outcome, baseline) else Severity.NOTE,
        evidence=(Evidence("standard deviation of its output among rows", norm.over_one_spread, varies),),
        fix=f"Remove {norm.over_one_unit}.",
    )  # fmt: skip


_ONE = Normalisation("norm", "LayerNormalization", 0.0, 0.0, False, over_one_unit="norm", over_one_spread=3e-8)
normalised_over_one_unit.fires_on(_ONE, Outcome(skill=0.0), Baseline(linear=0.8))
normalised_over_one_unit.silent_on(Normalisation("norm", "LayerNormalization", 0.0, 1.0, False), Outcome(skill=0.0), None)
