"""D116."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_splits import SplitDrift, SplitTransforms
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome


@check("D116", Severity.WARNING, suggests=(Cause.SPLIT_DRIFT,))
def drifted_split(
    drift: SplitDrift,
    transforms: SplitTransforms | None,
    outcome: Outcome | None,
    baseline: Baseline | None,
    *,
    auc: float = 0.95,
    labels: float = 0.5,
    beyond: float = 0.5,
    drop: float = 0.3,
    noted: float = 0.7,
) -> Finding | None:
    """Held-out rows come from another population than training rows.

    ## Why training fails
    The model is asked about inputs or classes that it has hardly seen; its score there says nothing about training.

    ## How it is measured
    Area under the curve of a cheap model that tells training from held-out rows, leave-one-out (0.5: one population),
    and the distance of the label shares. A named transform (see `transformed-split`) explains the difference better
    and silences this check. Held-out rows beyond the least and greatest value of the training rows, in a column or in the
    targets, say that the rows were sorted by it before the split: a random split leaves 2 in n + 1 there. Drift as splits
    in time have is a note; it is a warning only when the splits are all but separate and the network's skill drops from
    training to held-out rows. Where that of a cheap model drops too, from training rows that it was not fitted on, no
    overfitting can be the reason.

    ## What to do
    Split at random, or by the grouping that use will bring; if the drift is real (later data), collect newer training
    rows and judge on a validation split from the same time.

    ## Thresholds
    - `auc`: 0.95 means that a cheap model assigns 19 of 20 pairs of rows to the right split.
    - `labels`: total variation distance of the class shares: half of the rows would have to change class.
    - `beyond`: share of the held-out rows beyond training's range; half of them, where chance has less than a hundredth.
    - `drop`: of the network's skill from training to held-out rows; of numbers, within the held-out rows.
    - `noted`: area from which a note is given.
    """
    if transforms is not None and any(t.role == drift.role for t in transforms.found):
        return None
    by_labels = drift.labels is not None and drift.labels > drift.label_chance
    moved = drift.labels if by_labels and drift.labels is not None else 0.0
    inputs = drift.auc if drift.auc > drift.chance else 0.5
    where = "the targets" if drift.labels_beyond >= drift.beyond else f"column {drift.beyond_column}"
    outside = max(drift.beyond, drift.labels_beyond)
    if inputs < noted and moved < 0.25 and outside < beyond:
        return None
    lost = [drift.drop] if drift.drop is not None else []
    if outcome is not None and outcome.gap is not None:
        lost.append(outcome.gap)
    strong = (inputs >= auc or moved >= labels or outside >= beyond) and max(lost, default=0.0) >= drop
    seen = [
        Evidence(f"area under the curve for telling {drift.role} from training rows", drift.auc, auc),
        Evidence("rows examined", drift.rows),
    ]
    if drift.labels is not None:
        seen.append(Evidence("distance of the label shares", drift.labels, labels))
    if lost:
        seen.append(Evidence(f"network's skill on training minus {drift.role} rows", max(lost), drop))
    if outside >= beyond:
        seen.append(Evidence(f"share of {drift.role} rows beyond training's range of {where}", outside, beyond))
    return Finding(
        message=f"{drift.role} rows come from another population: a cheap model tells them from training rows with area "
        f"{drift.auc:.2f}"
        + (f", label shares differ by {moved:.2f}" if moved >= 0.25 else "")
        + (f", {outside:.0%} lie beyond training's range of {where}" if outside >= beyond else ""),
        strength=0.2 if not strong else 0.8 if _common(baseline, drop) else min(0.7, 0.35 + max(inputs - 0.6, moved, outside - 0.3) / 2),
        evidence=tuple(seen),
        suggests=(Cause.SPLIT_DRIFT, Cause.ORDERED_DATA) if drift.labels_beyond >= beyond else (),
        severity=None if strong else Severity.NOTE,
        fix="Shuffle before splitting, or judge on a split from the population that the model will meet.",
    )


def _common(baseline: Baseline | None, drop: float) -> bool:
    """Whether a cheap model, judged on rows that it was not fitted on in both splits, loses as much."""
    best = baseline.best if baseline is not None else None
    return best is not None and baseline is not None and baseline.held_out is not None and best - baseline.held_out >= drop


drifted_split.fires_on(SplitDrift(600, "test", 0.99, 0.56, 0.6, 0.1, 0.8), None, None, None)
drifted_split.fires_on(SplitDrift(600, "test", 0.8, 0.56, 0.6, 0.1, 0.4, "age", "age", 1.0), None, None, None)
drifted_split.silent_on(SplitDrift(600, "test", 0.52, 0.56, 0.03, 0.1, 0.05), None, None, None)
