"""E117."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import ScoredCall, Scores
from traindx.facts.findings import Evidence, Finding, Severity


@check("E117", Severity.ERROR, suggests=(Cause.MISALIGNED_PREDICTIONS,))
def misaligned_predictions(
    scores: Scores, *, gain: float = 0.15, chance: float = 0.1, good: float = 0.6
) -> Finding | None:
    """Predictions are compared with the labels of other rows.

    ## Why training fails
    The model is fine and the score is at chance: `predict` went over a shuffled pipeline, the labels come from another
    pass or from the file.

    ## How it is measured
    What the program gives to scikit-learn is traced back to a call of `predict`. The rows of that call are matched with
    their labels: those in the same batches, or, by a hash of the inputs, those seen with the row elsewhere. Agreement
    with these labels is set beside agreement with the labels as given; both must hold the same labels. Where the labels
    of the rows are unknown: agreement no better than between independent orders, although predicted and true classes
    are equally frequent and the model does well in validation.

    ## What to do
    Do not shuffle what is predicted, or collect labels and predictions in the same loop.

    ## Thresholds
    - `gain`: agreement that the right order restores.
    - `chance`: agreement above that of independent orders, as a share of what is left to 1.
    - `good`: validation accuracy of a model that evidently works.
    """
    for call in scores.calls:
        if call.aligned is not None and call.same_labels and call.aligned - call.given > gain:
            return Finding(
                message=f"predictions and labels stand in different orders: they agree on {call.given:.0%} of the rows "
                f"as given to {call.name}, on {call.aligned:.0%} with the labels of the rows predicted",
                strength=0.98,
                evidence=(
                    Evidence(f"agreement as given to {call.name} ({call.rows} rows)", call.given, call.chance),
                    Evidence("agreement with the labels of the very rows predicted", call.aligned, call.given + gain),
                ),
                location=call.location,
                fix="Do not shuffle what is predicted, or collect labels and predictions in the same loop.",
            )
    for call in scores.calls:
        if call.aligned is None and _independent(call, scores.validation_accuracy, chance, good):
            return Finding(
                message=f"predictions given to {call.name} agree with the labels as two independent orders would "
                f"({call.given:.0%}), although both hold the classes equally often and validation is good",
                strength=0.85 if call.reshuffles else 0.6,
                evidence=(
                    Evidence(f"agreement as given to {call.name} ({call.rows} rows)", call.given, call.chance),
                    Evidence("validation accuracy", scores.validation_accuracy, good),
                    Evidence("difference of the class frequencies", call.marginal, 0.2),
                ),
                location=call.location,
                severity=Severity.ERROR if call.reshuffles else Severity.WARNING,
                fix="Do not shuffle what is predicted, or collect labels and predictions in the same loop.",
            )
    return None


def _independent(call: ScoredCall, accuracy: float | None, chance: float, good: float) -> bool:
    if accuracy is None or accuracy < good or call.classes < 2 or call.rows < 100 or call.predicted_classes < 2:
        return False
    left = max(1e-9, 1 - call.chance)
    return call.marginal < 0.2 and accuracy - call.given > 0.2 and (call.given - call.chance) / left < chance


misaligned_predictions.fires_on(
    Scores((ScoredCall("classification_report", 2000, 0.11, 0.94, 0.1, True, True, 10, 10),), 0.93)
)
misaligned_predictions.fires_on(
    Scores((ScoredCall("f1_score", 2000, 0.11, None, 0.1, False, True, 10, 10, 0.05),), 0.93)
)
misaligned_predictions.silent_on(
    Scores((ScoredCall("f1_score", 2000, 0.93, 0.93, 0.1, False, False, 10, 10, 0.02),), 0.93)
)
