"""D133."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import PaddedApart
from traindx.facts.findings import Evidence, Finding, Severity


@check("D133", Severity.ERROR, suggests=(Cause.MISALIGNED_LABELS,))
def padded_apart(padded: PaddedApart, *, share: float = 0.9) -> Finding | None:
    """Sequences are padded at one end and the targets of their steps at the other.

    ## Why training fails
    Every step stands beside the target of another one, in each row by another distance. `pad_sequences` pads in front,
    `padding="post"` behind, and a ragged tensor behind.

    ## How it is measured
    In rows with padding: the steps that fill the inputs from the front are as many as fill the targets from the back, or
    the other way round, and none at the same end.

    ## What to do
    Pad inputs and targets with the same `padding` and `truncating`.

    ## Thresholds
    - `share`: of the padded rows. Lengths differ from row to row, so that no other reason brings it about.
    """
    if padded.apart < share:
        return None
    return Finding(
        message=f"{padded.apart:.0%} of {padded.rows} padded rows have as much padding in front of the {padded.front} as behind the "
        f"{'targets' if padded.front == 'inputs' else 'inputs'}: steps and targets do not belong together",
        strength=0.95,
        evidence=(Evidence("share of padded rows that are padded at different ends", padded.apart, share),),
        fix='Give pad_sequences the same padding ("pre" or "post") for inputs and targets.',
    )


padded_apart.fires_on(PaddedApart(1700, 1.0, 16, "inputs"))
padded_apart.silent_on(PaddedApart(1700, 0.02, 16, "inputs"))
