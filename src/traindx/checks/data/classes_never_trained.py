"""D110."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import ClassCounts
from traindx.facts.findings import Evidence, Finding, NotApplicable

from traindx.facts.findings import Severity  # isort: skip


@check("D110", Severity.ERROR, suggests=(Cause.MISSING_CLASSES, Cause.ORDERED_DATA))
def classes_never_trained(
    counts: ClassCounts, *, share: float = 0.02, chance: float = 1e-3
) -> Finding | NotApplicable | None:
    """Held-out rows belong to classes that the training rows do not have.

    ## Why training fails
    A class without a training row is never predicted: all its held-out rows are wrong however long the training is.

    ## How it is measured
    Rows per class in each split (all labels where the recorder kept them). For each class that is only held out, the
    chance that a random split puts all of its rows there, times the number of classes (Bonferroni): rare classes that
    a random split missed raise nothing. The finding blames the order of the rows where they are sorted by label and
    Keras takes the tail (`validation_split`).

    ## What to do
    Shuffle the rows before splitting, or split with `stratify`.

    ## Thresholds
    - `share`: of the held-out rows that belong to such classes; what it costs in accuracy.
    - `chance`: at most this probability that a random split did it.
    """
    trained = dict(counts.train)
    total = sum(trained.values())
    for role, found in counts.held_out():
        rows = sum(c for _, c in found)
        missing = [(name, c) for name, c in found if name not in trained]
        part = rows / (rows + total)
        classes = len({name for name, _ in (*counts.train, *found)})
        real = [(name, c) for name, c in missing if c * math.log(part) + math.log(classes) < math.log(chance)]
        lost = sum(c for _, c in real) / max(1, rows)
        if lost < share:
            continue
        names = ", ".join(name for name, _ in real[:6])
        ordered = counts.tail_split and role == "validation"
        return Finding(
            message=f"{lost:.0%} of the {role} rows belong to classes that were never trained: {names}",
            strength=min(0.98, 0.7 + lost),
            evidence=(
                Evidence(f"share of {role} rows in classes without training rows", lost, share),
                Evidence("classes without training rows", len(real), 0),
            ),
            suggests=(Cause.ORDERED_DATA, Cause.MISSING_CLASSES)
            if ordered
            else (Cause.MISSING_CLASSES, Cause.ORDERED_DATA),
            fix="Shuffle the rows before the split (validation_split takes the last rows), or stratify it by label.",
        )
    return None


classes_never_trained.fires_on(ClassCounts((("0", 50), ("1", 50)), (), (("2", 50),)))
classes_never_trained.silent_on(ClassCounts((("0", 50), ("1", 50)), (("0", 20), ("1", 30))))
classes_never_trained.silent_on(ClassCounts((("0", 50), ("1", 50)), (("0", 20), ("1", 30), ("rare", 1))))
