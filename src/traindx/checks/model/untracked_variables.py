"""M313."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Structure, Untracked


@check("M313", Severity.ERROR, suggests=(Cause.DISCONNECTED_LAYERS, Cause.FROZEN_LAYERS))
def untracked_variables(
    found: Untracked, structure: Structure | None, outcome: Outcome | None, baseline: Baseline | None, *, missed: float = 0.05
) -> Finding | None:
    """A layer keeps its weights in a `tf.Variable`, which Keras 3 does not train.

    ## Why training fails
    Keras 2 found every `tf.Variable` of a layer. Keras 3 knows only weights made by `add_weight` (or a
    `keras.Variable`): the others get no gradient and stay random, and no error says so (Keras 3 migration guide).

    ## How it is measured
    Trainable floating-point variables of two numbers or more among the attributes of the program's own layers and
    models that are none of the model's weights, where `fit` trains with Keras' own step, and the run misses what a
    cheap model reaches.

    ## What to do
    Make the weight with `self.add_weight(shape=..., initializer=...)`.

    ## Thresholds
    - `missed`: share of what a cheap model reaches. Weights that never train are a fault by themselves.
    """
    if not found.names or not hurt(outcome, baseline, missed):
        return None
    return Finding(
        message=f"{', '.join(found.names[:3])}: a tf.Variable that Keras 3 does not track, so that fit never trains it",
        strength=0.92, layer=found.names[0].split("/")[0],
        evidence=(Evidence("variables that Keras does not track", len(found.names), 0),),
        location=structure.location if structure is not None else None,
        fix="Make these weights with self.add_weight(shape=..., initializer=...).",
    )  # fmt: skip


untracked_variables.fires_on(Untracked(("projection/matrix (64, 32)",)), None, Outcome(skill=0.3), None)
untracked_variables.silent_on(Untracked(("projection/matrix (64, 32)",)), None, Outcome(skill=0.9), None)
untracked_variables.silent_on(Untracked(()), None, Outcome(skill=0.3), None)
