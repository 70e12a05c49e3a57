"""D111."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import RareClass
from traindx.facts.findings import Evidence, Finding, Severity


@check("D111", Severity.WARNING, suggests=(Cause.CLASS_IMBALANCE,))
def rare_class_ignored(
    rare: RareClass, *, least_rows: int = 10, recall: float = 0.7, found: float = 0.5, gain: float = 0.15, lost: float = 0.3
) -> Finding | None:
    """Rare classes are hardly ever predicted although they can be recognised.

    ## Why training fails
    With few rows of a class the loss is lowest when the model ignores it; accuracy stays high and hides it.

    ## How it is measured
    Recall of the classes with less than half of their even share, on held-out predictions, against a cheap model with
    equal weight for every class (leave-one-out). Imbalance that does not cost recall is no finding, nor is a rare
    class that the cheap model cannot recognise either, nor one that class or sample weights already make count half of
    an even share or more: it is missed for another reason.

    ## What to do
    Pass `class_weight`, weight or resample the rows of the training split only, lower the decision threshold, and
    judge by recall, precision or area under the precision-recall curve instead of accuracy.

    ## Thresholds
    - `least_rows`: judged rows of the rare classes; fewer give no recall worth the name.
    - `recall`: of the rare classes on average, or a quarter less of the worst of them; a class that is found seven times in
      ten is not ignored. Neither this nor one half alarms any of 500 healthy and repaired runs.
    - `found`: a class that is found more often than missed is ignored only where equal weights tell both sides better.
    - `lost`: recall of the other classes below that of the cheap model, from which on all classes are missed.
    - `gain`: recall that equal class weights add in the cheap model, beyond 2 standard errors.
    """
    if rare.judged < least_rows or not rare.names or rare.weighted:
        return None
    error = 2 * (max(0.05, rare.recall) * (1 - min(0.95, rare.recall)) / rare.judged) ** 0.5
    behind = rare.others - rare.recall
    won = rare.cheap - rare.recall
    recognisable = rare.cheap + rare.cheap_others > 1.15
    if min(rare.recall, rare.worst + 0.25) >= recall or behind < 0.3 or won < max(gain, error) or not recognisable:
        return None
    if rare.cheap_others - rare.others > lost:
        return None  # the network misses the other classes too: it is not trained
    if rare.chosen and rare.recall > 0.05:
        return None  # a threshold of the program's own that finds some of them is a choice
    weighed = rare.own or rare.recall >= found
    if weighed and rare.cheap + rare.cheap_others - rare.recall - rare.others < gain:
        return None  # another point on the same curve: recall weighed against false alarms
    names = ", ".join(rare.names[:4])
    return Finding(
        message=f"rare class(es) {names} ({rare.share:.1%} of training rows) have recall {rare.recall:.2f} against "
        f"{rare.others:.2f} for the others; a cheap model with equal class weights reaches {rare.cheap:.2f}",
        strength=min(0.95, 0.5 + 0.5 * won + (0.15 if rare.share < 0.1 else 0.0)),
        evidence=(
            Evidence("recall of the rare classes", rare.recall, recall),
            Evidence("recall of a cheap model with equal class weights", rare.cheap),
            Evidence("share of training rows", rare.share),
        ),
        fix="Pass class_weight to fit (or resample the training split), and judge by recall and precision.",
    )


rare_class_ignored.fires_on(RareClass(1000, 2, ("1",), 0.04, 40, 0.0, 1.0, 0.7, 0.7))
rare_class_ignored.silent_on(RareClass(1000, 2, ("1",), 0.04, 40, 0.0, 1.0, 0.7, 0.7, weighted=True))
rare_class_ignored.silent_on(RareClass(1000, 2, ("1",), 0.04, 40, 0.8, 0.9, 0.8, 0.8))
