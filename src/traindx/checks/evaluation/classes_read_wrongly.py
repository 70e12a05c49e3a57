"""E142."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import ReadClasses, ScoredWrongly
from traindx.facts.findings import Evidence, Finding, Severity


@check("E142", Severity.ERROR, suggests=(Cause.METRIC_MISMATCH, Cause.BROKEN_METRIC))
def classes_read_wrongly(
    scored: ScoredWrongly, *, told: float = 0.7, lost: float = 0.2, strange: float = 0.1, least_rows: int = 50
) -> Finding | None:
    """The outputs tell the classes, but the program reads other classes from them.

    ## Why training fails
    It does not: the score does. `argmax` over a single unit is 0 for every row, `round` of logits gives 3 and -2 where
    labels are 0 and 1, and no probability passes a threshold of 50.

    ## How it is measured
    The classes that were given to scikit-learn, or from which a printed score comes, are traced to a prediction. They hold
    one answer for all rows, or classes that no label has. The mean share of rows found per class is set beside that of
    the same outputs read by argmax, or cut at 0.5 (0 for logits).

    ## What to do
    One sigmoid unit: `p[:, 0] > 0.5`; one unit of logits: `p[:, 0] > 0`; several units: `p.argmax(axis=-1)`.

    ## Thresholds
    - `told`: mean share of rows found per class by the outputs; a half is chance for two classes.
    - `lost`: by which the program's reading is worse. A threshold chosen for recall still gives both answers, and is not
      asked about.
    - `strange`: share of rows said to be of a class that no label has.
    - `least_rows`: with fewer the standard error of a share is above 0.07.
    """
    for one in scored.classes:
        odd = one.answers == 1 or one.strange > strange
        if odd and one.rows >= least_rows and one.told >= told and one.told - one.said >= lost:
            return _found(one, told)
    return None


def _found(one: ReadClasses, told: float) -> Finding:
    got = f" ({one.result:.3f})" if one.result is not None else ""
    what = "one class for all rows" if one.answers == 1 else f"classes that no label has for {one.strange:.0%} of the rows"
    how = "argmax" if one.cut is None else f"a cut at {one.cut:g}"
    return Finding(
        message=f"{one.name}{got} scores {what}, but the outputs tell the classes: {how} finds {one.told:.0%} of the rows of a class",
        strength=0.95,
        evidence=(
            Evidence(f"share of rows found per class, as scored ({one.rows} rows)", one.said),
            Evidence(f"the same by {how}", one.told, told),
        ),
        location=one.location,
        fix="Take argmax(axis=-1) of the units." if one.cut is None else f"Cut the unit: predictions[:, 0] > {one.cut:g}.",
    )


classes_read_wrongly.fires_on(ScoredWrongly((ReadClasses("recall", 169, 1, 0.0, 0.5, 0.97, 0.5, 0.0),)))
classes_read_wrongly.fires_on(ScoredWrongly((ReadClasses("accuracy", 600, 14, 0.9, 0.03, 0.95, 0.0, 0.03),)))
classes_read_wrongly.silent_on(ScoredWrongly((ReadClasses("recall", 169, 2, 0.0, 0.6, 0.97, 0.5, 0.2),)))
classes_read_wrongly.silent_on(ScoredWrongly((ReadClasses("recall", 169, 1, 0.0, 0.5, 0.55, 0.5, 0.0),)))
