"""D125."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data import Reach, hurt
from traindx.facts.data_labels import LabelOrder
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Outcome


@check("D125", Severity.WARNING, suggests=(Cause.ORDERED_DATA,))
def sorted_training_rows(
    order: LabelOrder, reach: Reach | None, outcome: Outcome | None, *, alike: float = 0.5
) -> Finding | None:
    """Batches hold rows of one class after another, because the rows are sorted and nothing shuffles them.

    ## Why training fails
    Each batch pulls the model to its own class and away from the last one; what is left at the end is the last class.
    Stochastic gradients stand for the whole data only when rows are drawn at random.

    ## How it is measured
    Share of the label variance that stands between consecutive batches, in the order in which rows are trained.
    Shuffled rows give 1 / batch size. Data that Keras shuffles itself (arrays with `shuffle=True`) is not meant.

    ## What to do
    Shuffle the rows (`dataset.shuffle(number_of_rows)` before `batch`; a small buffer does not mix sorted data).

    ## Thresholds
    - `alike`: half of the labels' variance between batches, so that most rows of a batch agree.
    """
    if order.shuffled or order.alike < max(alike, 3 * order.chance):
        return None
    bad = hurt(reach, outcome)
    if order.task == "numbers" and not bad:
        return None
    return Finding(
        message=f"training rows come sorted by label: {order.alike:.0%} of the label variance stands between batches of "
        f"{order.batch} (shuffled rows: {order.chance:.0%})",
        strength=0.9 if bad else 0.4,
        evidence=(Evidence("label variance between batches", order.alike, alike), Evidence("rows", order.rows)),
        severity=None if bad is not False else Severity.NOTE,
        fix="Shuffle before batching, with a buffer as large as the data: dataset.shuffle(n).batch(...).",
    )


sorted_training_rows.fires_on(LabelOrder(3200, 32, 0.98, 0.03, False), None, Outcome(skill=-3.0))
sorted_training_rows.silent_on(LabelOrder(3200, 32, 0.03, 0.03, False), None, Outcome(skill=-3.0))
sorted_training_rows.silent_on(LabelOrder(3200, 32, 0.98, 0.03, True), None, Outcome(skill=-3.0))
