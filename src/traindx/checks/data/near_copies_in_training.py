"""D118."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_splits import NearCopies, SharedWindows, TimeOrder
from traindx.facts.findings import Evidence, Finding, Severity


@check("D118", Severity.WARNING, suggests=(Cause.SPLIT_OVERLAP, Cause.GROUP_LEAKAGE))
def near_copies_in_training(
    copies: NearCopies, time: TimeOrder | None, windows: SharedWindows | None,
    *, share: float = 0.1, z: float = 4.0, smooth: float = 0.25, line: float = 0.15,
    same: float = 0.8, dependent: float = 0.3, series: float = 0.2,
) -> Finding | None:
    """Held-out rows are slightly changed copies of training rows.

    ## Why training fails
    Augmented copies, neighbouring video frames or synthetic rows between two originals, made before the split, put the
    answers of held-out rows into training: scores measure memory.

    ## How it is measured
    Distance of up to 300 held-out rows to the nearest of up to 3000 training rows, over the distance to the sixteenth,
    at seven limits of closeness. First against training rows among themselves: in a random split both have the same
    share of near copies, whatever the data. Second, where copies were made before the split and stand on both sides,
    against a smooth density of the local dimension (maximum likelihood, Levina and Bickel 2004). Third, rows that lie
    exactly on a line between two training rows of their class, which continuous data never do (SMOTE). Neighbours in time
    are near each other too; where a time column shows that rows were mixed in time, `training-rows-from-later` says so, and
    windows cut from one series are left to `shuffled-windows`.

    ## What to do
    Split the originals first (by source, session or person), then augment or oversample the training part only.

    ## Thresholds
    - `share`: of the held-out rows that are copies beyond training's own, of as many training rows as were looked at.
    - `z`: standard deviations of that excess; seven limits are tried, 4 leaves a chance of 1 in 4000.
    - `smooth`: share beyond a smooth density (less that of repeated training rows). Real tables with coarse or clustered
      values reach 0.18; copies of every row, made before the split, 0.3 in two or three dimensions and 0.8 to 1 in more.
    - `line`: of one class's held-out rows that lie on such a line, where all training rows are looked at (both ends
      must be among those that are), and 5 times the share in the other classes.
    - `same`: share of copies with the label of their original; of numbers, the correlation with it.
    - `dependent`: correlation of targets that follow each other in time, from which on time explains near rows.
    - `series`: of the training rows that another one continues by a step, from which on rows are windows; of the rows that
      were looked at, other rows have hundredths.
    """
    if (
        copies.between_rows >= 5
        and copies.between >= 5
        and copies.between / copies.between_rows >= line * max(0.1, min(1.0, copies.sampled) ** 2)
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
    beside = copies.beyond_own >= share * min(1.0, copies.sampled) and copies.z >= z and copies.near >= 8
    if not beside and copies.beyond_smooth < smooth:
        return None
    if not beside and time is not None and time.after > 0.2 and time.dependent >= dependent:
        return None
    if windows is not None and windows.shared > 0 and windows.own > series * min(1.0, windows.sampled):
        return None  # windows of one series resemble each other; `shuffled-windows` judges their split
    if copies.same_label is not None and copies.same_label < same:
        return None
    part = copies.near / max(1, copies.rows)
    chance = part - max(copies.beyond_own, copies.beyond_smooth)
    return Finding(
        message=f"{part:.0%} of the {copies.role} rows are near copies of training rows; "
        + (f"training rows among themselves have {chance:.0%}" if beside else f"chance gives {chance:.0%}"),
        strength=min(0.93, 0.6 + part / 2),
        evidence=(
            Evidence(f"share of {copies.role} rows with a near copy in training", part, share),
            Evidence("share beyond that of training rows among themselves", copies.beyond_own, share),
            Evidence("standard deviations of that excess", copies.z, z),
            Evidence("share beyond what a smooth density has", copies.beyond_smooth, smooth),
            Evidence("held-out rows examined", copies.rows),
            Evidence("share of different training rows looked at", copies.sampled),
        ),
        fix="Split the originals first, then augment the training part only.",
    )


near_copies_in_training.fires_on(NearCopies("validation", 300, 70, 1.0, 0.22, 8.0, 0.1, 0.2, 1.0), None, None)
near_copies_in_training.fires_on(NearCopies("validation", 300, 270, 1.0, 0.01, 0.3, 0.1, 0.89, 1.0), None, None)
near_copies_in_training.silent_on(NearCopies("validation", 300, 3, 1.0, 0.01, 0.9, 0.02, 0.03, 1.0), None, None)
near_copies_in_training.silent_on(NearCopies("validation", 80, 20, 1.0, 0.12, 2.8, 0.35, 0.2, 1.0), None, None)
near_copies_in_training.silent_on(
    NearCopies("validation", 24, 12, 1.0, 0.47, 6.2, 0.35, 0.0), None, SharedWindows("validation", 24, 0.125, 0.25, 1.0, 24, 0.9)
)
