"""D102."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data import InputTails, Reach
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.outcome import Outcome


@check("D102", Severity.WARNING, suggests=(Cause.HEAVY_TAILED_INPUTS,))
def heavy_tailed_inputs(
    tails: InputTails, reach: Reach | None, outcome: Outcome | None, *, share: float = 0.5, gain: float = 0.1
) -> Finding | NotMeasured | None:
    """A few rows hold almost all the variance of an input column, and the model cannot see the rest.

    ## Why training fails
    Standardising divides by a standard deviation that a handful of huge rows set: all others land within a hair of
    zero, where the network cannot tell them apart, and every batch with a huge row throws the weights about.

    ## How it is measured
    Columns with at least 20 values of which the largest hundredth of rows holds over `share` of the variance (a
    normal column: 0.085, an exponential one: 0.21). The same ridge regression is fitted on these columns as they are
    and through a signed logarithm; its leave-one-out skill says what the transform is worth, in shares of the target's
    variance. If the network explains more on its own training rows than the transformed linear model, and as much as a
    transformed radial one on rows left out (less three standard deviations), the tails do no harm.

    ## What to do
    Take `log1p` of amounts, counts and durations (a signed or Yeo-Johnson transform where values are negative), then
    standardise; or clip at a high quantile of the training rows.

    ## Thresholds
    - `share`: one row in a hundred carries more than all others together.
    - `gain`: a tenth of the target's variance; and at least 3 standard deviations of the skill under shuffled targets.
    """
    if not tails.columns or tails.share < share:
        return None
    if tails.raw is None or tails.tamed is None:
        return NotMeasured("no training targets to judge the tails' harm by")
    worth = tails.tamed - tails.raw
    if worth < max(gain, 3 * tails.spread):
        return None
    broke = outcome is not None and outcome.non_finite
    network = tails.network if tails.network is not None else (outcome.skill if outcome is not None else None)
    harmed = broke or (network is not None and network < max(tails.tamed, (tails.kernel or 0.0) - 3 * tails.spread))
    names = ", ".join(tails.columns[:3]) + (" ..." if len(tails.columns) > 3 else "")
    seen = [
        Evidence("variance held by the largest hundredth of rows", tails.share, share),
        Evidence("linear skill gained by a signed logarithm", worth, gain),
    ]
    if network is not None:
        seen.append(Evidence("network's skill on training rows", network, tails.tamed))
    return Finding(
        message=f"{len(tails.columns)} heavy-tailed input column(s) ({names}): a linear model explains "
        f"{tails.tamed:.0%} of the target after a logarithm, {max(0.0, tails.raw):.0%} before",
        strength=min(0.95, 0.55 + worth) if harmed else 0.25,
        evidence=tuple(seen),
        column=tails.columns[0],  # pyright: ignore[reportGeneralTypeIssues]
        severity=None if harmed else Severity.NOTE,
        fix=f"Take log1p (or a signed logarithm) of {names} before scaling.",
    )


heavy_tailed_inputs.fires_on(InputTails(500, ("revenue",), 0.9, 0.1, 0.5, 0.01, 0.2), None, None)
heavy_tailed_inputs.silent_on(InputTails(500, ("income",), 0.6, 0.4, 0.42, 0.01, 0.5), None, None)
