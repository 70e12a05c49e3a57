"""M206."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Movement, Progress, Structure


@check("M206", Severity.ERROR, suggests=(Cause.FROZEN_LAYERS,))
def frozen_weights(
    structure: Structure, progress: Progress, movement: Movement | None,
    outcome: Outcome | None, baseline: Baseline | None,
    *, share: float = 0.5, missed: float = 0.05, learned: float = 0.5, nothing_learned: float = 0.1
) -> Finding | NotApplicable | None:
    """Layers are frozen, and what is left to train cannot do the task.

    ## Why training fails
    `trainable = False` takes a layer's weights out of training. Frozen random weights stay random; with nothing left
    to train, the loss never moves.

    ## How it is measured
    Share of the weights that `fit` may change, and whether the run misses what a cheap model reaches on the same rows.
    A frozen backbone under a head that learns raises nothing. A frozen layer whose output is 0 for every row (an
    embedding whose vectors were never found) counts whatever its share.

    ## What to do
    Set `trainable = True` for the layers that shall learn, before `compile` (again). Where weights were read from a file,
    count how many of them were found.

    ## Thresholds
    - `learned`: skill above which the weights were evidently trained before they were frozen.
    - `nothing_learned`: skill below which nothing was learned, where no cheap model tells what could be.
    - `missed`: share of what a cheap model reaches, beyond its two standard errors. A backbone that was trained before
      beats cheap models; random layers that stay as they are lose to them.
    - `share`: half of the weights frozen. Fewer frozen weights leave a network that can still learn.
    """
    if not structure.parameters or not progress.steps:
        return NotApplicable("nothing was trained")
    frozen = 1 - structure.trainable / structure.parameters
    nothing = structure.trainable == 0
    blind = outcome is not None and outcome.skill is not None and outcome.skill < nothing_learned
    skill = outcome.skill if outcome is not None else None
    if nothing and ((movement is not None and movement.moved) or (skill or 0.0) > learned):
        return None  # frozen after its training, as a teacher or a backbone is
    fails = hurt(outcome, baseline, missed) or blind
    if structure.mute and fails:
        return _mute(structure.mute[0], structure)
    if not nothing and (frozen <= share or not structure.frozen_layers or not fails):
        return None
    return Finding(
        message="no weight is trainable: training changes nothing" if nothing
        else f"{frozen:.0%} of the weights are frozen ({structure.frozen_layers} layers) and the rest does not learn the task",
        strength=0.97 if nothing else 0.7, evidence=(Evidence("share of weights frozen", frozen, share),),
        location=structure.location, fix="Set trainable = True on the layers that shall learn, then compile again.",
    )  # fmt: skip


def _mute(layer: str, structure: Structure) -> Finding:
    return Finding(
        message=f"{layer} is frozen and gives 0 for every row: nothing of the inputs passes it, and the run does not learn",
        strength=0.93, evidence=(Evidence(f"share of zeros in what {layer} gives", 1.0, 1.0),),
        location=structure.location, layer=layer, suggests=(Cause.FROZEN_LAYERS, Cause.WEIGHT_INITIALIZATION),
        fix="Look at the weights that were put into the layer (names that were not found leave zeros), or set trainable = True.",
    )  # fmt: skip


def _model(trainable: int, mute: tuple[str, ...] = ()) -> Structure:
    return Structure(2, 0, False, 16, 1000, trainable, 0, False, None, "Dense", frozen_layers=2, mute=mute)


frozen_weights.fires_on(_model(0), Progress(5, 100), None, Outcome(skill=0.1), None)
frozen_weights.silent_on(_model(100), Progress(5, 100), None, Outcome(skill=0.9), None)
frozen_weights.fires_on(_model(900, ("embedding",)), Progress(5, 100), None, Outcome(skill=0.0), None)
frozen_weights.silent_on(_model(900, ("embedding",)), Progress(5, 100), None, Outcome(skill=0.9), None)
