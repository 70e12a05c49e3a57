"""D126."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import DataNeed
from traindx.facts.findings import Evidence, Finding, Severity


@check("D126", Severity.WARNING, suggests=(Cause.TOO_LITTLE_DATA, Cause.OVERFITTING))
def too_few_rows(need: DataNeed, *, gain: float = 0.05, gap: float = 0.3, least_held_out: int = 20, scarce: int = 50) -> Finding | None:
    """The network fits its training rows but not unseen ones, and more rows would still help.

    ## Why training fails
    With few rows many functions fit; training picks one of them and unseen rows show the difference.

    ## How it is measured
    Skill of a cheap model, leave-one-out, on all sampled rows and on half of them (median of 3 halves): what doubling
    brought last, and is about to bring again. Only where all training rows fit into the sample, and only together
    with a gap between the network's skill on training and on held-out rows.

    ## What to do
    Collect or augment rows; else a smaller or pre-trained model, stronger regularisation.

    ## Thresholds
    - `gain`: share of the target's variance that the last doubling brought, beyond 3 standard deviations.
    - `gap`: of the variance explained on training but not on held-out rows.
    - `scarce`: below 50 rows half of them are too few for 3 standard deviations to be passed by anything.
    - `least_held_out`: rows; below it the gap is chance.
    """
    if need.network is None or need.held_out is None or need.total > need.rows or need.held_out_rows < least_held_out:
        return None
    won = need.skill - need.half
    tiny = need.total < scarce and won > gain
    if (won < max(gain, 3 * need.spread) and not tiny) or need.network - need.held_out < gap:
        return None
    return Finding(
        message=f"only {need.total} training rows: the network explains {need.network:.0%} of them and "
        f"{max(0.0, need.held_out):.0%} of unseen ones; the last doubling of rows was worth {won:.0%} to a cheap model",
        strength=min(0.8, 0.4 + won + 0.3 * (need.network - need.held_out)),
        evidence=(
            Evidence("skill won by the last doubling of rows", won, gain),
            Evidence("network's skill on training minus held-out rows", need.network - need.held_out, gap),
        ),
        fix="Collect or augment training rows, or use a smaller or pre-trained model.",
    )


too_few_rows.fires_on(DataNeed(80, 80, 0.4, 0.25, 0.02, 1.0, 0.3, 40))
too_few_rows.fires_on(DataNeed(20, 20, 0.31, 0.0, 0.11, 0.9, 0.4, 1700))
too_few_rows.silent_on(DataNeed(5000, 600, 0.7, 0.68, 0.01, 0.9, 0.7, 500))
