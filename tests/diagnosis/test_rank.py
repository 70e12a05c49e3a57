"""One suspect per cause: what its checks measured, told once."""

from traindx.diagnosis.rank import rank
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Judged, Severity


def judged(check, strength, *evidence):
    return Judged(check, "T1", Severity.WARNING, (Cause.OVERFITTING,), Finding("m", strength, evidence))


def test_a_number_that_two_checks_measured_is_told_once_with_the_limit_of_the_surer_one():
    weak = judged("weak", 0.5, Evidence("skill lost", 0.5, 0.3), Evidence("rows", 10))
    sure = judged("sure", 0.8, Evidence("rise", 2.0, 0.25), Evidence("skill lost", 0.5, 0.1))
    (suspect,) = rank([weak, sure], ())
    assert suspect.evidence == (Evidence("rise", 2.0, 0.25), Evidence("skill lost", 0.5, 0.1), Evidence("rows", 10))


def test_equal_numbers_of_different_steps_are_different_facts():
    first, later = Evidence("loss", 1.0, step=1), Evidence("loss", 1.0, step=2)
    (suspect,) = rank([judged("a", 0.8, first, later)], ())
    assert suspect.evidence == (first, later)
