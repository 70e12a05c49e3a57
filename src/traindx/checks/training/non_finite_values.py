"""T301."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.dynamics import BadStep
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.outcome import Outcome
from traindx.facts.steps import NonFinite

_ALL = (
    Cause.NUMERICAL_OVERFLOW, Cause.EXPLODING_GRADIENTS, Cause.LEARNING_RATE_TOO_HIGH, Cause.NON_FINITE_DATA,
    Cause.OUTPUT_ACTIVATION, Cause.WEIGHT_INITIALIZATION,
)  # fmt: skip
_FIX = {
    Cause.NON_FINITE_DATA: "Remove or fill these rows before training: np.isfinite(x).all() must hold.",
    Cause.NUMERICAL_OVERFLOW: "Compute the loss from logits with a built-in loss (from_logits=True); keep numbers away "
    "from log(0), 0/0 and exp of large values (clip, or add a small constant).",
    Cause.EXPLODING_GRADIENTS: "Clip the gradients (clipnorm=1.0) and lower the learning rate by a factor of 10.",
    Cause.LEARNING_RATE_TOO_HIGH: "Lower the learning rate by a factor of 10, and again if needed.",
    Cause.WEIGHT_INITIALIZATION: "Build the model again: it was handed over with weights that are not finite.",
    Cause.OUTPUT_ACTIVATION: "End the model in the activation that the loss expects (sigmoid, softmax), so that the "
    "logarithm never sees 0 or less.",
}  # fmt: skip


@check("T301", Severity.ERROR, suggests=_ALL)
def non_finite_values(
    seen: NonFinite, outcome: Outcome | None, *, growth: float = 10.0, update: float = 1.0, rate: float = 10.0
) -> Finding | NotMeasured | None:
    """A value that is not finite came up inside a training step.

    ## Why training fails
    One NaN or infinity spreads through the gradients to every weight in one step. From then on the weights are NaN
    and nothing is learned, even where the loss stays finite (relu(NaN) is 0).

    ## How it is measured
    The states and batches of the last steps are kept while the program runs. When weights, loss or a gradient are no
    longer finite, the steps since the last good state are repeated one by one with every layer, gradient and weight
    watched. That gives the step, the first place in the order of the computation (data, layer, loss, gradient,
    update), the operation and the rows of the batch. Works with XLA on, where TensorFlow's own check fails.
    A run whose loss or steps had been growing before went wrong by its steps; one that was calm, at that operation.

    ## What to do
    Data: drop or fill the rows named. A calm run: mend the operation named. A growing one: smaller steps, clipping.

    ## Thresholds
    - `growth`: the loss just before over the first loss. A training that works does not multiply its loss by ten.
    - `update`: an update longer than the weights themselves; nothing of what was learned is left after it.
    - `rate`: learning rate over the optimizer's default from which on it is named before the gradients.
    """
    bad = seen.found
    if bad is None:
        return None
    if not bad.exact:
        return None if outcome is not None and not outcome.non_finite else NotMeasured(
            f"the first bad step could not be repeated: {bad.note}")  # fmt: skip
    diverging = (
        (seen.growth or 0) > growth or (bad.update_before or 0) > update or (seen.gradient_growth or 0) > growth**2
    )
    causes = _causes(seen, bad, diverging, (seen.rate_over_default or 1.0) >= rate)
    sure = bad.phase == "data" or (not diverging and bad.op is not None)
    return Finding(
        message=_message(seen, bad, diverging), strength=0.97 if bad.phase == "data" else 0.9 if sure else 0.8,
        evidence=_evidence(seen, bad, growth), location=bad.location or seen.compile_location,
        layer=bad.name if bad.phase in ("forward", "backward", "update") else None, step=bad.step, suggests=causes,
        fix=_FIX[causes[0]],
    )  # fmt: skip


def _causes(seen: NonFinite, bad: BadStep, diverging: bool, fast: bool) -> tuple[Cause, ...]:
    if bad.phase == "data":
        return (Cause.NON_FINITE_DATA,)
    if diverging:
        steps = (Cause.LEARNING_RATE_TOO_HIGH, Cause.EXPLODING_GRADIENTS)
        return (*(steps if fast else steps[::-1]), Cause.NUMERICAL_OVERFLOW)
    if bad.phase == "weight":
        return (Cause.WEIGHT_INITIALIZATION, Cause.NUMERICAL_OVERFLOW)
    unbounded = bad.activation in (None, "linear", "relu") and bad.op in ("Log", "Log1p", "Xlogy", "Pow", "Sqrt")
    if bad.phase == "loss" and unbounded:
        return (Cause.OUTPUT_ACTIVATION, Cause.NUMERICAL_OVERFLOW)
    return (Cause.NUMERICAL_OVERFLOW,)


def _message(seen: NonFinite, bad: BadStep, diverging: bool) -> str:
    place = {
        "data": f"{bad.name} holds values that are not finite", "weight": f"{bad.name} was not finite before the step",
        "forward": f"the output of layer {bad.name} ({bad.kind}) stopped being finite",
        "loss": "the loss stopped being finite while all layers were",
        "backward": f"the gradient of {bad.name} stopped being finite while the loss was",
        "update": f"the update made {bad.name} not finite",
    }.get(bad.phase, "values stopped being finite")  # fmt: skip
    rows = f", row{'s' if bad.row_count > 1 else ''} {_listed(bad)} of its batch of {bad.batch}" if bad.rows else ""
    op = f", in the operation {bad.op}" if bad.op and bad.phase != "data" else ""
    before = ""
    if diverging and seen.growth and seen.growth > 1:
        before = f"; the loss had grown {seen.growth:.3g} times before"
    elif diverging:
        before = f"; the step before had moved a kernel by {bad.update_before or 0:.2g} times its size"
    silent = "; the loss itself stayed finite" if bad.silent else ""
    return f"step {bad.step}{rows}: {place}{op}{before}{silent}"


def _listed(bad: BadStep) -> str:
    if bad.row_count == bad.batch and bad.batch > 1:
        return "all"
    shown = ", ".join(str(r) for r in bad.rows[:6])
    return shown + (f" and {bad.row_count - 6} more" if bad.row_count > 6 else "")


def _evidence(seen: NonFinite, bad: BadStep, growth: float) -> tuple[Evidence, ...]:
    found = [Evidence("first step with a value that is not finite", bad.step, step=bad.step),
             Evidence("where it began", f"{bad.phase}: {bad.name}" if bad.name else bad.phase)]  # fmt: skip
    if bad.rows:
        found.append(Evidence("rows of the batch", ", ".join(str(r) for r in bad.rows)))
    if bad.largest is not None:
        found.append(Evidence("largest finite number that entered", bad.largest))
    if seen.growth is not None:
        found.append(Evidence("loss before it over the first loss", seen.growth, growth))
    if bad.gradient_before is not None:
        found.append(Evidence("largest gradient norm before it", bad.gradient_before))
    return tuple(found)


_DATA = BadStep(77, "data", "input 0", rows=(5,), row_count=1, batch=32, silent=True)
_EXP = BadStep(218, "forward", "lambda", "Lambda", rows=(22,), row_count=1, batch=32, op="Exp", largest=96.4)
non_finite_values.fires_on(NonFinite(_DATA), None)
non_finite_values.fires_on(NonFinite(_EXP, growth=0.05), Outcome(non_finite=True))
non_finite_values.fires_on(NonFinite(BadStep(9, "backward", "dense/kernel"), growth=1e9), Outcome(non_finite=True))
non_finite_values.silent_on(NonFinite(None), Outcome(skill=0.9))
