"""D139."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.refits import TrainedBefore


@check("D139", Severity.WARNING, suggests=(Cause.SPLIT_OVERLAP,))
def rows_of_earlier_fits(
    rows: TrainedBefore, *, share: float = 0.5, own: float = 0.05, again: float = 0.25, whole: float = 0.7, same: float = 0.9
) -> Finding | None:
    """Rows that a fit judges were trained on in earlier fits, and the weights were carried on.

    ## Why training fails
    A model that goes through all folds of a cross-validation has seen the rows of every fold but the first in the
    folds before. Scores rise from fold to fold, and their mean is too good.

    ## How it is measured
    Of up to four earlier fits on other rows up to 2048 rows are kept, until the weights are set anew (a state that no epoch
    ended with). Rows judged by `validation_data`, `evaluate` or `predict` are looked for among them. Each fold may
    have a scaler of its own: columns are standardised by their own fold's training rows, factors and offsets refined on
    the pairs found, and a pair counts where its distance is less than a tenth of that to the second nearest row; equal
    rows are counted by hash, over all rows. The same search among the fit's own training rows says what resemblance
    gives. Shares are scaled by the part of the earlier fit's rows that was kept.

    ## What to do
    Build the model inside the loop over the folds, or put its first weights back before each fit.

    ## Thresholds
    - `share`: of the judged rows in one earlier fit. Five folds give 1, repeated random splits with a fifth held out 0.8;
      half of the rows make up most of a score.
    - `own`: share of them among the rows of the fit just done: rows held out of it are not there. More means that
      training rows are judged on purpose, or that rows resemble each other anyway.
    - `again`: of that fit's training rows in the earlier fit. Three folds give 0.5, more folds more; training on one
      portion of the data after another, new ones only, gives 0 (its old rows may well be judged again).
    - `whole`: of the earlier fit's rows among those judged. Three folds give 0.5, more folds less; 1 is a look
      back at an earlier stage's whole training split.
    - `same`: share of pairs with equal targets (of numbers, their correlation), where targets are given. Where none are,
      two fits must show it: rows that a stage of training dropped may be looked at once.
    """
    if rows.before < share or rows.own > own or rows.again < again or rows.whole > whole:
        return None
    if (rows.same_label is not None and rows.same_label < same) or (rows.same_label is None and rows.fits < 2):
        return None
    said = "the validation rows" if rows.kind == "validation" else f"the rows that `{rows.kind}` judged"
    return Finding(
        message=f"{rows.before:.0%} of {said} of fit {rows.fit} were trained on by the same weights in an earlier fit: one "
        "model goes through all folds",
        strength=min(0.96, 0.6 + rows.before / 3 + 0.03 * (rows.fits > 1)),
        evidence=(
            Evidence("share of the judged rows that one earlier fit was trained on", rows.before, share),
            Evidence("share of them that the fit just done was trained on", rows.own, own),
            Evidence("share of that fit's training rows that stand in the earlier one", rows.again, again),
            Evidence("judged rows", rows.rows),
            Evidence("fits that judged such rows", rows.fits),
        ),
        location=rows.location,
        fix="Build (or reset) the model inside the loop over the folds.",
    )


rows_of_earlier_fits.fires_on(TrainedBefore("evaluate", 5, 160, 1.0, 0.0, 0.75, 0.25, 1.0, 4))
rows_of_earlier_fits.fires_on(TrainedBefore("predict", 3, 160, 0.98, 0.0, 0.75, 0.25, None, 2))
rows_of_earlier_fits.silent_on(TrainedBefore("predict", 2, 160, 0.98, 0.0, 0.75, 0.25, None, 1))
rows_of_earlier_fits.silent_on(TrainedBefore("validation", 2, 160, 0.02, 0.0, 0.9, 0.0, 1.0, 0))
rows_of_earlier_fits.silent_on(TrainedBefore("evaluate", 4, 400, 0.9, 0.0, 0.0, 0.9, 1.0, 2))
rows_of_earlier_fits.silent_on(TrainedBefore("evaluate", 3, 400, 0.9, 0.6, 0.75, 0.25, 1.0, 1))
rows_of_earlier_fits.silent_on(TrainedBefore("evaluate", 3, 400, 0.9, 0.0, 0.75, 0.25, 0.6, 1))
