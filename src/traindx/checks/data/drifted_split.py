"""D116."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_splits import SplitDrift, SplitTransforms
from traindx.facts.findings import Evidence, Finding, Severity


@check("D116", Severity.WARNING, suggests=(Cause.SPLIT_DRIFT,))
def drifted_split(
    drift: SplitDrift,
    transforms: SplitTransforms | None,
    *,
    auc: float = 0.95,
    labels: float = 0.5,
    drop: float = 0.3,
    noted: float = 0.7,
) -> Finding | None:
    """Held-out rows come from another population than training rows.

    ## Why training fails
    The model is asked about inputs or classes that it has hardly seen; its score there says nothing about training.

    ## How it is measured
    Area under the curve of a cheap model that tells training from held-out rows, leave-one-out (0.5: one population),
    and the distance of the label shares. A named transform (see `transformed-split`) explains the difference better
    and silences this check. Drift as splits in time have is a note; it is a warning only when the splits are all but
    separate and the network's skill drops from training to held-out rows.

    ## What to do
    Split at random, or by the grouping that use will bring; if the drift is real (later data), collect newer training
    rows and judge on a validation split from the same time.

    ## Thresholds
    - `auc`: 0.95 means that a cheap model assigns 19 of 20 pairs of rows to the right split.
    - `labels`: total variation distance of the class shares: half of the rows would have to change class.
    - `drop`: of the network's skill from training to held-out rows.
    - `noted`: area from which a note is given.
    """
    if transforms is not None and any(t.role == drift.role for t in transforms.found):
        return None
    by_labels = drift.labels is not None and drift.labels > drift.label_chance
    moved = drift.labels if by_labels and drift.labels is not None else 0.0
    inputs = drift.auc if drift.auc > drift.chance else 0.5
    if inputs < noted and moved < 0.25:
        return None
    strong = (inputs >= auc or moved >= labels) and (drift.drop is not None and drift.drop >= drop)
    seen = [
        Evidence(f"area under the curve for telling {drift.role} from training rows", drift.auc, auc),
        Evidence("rows examined", drift.rows),
    ]
    if drift.labels is not None:
        seen.append(Evidence("distance of the label shares", drift.labels, labels))
    if drift.drop is not None:
        seen.append(Evidence(f"network's skill on training minus {drift.role} rows", drift.drop, drop))
    return Finding(
        message=f"{drift.role} rows come from another population: a cheap model tells them from training rows with area "
        f"{drift.auc:.2f}" + (f", label shares differ by {moved:.2f}" if moved >= 0.25 else ""),
        strength=min(0.7, 0.35 + max(inputs - 0.6, moved) / 2) if strong else 0.2,
        evidence=tuple(seen),
        severity=None if strong else Severity.NOTE,
        fix="Shuffle before splitting, or judge on a split from the population that the model will meet.",
    )


drifted_split.fires_on(SplitDrift(600, "test", 0.99, 0.56, 0.6, 0.1, 0.8), None)
drifted_split.silent_on(SplitDrift(600, "test", 0.52, 0.56, 0.03, 0.1, 0.05), None)
