"""M202."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data import InputScale
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.outcome import Baseline, Outcome, Targets, hurt
from traindx.facts.training import Head, Movement


@check("M202", Severity.WARNING, suggests=(Cause.WEIGHT_INITIALIZATION, Cause.EXPLODING_GRADIENTS))
def initial_signal_too_large(
    movement: Movement, head: Head, targets: Targets, outcome: Outcome | None, baseline: Baseline | None,
    scale: InputScale | None = None, *, large: float = 30.0, vast: float = 1000.0
) -> Finding | NotMeasured | None:
    """The network's first outputs are far larger than its targets although its inputs are not.

    ## Why training fails
    Initial weights that multiply the signal at each layer start the training with huge, confidently wrong outputs;
    the first gradients are of that size too and throw the weights away.

    ## How it is measured
    Spread of the output layer's values on training rows before the first step, over the size the loss wants: the
    spread of the targets, or 1 for scores of classes. Inputs that are themselves unscaled are another cause.
    Behind a saturating activation, the first cross-entropy against that of a plain guess. Only where the run misses what a
    cheap model reaches, or where its loss on scaled inputs is worse than a plain guess to the end.

    ## What to do
    Use the default initialisers, or scale the weights by 1/sqrt(inputs) ("he_normal" before relu).

    ## Thresholds
    - `large`: 30 times. He et al. (2015) keep the signal's variance from layer to layer; a factor of 30 in spread is
      beyond what random draws of such weights give in ten layers.
    - `vast`: a thousand times, from inputs of unit size: then no rate of the usual ones can train, and the weights come first.
    """
    if movement.last_spread_start is None:
        return NotMeasured("the first weights were not seen")
    if head.activation in ("sigmoid", "softmax", "tanh", "hard_sigmoid"):
        lost = hurt(outcome, baseline) or (scale is not None and scale.rms[1] < large and _still_wrong(movement, head))
        return _by_loss(movement, head) if lost else None
    wanted = targets.spread if targets.task in ("regression", "reconstruction") else 1.0
    ratio = movement.last_spread_start / max(wanted, 1e-12)
    if ratio <= large or not hurt(outcome, baseline):
        return None
    return Finding(
        message=f"before training the outputs are {ratio:.3g} times as large as the targets",
        strength=0.6 if ratio <= vast or scale is None or scale.rms[1] > large else 0.9,
        evidence=(Evidence("first outputs' spread over that of the targets", ratio, large),), layer=head.layer,
        fix="Use the default initialisers (glorot_uniform), or he_normal before relu.",
    )  # fmt: skip


def _still_wrong(movement: Movement, head: Head) -> bool:
    """Whether the loss on training rows is worse than a plain guess to the end."""
    return (movement.end_loss or 0.0) > head.plain_guess


def _by_loss(movement: Movement, head: Head) -> Finding | None:
    """Saturated outputs: the first loss against that of a guess (cross-entropies only)."""
    if head.loss not in ("scce", "cce", "bce") or movement.start_loss is None:
        return None
    guess = head.plain_guess
    first = movement.start_loss * (1 - min(1.0, movement.penalty_share_start or 0.0))
    if not first > 10 * guess:
        return None
    return Finding(
        message=f"the first loss is {first:.3g}, {first / guess:.0f} times that of a plain guess ({guess:.3g})", strength=0.55,
        evidence=(Evidence("first loss over ln K", first / guess, 10.0),), layer=head.layer,
        fix="Use the default initialisers (glorot_uniform), or he_normal before relu; scale the inputs.",
    )  # fmt: skip


def _head(activation: str, loss: str) -> Head:
    return Head(activation, 1, loss, loss, False, 0, 1, 0, 0, 0, 0, 0, 0.1, 0.0, None, "out", None, None, 0, 1)


_CURVE = Targets("continuous", "regression", 1, 0, 0, 9, 4, 2.0)
initial_signal_too_large.fires_on(Movement(3, last_spread_start=900.0), _head("linear", "mse"), _CURVE, Outcome(non_finite=True), None)
initial_signal_too_large.silent_on(Movement(3, last_spread_start=1.0), _head("linear", "mse"), _CURVE, Outcome(skill=0.0), None)
_SCALED, _RAW = InputScale(900, 12, (1.0, 1.0), (1.0, 1.0)), InputScale(900, 12, (1.0, 5000.0), (1.0, 5000.0))
_WRONG = Movement(3, last_spread_start=0.4, start_loss=1000.0, end_loss=16.0)
_CLASSES = Targets("classes", "multi-class", 1, 4)
initial_signal_too_large.fires_on(_WRONG, _head("softmax", "scce"), _CLASSES, Outcome(skill=0.75), None, _SCALED)
initial_signal_too_large.silent_on(_WRONG, _head("softmax", "scce"), _CLASSES, Outcome(skill=0.75), None, _RAW)
_RIGHT = Movement(3, last_spread_start=0.4, start_loss=1000.0, end_loss=0.2)
initial_signal_too_large.silent_on(_RIGHT, _head("softmax", "scce"), _CLASSES, Outcome(skill=0.75), None, _SCALED)
