"""M306."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.steps import Switches


@check("M306", Severity.WARNING, suggests=(Cause.SATURATING_ACTIVATIONS,))
def units_act_as_switches(
    switch: Switches, outcome: Outcome | None, baseline: Baseline | None, *, ratio: float = 0.95, gap: float = 0.15
) -> Finding | None:
    """Nearly all outputs of a hidden layer are plus or minus the same number: its units are switches without a slope.

    ## Why training fails
    In the flat ends of a bounded activation the derivative is next to nothing. The gradient that reaches the layers
    before it comes from the few rows that lie on a step's edge; the network learns its training rows by the pattern of
    switches and says little about others.

    ## How it is measured
    Root mean square of a hidden layer's outputs over their greatest magnitude, at the sampled training steps, whatever
    the activation is called: 1 where every output sits at an end. Only where the run misses what a cheap model
    reaches, or loses much of its skill on rows that it has not seen.

    ## What to do
    Scale what enters the activation to unit size (inputs, initial weights, gains), or use relu-like activations.

    ## Thresholds
    - `ratio`: 0.95, in the first and the last third of the samples; uniform outputs in a range have 0.58, normal ones
      less.
    - `gap`: skill lost on held-out rows, where the training rows are fitted.
    """
    if switch.samples < 4 or min(switch.start, switch.end) <= ratio:
        return None
    lost = (outcome.gap if outcome is not None else None) or 0.0
    if not hurt(outcome, baseline) and lost <= gap:
        return None
    return Finding(
        message=f"nearly all outputs of layer {switch.layer} sit at the ends of their range: root mean square "
        f"{switch.end:.2f} of the greatest, from the start ({switch.layers} of {switch.hidden} hidden layers)",
        strength=0.8, layer=switch.layer,
        evidence=(Evidence("root mean square over greatest output, last samples", switch.end, ratio),
                  Evidence("the same in the first samples", switch.start, ratio),
                  Evidence("skill lost on held-out rows", lost, gap)),
        fix="Scale what enters the activation to unit size, or use relu in the hidden layers.",
    )  # fmt: skip


units_act_as_switches.fires_on(Switches("gate", 0.98, 0.99, 2, 2, 30), Outcome(skill=0.6, validation_skill=0.3), None)
units_act_as_switches.silent_on(Switches("gate", 0.98, 0.99, 2, 2, 30), Outcome(skill=0.9, validation_skill=0.9), None)
units_act_as_switches.silent_on(Switches("dense", 0.4, 0.7, 0, 2, 30), Outcome(skill=0.1), None)
