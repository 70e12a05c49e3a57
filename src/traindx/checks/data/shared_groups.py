"""D120."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.data_splits import SharedGroups
from traindx.facts.findings import Evidence, Finding, Severity


@check("D120", Severity.WARNING, suggests=(Cause.GROUP_LEAKAGE, Cause.SPLIT_OVERLAP))
def shared_groups(groups: SharedGroups, *, share: float = 0.5, alike: float = 0.3, least: int = 10, lost: float = 0.2) -> Finding | None:
    """Rows of one person, session or device stand on both sides of the split.

    ## Why training fails
    The model recognises the person instead of the matter; on new persons it fails, but no held-out row shows it.

    ## How it is measured
    Either a column named like an id, with many values on several rows each, whose values in held-out rows are trained
    on and that explains the label beyond shuffled ids; or, without such a column, tight groups: around almost every
    held-out row some training rows at small distance and then none for 1.7 times that distance, with like labels; or the
    pieces of a minimum spanning tree, of which most rows share one with other rows and none holds many.

    ## What to do
    Split by group (`GroupShuffleSplit`, `GroupKFold`), and keep the id out of the inputs.

    ## Thresholds
    - `share`: of the held-out rows whose group is trained on.
    - `alike`: of the label's variance that the group explains beyond chance; below it sharing does no harm.
    - `lost`: what the label of the nearest row loses, of chance, when that row must be of another piece: pieces whose
      neighbours tell the same label are no leak.
    - `least`: groups; a handful of groups are the classes themselves.
    """
    if groups.values < least or groups.alike - groups.chance < alike or groups.rows_each < 2:
        return None
    if groups.lost is not None and groups.lost < lost:
        return None
    if groups.shared < (share if groups.column else 0.8):
        return None
    what = f"values of column {groups.column}" if groups.column else "tight groups of like rows"
    what_is_lost = "what the nearest row knows of the label, lost when it must be of another group"
    lonely = () if groups.lost is None else (Evidence(what_is_lost, groups.lost, lost),)
    return Finding(
        message=f"{groups.shared:.0%} of the {groups.role} rows belong to one of {groups.values} {what} that are trained "
        f"on; the group explains {groups.alike:.0%} of the label",
        strength=0.85,
        evidence=(
            Evidence(f"share of {groups.role} rows whose group is trained on", groups.shared, share),
            Evidence("label variance that the group explains", groups.alike, groups.chance + alike),
            Evidence("training rows per group", groups.rows_each),
            *lonely,
        ),
        column=groups.column or None,
        fix="Split by group (GroupShuffleSplit), so that no person or session stands on both sides.",
    )


shared_groups.fires_on(SharedGroups("test", "", 60, 32.0, 0.98, 1.0, 0.03))
shared_groups.silent_on(SharedGroups("test", "", 3, 300.0, 0.98, 1.0, 0.03))
shared_groups.silent_on(SharedGroups("test", "patient_id", 60, 32.0, 0.0, 1.0, 0.03))
shared_groups.fires_on(SharedGroups("test", "", 103, 10.0, 0.98, 0.97, 0.1, 0.67))
shared_groups.silent_on(SharedGroups("test", "", 103, 10.0, 0.98, 0.97, 0.1, 0.01))
