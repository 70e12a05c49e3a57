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
    of the rows are unknown: agreement no better than between independent orders, although predicted and true values
    are alike and the model does well in validation, or both it and a cheap model out of fold do on the training rows.
    Where the scored classes or values are those that `predict` gave, in another order: agreement in the order of `predict`.
    Of one line that scores again and again the last time counts: before, the model was still learning.
    One score on as many rows that agrees clears the others: predictions of inputs disturbed on purpose are no fault.

    ## What to do
    Do not shuffle what is predicted, or collect labels and predictions in the same loop.

    ## Thresholds
    - `gain`: agreement that the right order restores.
    - `chance`: agreement above that of independent orders, as a share of what is left to 1.
    - `good`: validation accuracy, or skill on the training rows and out of fold, of a model that evidently works.
    """
    for call in scores.calls:
        if not call.last or call.reordered and _agrees(call, scores):
            continue
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
        if call.last and call.aligned is None and not _agrees(call, scores) and _independent(call, scores, gain, chance, good):
            return Finding(
                message=f"predictions given to {call.name} agree with the labels as two independent orders would "
                f"({call.given:.0%}), although both hold the same values equally often and the model works elsewhere",
                strength=0.85 if call.reshuffles else 0.6,
                evidence=(
                    Evidence(f"agreement as given to {call.name} ({call.rows} rows)", call.given, call.chance),
                    Evidence("validation accuracy", scores.validation_accuracy, good)
                    if scores.validation_accuracy is not None
                    else Evidence("skill on training rows, also of a cheap model out of fold", scores.skill, good),
                    Evidence("difference of the frequencies", call.marginal, 0.2),
                ),
                location=call.location,
                severity=Severity.ERROR if call.reshuffles else Severity.WARNING,
                fix="Do not shuffle what is predicted, or collect labels and predictions in the same loop.",
            )
    return None


def _agrees(call: ScoredCall, scores: Scores) -> bool:
    """Whether another score on as many rows is well above chance."""
    return any(c.rows == call.rows and (c.given - c.chance) / max(1e-9, 1 - c.chance) > 0.5 for c in scores.calls)


def _independent(call: ScoredCall, scores: Scores, gain: float, chance: float, good: float) -> bool:
    if call.rows < 100 or call.marginal >= 0.2 or call.renamed - call.given > gain:
        return False  # other names for the classes would make them agree
    if not call.classes:
        return scores.skill is not None and scores.skill >= good and call.given < 3 / call.rows**0.5
    if call.classes < 2 or call.predicted_classes < 2 or (call.given - call.chance) / max(1e-9, 1 - call.chance) >= chance:
        return False
    if scores.validation_accuracy is not None:
        return scores.validation_accuracy >= good and scores.validation_accuracy - call.given > 0.2
    return scores.skill is not None and scores.skill >= good


misaligned_predictions.fires_on(
    Scores((ScoredCall("classification_report", 2000, 0.11, 0.94, 0.1, True, True, 10, 10),), 0.93)
)
misaligned_predictions.fires_on(
    Scores((ScoredCall("f1_score", 2000, 0.11, None, 0.1, False, True, 10, 10, 0.05),), 0.93)
)
misaligned_predictions.silent_on(
    Scores((ScoredCall("f1_score", 2000, 0.93, 0.93, 0.1, False, False, 10, 10, 0.02),), 0.93)
)
misaligned_predictions.fires_on(
    Scores((ScoredCall("mean squared error", 400, 0.03, None, 0.0, False, False, 0, 0, 0.05),), None, (), 0.8)
)
misaligned_predictions.silent_on(
    Scores((ScoredCall("mean squared error", 400, 0.03, None, 0.0, False, False, 0, 0, 0.05),), None, (), 0.3)
)
