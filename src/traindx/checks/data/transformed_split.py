"""D115."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_splits import SplitTransforms
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Outcome


@check("D115", Severity.ERROR, suggests=(Cause.PREPROCESSING_MISMATCH, Cause.SPLIT_DRIFT, Cause.ORDERED_DATA))
def transformed_split(
    splits: SplitTransforms, outcome: Outcome | None = None, *, own_rows: int = 400, drop: float = 0.05,
    worse: float = 0.2
) -> Finding | None:
    """A held-out split went through another preprocessing than the training split.

    ## Why training fails
    The model meets inputs of another scale, order or fill than it was trained on, and answers at random, while
    training looks perfect.

    ## How it is measured
    From the values alone, on up to 800 rows and 64 columns a split (1500 pictures): quantiles, ranks and values in
    common are compared under a library of maps (known factors, presets of keras.applications, integer and float16
    casts, own statistics, axes, mirrors, channel orders, column orders, fills of missing values). A map is reported
    when the splits differ beyond chance, agree to within chance once it is undone, and the map is large enough to
    matter; natural drift fits no such map. Rows that `validation_split` cuts off the same arrays passed one preprocessing:
    there such a map means another source. Pictures are also judged by a classifier of training pictures.

    ## What to do
    Put the preprocessing into the model or into one function that both splits pass; fit scalers, fills and encoders on
    training rows only.

    ## Thresholds
    - `own_rows`: rows of a held-out split above which scaling both splits each with their own statistics is only a
      note: the statistics then differ by less than 1 / sqrt(rows) = 5 % of a standard deviation.
    - `worse`: skill that the program's own scores lose on rows that it scaled by themselves; then it is no note.
    - `drop`: columns that each have a scale of their own are drift, and a note, where the network's skill on held-out rows
      comes within this of that on training rows: it would not survive another scaler.
    """
    if not splits.found:
        return None
    order = {"scale": 0, "preset": 0, "arrangement": 1, "column-scales": 1}
    first = min(splits.found, key=lambda t: (order.get(t.kind, 2), t.role))
    both_own = first.kind == "own-statistics" and first.factor is None
    known = [] if outcome is None else [s for s in (outcome.validation_skill, outcome.skill) if s is not None]
    lost = first.role == "predict" and splits.scored is not None and bool(known) and known[0] - splits.scored > worse
    mild = both_own and splits.rows > own_rows and not lost
    texts = "; ".join(dict.fromkeys(t.text for t in splits.found if t.role == first.role))
    sure = 0.85 if first.kind in ("filled", "float16", "own-statistics") else 0.95
    harmless = first.kind in ("column-scales", "numbering") and first.role == "validation" and _as_good(outcome, drop)
    mild = mild or harmless
    strength = 0.2 if mild else sure if not both_own or lost else 0.5
    elsewhere = splits.cut and first.role == "validation" and first.kind in ("scale", "column-scales")
    told = (Evidence("skill on these rows, by the program's own score", splits.scored, known[0]),) if lost else ()
    return Finding(
        message="the last rows, which validation_split holds out, come from elsewhere: every column has another scale and offset there"
        if elsewhere
        else f"preprocessing differs: {texts}",
        strength=strength, suggests=(Cause.SPLIT_DRIFT, Cause.ORDERED_DATA) if elsewhere else (Cause.PREPROCESSING_MISMATCH,),
        evidence=(
            *told,
            Evidence("distance of the splits as they are, in units of chance", first.before, 1.8),
            Evidence("distance once the map is undone", first.after),
            Evidence("rows compared a split", splits.rows),
            Evidence("maps tried", splits.compared),
        ),
        column=first.columns[0] if first.columns and first.kind in ("filled", "column-order") else None,
        severity=Severity.NOTE if mild else Severity.WARNING if both_own and not lost else None,
        fix="Shuffle the rows before Keras cuts off the last of them, or hold out rows of every source."
        if elsewhere
        else "Pass every split through the same preprocessing, fitted on training rows only (or make it part of the "
        "model).",
    )


def _as_good(outcome: Outcome | None, drop: float) -> bool:
    """Whether the network does as well on held-out rows as on training rows."""
    if outcome is None or outcome.gap is None:
        return False
    return (outcome.validation_skill or 0.0) > 0.5 and outcome.gap < drop


def _example() -> SplitTransforms:
    from traindx.facts.data_splits import Transform

    found = Transform("scale", "test = 255 * training + 0 (x * 255)", "test", 18.0, 0.9, 255.0, 0.0)
    return SplitTransforms(800, 30, 12, (found,))


transformed_split.fires_on(_example())
transformed_split.silent_on(SplitTransforms(800, 30, 12))
