"""E146."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import RedrawnRows
from traindx.facts.findings import Evidence, Finding, Severity


@check("E146", Severity.WARNING, suggests=(Cause.TRAIN_INFERENCE_GAP,))
def held_out_rows_redrawn(
    rows: RedrawnRows, *, changed: float = 0.9, disagree: float = 0.1, least_rows: int = 16
) -> Finding | None:
    """Held-out rows are augmented: each pass brings other inputs for the same targets, and other answers.

    ## Why training fails
    Augmentation makes training harder on purpose. On held-out rows it makes the score that of disturbed rows, lower than
    what the model can do, and different at each pass.

    ## How it is measured
    The first held-out batch of each pass: the same targets, but other inputs than in the first pass. Both versions are
    predicted with the last weights.

    ## What to do
    Map the augmentation over the training rows only, or put it into the model as layers, which rest in inference.

    ## Thresholds
    - `changed`: share of rows with other inputs; a shuffled pass would bring other targets too.
    - `disagree`: share of rows that get another class the second time. Where answers differ at least one is wrong, so
      that half of it at least is lost to the disturbance.
    - `least_rows`: fewer rows of one batch tell no share.
    """
    if rows.rows < least_rows or rows.changed < changed or rows.disagree < disagree or 2 * rows.redrawn < rows.passes:
        return None
    return Finding(
        message=f"the {rows.role} rows differ from pass to pass: {rows.disagree:.0%} of {rows.rows} rows get another class when "
        f"they come again (accuracy {rows.accuracy:.2f})",
        strength=min(0.95, 0.8 + rows.disagree / 2),
        evidence=(
            Evidence("share of rows with other inputs in a later pass", rows.changed, changed),
            Evidence("share of rows that get another class then", rows.disagree, disagree),
        ),
        location=rows.location,
        fix="Augment the training rows only.",
    )


held_out_rows_redrawn.fires_on(RedrawnRows("validation", 32, 1.0, 0.4, 0.62, 14, 14))
held_out_rows_redrawn.silent_on(RedrawnRows("validation", 32, 1.0, 0.03, 0.95, 14, 14))
held_out_rows_redrawn.silent_on(RedrawnRows("validation", 32, 0.1, 0.2, 0.62, 14, 14))
