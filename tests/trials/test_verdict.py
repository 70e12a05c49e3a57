"""What trials do to statuses and order."""

from __future__ import annotations

from dataclasses import replace

from traindx.facts.causes import Cause
from traindx.facts.diagnosis import Diagnosis, Status, Suspect
from traindx.facts.findings import Severity
from traindx.trials.shown import Shown
from traindx.trials.verdict import judged, kept


def suspect(rank: int, cause: Cause, severity: Severity = Severity.ERROR) -> Suspect:
    return Suspect(rank, cause, "a-check", "M001", severity, Status.SUSPECTED, 0.6, "message")


def shown(cause: Cause | None, verdict: str, change: str = "a change") -> Shown:
    return Shown(cause, change, "skill", (0.1, 0.1), (0.9, 0.9), 1.0, verdict)


BEFORE = Diagnosis(
    "train.py", 0,
    findings=(suspect(1, Cause.LEARNING_RATE_TOO_HIGH), suspect(2, Cause.UNSCALED_INPUTS), suspect(3, Cause.DEAD_UNITS)),
)  # fmt: skip


def order(diagnosis: Diagnosis) -> list[Cause]:
    return [f.cause for f in diagnosis.findings]


def test_a_confirmed_cause_moves_up_and_a_ruled_out_one_down() -> None:
    after = judged(BEFORE, [shown(Cause.LEARNING_RATE_TOO_HIGH, "ruled-out"), shown(Cause.UNSCALED_INPUTS, "confirmed")])
    assert order(after) == [Cause.UNSCALED_INPUTS, Cause.DEAD_UNITS, Cause.LEARNING_RATE_TOO_HIGH]
    assert [f.rank for f in after.findings] == [1, 2, 3]
    assert [f.status for f in after.findings] == [Status.CONFIRMED, Status.SUSPECTED, Status.RULED_OUT]
    assert after.findings[0].confidence >= 0.95
    assert [f.cause for f in after.alarms] == [Cause.UNSCALED_INPUTS, Cause.DEAD_UNITS]


def test_inconclusive_trials_are_kept_and_change_nothing_else() -> None:
    after = judged(BEFORE, [shown(Cause.UNSCALED_INPUTS, "inconclusive"), shown(Cause.DEAD_UNITS, "worse")])
    assert order(after) == order(BEFORE)
    assert [t.verdict for t in after.trials] == ["inconclusive", "worse"]
    assert after.findings[1].trial is not None
    assert after.findings[1].status == Status.SUSPECTED


def test_the_last_word_on_a_change_counts() -> None:
    after = judged(BEFORE, [shown(Cause.UNSCALED_INPUTS, "inconclusive"), shown(Cause.UNSCALED_INPUTS, "confirmed")])
    assert len(after.trials) == 1
    assert after.findings[0].status == Status.CONFIRMED


def test_the_set_of_changes_stands_in_the_order_in_which_to_make_them() -> None:
    shown_both = [shown(Cause.DEAD_UNITS, "confirmed"), shown(Cause.LEARNING_RATE_TOO_HIGH, "confirmed", "another")]
    assert order(judged(BEFORE, shown_both))[:2] == [Cause.DEAD_UNITS, Cause.LEARNING_RATE_TOO_HIGH]


def test_a_cause_that_cannot_be_tried_says_why() -> None:
    missing = Shown(Cause.DEAD_UNITS, "none", "", (), (), 0.0, "not-testable", note="no such layer")
    after = judged(BEFORE, [missing])
    assert after.trials == ()
    assert ("trial of dead-units", "no such layer") in [(u.check, u.why) for u in after.not_measured]


def test_a_confirmed_note_becomes_an_alarm() -> None:
    noted = replace(BEFORE, findings=(suspect(1, Cause.DEAD_UNITS, Severity.NOTE),))
    assert judged(noted, [shown(Cause.DEAD_UNITS, "confirmed")]).alarms


def test_a_test_of_the_whole_run_is_kept_without_a_cause() -> None:
    after = judged(BEFORE, [shown(None, "inconclusive", "labels permuted")])
    assert [t.change for t in after.trials] == ["labels permuted"]
    assert order(after) == order(BEFORE)


def test_a_report_made_again_keeps_what_was_proven() -> None:
    proven = judged(BEFORE, [shown(Cause.DEAD_UNITS, "confirmed"), shown(Cause.UNSCALED_INPUTS, "ruled-out")])
    again = kept(BEFORE, proven)
    assert order(again) == order(proven)
    assert [f.status for f in again.findings] == [f.status for f in proven.findings]
    assert again.trials == proven.trials
    assert kept(BEFORE, None) == BEFORE


def test_evidence_that_a_trial_explains_by_another_cause_gets_its_name() -> None:
    other = replace(shown(Cause.PREPROCESSING_MISMATCH, "confirmed"), suspected=Cause.UNSCALED_INPUTS)
    after = judged(BEFORE, [other])
    assert order(after) == [Cause.PREPROCESSING_MISMATCH, Cause.LEARNING_RATE_TOO_HIGH, Cause.DEAD_UNITS]
    assert after.findings[0].status == Status.CONFIRMED
    assert after.findings[0].fix is None
    assert order(judged(BEFORE, [replace(other, verdict="inconclusive")])) == order(BEFORE)


def test_a_confirmed_cause_keeps_its_name() -> None:
    other = replace(shown(Cause.PREPROCESSING_MISMATCH, "confirmed"), suspected=Cause.UNSCALED_INPUTS)
    after = judged(BEFORE, [other, shown(Cause.UNSCALED_INPUTS, "confirmed")])
    assert set(order(after)) == set(order(BEFORE))


def test_of_two_proofs_the_one_that_can_be_written_stands() -> None:
    written = replace(shown(Cause.DEAD_UNITS, "confirmed", "first"), patch=(("source", "x = 1\n"),))
    after = judged(BEFORE, [written, shown(Cause.DEAD_UNITS, "confirmed", "second")])
    assert after.findings[0].trial is not None
    assert after.findings[0].trial.change == "first"


def test_what_another_measure_says_of_a_change_does_not_unsay_it() -> None:
    proven = shown(Cause.DEAD_UNITS, "confirmed")
    after = judged(BEFORE, [proven, replace(proven, metric="another", verdict="inconclusive")])
    assert after.findings[0].cause == Cause.DEAD_UNITS
    assert after.findings[0].status == Status.CONFIRMED
