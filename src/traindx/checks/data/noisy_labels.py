"""D112."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import LabelNoise
from traindx.facts.data_splits import SplitDrift
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Outcome


@check("D112", Severity.WARNING, suggests=(Cause.LABEL_NOISE,))
def noisy_labels(
    noise: LabelNoise, drift: SplitDrift | None, outcome: Outcome | None,
    *, core: float = 0.1, flat: float = 0.7, scatter: float = 0.7, apart: float = 0.95,
) -> Finding | None:
    """Many labels are wrong: they contradict a model exactly where it is surest.

    ## Why training fails
    The network fits the true labels first and then memorises the wrong ones; held-out skill peaks and falls.

    ## How it is measured
    Leave-one-out predictions of a cheap model. Where classes merely overlap, its errors gather among unsure rows and
    almost vanish among sure ones, and go to the neighbouring class. Wrong labels do not care how sure a row is: the
    error among the surest fifth stays near that of the rows in the middle, and the labels scatter over all classes (the
    condition behind confident learning, Northcutt et al. 2021). A model that does much better on held-out rows
    than leave-one-out on training rows says the same: the training labels alone are noisy. With two classes the first
    sign alone is a note: an outcome that is partly chance looks the same. A network that foretells held-out labels which
    the cheap model cannot, shows that the model is at fault and not the labels.

    ## What to do
    Review the listed rows by hand, take the vote of several annotators, and train with early stopping meanwhile. With the
    extra `labels` (`pip install 'traindx[labels]'`) the list is that of confident learning as cleanlab computes it, from
    the same leave-one-out predictions; without it, the rows that the model contradicts most. At 8 % planted noise about
    two of three listed rows are wrong: rank and confirm, never delete.

    ## Thresholds
    - `core`: error among the surest rows; a tenth of wrong labels is where memorising costs held-out skill.
    - `flat`: error among the surest fifth over that of the middle; overlapping classes give 0.1 to 0.5, random labels 1.
    - `apart`: area from which on the held-out rows are so unlike the training rows (augmented ones, say) that errors on
      the two cannot be compared, as in `drifted-split`.
    - `scatter`: evenness of wrong labels over the classes (0 one neighbour, 1 all alike); asked of 3 or more classes.
    """
    error = math.sqrt(max(core * (1 - core), noise.core * (1 - noise.core)) / max(1, noise.core_rows))
    better = 0.0
    alike = drift is None or drift.auc < apart
    if noise.held_out is not None and noise.held_out_rows >= 50 and alike:
        spread = math.sqrt(noise.errors * (1 - noise.errors) * (1 / noise.rows + 1 / noise.held_out_rows))
        if (noise.errors - noise.held_out) > max(0.1, 4 * spread):
            better = noise.errors - noise.held_out
    if not better and noise.errors >= 1 - 1.3 / max(2, noise.classes):
        return None  # no relation at all: another check's matter
    even = noise.core >= core + 2 * error and noise.core >= flat * noise.middle
    spread_out = noise.classes > 2 and noise.scatter >= scatter
    if noise.errors > 0.55:
        even = False  # a model that is wrong on most rows cannot accuse their labels
    if _foretold(noise, outcome):
        even = False
    maybe = noise.classes == 2 and even and noise.core >= 0.85 * noise.middle
    if not (even and spread_out) and not better and not maybe:
        return None
    seen = [
        Evidence("wrong labels among the surest fifth of rows", noise.core, core),
        Evidence("the same over the error of the rows in the middle", noise.core / max(noise.middle, 1e-9), flat),
        Evidence("training rows examined", noise.rows),
    ]
    if better:
        seen.append(Evidence("error on training rows above that on held-out rows", better, 0.1))
    return Finding(
        message=f"about {max(noise.core, better):.0%} of the training labels contradict a model that is sure of itself",
        strength=min(0.9, 0.55 + max(noise.core, better)),
        evidence=tuple(seen),
        severity=Severity.NOTE if maybe and not better else None,
        rows=noise.review,
        fix="Review the listed rows by hand; use several annotators' majority, and stop early meanwhile."
        + (" (pip install 'traindx[labels]' ranks them by confident learning.)" if noise.by == "leave-one-out" else ""),
    )


def _foretold(noise: LabelNoise, outcome: Outcome | None) -> bool:
    """Whether the network foretells held-out labels, no cleaner than those of training, that the cheap model cannot."""
    alike = noise.held_out is not None and noise.held_out > noise.errors - noise.core / 2
    reached = outcome.validation_accuracy if outcome is not None else None
    return alike and reached is not None and 1 - reached < noise.core / 2


noisy_labels.fires_on(LabelNoise(600, 10, 0.42, 0.38, 120, 0.9, 0.45), None, None)
noisy_labels.silent_on(LabelNoise(600, 4, 0.54, 0.42, 120, 0.83, 0.55, 0.53, 600), None, Outcome(validation_accuracy=0.93))
noisy_labels.silent_on(LabelNoise(600, 2, 0.24, 0.08, 120, 1.0, 0.3), None, None)
noisy_labels.silent_on(LabelNoise(600, 10, 0.1, 0.01, 120, 0.9, 0.14), None, None)
