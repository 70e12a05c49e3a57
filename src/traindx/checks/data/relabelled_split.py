"""D114."""

from __future__ import annotations

import math

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_splits import LabelCodes
from traindx.facts.findings import Evidence, Finding, Severity


@check("D114", Severity.ERROR, suggests=(Cause.LABEL_ENCODING_MISMATCH,))
def relabelled_split(
    codes: LabelCodes, *, gain: float = 0.1, p: float = 1e-3, kappa: float = 0.15, shares: float = 0.3
) -> Finding | None:
    """A held-out split names the classes by other numbers than the training split.

    ## Why training fails
    The model learns that class a is number 0; in the held-out split number 0 is class b. Every prediction is judged
    against the wrong name, and accuracy falls below chance.

    ## How it is measured
    A cheap classifier is fitted on training rows; on held-out rows its predictions are set against the labels, and the
    best one-to-one renaming of the labels is found (assignment problem) on one half of the rows and judged on the
    other. The finding needs the renaming to win far more rows than it loses (sign test), both halves to find the same
    one, and the accuracy to come near what the classifier has on unseen training rows. Where the classifier is little
    better than the largest class, either its agreement beyond the shares of the classes (Cohen's kappa) must turn, or
    the shares themselves: far apart as they are, alike to within chance once renamed.

    ## What to do
    Fit the label encoder once, on the training labels, and use it for every split; never call `fit_transform`,
    `unique` or `factorize` on each split.

    ## Thresholds
    - `gain`: accuracy that the renaming must win; less would hardly hurt.
    - `p`: of the sign test; the other conditions are met by chance yet more seldom.
    - `kappa`: that a weak classifier needs on unseen training rows; half of it must be there once renamed, 5 standard
      deviations (about 1 / sqrt(rows) each) above what is there as it is.
    - `shares`: distance of the label shares as they are, for a classifier that knows nothing.
    """
    won = codes.renamed - codes.agree
    if len(codes.mapping) < 2 or won < gain or codes.p > p:
        return None
    own, plain, turned = codes.kappas
    noise = 1 / math.sqrt(max(1, codes.rows))
    knows = codes.expected >= codes.majority + 0.1
    turns = own >= kappa and turned >= 0.5 * own and turned - plain >= 5 * noise
    flipped = codes.shares >= shares and codes.shares_renamed <= 0.75 * noise
    if not knows and not turns and not flipped:
        return None  # the classifier knows too little to say what a label means
    if codes.renamed < codes.majority + 0.5 * (codes.expected - codes.majority) or codes.renamed < 1.3 * codes.agree:
        return None
    shown = ", ".join(f"{a} is called {b}" for a, b in codes.mapping[:5])
    return Finding(
        message=f"{codes.role} labels are encoded differently: {shown}; renamed, a cheap classifier is right on "
        f"{codes.renamed:.0%} instead of {codes.agree:.0%}",
        strength=min(0.98, 0.75 + won / 2),
        evidence=(
            Evidence(f"accuracy on {codes.role} rows won by renaming the labels", won, gain),
            Evidence("chance of so many rows won", codes.p, p),
            Evidence("accuracy on unseen training rows", codes.expected),
        ),
        fix="Fit one label encoder on the training labels and apply it to every split.",
    )


relabelled_split.fires_on(
    LabelCodes(60, "validation", 3, 0.97, 0.2, 0.97, (("0", "1"), ("1", "2"), ("2", "0")), 1e-9, 0.4)
)
relabelled_split.silent_on(LabelCodes(60, "validation", 3, 0.97, 0.96, 0.96, (), 1.0, 0.4))
