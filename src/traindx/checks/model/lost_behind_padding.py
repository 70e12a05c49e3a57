"""M316."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, NotMeasured, Severity
from traindx.facts.observation import InputUse
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import InputsRead


@check("M316", Severity.ERROR, suggests=(Cause.WRONG_ARCHITECTURE, Cause.VANISHING_GRADIENTS))
def lost_behind_padding(
    read: InputsRead, outcome: Outcome | None, baseline: Baseline | None, *, share: float = 0.1
) -> Finding | NotMeasured | None:
    """A recurrent layer reads the padding last and forgets the sequence in front of it.

    ## Why training fails
    Each padded step goes through the recurrent cell as a real one does. After some dozens of them the last state is the
    same for every row, and no gradient reaches the steps that carry the content.

    ## How it is measured
    With the last weights, on 48 training rows of which at least half end alike: the outputs' spread between rows as they
    are, over the spread with what fills their ends moved to the front. With a mask, pooling over time or attention both
    are nearly the same. Only where the run misses what a cheap model reaches.

    ## What to do
    `Embedding(mask_zero=True)` or a `Masking` layer, or `pad_sequences(padding="pre")`.

    ## Thresholds
    - `share`: a tenth of the spread; what is left of the content is then less than what any step of it would give.
    """
    if outcome is None or outcome.skill is None:
        return NotMeasured("the skill on training rows is not known")
    padded = [u for u in read.uses if u.behind is not None]
    if not padded:
        return NotMeasured("the rows of no input end alike")
    worst = min(padded, key=lambda u: u.behind or 0.0)
    if worst.behind is None or worst.behind >= share or not hurt(outcome, baseline):
        return None
    return Finding(
        message=f"{worst.padding:.0%} of the steps are padding behind the content; with it in front, outputs differ "
        + (f"{1 / worst.behind:.0f} times as much between rows" if worst.behind > 1e-4 else "between rows, as it is they do not"),
        strength=0.85,
        evidence=(Evidence("spread of outputs between rows, over the same with the padding in front", worst.behind, share),
                  Evidence("share of steps that only fill up", worst.padding)),
        fix='Mask the padding (`Embedding(mask_zero=True)`, a `Masking` layer) or pad in front (`padding="pre"`).',
    )  # fmt: skip


_LOST = InputsRead((InputUse(0, 1, 120, padding=0.87, behind=1e-6),))
lost_behind_padding.fires_on(_LOST, Outcome(skill=0.0), Baseline(0.1, 0.7, 400, 0.02))
lost_behind_padding.silent_on(_LOST, Outcome(skill=0.8), Baseline(0.1, 0.7, 400, 0.02))
lost_behind_padding.silent_on(
    InputsRead((InputUse(0, 1, 120, padding=0.87, behind=0.7),)), Outcome(skill=0.0), Baseline(0.1, 0.7, 400, 0.02)
)
