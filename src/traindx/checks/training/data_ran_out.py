"""T113."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.training import ShortEpochs


@check("T113", Severity.ERROR, suggests=(Cause.TOO_FEW_EPOCHS, Cause.API_MISUSE))
def data_ran_out(epochs: ShortEpochs, *, share: float = 0.5) -> Finding | None:
    """The data ran out: later epochs had hardly a step, or none.

    ## Why training fails
    A Python generator that ends gives its rows once. Keras goes on from epoch to epoch with nothing, reports an accuracy
    and a loss of 0 for an epoch without a step, and shows the bar as full; only a warning tells.

    ## How it is measured
    The steps that were really run in each epoch of `fit`, against the longest epoch before it in the same call.

    ## What to do
    Let the generator start anew (`while True:`, a `keras.utils.PyDataset`, `dataset.repeat()`), with `steps_per_epoch`
    the number of batches in one pass.

    ## Thresholds
    - `share`: of the epochs with less than half the steps of the longest. Batches drawn or filtered at random differ by
      far less; a last epoch cut short is one of many.
    """
    if epochs.epochs < 2 or epochs.short < share * epochs.epochs:
        return None
    return Finding(
        message=f"{epochs.short} of {epochs.epochs} epochs had less than half of the {epochs.longest} steps of the first: the data "
        f"ran out, and only {epochs.steps} of {epochs.longest * epochs.epochs} steps were run",
        strength=0.92,
        evidence=(
            Evidence("epochs with less than half of the steps", epochs.short / epochs.epochs, share),
            Evidence("steps run, of as many as the longest epoch has in each", epochs.steps / (epochs.longest * epochs.epochs)),
        ),
        location=epochs.location,
        fix="Let the generator begin anew when it ends (`while True:`, PyDataset or `dataset.repeat()`).",
    )


data_ran_out.fires_on(ShortEpochs(8, 7, 44, 50))
data_ran_out.silent_on(ShortEpochs(8, 1, 44, 310))
data_ran_out.silent_on(ShortEpochs(1, 0, 44, 44))
