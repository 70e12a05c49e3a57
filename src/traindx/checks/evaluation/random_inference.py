"""E115."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated import ModeGap
from traindx.facts.findings import Evidence, Finding, Severity

NOISE = (
    "Dropout",
    "Gaussian",
    "Random",
    "Alpha",
    "Mixup",
    "MixUp",
    "CutMix",
    "AugMix",
    "RandAugment",
    "Stochastic",
    "DropPath",
)


@check("E115", Severity.ERROR, suggests=(Cause.TRAIN_INFERENCE_GAP,))
def random_inference(gap: ModeGap, *, differs: float = 0.02, repeats: int = 5) -> Finding | None:
    """Two predictions of the same rows differ: dropout, noise or augmentation is on in inference.

    ## Why training fails
    Each prediction carries random noise that is meant for training only; scores are worse and change from call to call.

    ## How it is measured
    The model is called twice on the same rows in inference mode, and the first layer whose output differs although its
    inputs do not is named. It counts where that layer is dropout, noise or augmentation, or sets a random part of its
    output to zero. Programs that predict the same rows many times mean it (Monte Carlo dropout), and so do models
    that sample.

    ## What to do
    Pass `training=training` on to the layer in place of `training=True`, and leave augmentation out of inference.

    ## Thresholds
    - `differs`: root mean square difference over the spread of the outputs; float noise is below 0.001.
    - `repeats`: calls of predict on the same rows from which on the program averages on purpose.
    """
    known = gap.dropout_like or any(n in gap.random_kind for n in NOISE)
    if gap.redrawn < differs or not known or gap.repeats >= repeats or not gap.supervised:
        return None
    return Finding(
        message=f"two predictions of the same rows differ by {gap.redrawn:.0%} of their spread: {gap.random_layer} "
        f"({gap.random_kind}) is random in inference mode",
        strength=min(0.97, 0.85 + gap.redrawn / 2),
        evidence=(Evidence("difference of two predictions, over their spread", gap.redrawn, differs),),
        layer=gap.random_layer or None,
        location=gap.random_location or gap.location,
        fix="Pass training=training on to the layer in place of training=True.",
    )


random_inference.fires_on(ModeGap(rows=256, redrawn=0.4, random_layer="drop", random_kind="Dropout"))
random_inference.silent_on(ModeGap(rows=256, redrawn=0.4, random_layer="sampling", random_kind="Sampling"))
random_inference.silent_on(ModeGap(rows=256, redrawn=0.4, random_layer="drop", random_kind="Dropout", repeats=50))
random_inference.silent_on(ModeGap(rows=256))
