"""What trials do to a diagnosis: statuses, confidence and order. Pure."""

from __future__ import annotations

from dataclasses import replace

from traindx.facts.causes import Cause
from traindx.facts.diagnosis import Diagnosis, Status, Suspect, Trial, Unmeasured
from traindx.facts.findings import Severity
from traindx.trials.shown import Shown

_WEIGHT = {"confirmed": 5, "ruled-out": 4, "helps": 3, "worse": 2, "inconclusive": 1, "not-testable": 0}
CERTAIN = 0.95
"""Confidence of a confirmed cause: wrong confirmations are held below 3 % in the benchmark; one in twenty is stated."""
DOUBTFUL = 0.05


def judged(diagnosis: Diagnosis, shown: list[Shown]) -> Diagnosis:
    """The diagnosis with every trial, the causes re-ordered: confirmed, suspected, ruled out; each by its old rank."""
    telling = _last(shown)
    by_cause: dict[Cause, Shown] = {}
    for item in telling:
        if item.cause is not None:
            known = by_cause.get(item.cause)
            if known is None or (_WEIGHT[item.verdict], bool(item.patch)) >= (_WEIGHT[known.verdict], bool(known.patch)):
                by_cause[item.cause] = item
    suspects = [_suspect(s, by_cause.get(s.cause)) for s in _renamed(diagnosis.findings, by_cause)]
    order = [item.cause for item in telling if item.verdict == "confirmed"]
    suspects.sort(key=lambda s: _place(s, order))
    missing = [Unmeasured(f"trial of {c}", s.note) for c, s in by_cause.items() if s.verdict == "not-testable"]
    return replace(
        diagnosis, findings=tuple(replace(s, rank=i + 1) for i, s in enumerate(suspects)),
        trials=tuple(trial_of(s) for s in telling if s.before or s.after),
        not_measured=(*diagnosis.not_measured, *missing),
    )  # fmt: skip


def _renamed(findings: tuple[Suspect, ...], by_cause: dict[Cause, Shown]) -> list[Suspect]:
    """The findings, those whose evidence a trial has explained by another cause under that one's name.

    Not where that cause was found by itself, nor where a trial has confirmed the suspected one.
    """
    known = {f.cause for f in findings}
    firm = {c for c, s in by_cause.items() if s.verdict == "confirmed"}
    names = {s.suspected: c for c, s in by_cause.items() if s.suspected is not None and c in firm and c not in known}
    return [replace(f, cause=names[f.cause], fix=None) if f.cause in names and f.cause not in firm else f for f in findings]


def kept(fresh: Diagnosis, recorded: Diagnosis | None) -> Diagnosis:
    """A diagnosis made again from the log, with what the recorded one had proven."""
    if recorded is None or not recorded.trials:
        return fresh
    known = {f.cause: f for f in recorded.findings if f.trial is not None}

    def again(suspect: Suspect) -> Suspect:
        old = known.get(suspect.cause)
        if old is None:
            return suspect
        confidence = suspect.confidence if old.status == Status.SUSPECTED else old.confidence
        severity = old.severity if old.status == Status.CONFIRMED else suspect.severity
        return replace(suspect, status=old.status, trial=old.trial, confidence=confidence, severity=severity,
                       fix=old.fix if old.fix is not None and old.fix.diff else suspect.fix)  # fmt: skip

    order = [f.cause for f in recorded.findings if f.status == Status.CONFIRMED]
    suspects = sorted((again(f) for f in fresh.findings), key=lambda s: _place(s, order))
    return replace(fresh, findings=tuple(replace(s, rank=i + 1) for i, s in enumerate(suspects)),
                   trials=recorded.trials, seconds=replace(fresh.seconds, trials=recorded.seconds.trials))  # fmt: skip


def _last(shown: list[Shown]) -> list[Shown]:
    """The last word on each change of each cause by each measure, in the order of first mention."""
    last: dict[tuple[Cause | None, str, str], Shown] = {}
    for item in shown:
        last[item.cause, item.change, item.metric] = item
    return list(last.values())


def trial_of(shown: Shown) -> Trial:
    """As it is reported."""
    return Trial(shown.change, shown.metric, shown.before, shown.after, shown.seconds, shown.larger_is_better,
                 shown.verdict, shown.note, shown.at)  # fmt: skip


def _suspect(suspect: Suspect, shown: Shown | None) -> Suspect:
    if shown is None or shown.verdict == "not-testable":
        return suspect
    made = replace(suspect, trial=trial_of(shown))
    if shown.verdict == "confirmed":
        severity = Severity.WARNING if suspect.severity == Severity.NOTE else suspect.severity
        return replace(made, status=Status.CONFIRMED, severity=severity, confidence=max(CERTAIN, suspect.confidence))
    if shown.verdict == "ruled-out":
        return replace(made, status=Status.RULED_OUT, confidence=min(DOUBTFUL, suspect.confidence))
    return made


def _place(suspect: Suspect, confirmed: list[Cause]) -> tuple[int, int, int]:
    if suspect.status == Status.CONFIRMED:
        return 0, confirmed.index(suspect.cause), suspect.rank
    return (2 if suspect.status == Status.RULED_OUT else 1), 0, suspect.rank
