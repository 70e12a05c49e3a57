"""E114."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import ModeGap
from traindx.facts.evaluation import BatchStatistics
from traindx.facts.findings import Evidence, Finding, Severity


@check("E114", Severity.ERROR, suggests=(Cause.TRAIN_INFERENCE_GAP, Cause.NORMALIZATION_LAYERS))
def inference_worse_than_training(gap: ModeGap, *, worse: float = 0.2, least_rows: int = 40, fresh: float = 0.5) -> Finding | None:
    """The same rows are predicted far worse in inference mode than in training mode.

    ## Why training fails
    Batch normalisation uses the batch's own mean and variance in training and stored ones in inference. Where the
    stored ones have not caught up (a momentum too near 1, few steps, tiny batches), validation, evaluation and
    predictions are poor although the model has learned.

    ## How it is measured
    Skill on the same training rows with the last weights in both modes, in batches of the program's size. For each
    batch normalisation the distance of the stored mean from the batches' and momentum ** steps, the share of the start
    values that is left.

    ## What to do
    Lower the momentum (0.9), train longer, use larger batches, or a normalisation without stored values
    (LayerNormalization).

    ## Thresholds
    - `worse`: loss of skill or of accuracy; dropout and noise work the other way (training mode is the worse).
    - `fresh`: where more than half of the stored values are still those of the start, and the mean is off by half a
      standard deviation or the variance fourfold, the reason is plain and a quarter of `worse` is enough.
    - `least_rows`: with fewer the standard error of a share is above 0.08.
    """
    if gap.training is None or gap.inference is None or gap.rows < least_rows or not gap.supervised:
        return None
    lost = gap.training - max(gap.inference, -1.0)
    if gap.training_accuracy is not None and gap.inference_accuracy is not None:
        lost = max(lost, gap.training_accuracy - gap.inference_accuracy)  # one output may only be off its threshold
    stale = max(gap.statistics, key=lambda s: s.shift, default=None)
    unfilled = any((s.remembered or 0.0) > fresh and (s.shift > 0.5 or not 0.25 < s.ratio < 4) for s in gap.statistics)
    if lost < (worse / 4 if unfilled else worse) or gap.training < 0.1:
        return None
    if gap.training_accuracy is not None and gap.inference_accuracy is not None:
        extra = [Evidence("accuracy in inference mode", gap.inference_accuracy, gap.training_accuracy - worse)]
    else:
        extra = []
    evidence = [
        Evidence(f"skill in training mode ({gap.rows} training rows)", gap.training),
        Evidence("skill in inference mode, same rows", gap.inference, gap.training - worse),
        *extra,
    ]
    if stale is not None:
        evidence.append(Evidence(f"stored mean of {stale.layer} off, in standard deviations", stale.shift, 0.5))
        if stale.remembered is not None:
            evidence.append(Evidence(f"share of the start values left in {stale.layer}", stale.remembered, 0.05))
    return Finding(
        message=f"skill is {gap.training:.2f} in training mode, {gap.inference:.2f} in inference mode on the same rows"
        + (f"; {stale.layer} stores statistics of other data" if stale is not None else ""),
        strength=min(0.97, 0.75 + lost / 2),
        evidence=tuple(evidence),
        layer=stale.layer if stale is not None else None,
        location=(stale.location if stale is not None else None) or gap.location,
        suggests=(Cause.TRAIN_INFERENCE_GAP, Cause.NORMALIZATION_LAYERS) if stale else (Cause.TRAIN_INFERENCE_GAP,),
        fix=_fix(stale),
    )


def _fix(stale: BatchStatistics | None) -> str:
    if stale is None:
        return "Make the layers do the same in both modes: look at training= in the layers of your own."
    return f"Lower the momentum of {stale.layer} ({stale.momentum:g}) to 0.9, or train for more steps."


_STALE = BatchStatistics("bn", 0.9999, 1.8, 3.0, 0.98)
inference_worse_than_training.fires_on(ModeGap(rows=256, training=0.97, inference=0.3, statistics=(_STALE,)))
inference_worse_than_training.fires_on(ModeGap(rows=256, training=1.0, inference=0.9, statistics=(_STALE,)))
inference_worse_than_training.silent_on(ModeGap(rows=256, training=0.8, inference=0.95))
_WIDE = BatchStatistics("bn", 0.9999, 0.3, 174.0, 0.98)
inference_worse_than_training.fires_on(ModeGap(rows=256, training=1.0, inference=0.85, statistics=(_WIDE,)))
