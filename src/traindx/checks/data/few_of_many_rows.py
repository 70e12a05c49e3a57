"""D131."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import RowsOfMany
from traindx.facts.findings import Evidence, Finding, Severity


@check("D131", Severity.WARNING, suggests=(Cause.TOO_LITTLE_DATA, Cause.OVERFITTING))
def few_of_many_rows(rows: RowsOfMany, *, gain: float = 0.1, gap: float = 0.1, alike: float = 0.1, fitted: float = 0.7) -> Finding | None:
    """The network is trained on a few rows of a source that holds many more, and more would help.

    ## Why training fails
    A loader that gives the same batch again and again, a `take` that counts batches, a split with the shares exchanged:
    the few rows are learned by heart, and unseen rows show the difference.

    ## How it is measured
    Different training rows against held-out rows. Where these are four times as many, a cheap model is taught with half
    of them, with as few of them as there are training rows, and with the training rows, and judged on the other half:
    what more rows of this kind are worth, and whether the training rows are of this kind.

    ## What to do
    Look at what the loader gives in one epoch, at `take` and `train_size`; train on the larger part.

    ## Thresholds
    - `gain`: share of the targets' variance that more rows are worth to the cheap model.
    - `alike`: by which the training rows may teach less than as many held-out rows; beyond it they differ in kind.
    - `gap`: of the variance the network explains on training but not on held-out rows.
    - `fitted`: of the variance explained on the training rows: with less, they are not learned by heart.
    """
    if rows.network is None or rows.network_held_out is None or rows.network < fitted:
        return None
    won, lost = rows.many - rows.few, rows.network - rows.network_held_out
    if won < gain or rows.own < rows.few - alike or lost < gap:
        return None
    return Finding(
        message=f"only {rows.distinct} different training rows, where {rows.held_out_rows} are held out: a cheap model taught with "
        f"{rows.taught} of these explains {rows.many:.0%} of unseen ones, with {rows.distinct} of them {max(0.0, rows.few):.0%}",
        strength=min(0.95, 0.8 + won / 2), location=rows.location,
        evidence=(
            Evidence("different training rows", rows.distinct, rows.held_out_rows),
            Evidence("skill that more rows are worth to a cheap model", won, gain),
            Evidence("network's skill on training minus held-out rows", lost, gap),
        ),
        fix="Train on the larger part: look at what the loader gives in one epoch, at take and at train_size.",
    )  # fmt: skip


few_of_many_rows.fires_on(RowsOfMany(35, 1762, 400, 0.5, 0.52, 0.85, 1.0, 0.75))
few_of_many_rows.silent_on(RowsOfMany(35, 1762, 400, 0.1, 0.52, 0.85, 1.0, 0.3))
few_of_many_rows.silent_on(RowsOfMany(35, 1762, 400, 0.8, 0.82, 0.85, 1.0, 0.75))
few_of_many_rows.silent_on(RowsOfMany(35, 1762, 400, 0.5, 0.52, 0.85, 0.8, 0.78))
