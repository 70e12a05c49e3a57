"""M314."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.observation import InputUse
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import InputsRead


@check("M314", Severity.ERROR, suggests=(Cause.WRONG_ARCHITECTURE, Cause.VANISHING_GRADIENTS))
def positions_never_read(
    read: InputsRead, outcome: Outcome | None, baseline: Baseline | None, *, share: float = 0.5
) -> Finding | NotMeasured | None:
    """Most steps of a sequence, or rows of a picture, never change what the model answers.

    ## Why training fails
    The first state of a recurrent layer instead of the last, a slice, a stride wider than its kernel, a crop: what the
    targets depend on does not reach the output, and no training brings it there.

    ## How it is measured
    With the last weights, on 48 training rows: the positions of an input are cut into at most 12 blocks, and each block
    is taken from other rows. A block is unread where no output changes in any bit. Blocks that are alike in all rows, as
    padding is, are not tried. Only where the run misses what a cheap model reaches.

    ## What to do
    Use the last state of a recurrent layer, smaller strides, pooling instead of slicing.

    ## Thresholds
    - `share`: half of the blocks. Borders that valid convolutions and strides leave over are far fewer.
    """
    if outcome is None or outcome.skill is None:
        return NotMeasured("the skill on training rows is not known")
    worst = max(read.uses, key=_unread)
    if _unread(worst) < share or not hurt(outcome, baseline):
        return None
    places = ", ".join(f"{a} to {b}" for a, b in _joined(worst.unread))
    what = "input" if len({u.index for u in read.uses}) == 1 else f"input {worst.index}"
    early = worst.unread[-1][1] < worst.positions - 1 and worst.unread[0][0] == 0
    return Finding(
        message=f"positions {places[:80]} of {worst.positions} along axis {worst.axis} of the {what} never change an output",
        strength=0.85,
        suggests=(Cause.WRONG_ARCHITECTURE, Cause.VANISHING_GRADIENTS) if early else (Cause.WRONG_ARCHITECTURE,),
        evidence=(Evidence("share of the blocks that are never read", _unread(worst), share),
                  Evidence("blocks tried", worst.blocks)),
        fix="Let the output depend on all positions: the last state, pooling over time, strides no wider than the kernel.",
    )  # fmt: skip


def _unread(use: InputUse) -> float:
    return len(use.unread) / max(1, use.blocks)


def _joined(blocks: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Neighbouring blocks as one."""
    found: list[tuple[int, int]] = []
    for a, b in blocks:
        if found and found[-1][1] + 1 == a:
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return found


_LAST = tuple((i, i) for i in range(1, 12))
positions_never_read.fires_on(InputsRead((InputUse(0, 1, 12, 12, _LAST),)), Outcome(skill=0.0), None)
positions_never_read.silent_on(InputsRead((InputUse(0, 1, 12, 12, _LAST),)), Outcome(skill=0.95), None)
positions_never_read.silent_on(InputsRead((InputUse(0, 1, 28, 12, ((0, 1), (26, 27))),)), Outcome(skill=0.0), None)
