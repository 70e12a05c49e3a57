"""M302."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.outcome import Baseline, Outcome
from traindx.facts.training import Progress, Structure


@check("M302", Severity.WARNING, suggests=(Cause.TOO_SMALL_MODEL,))
def too_small_model(
    structure: Structure, progress: Progress, outcome: Outcome | None, baseline: Baseline | None,
    *, gain: float = 0.15, narrow: int = 4, settled: float = 0.02, far: float = 3.0, slowly: float = 0.05
) -> Finding | NotMeasured | None:  # fmt: skip
    """The training has settled, but far below what a cheap model reaches, and the model is very small.

    ## Why training fails
    Too few units cannot bend the boundary where the data bend. The loss settles early at a high value on the training
    rows themselves.

    ## How it is measured
    The training loss no longer falls, the network's skill on its own training rows lies `gain` below that of nearest
    neighbours or of ridge regression on 512 random tanh units (Rahimi and Recht 2008), out of fold, and its narrowest
    hidden layer has at most `narrow` units (or there is none).

    ## What to do
    More units per layer (16 to 128), or a further layer.

    ## Thresholds
    - `gain`: as in `missing-nonlinearity`. `settled`: the loss fell by less than 2 % over the last quarter.
    - `far`, `slowly`: where three times `gain` is missed, a fall of 5 % in the last quarter leads nowhere either.
    - `narrow`: 4 units; in d dimensions at least d + 1 relu units are needed to close off a region (Montufar et al. 2014).
    """
    if baseline is None or baseline.neighbours is None or outcome is None or outcome.skill is None:
        return NotMeasured("the skill or a baseline is missing")
    reached = max(baseline.neighbours, baseline.wide or 0.0)
    missed = reached - outcome.skill - 2 * baseline.noise
    pace = settled if missed <= far * gain else slowly  # at that pace the way that is left takes many times the epochs
    still = progress.late_drop is not None and progress.late_drop > pace
    if outcome.non_finite or missed <= gain or still or structure.linear_stack and structure.hidden:
        return None
    if structure.hidden and structure.narrowest > narrow:
        return None
    if outcome.skill < 0.05:
        return None
    linear = structure.hidden == 0
    who = "nearest neighbours reach" if reached == baseline.neighbours else "a wide layer of random units reaches"
    return Finding(
        message=f"the loss {'has settled' if pace == settled else 'falls slowly'}, but {who} skill {reached:.2f} where the network "
        f"reaches {outcome.skill:.2f} on its own training rows; "
        + ("it has no hidden layer" if linear else f"its narrowest hidden layer has {structure.narrowest} units"),
        strength=0.6, suggests=(Cause.TOO_SMALL_MODEL, Cause.MISSING_NONLINEARITY) if linear else (Cause.TOO_SMALL_MODEL,),
        evidence=(Evidence("skill missed", missed, gain), Evidence("narrowest hidden layer", structure.narrowest, narrow)),
        location=structure.location, fix="Add a hidden layer with 32 relu units, or widen the narrow one.",
    )  # fmt: skip


_TINY = Structure(1, 0, False, 2, 20, 20, 0, False, None, "Dense")
too_small_model.fires_on(_TINY, Progress(50, 5000, late_drop=0.001), Outcome(skill=0.4), Baseline(0.4, 0.95, 1000, 0.03))
too_small_model.silent_on(_TINY, Progress(50, 5000, late_drop=0.2), Outcome(skill=0.4), Baseline(0.4, 0.95, 1000, 0.03))
