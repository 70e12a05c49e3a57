"""M307."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.outcome import Outcome
from traindx.facts.training import LostSignal, Progress, StepSize, unfinished


@check("M307", Severity.ERROR, suggests=(Cause.WRONG_ARCHITECTURE,))
def signal_lost_in_layer(
    lost: LostSignal, outcome: Outcome | None, progress: Progress, step: StepSize | None,
    *, before: float = 0.3, share: float = 0.25, settled: float = 0.05, longer: float = 100.0
) -> Finding | NotMeasured | None:  # fmt: skip
    """A layer without weights throws away what the targets depend on.

    ## Why training fails
    Global pooling forgets where something was, an average over time forgets the order, a crop or a pick drops the
    part that matters. Layers after it cannot bring that back, and training of the layers before it goes in circles.

    ## How it is measured
    Linear probes (Alain and Bengio 2016): ridge regression predicts the targets from the layer's input and from its
    output, leave-one-out on up to 256 training rows with the last weights. A layer is named where its input tells the
    targets, its output does not, and the network itself learned no more than that, though its training had settled
    and its steps were not too short.

    ## What to do
    Keep the place or the order: Flatten or smaller pooling windows instead of global pooling, a recurrent or
    attention layer instead of an average over time.

    ## Thresholds
    - `before`: 0.3 of the targets' variance can be read before the layer; leave-one-out skill without any relation
      is below 0.05 on 256 rows.
    - `share`: a quarter of that is left after it; the network's own skill must stay below half of it.
    - `settled`: the loss fell by less than 5 % in the last quarter. `longer`: as in `step-too-short`.
    """
    if outcome is None or outcome.skill is None:
        return NotMeasured("the skill on training rows is not known")
    if lost.before < before or lost.after > share * lost.before or outcome.skill > lost.before / 2 or outcome.non_finite:
        return None
    if unfinished(progress, step, settled, longer):
        return None
    return Finding(
        message=f"a linear model explains {lost.before:.0%} of the targets from the input of {lost.layer} ({lost.kind}) and "
        f"{max(0.0, lost.after):.0%} from its output; the network reaches skill {outcome.skill:.2f}",
        strength=0.85, layer=lost.layer, location=lost.location,
        evidence=(Evidence("skill of a linear model before the layer", lost.before, before),
                  Evidence("skill of a linear model after the layer", lost.after, share * lost.before)),
        fix=f"Replace {lost.kind}: Flatten or smaller pooling windows keep places, a recurrent or attention layer keeps order.",
    )  # fmt: skip


signal_lost_in_layer.fires_on(
    LostSignal("pool", "GlobalMaxPooling2D", 0.9, 0.02), Outcome(skill=0.05), Progress(10, 600, late_drop=0.0), None
)
signal_lost_in_layer.silent_on(
    LostSignal("pool", "GlobalMaxPooling2D", 0.9, 0.02), Outcome(skill=0.8), Progress(10, 600, late_drop=0.0), None
)
signal_lost_in_layer.silent_on(
    LostSignal("pool", "MaxPooling2D", 0.9, 0.85), Outcome(skill=0.05), Progress(10, 600, late_drop=0.0), None
)
