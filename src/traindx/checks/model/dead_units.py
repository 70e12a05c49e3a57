"""M205."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.steps import UnitLife
from traindx.facts.training import Movement, StepSize, Structure


@check("M205", Severity.WARNING, suggests=(Cause.DEAD_UNITS,))
def dead_units(
    movement: Movement, step: StepSize | None, outcome: Outcome | None, baseline: Baseline | None,
    life: UnitLife | None = None, structure: Structure | None = None,
    *, dead: float = 0.9, kept: float = 0.1, narrow: int = 2
) -> Finding | None:  # fmt: skip
    """Nearly all relu units of a layer give 0 for every row.

    ## Why training fails
    A relu unit that is 0 on all rows gets no gradient and stays so. When a whole layer is dead, everything before it
    stops learning and the outputs are constant.

    ## How it is measured
    Share of a hidden layer's relu units that are 0 on all sampled training rows with the last weights, where the run
    misses what a cheap model reaches. Units that died during training point to steps that were too long; where the first
    weights were not seen, that is the second guess. Where steps were looked into, the one by which they had died is named.

    ## What to do
    Lower the learning rate; scale inputs and targets; use he_normal, leaky_relu or elu.

    ## Thresholds
    - `dead`: 90 % of the layer's units. Trained relu networks that work lose up to half (Lu et al. 2020, "Dying ReLU").
    - `narrow`: a layer of one or two relu units dies whenever these do; one of 16 hardly ever does. There the width is
      named first.
    - `kept`: kernels that shrank below this share of their first norm were pressed to zero, not thrown by a step.
    """
    if movement.dead_end <= dead or not hurt(outcome, baseline):
        return None
    if outcome is not None and outcome.non_finite:
        return None  # relu(NaN) is 0: these units say nothing
    born = movement.dead_start > dead
    first_seen = movement.activation_start is not None
    low = step is not None and step.best_start is not None and step.best_start >= 1
    shrunk = movement.kept is not None and movement.kept < kept
    thrown = first_seen and not low and not born and not shrunk
    causes = (Cause.LEARNING_RATE_TOO_HIGH, Cause.DEAD_UNITS) if thrown else (Cause.DEAD_UNITS, Cause.LEARNING_RATE_TOO_HIGH)
    small = structure is not None and structure.hidden > 0 and structure.narrowest <= narrow
    if small:
        causes = (Cause.TOO_SMALL_MODEL, Cause.DEAD_UNITS)
    died = life.died_by if life is not None and life.layer == movement.dead_layer and not born else None
    return Finding(
        message=f"{movement.dead_end:.0%} of the units of layer {movement.dead_layer} give 0 for every training row"
        + ("" if born or not first_seen else f" ({movement.dead_start:.0%} before training)")
        + (f"; they had died by step {died}" if died is not None else ""),
        strength=0.75, evidence=(Evidence("share of dead units", movement.dead_end, dead, died),), step=died,
        layer=movement.dead_layer, suggests=causes[:1] if (born or shrunk) and not small else causes,
        fix="Give the hidden layers at least 16 units." if small
        else "Lower the learning rate, scale inputs and targets, or use leaky_relu/elu in the hidden layers.",
    )  # fmt: skip


dead_units.fires_on(Movement(3, dead_start=0.1, dead_end=1.0, dead_layer="dense"), None, Outcome(skill=0.0), None)
dead_units.silent_on(Movement(3, dead_start=0.1, dead_end=0.3, dead_layer="dense"), None, Outcome(skill=0.0), None)
