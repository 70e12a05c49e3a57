"""E143."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import OtherScale, ScoredWrongly
from traindx.facts.findings import Evidence, Finding, Severity


@check("E143", Severity.ERROR, suggests=(Cause.METRIC_MISMATCH, Cause.BROKEN_METRIC))
def scored_on_other_scale(scored: ScoredWrongly, *, restored: float = 0.5, lost: float = 0.3) -> Finding | None:
    """Predictions are compared with labels on another scale than the targets of training.

    ## Why training fails
    It does not: the score does. The targets were scaled, or their logarithm was taken; the predictions come on that scale
    and were set beside the labels as they were before.

    ## How it is measured
    The labels scored stand in the very order of the training targets of the same rows, so that the pairs of both tell the
    way from one scale to the other; where the rows' targets are unknown, the quantiles of both do, if the spread of the
    labels is five times that of all training targets and of the predictions scored, or a fifth. The share of the labels'
    variance that the predictions explain as scored is set beside the same once each was taken that way.

    ## What to do
    Undo the scaling (`scaler.inverse_transform`, `np.expm1`) before the score, or score on the scale of training.

    ## Thresholds
    - `restored`: variance explained on the right scale: the model works.
    - `lost`: by which the scored value is worse; differences that rounding or clipping makes stay far below.
    """
    for one in scored.scales:
        if one.restored >= restored and one.restored - one.given >= lost:
            return _found(one, restored)
    return None


def _found(one: OtherScale, restored: float) -> Finding:
    got = f" ({one.result:.3g})" if one.result is not None else ""
    way = "a factor and a shift" if one.straight else "a curve, as a logarithm is"
    return Finding(
        message=f"{one.name}{got} compares predictions with labels on another scale: they explain {one.given:.0%} of the labels' "
        f"variance, {one.restored:.0%} once taken to their scale",
        strength=0.95,
        evidence=(
            Evidence(f"variance explained as scored ({one.rows} rows)", one.given, one.restored),
            Evidence("variance explained on the labels' scale", one.restored, restored),
            Evidence("between the scales lies", way),
        ),
        location=one.location,
        fix="Undo the scaling of the targets (inverse_transform, or np.expm1 of logarithms) before the score.",
    )


scored_on_other_scale.fires_on(ScoredWrongly(scales=(OtherScale("r2_score", 400, -3.5, 0.94, False, -3.5),)))
scored_on_other_scale.silent_on(ScoredWrongly(scales=(OtherScale("r2_score", 400, 0.93, 0.94, False, 0.93),)))
scored_on_other_scale.silent_on(ScoredWrongly(scales=(OtherScale("r2_score", 400, -3.5, 0.1, False, -3.5),)))
