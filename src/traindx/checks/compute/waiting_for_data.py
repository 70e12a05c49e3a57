"""C101."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.training import Waiting


@check("C101", Severity.WARNING, suggests=(Cause.INPUT_BOUND,))
def waiting_for_data(waiting: Waiting, *, share: float = 0.5, seconds: float = 0.01) -> Finding | None:
    """Most of each training step is spent waiting for the next batch.

    ## Why training fails
    The model computes only while it has a batch. Reading, decoding or augmenting in Python, one batch at a time, leaves
    it idle.

    ## How it is measured
    Time spent in the data iterator over the time of the whole `fit`, and its seconds per step.

    ## What to do
    Load the data once before training; with tf.data use `map(..., num_parallel_calls=AUTOTUNE)`, `cache()` and
    `prefetch(AUTOTUNE)`; with PyDataset use `workers`.

    ## Thresholds
    - `share`: half of the time: loading faster could then double the speed (Amdahl's law).
    - `seconds`: 10 ms per step; shorter waits are the cost of Python itself.
    """
    if waiting.share <= share or waiting.wait <= seconds:
        return None
    return Finding(
        message=f"{waiting.share:.0%} of the training time is waiting for data: {1000 * waiting.wait:.0f} ms of "
        f"{1000 * waiting.step:.0f} ms per step",
        strength=min(0.95, 0.4 + waiting.share / 2), location=waiting.location,
        evidence=(Evidence("share of time waiting for data", waiting.share, share),
                  Evidence("seconds waited per step", waiting.wait, seconds)),
        fix="Load and decode once before training, or use tf.data with parallel map, cache and prefetch.",
    )  # fmt: skip


waiting_for_data.fires_on(Waiting(0.08, 0.093, 200, "generator"))
waiting_for_data.silent_on(Waiting(0.0004, 0.0005, 200, "numpy"))
