"""M310."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotApplicable, NotMeasured, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Movement, Progress, Structure


@check("M310", Severity.ERROR, suggests=(Cause.FROZEN_LAYERS, Cause.DISCONNECTED_LAYERS))
def layers_never_updated(
    movement: Movement, progress: Progress, structure: Structure, outcome: Outcome | None, baseline: Baseline | None,
    *, share: float = 0.3, moved: float = 1e-3, steps: int = 20, dead: float = 0.9, silent: float = 1e-6
) -> Finding | NotApplicable | NotMeasured | None:
    """Trainable layers keep their first weights to the last bit while others are trained.

    ## Why training fails
    A loop of one's own trains what it hands to the optimizer: some layers' variables were left out of the list, or no
    gradient reached them. They stay as random as they were initialised, and the rest cannot make up for it.

    ## How it is measured
    Kernels that are equal before and after training, although they are trainable, while some variable did change; in
    runs that miss what a cheap model reaches on the same rows. Where the loss can be replayed and no gradient reaches
    them, `disconnected-weights` says it. A backbone that is left alone
    on purpose under a head that learns raises nothing.

    ## What to do
    Give `model.trainable_variables` to both `tape.gradient` and `apply_gradients`, and look for what cuts the gradient
    (`.numpy()`, a cast to whole numbers, `stop_gradient`).

    ## Thresholds
    - `share`: of the kernels; below it the rest of the network can still learn.
    - `moved`: relative change of the variable that changed most. Steps that are lost in rounding leave all kernels as they
      are, and change a bias that began at 0 by less than this.
    - `steps`: updates; in fewer, little would have moved anyway.
    - `dead`: share of dead units from which on no gradient is to be expected: another cause.
    - `silent`: spread of the first outputs below which nothing reaches them, and no gradient comes back: another cause too.
    """
    cut = {*movement.no_gradient, *movement.zero_gradient}
    if movement.gradient_start is not None and cut.intersection(movement.unmoved):
        return NotApplicable("no gradient reaches these layers: other checks say why")
    if not movement.kernels or movement.moved_most is None:
        return NotMeasured("no weights were seen before and after the training")
    still = len(movement.unmoved) / movement.kernels
    if still < share or movement.moved_most < moved or progress.steps < steps or not hurt(outcome, baseline):
        return None
    blind = movement.last_spread_start is not None and movement.last_spread_start <= silent
    if max(movement.dead_start, movement.dead_end) >= dead or structure.trainable == 0 or blind:
        return None
    named = ", ".join(path.rsplit("/", 1)[0].split("/")[-1] for path in movement.unmoved[:6])
    return Finding(
        message=f"{len(movement.unmoved)} of {movement.kernels} trainable kernels ({named}) never changed in {progress.steps} updates",
        strength=0.93,
        evidence=(Evidence("share of kernels that never changed", still, share),
                  Evidence("greatest relative change of a variable", movement.moved_most, moved)),
        layer=movement.unmoved[0].rsplit("/", 1)[0].split("/")[-1], location=structure.location,
        fix="Give model.trainable_variables to tape.gradient and to apply_gradients.",
    )  # fmt: skip


_NET = Structure(2, 0, False, 16, 1000, 1000, 0, False, None, "Dense")
_STILL = Movement(3, moved=0.0, moved_most=0.8, unmoved=("net/dense/kernel", "net/dense_1/kernel"))
layers_never_updated.fires_on(_STILL, Progress(5, 300), _NET, Outcome(skill=0.1), Baseline(linear=0.8))
layers_never_updated.silent_on(_STILL, Progress(5, 300), _NET, Outcome(skill=0.8), Baseline(linear=0.8))
layers_never_updated.silent_on(
    Movement(3, moved=0.0, moved_most=1e-6, unmoved=("net/dense/kernel",) * 3), Progress(5, 300), _NET,
    Outcome(skill=0.1), Baseline(linear=0.8),
)  # fmt: skip
