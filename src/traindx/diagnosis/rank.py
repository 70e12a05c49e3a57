"""Findings to ranked causes: one suspect per cause, upstream causes silence what they explain."""

from __future__ import annotations

from traindx.diagnosis.calibration import confidence
from traindx.diagnosis.explain import EXPLAINS
from traindx.facts.causes import Cause, SymptomId
from traindx.facts.diagnosis import Fix, Status, Suspect, Symptom
from traindx.facts.findings import Evidence, Judged, Severity

WEIGHT = {Severity.ERROR: 1.0, Severity.WARNING: 0.8, Severity.NOTE: 0.3}
SECOND = 0.6
"""What each further cause of one finding counts of the one before: a check names the likeliest first."""
SILENCED = 0.4
_SLOW = frozenset({Cause.INPUT_BOUND, Cause.IDLE_ACCELERATOR})
"""Where slowness is all that was seen, what was measured to make it slow comes first: every other repair needs more runs."""


def rank(judged: list[Judged], symptoms: tuple[Symptom, ...]) -> tuple[Suspect, ...]:
    """One suspect per cause, best first.

    Each finding gives its first cause its strength and each further one less; independent checks for one cause add up
    as noisy-or (Pearl 1988). A cause that another, better supported one explains becomes a note.
    """
    scores: dict[Cause, float] = {}
    backers: dict[Cause, list[tuple[float, Judged]]] = {}
    for item in judged:
        share = item.finding.strength
        for cause in item.finding.suggests or item.causes:
            scores[cause] = 1 - (1 - scores.get(cause, 0.0)) * (1 - min(0.99, share))
            backers.setdefault(cause, []).append((share, item))
            share *= SECOND
    severities = {c: _severity(backers[c]) for c in scores}
    for cause in list(scores):
        upstream = [u for u in scores if cause in EXPLAINS.get(u, ()) and severities[u] != Severity.NOTE]
        upstream = [u for u in upstream if not _alternatives(backers[u], backers[cause])]
        if any(scores[u] >= scores[cause] * 0.8 for u in upstream):
            scores[cause] *= SILENCED
            severities[cause] = Severity.NOTE
    urgent = _SLOW if {s.id for s in symptoms} == {SymptomId.SLOW} else frozenset[Cause]()
    order = sorted(scores, key=lambda c: (severities[c] == Severity.NOTE, c not in urgent, -scores[c] * WEIGHT[severities[c]]))
    suspects: list[Suspect] = []
    first: dict[str, float] = {}
    for c in order:
        check = max(backers[c], key=lambda b: b[0])[1].check
        sure = confidence(first.setdefault(check, scores[c]), len(suspects), severities[c])
        suspects.append(_suspect(len(suspects) + 1, c, sure, severities[c], backers[c]))
    return tuple(suspects)


def _alternatives(one: list[tuple[float, Judged]], other: list[tuple[float, Judged]]) -> bool:
    """Whether two causes stand for the same findings: a check's second guess is no consequence of its first."""
    return {id(j) for _, j in one} == {id(j) for _, j in other}


def _severity(backers: list[tuple[float, Judged]]) -> Severity:
    order = list(Severity)
    first = [j.finding.severity or j.severity for _, j in backers]
    return min(first, key=order.index)


def _fact(evidence: Evidence) -> tuple[object, ...]:
    return evidence.what, evidence.value, evidence.step


def _suspect(rank: int, cause: Cause, sure: float, severity: Severity, backers: list[tuple[float, Judged]]) -> Suspect:
    best = max(backers, key=lambda b: b[0])[1]
    finding = best.finding
    located = [j.finding.location for _, j in backers if j.finding.location]
    told = [e for _, j in sorted(backers, key=lambda b: -b[0]) for e in j.finding.evidence]
    # Two checks may hold one number against limits of their own: it is one fact, told with the limit of the surer check.
    first = {_fact(e): e for e in reversed(told)}
    evidence = tuple(first[fact] for fact in dict.fromkeys(map(_fact, told)))
    return Suspect(
        rank=rank, cause=cause, check=best.check, code=best.code, severity=severity, status=Status.SUSPECTED,
        confidence=round(sure, 3), message=finding.message, evidence=evidence,
        location=finding.location or (located[0] if located else None), layer=finding.layer, column=finding.column,
        fix=Fix(finding.fix) if finding.fix else None,
        also=tuple(dict.fromkeys(j.check for _, j in backers if j.check != best.check)),
        rows=next((j.finding.rows for _, j in sorted(backers, key=lambda b: -b[0]) if j.finding.rows), ()),
    )  # fmt: skip
