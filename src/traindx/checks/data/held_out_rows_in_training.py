"""D117."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_splits import RowOverlap
from traindx.facts.findings import Evidence, Finding, Severity


@check("D117", Severity.WARNING, suggests=(Cause.SPLIT_OVERLAP,))
def held_out_rows_in_training(
    rows: RowOverlap, *, share: float = 0.01, least: int = 3, z: float = 3.1, apart: float = 0.02,
    class_share: float = 0.4, copied: float = 0.5, telling: float = 0.98,
) -> Finding | None:
    """Held-out rows stand in the training split too.

    ## Why training fails
    The model has seen the answers: held-out scores are too good and hide overfitting.

    ## How it is measured
    Equal inputs by 64-bit hash, over all rows. Data with few possible rows repeat honestly. A random split sends each
    copy of a row to either side by the same chance, whatever the data: from the groups of equal rows in both splits
    together follows how many held-out rows an honest split would share with training, and how much that varies. Rows
    copied across are parted more often than that. Handing over the whole training split again is a note: such
    programs do not claim to validate. Where the different rows of one class repeat, on both sides, and those of the
    others do not, the class was oversampled before the split. Rows drawn with replacement before the split repeat on both
    sides as honest repetition would; they are known by their columns: rows that agree in half of them agree in all,
    label included, which rows of few possible values do not.

    ## What to do
    Drop duplicates before splitting; oversample and augment the training split after splitting.

    ## Thresholds
    - `share`: of the held-out rows; what it can add to an accuracy.
    - `least`: rows; one or two coincide in any data.
    - `z`: standard deviations above a random split; 3.1 happens once in 1000 honest splits.
    - `apart`: where no rows repeat within either split, the chance that a random split parts all groups of equal rows.
    - `class_share`: of a class's different held-out rows more than of the others', for oversampling; three quarters of it are
      the most that the others may share themselves (real tables with duplicates reach 0.25).
    - `copied`: share of the held-out rows with an equal training row, from which on rows known by their columns count as
      copies (real tables with duplicates reach 0.25).
    - `telling`: of the pairs that agree in half of the columns, those that agree in all; coarse tables stay below 0.9.
    """
    part = rows.shared / max(1, rows.rows)
    honest = rows.natural > 0.75 * class_share  # where every class repeats, none was made to
    if rows.oversampled is not None and not honest and rows.oversampled[1] - rows.natural >= class_share:
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
    shared = rows.shared
    if rows.undone:
        shared, total = (int(v) for v in rows.undone.split("/"))
        part = shared / max(1, total)
    copies = rows.telling >= telling and rows.different >= 100 and (rows.same_label or 0.0) >= telling
    if part >= copied and copies and part <= 0.98 and rows.leaked < share:
        return Finding(
            message=f"{part:.0%} of the {rows.role} rows stand in training too, and {rows.repeats:.0%} of the training rows "
            "repeat: rows were drawn with replacement, or copied, before the split",
            strength=0.85,
            evidence=(
                Evidence(f"share of {rows.role} rows with an equal training row", part, copied),
                Evidence("of the rows that agree in half of the columns, share that agree in all", rows.telling, telling),
                Evidence("different rows", rows.different),
            ),
            fix="Split the different rows first; draw with replacement (or repeat) within the training split only.",
        )
    if shared < least or rows.leaked < share or (rows.z < z and rows.all_apart > apart):
        return None
    everything = part > 0.98 and rows.rows >= 0.98 * rows.training_rows
    tiny = rows.training_rows < 32
    return Finding(
        message=f"{part:.1%} of the {rows.role} rows stand in training too (rows "
        f"{', '.join(map(str, rows.first[:5]))} ...); a random split of these rows would give {rows.expected:.1%}"
        + ("; they are equal once the splits' transform is undone" if rows.undone else ""),
        strength=0.3 if everything or tiny else min(0.95, 0.7 + part),
        evidence=(
            Evidence(f"share of {rows.role} rows with an equal training row", part, share),
            Evidence("the same in a random split of the same rows", rows.expected),
            Evidence("standard deviations above a random split", rows.z, z),
            Evidence("share of training rows that repeat within training", rows.repeats),
            Evidence(f"{rows.role} rows", rows.rows),
        ),
        severity=Severity.NOTE if everything or tiny else None,
        fix="Drop duplicates before splitting, and take held-out rows away from training.",
    )


held_out_rows_in_training.fires_on(
    RowOverlap("validation", 500, 60, 2000, 0.001, 1.0, expected=0.04, leaked=0.12, z=9.0, all_apart=0.0)
)
held_out_rows_in_training.silent_on(
    RowOverlap("validation", 500, 480, 2000, 0.97, 0.01, expected=0.955, leaked=0.007, z=0.6)
)
held_out_rows_in_training.fires_on(
    RowOverlap("test", 1100, 1000, 3300, 0.9, 0.4, True, 1.0, expected=0.9, telling=1.0, different=1300)
)
held_out_rows_in_training.silent_on(
    RowOverlap("test", 1100, 1000, 3300, 0.9, 0.1, True, 0.8, expected=0.9, telling=0.4, different=300)
)
held_out_rows_in_training.silent_on(RowOverlap("validation", 500, 0, 2000, 0.0, 1.0))
held_out_rows_in_training.silent_on(
    RowOverlap("validation", 60, 4, 120, 0.0, 1.0, expected=0.03, leaked=0.06, z=2.2, all_apart=0.04)
)
