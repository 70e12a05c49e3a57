"""T302."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.steps import GradientFlow


@check("T302", Severity.WARNING, suggests=(Cause.EXPLODING_GRADIENTS,))
def gradient_burst(
    flow: GradientFlow, outcome: Outcome | None, baseline: Baseline | None,
    *, burst: float = 100.0, loss: float = 1.5, depth: float = 1e4
) -> Finding | None:  # fmt: skip
    """Gradients burst far above their own usual size, or grow from layer to layer on their way back.

    ## Why training fails
    A step along a gradient a hundred times longer than usual throws the weights out of the region where the network
    had learned something (Pascanu et al. 2013). Gradients that grow with depth move the first layers wildly while the
    last ones stand still.

    ## How it is measured
    Norm of the whole gradient at the sampled steps: the greatest over the median, with the median loss of the samples
    after it over that of those before. And, with the first weights, the gradient norm over the weight norm of the
    first kernel over that of the last. Only where the run misses what a cheap model reaches.

    ## What to do
    Clip by global norm (clipnorm=1.0), lower the learning rate, scale inputs and targets; in recurrent networks use
    LSTM or GRU, or an orthogonal recurrent matrix.

    ## Thresholds
    - `burst`: 100 times the median. Gradient noise of healthy runs stays within a factor of about 10.
    - `loss`: the loss after the burst is half as large again: the burst did harm, and was not a rare row alone.
    - `depth`: the relative gradient of the first kernel is ten thousand times that of the last.
    """
    if not hurt(outcome, baseline):
        return None
    harmed = flow.burst is not None and flow.burst > burst and (flow.after_burst or 0) > loss and not flow.clipped
    known = [(n, r) for n, r in zip(flow.layers, flow.relative, strict=True) if r > 0]
    ratio = known[0][1] / known[-1][1] if len(known) >= 4 else 0.0
    steep = ratio > depth and known[0][1] > 1.0
    if not harmed and not steep:
        return None
    told = (
        f"the gradient burst to {flow.burst:.3g} times its usual norm at step {flow.burst_step}, and the loss was "
        f"{flow.after_burst:.2g} times as large after it" if harmed
        else f"the gradient grows {ratio:.1e} times on its way from the last layer back to {known[0][0]}"
    )  # fmt: skip
    return Finding(
        message=told, strength=0.7, location=flow.location, step=flow.burst_step if harmed else None,  # type: ignore[arg-type]
        layer=None if harmed else known[0][0],
        evidence=(Evidence("greatest over median gradient norm", flow.burst, burst, flow.burst_step),
                  Evidence("loss after the burst over loss before", flow.after_burst, loss),
                  Evidence("relative gradient of the first kernel over the last", ratio, depth)),
        fix="Clip the gradients (clipnorm=1.0) and lower the learning rate.",
    )  # fmt: skip


_BURST = GradientFlow("steps", ("a", "b"), (0.1, 0.1), (0.1, 0.1), burst=4000.0, burst_step=52, after_burst=6.0, samples=30)
_CALM = GradientFlow("steps", ("a", "b"), (0.1, 0.1), (0.1, 0.1), burst=6.0, burst_step=3, after_burst=0.9, samples=30)
gradient_burst.fires_on(_BURST, Outcome(skill=0.0), None)
gradient_burst.silent_on(_BURST, Outcome(skill=0.95), None)
gradient_burst.silent_on(_CALM, Outcome(skill=0.0), None)
