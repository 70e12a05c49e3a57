"""E118."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import Scores
from traindx.facts.findings import Evidence, Finding, Severity


@check("E118", Severity.WARNING, suggests=(Cause.MISALIGNED_PREDICTIONS,))
def shuffled_predictions(scores: Scores, *, most: int = 3) -> Finding | None:
    """`predict` ran over a labelled pipeline that gives its rows in a new order at each pass.

    ## Why training fails
    Predictions come in an order that no other pass repeats: labels collected in another loop, or taken from the file,
    belong to other rows, and the score falls to chance.

    ## How it is measured
    The pipeline given to `predict` holds a shuffle that draws a new order at each pass, and its batches carry labels.
    Predictions whose score was traced are judged by their agreement instead.

    ## What to do
    Leave `shuffle` out of the pipeline that is predicted, or collect labels and predictions in one loop.

    ## Thresholds
    - `most`: calls from which on the program goes through the pipeline on purpose.
    """
    if not scores.unordered or len(scores.unordered) > most:
        return None
    return Finding(
        message="predict went over a shuffled pipeline of labelled rows: the order is lost, and labels from another pass "
        "do not belong to these predictions",
        strength=0.6,
        evidence=(Evidence("calls of predict on a reshuffled, labelled pipeline", len(scores.unordered), 0),),
        location=scores.unordered[0],
        fix="Leave shuffle out of the pipeline that is predicted.",
    )


def _example() -> Scores:
    from traindx.facts.findings import Location

    return Scores(unordered=(Location("train.py", 12),))


shuffled_predictions.fires_on(_example())
shuffled_predictions.silent_on(Scores())
