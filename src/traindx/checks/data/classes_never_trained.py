"""D110."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import ClassCounts
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity
from traindx.facts.outcome import Outcome


@check("D110", Severity.ERROR, suggests=(Cause.MISSING_CLASSES, Cause.ORDERED_DATA))
def classes_never_trained(
    counts: ClassCounts,
    outcome: Outcome | None,
    *,
    share: float = 0.02,
    chance: float = 1e-3,
    few: float = 0.25,
    drop: float = 0.3,
) -> Finding | NotApplicable | None:
    """Held-out rows belong to classes that the training rows do not have, or all but lack.

    ## Why training fails
    A class without a training row is never predicted: all its held-out rows are wrong however long the training is. One
    with a handful of rows, where the held-out split has most of them, is hardly learned.

    ## How it is measured
    Rows per class in each split (all labels where the recorder kept them). For each class, the chance that a random split
    leaves as few of its rows to training (Chernoff's bound on the binomial, exact where training has none), times the
    number of classes (Bonferroni): rare classes that a random split missed raise nothing. A class that training has
    counts only where Keras took the tail of the same rows, where it is rare in what is left, and where the network's skill
    falls from training to held-out rows: splits that came apart are imbalanced, not cut. The finding blames
    the order of the rows where Keras takes the tail (`validation_split`).

    ## What to do
    Shuffle the rows before splitting, or split with `stratify`.

    ## Thresholds
    - `share`: of the held-out rows that belong to such classes; what it costs in accuracy.
    - `chance`: at most this probability that a random split did it.
    - `few`: a class hardly trained has less than this share of what equal classes would have, and of its share of the
      held-out rows: training rows that were balanced on purpose leave no class rare.
    - `drop`: of the network's skill, as for `drifted-split`.
    """
    trained = dict(counts.train)
    for role, found in counts.held_out():
        rows = sum(c for _, c in found)
        withheld = [(n, c) for n, c in found if _withheld(n, c, rows, trained, math.log(chance))]
        real = [(n, c) for n, c in withheld if n not in trained]
        ordered = counts.tail_split and role == "validation"
        if not real and ordered and _fell(outcome) >= drop:
            real = [(n, c) for n, c in withheld if _rare(n, c / rows, trained, few)]
        lost = sum(c for _, c in real) / max(1, rows)
        if lost < share:
            continue
        had = sum(trained.get(name, 0) for name, _ in real)
        names = ", ".join(name for name, _ in real[:6])
        return Finding(
            message=f"{lost:.0%} of the {role} rows belong to classes "
            + (f"of which training has {had} of {sum(trained.values())} rows: {names}" if had else f"that were never trained: {names}"),
            strength=min(0.98, 0.7 + lost),
            evidence=(
                Evidence(f"share of {role} rows in classes {'all but ' if had else ''}without training rows", lost, share),
                Evidence(f"classes {'all but ' if had else ''}without training rows", len(real), 0),
            ),
            suggests=(Cause.ORDERED_DATA, Cause.MISSING_CLASSES)
            if ordered
            else (Cause.MISSING_CLASSES, Cause.ORDERED_DATA),
            fix="Shuffle the rows before the split (validation_split takes the last rows), or stratify it by label.",
        )
    return None


def _withheld(name: str, held: int, rows: int, trained: dict[str, int], chance: float) -> bool:
    """Whether a random split would hardly ever leave so few rows of the class to training."""
    total, had = sum(trained.values()), trained.get(name, 0)
    meant, seen = total / (rows + total), had / (had + held)
    if seen >= meant:
        return False
    apart = (1 - seen) * math.log((1 - seen) / (1 - meant)) + (seen * math.log(seen / meant) if had else 0.0)
    return -(had + held) * apart + math.log(len(trained.keys() | {name})) < chance


def _rare(name: str, held: float, trained: dict[str, int], few: float) -> bool:
    """Whether training holds the class, but far fewer of it than of others and than the held-out share `held`."""
    share = trained.get(name, 0) / max(1, sum(trained.values()))
    return 0 < share < few * min(held, 1 / len(trained))


def _fell(outcome: Outcome | None) -> float:
    """The network's skill on training rows less that on held-out rows; 0 where it is unknown."""
    return (outcome.gap if outcome is not None else None) or 0.0


_SORTED = ClassCounts((("0", 59), ("1", 71), ("2", 3)), (("2", 45),), tail_split=True)
classes_never_trained.fires_on(ClassCounts((("0", 50), ("1", 50)), (), (("2", 50),)), None)
classes_never_trained.fires_on(_SORTED, Outcome(skill=1.0, validation_skill=0.0))
classes_never_trained.silent_on(_SORTED, Outcome(skill=1.0, validation_skill=0.9))
classes_never_trained.silent_on(ClassCounts((("0", 50), ("1", 50)), (("0", 20), ("1", 30))), None)
classes_never_trained.silent_on(ClassCounts((("0", 50), ("1", 50)), (("0", 20), ("1", 30), ("rare", 1))), None)
classes_never_trained.silent_on(
    ClassCounts((("0", 100), ("1", 100)), (), (("0", 9900), ("1", 100))), Outcome(skill=1.0, validation_skill=0.0)
)
