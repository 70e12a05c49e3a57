"""D138."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import OneSidedLabels
from traindx.facts.data_splits import SplitDrift
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity


@check("D138", Severity.ERROR, suggests=(Cause.LABEL_NOISE,))
def labels_of_a_class_missing(
    labels: OneSidedLabels, drift: SplitDrift | None, *, lost: float = 0.25, others: float = 0.1, area: float = 0.6, share: float = 0.1
) -> Finding | NotMeasured | None:
    """Many training rows of one class bear the label of another, as where rows that nobody looked at count as negative.

    ## Why training fails
    Rows alike bear both labels. The model learns the share, not the class: scores of true members of the class stay low,
    and at a threshold of 0.5 few or none are found (learning from positive and unlabelled rows, Elkan and Noto 2008).

    ## How it is measured
    A cheap model learns the held-out labels from the held-out rows. Among rows of which it is sure, the share that bears
    that label is compared: held out (leave-one-out) and in training. One class must lack many labels in training, the
    others none, and the rows themselves must be drawn alike: a class that is merely rarer has fewer rows, not other labels.

    ## What to do
    Leave rows without a label out instead of filling one in (`fillna(0)` after a merge); have the listed kind reviewed.

    ## Thresholds
    - `lost`: of the labels of the class, and five standard errors; less costs recall that a threshold restores.
    - `others`: what another class may lack; more, and the splits mean different things by their labels.
    - `area`: to which a model may tell rows of one split from those of the other; 0.5 is chance.
    - `share`: by which the class is rarer in training than held out.
    """
    if drift is None:
        return NotMeasured("training and held-out rows could not be compared")
    missing = labels.expected - labels.kept
    error = math.sqrt(max(0.05, labels.kept * (1 - labels.kept)) / max(1, labels.rows))
    if missing < max(lost, 5 * error) or labels.others > others or drift.auc > area:
        return None
    if labels.held_share - labels.share < share:
        return None
    return Finding(
        message=f"of training rows that are surely of class {labels.name}, {labels.kept:.0%} bear its label; of held-out rows "
        f"{labels.expected:.0%} do, and the rows themselves are alike: many labels of the class are missing in training",
        strength=0.94,
        evidence=(Evidence(f"share of {labels.rows} training rows surely of class {labels.name} with its label", labels.kept,
                           labels.expected - lost),
                  Evidence("the same among held-out rows", labels.expected),
                  Evidence("share of the class in training", labels.share),
                  Evidence("share of the class held out", labels.held_share)),
        fix="Leave rows without a label out of training instead of filling one in, or label them.",
    )  # fmt: skip


_ALIKE = SplitDrift(500, "validation", 0.51, 0.58, 0.27, 0.05, 0.0)
labels_of_a_class_missing.fires_on(OneSidedLabels("validation", "1", 240, 0.97, 0.44, 0.0, 0.22, 0.5), _ALIKE)
labels_of_a_class_missing.silent_on(OneSidedLabels("validation", "1", 240, 0.97, 0.95, 0.01, 0.22, 0.5), _ALIKE)
labels_of_a_class_missing.silent_on(OneSidedLabels("validation", "1", 240, 0.97, 0.44, 0.6, 0.22, 0.5), _ALIKE)
