"""E137."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import OtherColumn, ScoredOtherwise
from traindx.facts.findings import Evidence, Finding, Severity


@check("E137", Severity.ERROR, suggests=(Cause.METRIC_MISMATCH, Cause.BROKEN_METRIC))
def other_class_scored(scored: ScoredOtherwise, *, tells: float = 0.7, apart: float = 0.3) -> Finding | None:
    """The probability of another class was scored than the one the labels ask for.

    ## Why training fails
    It does not: the score does. Of two softmax units the first is the probability of label 0; scored as that of label 1
    a good model comes out worse than chance.

    ## How it is measured
    What the program gave to scikit-learn is one column of the outputs, or one column cut at a threshold. The area under
    the ROC curve of each column against the same labels says which of them tells these labels.

    ## What to do
    Score the column of the positive class, `scores[:, 1]` for labels 0 and 1.

    ## Thresholds
    - `tells`: area of the best column: the model works.
    - `apart`: by how much the column scored is worse; below chance for two classes, whatever the model's strength.
    """
    for one in scored.columns:
        if one.best_area >= tells and one.best_area - one.area > apart:
            got = f" ({one.result:.3f})" if one.result is not None else ""
            return Finding(
                message=f"{one.name}{got} scores output {one.column}, whose area under the ROC curve is {one.area:.2f} for these "
                f"labels; output {one.best} has {one.best_area:.2f}",
                strength=0.94,
                evidence=(
                    Evidence(f"area of output {one.column} ({one.rows} rows)", one.area, one.best_area - apart),
                    Evidence(f"area of output {one.best}", one.best_area, tells),
                ),
                location=one.location,
                fix=f"Score column {one.best} of the predictions for these labels.",
            )
    return None


other_class_scored.fires_on(ScoredOtherwise(columns=(OtherColumn("roc_auc_score", 0, 1, 0.01, 0.99, 1500, 0.01),)))
other_class_scored.silent_on(ScoredOtherwise(columns=(OtherColumn("roc_auc_score", 1, 1, 0.99, 0.99, 1500, 0.99),)))
other_class_scored.silent_on(ScoredOtherwise(columns=(OtherColumn("roc_auc_score", 0, 1, 0.46, 0.54, 1500, 0.46),)))
