"""Confidence: what the curve does, how it is fitted, what its figures must hold, and the false-alarm counts."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.append(str(Path(__file__).parents[2] / "tools"))

import calibrate
import false_alarms
from judgements import Row
from traindx.checks.registry import all_checks
from traindx.diagnosis.calibration import CURVE, confidence, features, share
from traindx.facts.findings import Severity
from traindx.reporters import alarms


def test_a_higher_score_is_more_confident_and_the_first_more_than_the_others():
    for severity in Severity:
        made = [confidence(score, 0, severity) for score in (0.0, 0.3, 0.6, 0.9, 1.0)]
        assert made == sorted(made)
        assert 0 < made[0] < made[-1] < 1
        assert confidence(0.8, 1, severity) < confidence(0.8, 0, severity)
    assert confidence(0.8, 0, Severity.NOTE) < confidence(0.8, 0, Severity.ERROR)


def test_the_stored_curve_holds_on_programs_not_fitted_on():
    stored = json.loads(CURVE.read_text())
    assert stored["held_out_alarms"]["expected_calibration_error"] <= 0.05
    assert stored["programs"] >= 400
    assert stored["made_by"].startswith("tools/calibrate.py")


def synthetic(programs, weights, seed):
    """Rows whose findings are right exactly as often as the curve of `weights` says."""
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(programs):
        score = float(rng.uniform(0.1, 0.99))
        right = rng.random() < share(features(score, 0, Severity.ERROR), weights)
        suspect = {"cause": "dead-units", "score": score, "severity": "error", "place": 0, "check": "x"}
        rows.append(Row(f"p{i}", "broken", f"g{i % 40}", ["dead-units" if right else "hang"], [suspect], []))
    return rows


def test_a_known_curve_is_found_again():
    truth = (0.4, 0.8, 0.0, 0.0, 0.0, 0.0)
    data = calibrate.findings(synthetic(4000, truth, 1))
    assert calibrate.fit(data.x, data.right)[:2] == pytest.approx(truth[:2], abs=0.12)


def test_held_out_confidence_is_calibrated_and_labels_of_chance_are_not_learned():
    data = calibrate.findings(synthetic(3000, (0.4, 0.8, 0.0, 0.0, 0.0, 0.0), 2))
    assert calibrate.calibration_error(calibrate.held_out(data), data.right) < 0.03
    assert calibrate.calibration_error(np.full(100, 0.9), np.r_[np.ones(50), np.zeros(50)]) == pytest.approx(0.4)


def test_a_group_never_judges_itself(monkeypatch):
    data = calibrate.findings(synthetic(400, (0.4, 0.8, 0.0, 0.0, 0.0, 0.0), 3))
    used = []
    monkeypatch.setattr(calibrate, "fit", lambda x, right: used.append(len(x)) or np.zeros(6))
    assert set(calibrate.held_out(data)) == {0.5}
    assert used == [360] * calibrate.FOLDS  # 40 groups of 10 findings: four whole groups are left out of each fold


def test_a_check_counts_once_a_healthy_program():
    rows = [
        Row("a", "healthy", "a", [], [], ["one", "two"]),
        Row("b", "fixed", "b", ["hang"], [], ["one"]),
        Row("c", "broken", "c", ["hang"], [], ["one"]),
        Row("d", "fixed", "d", ["split-overlap"], [], ["validation-loss-rising", "one"]),
    ]
    assert false_alarms.counts(false_alarms.healthy(rows)) == {"one": ["a.healthy", "b.fixed", "d.fixed"], "two": ["a.healthy"]}


def test_a_page_says_how_often_its_check_cried_wolf(monkeypatch):
    monkeypatch.setattr(alarms, "_counts", lambda: {"programs": 300, "alarms": {"one": 3, "none": 0}})
    assert alarms.false_alarms("one") == "False alarms: 3 on 300 healthy programs (1.0%)."
    assert alarms.false_alarms("none") == "False alarms: none on 300 healthy programs (under 1.0% with 95 % confidence)."
    assert alarms.false_alarms("new") == "False alarms: not measured yet."


def test_the_stored_counts_are_of_these_checks():
    stored = json.loads(alarms.COUNTS.read_text())
    names = {check.name for check in all_checks()}
    assert stored["programs"] >= 200
    assert len(set(stored["alarms"]) & names) >= 0.8 * len(names)
    assert max(stored["alarms"].values()) <= stored["programs"]
