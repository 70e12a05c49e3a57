"""D117."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_splits import RowOverlap
from traindx.facts.findings import Evidence, Finding, Severity


@check("D117", Severity.WARNING, suggests=(Cause.SPLIT_OVERLAP,))
def held_out_rows_in_training(
    rows: RowOverlap, *, share: float = 0.01, least: int = 3, times: float = 1.5, class_share: float = 0.4
) -> Finding | None:
    """Held-out rows stand in the training split too.

    ## Why training fails
    The model has seen the answers: held-out scores are too good and hide overfitting.

    ## How it is measured
    Equal inputs by 64-bit hash, over all rows. Data with few possible rows repeat honestly: a random held-out row then
    has an equal one in training as often as a training row has another, so that this rate is what the share is held
    against. Handing over the whole training split again is a note: such programs do not claim to validate. Repetition
    in one class only, on both sides, is oversampling before the split whatever the rate.

    ## What to do
    Drop duplicates before splitting; oversample and augment the training split after splitting.

    ## Thresholds
    - `share`: of the held-out rows; what it can add to an accuracy.
    - `least`: rows; one or two coincide in any data.
    - `times`: how many times the training split's own rate of repetition, plus 4 Poisson deviations.
    - `class_share`: of a class's held-out rows more than of the others' (of which fewer than 3 in 10 repeat), for oversampling.
    """
    part = rows.shared / max(1, rows.rows)
    if rows.oversampled is not None and rows.natural < 0.3 and rows.oversampled[1] - rows.natural >= class_share:
        name, rate = rows.oversampled
        return Finding(
            message=f"{rate:.0%} of the {rows.role} rows of class {name} stand in training too, of the other classes "
            f"{rows.natural:.0%}: the class was oversampled before the split",
            strength=0.93,
            evidence=(
                Evidence(f"share of class {name} in {rows.role} with an equal training row", rate, class_share),
                Evidence("the same for the other classes", rows.natural),
            ),
            fix="Split first, then oversample the training split only.",
        )
    expected = rows.repeats
    allowed = (times * expected * rows.rows + 4 * math.sqrt(expected * rows.rows + 0.1)) / max(1, rows.rows)
    if rows.undone:
        shared, total = (int(v) for v in rows.undone.split("/"))
        if shared >= max(least, share * total) and shared / total > allowed:
            part = shared / total
    if rows.shared < least and not rows.undone:
        return None
    if part < share or part <= allowed:
        return None
    everything = part > 0.98 and rows.rows >= 0.98 * rows.training_rows
    tiny = rows.training_rows < 32
    return Finding(
        message=f"{part:.1%} of the {rows.role} rows stand in training too (rows "
        f"{', '.join(map(str, rows.first[:5]))} ...); honest repetition would give {expected:.1%}"
        + ("; they are equal once the splits' transform is undone" if rows.undone else ""),
        strength=0.3 if everything or tiny else min(0.95, 0.7 + part),
        evidence=(
            Evidence(f"share of {rows.role} rows with an equal training row", part, share),
            Evidence("share of training rows that repeat within training", expected),
            Evidence(f"{rows.role} rows", rows.rows),
        ),
        severity=Severity.NOTE if everything or tiny else None,
        fix="Drop duplicates before splitting, and take held-out rows away from training.",
    )


held_out_rows_in_training.fires_on(RowOverlap("validation", 500, 60, 2000, 0.001, 1.0))
held_out_rows_in_training.silent_on(RowOverlap("validation", 500, 480, 2000, 0.97, 0.01))
held_out_rows_in_training.silent_on(RowOverlap("validation", 500, 0, 2000, 0.0, 1.0))
