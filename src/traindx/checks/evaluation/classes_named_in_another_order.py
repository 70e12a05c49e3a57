"""E149."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import ScoredCall, Scores
from traindx.facts.findings import Evidence, Finding, Severity


@check("E149", Severity.ERROR, suggests=(Cause.LABEL_ENCODING_MISMATCH, Cause.BROKEN_METRIC))
def classes_named_in_another_order(scores: Scores, *, gain: float = 0.3, good: float = 0.6, least_rows: int = 50) -> Finding | None:
    """The predicted classes are right, but they are given the names of other classes before they are scored.

    ## Why training fails
    It does not: the model tells the classes apart, and the list that turns its numbers into names is in another order
    than the one that turned names into numbers (`unique()` gives the order of appearance, an encoder sorts, folders
    come as the file system lists them).

    ## How it is measured
    Of what the program gives to a score: agreement of predictions and labels as they are, and once each predicted class
    is called by that true class with which it shares most rows, each name once. Only of a model that is right elsewhere,
    by labels as it learned them: clusters, and classes that no label told, bear no names at all.

    ## What to do
    Name classes by the encoder that numbered them: `encoder.inverse_transform(numbers)` or `encoder.classes_[numbers]`.

    ## Thresholds
    - `gain`: agreement won by other names. A model without any relation to its labels wins a few standard errors a class.
    - `good`: agreement under these names, and validation accuracy or skill on training rows, of a model that evidently
      tells the classes apart.
    - `least_rows`: fewer rows agree by chance under some naming.
    """
    for call in scores.calls:
        if not call.last or call.rows < max(least_rows, 10 * call.classes) or call.classes < 3:
            continue
        if call.renamed >= good and call.renamed - call.given > gain and call.predicted_classes > 2 and _works(scores, good):
            return Finding(
                message=f"the predictions given to {call.name} agree with the labels on {call.given:.0%} of the rows, and on "
                f"{call.renamed:.0%} once the classes are named in another order",
                strength=0.96,
                evidence=(
                    Evidence(f"agreement as given to {call.name} ({call.rows} rows, {call.classes} classes)", call.given),
                    Evidence("agreement with the classes named in another order", call.renamed, call.given + gain),
                ),
                location=call.location,
                fix="Name the classes by the encoder that numbered them (encoder.classes_, encoder.inverse_transform).",
            )
    return None


def _works(scores: Scores, good: float) -> bool:
    reached = scores.validation_accuracy if scores.validation_accuracy is not None else scores.skill
    return reached is not None and reached >= good


_CALL = ScoredCall("accuracy_score", 450, 0.1, None, 0.1, classes=10, predicted_classes=10, renamed=0.97)
classes_named_in_another_order.fires_on(Scores((_CALL,), 0.97))
classes_named_in_another_order.silent_on(Scores((_CALL,)))
classes_named_in_another_order.silent_on(
    Scores((ScoredCall("accuracy_score", 450, 0.1, None, 0.1, classes=10, predicted_classes=10, renamed=0.16),), 0.97)
)
classes_named_in_another_order.silent_on(
    Scores((ScoredCall("accuracy_score", 450, 0.91, None, 0.1, classes=10, predicted_classes=10, renamed=0.91),), 0.97)
)
