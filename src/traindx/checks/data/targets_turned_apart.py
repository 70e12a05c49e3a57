"""D137."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_labels import TurnedTargets
from traindx.facts.findings import Evidence, Finding, NotApplicable, Severity


@check("D137", Severity.ERROR, suggests=(Cause.MISALIGNED_LABELS,))
def targets_turned_apart(
    turned: TurnedTargets, *, straight: float = 0.75, clear: float = 0.4, least_rows: int = 30, followed: float = 0.75
) -> Finding | NotApplicable | None:
    """Target pictures (masks) are mirrored or turned otherwise than the inputs they belong to.

    ## Why training fails
    Most pixels stand beside the target of another place. An augmentation that draws its mirrorings for inputs and for
    masks separately does that; the best that is left to learn is how often each class occurs.

    ## How it is measured
    In each row: the squared correlation of the inputs' channels (and of how steep they are) with the target in all four
    mirrorings and, of squares, also turned by 90 degrees. The row counts where the best explains twice what the second
    best does, and more than the targets of 19 other rows in any turning. Of these rows, the share in which the target lies
    best as it stands.

    ## What to do
    Draw the mirroring once a row and apply it to picture and mask, or augment both stacked into one array.

    ## Thresholds
    - `straight`: share of the clear rows that lie best as they stand: 1 in honest data; coins of their own leave a half
      with one axis, a quarter with two, an eighth with 90 degrees. Half way between one axis and none.
    - `clear`: share of the rows with a clear answer. Unrelated pictures bring 1 in 20 about; at 40 % at most
      an eighth of the clear rows are there by chance, less than may lie otherwise.
    - `least_rows`: clear rows. At 30 a share is off by 0.08 (one standard error).
    - `followed`: share of the rows whose prediction lies on the target as it stands, where held-out rows are turned as
      well: above it the network has learnt the turning, which is the task then. The same share of one turning says that all are
      turned alike.
    """
    if turned.clear < least_rows or turned.clear < clear * turned.rows:
        return NotApplicable("few target pictures lie on what is seen in their inputs, however they are turned")
    if turned.straight > straight or (turned.followed is not None and turned.followed > followed):
        return None
    alike = turned.other_share > followed
    return Finding(
        message=f"{1 - turned.straight:.0%} of {turned.clear} target pictures lie on what is seen in their input only once they are "
        f"turned ({'' if alike else 'most often '}{turned.other}, {turned.other_share:.0%}): "
        + ("the targets stand otherwise than the inputs" if alike else "inputs and targets are turned independently"),
        strength=0.95,
        evidence=(
            Evidence("share of target pictures that fit as they stand", turned.straight, straight),
            Evidence("share of rows with a clear answer", turned.clear / turned.rows, clear),
        ),
        fix="Draw each row's mirroring and turning once and apply it to the picture and to its target.",
    )


targets_turned_apart.fires_on(TurnedTargets(256, 250, 8, 0.25, "mirrored left to right", 0.26))
targets_turned_apart.fires_on(TurnedTargets(256, 200, 4, 0.0, "mirrored top to bottom", 1.0, followed=0.1))
targets_turned_apart.silent_on(TurnedTargets(256, 250, 8, 0.99, "mirrored left to right", 0.01))
targets_turned_apart.silent_on(TurnedTargets(256, 14, 8, 0.2, "mirrored left to right", 0.3))
targets_turned_apart.silent_on(TurnedTargets(256, 250, 8, 0.25, "mirrored left to right", 0.26, followed=0.97))
