"""E134."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.evaluated_own import FreeValidation
from traindx.facts.findings import Evidence, Finding, Severity


@check("E134", Severity.ERROR, suggests=(Cause.CONSTANT_LOSS, Cause.BROKEN_METRIC))
def validation_costs_nothing(validation: FreeValidation, *, epochs: int = 2, share: float = 1e-3) -> Finding | None:
    """The validation loss is exactly 0 in every epoch, while training still costs something.

    ## Why training fails
    It does not, but nothing watches it: the validation loss compares predictions with themselves, has weights of 0 or
    sees no labels. Early stopping and checkpoints follow a number that never changes.

    ## How it is measured
    The logged losses. No model gets exactly 0 on other rows from the first epoch on while its training rows cost more:
    a float32 cross-entropy of sure predictions ends near 1e-7.

    ## What to do
    Compute the loss of one validation batch by hand; look at `test_step`, at sample weights and at the labels.

    ## Thresholds
    - `epochs`: a single one may be a smoke test.
    - `share`: the last training loss, beside 1; below it a margin may be kept by all rows, in validation too.
    """
    if validation.epochs < epochs or validation.last <= share or validation.least <= 0:
        return None
    return Finding(
        message=f"the validation loss is exactly 0 in all {validation.epochs} epochs, while the training loss ends at "
        f"{validation.last:.3g}: it does not compare predictions with labels",
        strength=0.92,
        evidence=(
            Evidence(f"validation loss in each of {validation.epochs} epochs", 0.0),
            Evidence("last training loss", validation.last, share),
        ),
        location=validation.location,
        suggests=(Cause.BROKEN_METRIC, Cause.CONSTANT_LOSS) if validation.own_step else (),
        fix="Let the validation loss compare the predictions with the labels, as the training loss does.",
    )


validation_costs_nothing.fires_on(FreeValidation(12, 0.27, 0.27, True))
validation_costs_nothing.silent_on(FreeValidation(12, 0.0, 0.0))
validation_costs_nothing.silent_on(FreeValidation(1, 0.27, 0.27))
