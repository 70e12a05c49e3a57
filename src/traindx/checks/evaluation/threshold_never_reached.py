"""E123."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import ThresholdSweep
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity


@check("E123", Severity.WARNING, suggests=(Cause.CLASS_IMBALANCE, Cause.METRIC_MISMATCH))
def threshold_never_reached(
    sweep: ThresholdSweep, *, least: int = 20, missed: float = 0.05, area: float = 0.75, worth: float = 3.0,
    rare: float = 0.3, found: float = 0.5
) -> Finding | NotApplicable | None:
    """Almost no row passes the decision threshold, although the scores tell the classes apart.

    ## Why training fails
    It does not: the scores rank the rows well, but a rare class seldom reaches a probability of 0.5, and then precision
    and recall are zero. The threshold, or the weight of the classes, is at fault.

    ## How it is measured
    Every threshold on the scores of held-out rows (training rows where there are none), or of the pixels of masks:
    recall at the program's own cut, the area under the ROC curve, and the greatest F1 that another cut of the same
    scores gives.

    ## What to do
    Choose the threshold on validation rows (greatest F1, or the recall that you need), or pass `class_weight` so that
    0.5 means something; report the area under the precision-recall curve.

    ## Thresholds
    - `least`: positives; with fewer the area under the curve has a standard error above 0.06 (Hanley and McNeil 1982).
    - `missed`: recall at the program's cut of at most 5 %: the model as used says "no" to everything.
    - `area`: 0.75, far above chance; three of four pairs of rows are put in order.
    - `worth`: F1 that another cut reaches, over that of calling every row positive (2 p / (1 + p) at a share p); three
      times, or 0.4. Below it the scores are of little use whatever the cut.
    - `rare`: share of positives below which imbalance is the reason; else the cut does not fit the output.
    - `found`: share of the positives that the usual cut of this output finds, from which on it is the program's own that fails.
    """
    if sweep.positives < least or sweep.rows - sweep.positives < least:
        return NotApplicable("too few rows of one of the classes")
    recall = sweep.hits / sweep.positives
    share = sweep.positives / sweep.rows
    wanted = min(0.4, worth * 2 * share / (1 + share))
    if recall > missed or sweep.auc < area or sweep.best_f1 < wanted:
        return None
    own = sweep.usual is not None and sweep.usual >= found  # the program's own threshold is at fault, not the scores
    first = Cause.CLASS_IMBALANCE if share < rare and not own else Cause.METRIC_MISMATCH
    return Finding(
        message=f"{sweep.called} of {sweep.rows} {sweep.role} {sweep.what} pass the threshold {sweep.cut:g}, though "
        f"{sweep.positives} are positive and the scores rank them well (area "
        f"{sweep.auc:.2f}): a threshold of {sweep.best:.3g} gives F1 {sweep.best_f1:.2f}",
        strength=0.8, location=sweep.location, suggests=(first,),
        evidence=(Evidence("recall at the program's threshold", recall, missed),
                  Evidence("area under the ROC curve", sweep.auc, area),
                  Evidence("greatest F1 at another threshold", sweep.best_f1, wanted), Evidence("share of positives", share, rare)),
        fix=f"Choose the threshold on validation rows (here about {sweep.best:.2g}), or pass "
        + ("class_weight to fit." if sweep.what == "rows" else "sample_weight to fit, or train with a dice loss."),
    )  # fmt: skip


threshold_never_reached.fires_on(ThresholdSweep("validation", 1000, 60, 0, 0, 0.5, 0.0, 0.2, 0.6, 0.93))
threshold_never_reached.silent_on(ThresholdSweep("validation", 1000, 60, 50, 40, 0.5, 0.7, 0.4, 0.75, 0.95))
threshold_never_reached.silent_on(ThresholdSweep("validation", 1000, 60, 0, 0, 0.5, 0.0, 0.06, 0.12, 0.55))
