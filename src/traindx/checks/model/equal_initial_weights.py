"""M201."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Movement


@check("M201", Severity.ERROR, suggests=(Cause.WEIGHT_INITIALIZATION,))
def equal_initial_weights(
    movement: Movement, outcome: Outcome | None, baseline: Baseline | None, *, alike: float = 0.5, well: float = 0.9
) -> Finding | None:
    """Units of one layer begin with equal weights.

    ## Why training fails
    Units with equal weights get equal gradients and stay equal: the layer works as if it had one unit. All zeros
    behind relu give no gradient at all.

    ## How it is measured
    The kernels before the first training step: layers whose kernel holds one single value, and the share of units
    whose incoming weights equal those of another unit.

    ## What to do
    Use a random initialiser: Keras' default (`glorot_uniform`), or `he_normal` before relu.

    ## Thresholds
    - `alike`: share of units. Random initialisers give equal units with probability 0; half of the units leaves room
      for layers that share weights on purpose.
    - `well`: a skill above 0.9 on the training rows makes it a note: the other layers did without.
    """
    layers = movement.constant_kernels
    if not layers and movement.alike <= alike:
        return None
    bad = hurt(outcome, baseline) or outcome is None or outcome.skill is None or outcome.skill < well
    what = f"layer {layers[0]} begins with one single value in its kernel" if layers else "units begin with equal weights"
    return Finding(
        message=f"{what}: its units stay copies of each other", strength=0.95 if bad else 0.4,
        evidence=(Evidence("share of units that equal another", max(movement.alike, 1.0 if layers else 0.0), alike),),
        layer=layers[0] if layers else None, severity=None if bad else Severity.NOTE,
        fix="Drop the kernel_initializer (Keras' default is random), or use 'he_normal' before relu.",
    )  # fmt: skip


equal_initial_weights.fires_on(Movement(3, constant_kernels=("dense",), alike=1.0), Outcome(skill=0.0), None)
equal_initial_weights.silent_on(Movement(3, alike=0.0), Outcome(skill=0.0), None)
