"""E121."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import LeftOutModels
from traindx.facts.evaluation import UntrainedModel
from traindx.facts.findings import Evidence, Finding, Severity


@check("E121", Severity.ERROR, suggests=(Cause.DISCONNECTED_LAYERS, Cause.FROZEN_LAYERS))
def model_left_out_of_training(left: LeftOutModels, *, least_steps: int = 5) -> Finding | None:
    """A model runs in training mode, but its trainable weights never change.

    ## Why training fails
    What this model makes of the inputs stays as random as it was initialised; only what follows it learns. Its output
    was turned into an array (`.numpy()`), it was called outside the tape, or its weights were not given to the optimizer.

    ## How it is measured
    Models that the program calls itself with `training=True`: a fingerprint of their trainable weights at the first call
    and after the run, while other weights were trained.

    ## What to do
    Call the model inside the tape, keep its output a tensor, and give its `trainable_variables` to `gradient` and
    `apply_gradients`; or freeze it on purpose (`trainable = False`, `training=False`).

    ## Thresholds
    - `least_steps`: training steps seen and calls of the model; fewer may be a trial call.
    """
    if not left.models or left.steps < least_steps:
        return None
    one = max(left.models, key=lambda m: m.parameters)
    return Finding(
        message=f"{one.name} ran in training mode {one.calls} times, but its {one.parameters} trainable parameters never changed",
        strength=0.88,
        evidence=(Evidence("calls in training mode without any change of the weights", one.calls, least_steps),),
        layer=one.name,
        location=one.location,
        fix="Call it inside the tape, keep its output a tensor, and give its variables to the optimizer.",
    )


model_left_out_of_training.fires_on(LeftOutModels((UntrainedModel("extractor", 280, 188),), 280))
model_left_out_of_training.silent_on(LeftOutModels((), 280))
