"""D118."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_splits import NearCopies
from traindx.facts.findings import Evidence, Finding, Severity


@check("D118", Severity.WARNING, suggests=(Cause.SPLIT_OVERLAP, Cause.GROUP_LEAKAGE))
def near_copies_in_training(
    copies: NearCopies, *, share: float = 0.1, natural: float = 0.3, line: float = 0.15, same: float = 0.8
) -> Finding | None:
    """Held-out rows are slightly changed copies of training rows.

    ## Why training fails
    Augmented copies, neighbouring video frames or synthetic rows between two originals, made before the split, put the
    answers of held-out rows into training: scores measure memory.

    ## How it is measured
    Distance of up to 300 held-out rows to the nearest of up to 3000 training rows, over the distance to the sixteenth.
    In a smooth density of local dimension D (maximum likelihood, Levina and Bickel 2004) the ratio has a known
    distribution; copies are far below it. Separately, rows that lie exactly on a line between two training rows of
    their class, which continuous data never do (SMOTE).

    ## What to do
    Split the originals first (by source, session or person), then augment or oversample the training part only.

    ## Thresholds
    - `share`: of the held-out rows that are copies, besides 5 times what chance gives.
    - `natural`: the same where training rows have such copies among themselves at a like rate: some real tables hold
      one or two near repetitions in ten rows.
    - `line`: of one class's held-out rows that lie on such a line, and 5 times the share in the other classes.
    - `same`: share of copies with the label of their original.
    """
    if (
        copies.between_rows >= 5
        and copies.between >= 5
        and copies.between / copies.between_rows >= line
        and (copies.between / copies.between_rows > 5 * copies.between_chance)
    ):
        rate = copies.between / copies.between_rows
        return Finding(
            message=f"{rate:.0%} of the {copies.role} rows of class {copies.between_class} lie exactly on a line between "
            f"two training rows (other classes: {copies.between_chance:.0%}): synthetic rows were made before the split",
            strength=0.93,
            evidence=(
                Evidence("rows on a line between two training rows of their class", rate, line),
                Evidence("held-out rows of the class examined", copies.between_rows),
            ),
            suggests=(Cause.SPLIT_OVERLAP,),
            fix="Split first, then run SMOTE (or any oversampling) on the training split only.",
        )
    part, chance = copies.near / max(1, copies.rows), copies.expected / max(1, copies.rows)
    error = math.sqrt(chance * (1 - min(chance, 0.9)) / max(1, copies.rows))
    if part < share or part < 5 * chance + 4 * error:
        return None
    if part < 3 * copies.within and part < natural:
        return None
    if copies.same_label is not None and copies.same_label < same:
        return None
    return Finding(
        message=f"{part:.0%} of the {copies.role} rows are near copies of training rows (closer than "
        f"{copies.closeness:.2g} of the local spacing; chance gives {chance:.1%})",
        strength=min(0.93, 0.6 + part / 2),
        evidence=(
            Evidence(f"share of {copies.role} rows with a near copy in training", part, share),
            Evidence("share expected by chance", chance),
            Evidence("held-out rows examined", copies.rows),
        ),
        fix="Split the originals first, then augment the training part only.",
    )


near_copies_in_training.fires_on(NearCopies("validation", 300, 270, 1.0, 0.9, 3.0, 0.35, 1.0))
near_copies_in_training.silent_on(NearCopies("validation", 300, 3, 3.0, 0.01, 1.0, 0.35, 1.0))
