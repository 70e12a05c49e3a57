"""T110."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.outcome import Baseline, Outcome
from traindx.facts.training import Progress, Structure


@check("T110", Severity.WARNING, suggests=(Cause.OVERFITTING, Cause.TOO_LARGE_MODEL))
def training_rows_memorised(
    outcome: Outcome, baseline: Baseline, structure: Structure | None, progress: Progress | None,
    *, gap: float = 0.3, better: float = 0.05, crowded: float = 100.0
) -> Finding | NotMeasured | None:  # fmt: skip
    """The network fits its training rows far better than unseen ones, on which a cheap model does better.

    ## Why training fails
    A network with more weights than the rows can pin down also fits what is chance in them, and repeats that chance on
    unseen rows. A difference between seen and unseen rows alone is no fault: every flexible model has one. It is a
    fault where a model that cannot memorise does better on unseen rows.

    ## How it is measured
    Skill on training rows less skill on held-out rows, and the skill that ridge regression or nearest neighbours,
    fitted on the training rows, reach on the same held-out rows (out of fold where only predictions on them are known).
    Works without a validation curve, from one evaluation or from predictions that the program scored.

    ## What to do
    A smaller network, weight decay or dropout, fewer epochs with early stopping, or more rows.

    ## Thresholds
    - `gap`: a third of the attainable skill is lost from seen to unseen rows.
    - `better`: by which the cheap model must win, beyond its standard error; a network and ridge regression that both learn differ by less.
    - `crowded`: weights per training row from which the size is named first.
    """
    if outcome.skill is None or outcome.validation_skill is None or baseline.best is None:
        return NotMeasured("the skill on training rows, held-out rows or of a cheap model is missing")
    lost = outcome.gap or 0.0
    reached = baseline.held_out if baseline.held_out is not None else baseline.best
    ahead = reached - baseline.noise - outcome.validation_skill
    if lost < gap or ahead < better or outcome.non_finite or outcome.skill < baseline.best:
        return None
    rows = progress.rows if progress is not None else None
    crowd = structure.trainable / rows if structure is not None and rows else 0.0
    return Finding(
        message=f"skill {outcome.skill:.2f} on training rows, {outcome.validation_skill:.2f} on unseen ones, where a cheap model "
        f"reaches {reached:.2f}" + (f"; {crowd:.0f} weights per training row" if crowd > 1 else ""),
        strength=min(0.85, 0.5 + lost / 2),
        suggests=(Cause.OVERFITTING, Cause.TOO_LARGE_MODEL) if crowd < crowded else (Cause.TOO_LARGE_MODEL, Cause.OVERFITTING),
        evidence=(Evidence("skill lost on held-out rows", lost, gap),
                  Evidence("cheap model's skill on unseen rows above the network's", reached - outcome.validation_skill, better),
                  Evidence("weights per training row", crowd, crowded)),
        location=progress.fit_location if progress is not None else None,
        fix="Use a smaller network or weight decay, and stop at the lowest validation loss.",
    )  # fmt: skip


training_rows_memorised.fires_on(Outcome(skill=0.96, validation_skill=0.2), Baseline(0.6, 0.4, 400, 0.05), None, None)
training_rows_memorised.silent_on(Outcome(skill=1.0, validation_skill=0.7), Baseline(0.6, 0.4, 400, 0.05), None, None)
training_rows_memorised.silent_on(Outcome(skill=0.9, validation_skill=0.8), Baseline(0.95, 0.4, 400, 0.05), None, None)
