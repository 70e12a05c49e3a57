"""`traindx fix`: shows, applies, backs up, and refuses."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from traindx.entry.fix import BACKUP, FixError, apply_diff, fix
from traindx.entry.runs import resolve_run, started_in
from traindx.facts.causes import Cause
from traindx.facts.diagnosis import Diagnosis, Fix, Status, Suspect
from traindx.facts.findings import Location, Severity
from traindx.facts.runlog import Journal
from traindx.trials.source.patch import Places, diff_of

PROGRAM = 'model.compile("sgd", "mse")\nmodel.fit(x, y, epochs=5)\n'


@pytest.fixture
def program(tmp_path: Path) -> Path:
    file = tmp_path / "work" / "train.py"
    file.parent.mkdir()
    file.write_text(PROGRAM)
    return file


def diff(program: Path) -> str:
    made = diff_of((("epochs", "30"),), Places(None, None, Location(str(program), 2)), str(program))
    assert made is not None
    return made


def run_with(program: Path, folder: Path, text: str | None) -> Path:
    journal = Journal(folder, str(program))
    suspect = Suspect(1, Cause.TOO_FEW_EPOCHS, "c", "T1", Severity.ERROR, Status.CONFIRMED, 0.95, "m", fix=Fix("More epochs.", text))
    journal.append("diagnosis", Diagnosis(str(program), 0, findings=(suspect,)))
    journal.close()
    return folder


def test_shown_only(program: Path, tmp_path: Path) -> None:
    told: list[str] = []
    assert fix(run_with(program, tmp_path / "run", diff(program)), apply=False, force=False, tell=told.append) == 0
    assert program.read_text() == PROGRAM
    assert any("+model.fit(x, y, epochs=30)" in t for t in told)


def test_applied_with_a_backup(program: Path, tmp_path: Path) -> None:
    fix(run_with(program, tmp_path / "run", diff(program)), apply=True, force=False, tell=lambda text: None)
    assert program.read_text() == PROGRAM.replace("epochs=5", "epochs=30")
    assert program.with_name("train.py" + BACKUP).read_text() == PROGRAM


def test_a_file_that_changed_since_is_left_alone(program: Path) -> None:
    made = diff(program)
    program.write_text("print(1)\n" + PROGRAM)
    with pytest.raises(FixError, match="has changed since the run"):
        apply_diff(made, program.parent, force=False)


def test_no_change_to_make(program: Path, tmp_path: Path) -> None:
    with pytest.raises(FixError, match="no trial of this run"):
        fix(run_with(program, tmp_path / "run", None), apply=True, force=False)


def test_never_over_uncommitted_changes(program: Path) -> None:
    git = ["git", "-c", "user.email=a@b", "-c", "user.name=a"]
    subprocess.run([*git, "init", "-q"], cwd=program.parent, check=True)
    made = diff(program)
    with pytest.raises(FixError, match="uncommitted"):
        apply_diff(made, program.parent, force=False)
    subprocess.run([*git, "add", "train.py"], cwd=program.parent, check=True)
    subprocess.run([*git, "commit", "-qm", "x"], cwd=program.parent, check=True)
    assert apply_diff(made, program.parent, force=False)
    program.with_name("train.py").write_text(PROGRAM)
    assert apply_diff(made, program.parent, force=True)


def test_a_file_without_a_last_newline(tmp_path: Path) -> None:
    file = tmp_path / "train.py"
    file.write_text("model.fit(x, y, epochs=5)")
    made = diff_of((("epochs", "6"),), Places(None, None, Location(str(file), 1)), str(file))
    assert made is not None
    apply_diff(made, tmp_path, force=True)
    assert file.read_text() == "model.fit(x, y, epochs=6)"


def test_the_last_run_of_this_folder_is_meant(tmp_path, monkeypatch):
    monkeypatch.setenv("TRAINDX_HOME", str(tmp_path / "home"))
    runs = tmp_path / "home" / "runs"
    for number, place in enumerate(("here", "elsewhere")):
        (tmp_path / place).mkdir()
        monkeypatch.chdir(tmp_path / place)
        journal = Journal(runs / place, "train.py")
        journal.append("diagnosis", Diagnosis("train.py", 0))
        journal.close()
        os.utime(runs / place, (number, number))
    monkeypatch.chdir(tmp_path / "here")
    assert resolve_run("last") == runs / "elsewhere"
    assert resolve_run("last", of_here=True) == runs / "here"
    assert started_in(runs / "elsewhere") == tmp_path / "elsewhere"
