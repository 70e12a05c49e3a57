"""The parent's side, with children that are slow, broken or silent: no framework is loaded."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from traindx.facts.causes import Cause
from traindx.facts.diagnosis import Diagnosis, Status, Suspect
from traindx.facts.findings import Severity
from traindx.trials import prove as proving

SUSPECT = Suspect(1, Cause.UNSCALED_INPUTS, "unscaled", "D101", Severity.ERROR, Status.SUSPECTED, 0.7, "message")
DIAGNOSIS = Diagnosis("train.py", 0, findings=(SUSPECT,))
READY = 'import sys, json, time; print(json.dumps({"kind": "ready"}), flush=True); plan = json.loads(sys.stdin.readline())\n'
CONFIRM = (
    'print(json.dumps({"kind": "trial", "value": {"cause": "unscaled-inputs", "change": "inputs standardised", "metric": "skill",'
    ' "before": [0.1, 0.1], "after": [0.9, 0.9], "seconds": 1.0, "verdict": "confirmed"}}), flush=True)\n'
)


def child(folder: Path, code: str) -> proving.Child:
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    made = proving.Child(folder, process)
    assert process.stdout is not None
    proving.threading.Thread(target=proving._read, args=(process.stdout, made.lines), daemon=True).start()
    return made


def test_a_child_that_answers(tmp_path: Path) -> None:
    after = proving.prove(DIAGNOSIS, child(tmp_path, READY + CONFIRM + 'print(json.dumps({"kind": "done"}))'), {}, 20)
    assert after.findings[0].status == Status.CONFIRMED
    assert after.notes == ()


def test_the_budget_holds_and_what_is_proven_is_kept(tmp_path: Path) -> None:
    began = time.monotonic()
    made = child(tmp_path, READY + CONFIRM + "time.sleep(60)")
    after = proving.prove(DIAGNOSIS, made, {}, 3.0)
    assert time.monotonic() - began < 3.3
    assert after.findings[0].status == Status.CONFIRMED
    assert made.process.poll() is not None


def test_the_plan_tells_how_long(tmp_path: Path) -> None:
    say = 'print(json.dumps({"kind": "failed", "why": f"{plan[\'seconds\'] < 10} {plan[\'causes\'][0][\'cause\']}"}), flush=True)'
    after = proving.prove(DIAGNOSIS, child(tmp_path, READY + say), {}, 10)
    assert "no trials: True unscaled-inputs" in after.notes


@pytest.mark.parametrize("end", ["import os; os.abort()", "raise SystemExit(3)", "import os, signal; os.kill(os.getpid(), 9)"])
def test_a_crash_is_a_note(tmp_path: Path, end: str) -> None:
    after = proving.prove(DIAGNOSIS, child(tmp_path, READY + CONFIRM + end), {}, 20)
    assert after.findings[0].status == Status.CONFIRMED
    assert any("trial process ended" in n for n in after.notes)


def test_noise_on_the_line_is_ignored(tmp_path: Path) -> None:
    after = proving.prove(DIAGNOSIS, child(tmp_path, READY + 'print("hello")\nprint("[1, 2]")\n' + CONFIRM), {}, 20)
    assert after.findings[0].status == Status.CONFIRMED


def test_nothing_to_test_costs_nothing(tmp_path: Path) -> None:
    began = time.monotonic()
    after = proving.prove(Diagnosis("train.py", 0), child(tmp_path, "import time; time.sleep(60)"), {}, 30)
    assert time.monotonic() - began < 2
    assert after.seconds.trials == 0.0


def test_an_interrupt_keeps_what_is_proven(tmp_path: Path) -> None:
    def progress(text: str, share: float) -> None:
        raise KeyboardInterrupt

    code = READY + CONFIRM + 'print(json.dumps({"kind": "progress", "text": "x"}), flush=True); time.sleep(60)'
    after = proving.prove(DIAGNOSIS, child(tmp_path, code), {}, 30, progress)
    assert after.findings[0].status == Status.CONFIRMED
    assert any("interrupted" in n for n in after.notes)
