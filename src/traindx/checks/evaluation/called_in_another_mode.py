"""E141."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import ModeGap
from traindx.facts.findings import Evidence, Finding, Severity


@check("E141", Severity.ERROR, suggests=(Cause.TRAIN_INFERENCE_GAP, Cause.NORMALIZATION_LAYERS))
def called_in_another_mode(gap: ModeGap, *, moved: float = 0.05, random: float = 1e-4) -> Finding | None:
    """`model(x)` does not give what `predict` gives: a layer was told `training=True` for good.

    ## Why training fails
    `fit`, `evaluate` and `predict` name the mode and so overrule what the layer was told; a plain `model(x)` does not. Batch
    normalisation then uses the statistics of the rows at hand, which of a single row are the row itself.

    ## How it is measured
    The program called the trained model outside of any tape without `training`. After the run a few training rows are
    given to it so, and with `training=False`.

    ## What to do
    Leave `training=True` out where the layer is called, or call `model(x, training=False)`.

    ## Thresholds
    - `moved`: root mean square change over the spread of the outputs, as in `predictions-depend-on-company`.
    - `random`: change between two such calls; what is random is dropout, and may be meant as Monte Carlo.
    """
    if gap.unasked_at is None or gap.unasked < moved or gap.unasked_again > random or not gap.supervised:
        return None
    return Finding(
        message=f"model(x) differs from predict(x) by {gap.unasked:.0%} of the outputs' spread: a layer runs in training mode "
        "where no mode is named",
        strength=min(0.95, 0.8 + gap.unasked / 4),
        evidence=(Evidence("change of the outputs without training=False, over their spread", gap.unasked, moved),),
        location=gap.unasked_at,
        fix="Leave training=True out where the layer is called, or call model(x, training=False).",
    )


def _example(again: float = 0.0) -> ModeGap:
    from traindx.facts.findings import Location

    return ModeGap(rows=256, unasked=1.3, unasked_again=again, unasked_at=Location("train.py", 24))


called_in_another_mode.fires_on(_example())
called_in_another_mode.silent_on(_example(again=0.4))
called_in_another_mode.silent_on(ModeGap(rows=256, unasked=1.3))
