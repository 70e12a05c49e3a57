"""The terminal report: whole outputs, width, colour, encodings, hostile names."""

import io
import sys
from dataclasses import replace

import pytest

from reporters import samples
from reporters.snapshots import same_as_snapshot
from traindx.facts.causes import Cause
from traindx.facts.diagnosis import Unmeasured
from traindx.facts.findings import Location
from traindx.reporters import words
from traindx.reporters.terminal import render
from traindx.reporters.words import place

CLEAR = ("flat-loss-at-start", "rows-in-both-splits")


def text(diagnosis, width=80, **more):
    return render(diagnosis, width=width, color=False, source=samples.source, **more)


@pytest.fixture(autouse=True)
def utf8(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), "utf-8"))


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", samples.EVERY)
def test_whole_output(name, width):
    same_as_snapshot(f"{name}-{width}.txt", text(samples.EVERY[name](), width, clear=CLEAR))


@pytest.mark.parametrize("width", [80, 120])
def test_whole_output_verbose(width):
    same_as_snapshot(f"softmax-verbose-{width}.txt", text(samples.softmax(), width, verbose=True))


@pytest.mark.parametrize("width", [40, 80, 120, 300])
@pytest.mark.parametrize("name", samples.EVERY)
def test_no_line_is_wider_than_the_screen(name, width):
    diagnosis = samples.EVERY[name]()
    diff = {"    " + words.clean(d.replace("\t", "    ")).rstrip() for d in diff_of(diagnosis)}  # never folded
    page = [line for line in text(diagnosis, width).splitlines() if line not in diff]
    assert max(map(len, page)) <= min(width, 120)


def diff_of(diagnosis):
    return [d for f in diagnosis.alarms if f.fix and f.fix.diff for d in f.fix.diff.splitlines()]


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("width", [20, 80])
def test_a_change_can_be_copied(width, color):
    diagnosis = samples.skilled()
    page = render(diagnosis, width=width, color=color)
    assert all(line.replace("\t", "    ") in page for line in diff_of(diagnosis))
    assert max(map(len, diff_of(diagnosis))) > 80


def test_skill_is_explained_once_where_it_is_first_used():
    page = text(samples.skilled(), width=120)
    assert page.count(words.SKILL) == 1
    assert page.index("kill is 0.01") < page.index(words.SKILL) < page.index("What to do")
    assert words.SKILL not in text(samples.softmax())


def test_what_silences_several_checks_is_told_once():
    gaps = [Unmeasured(name, why) for name, why in (("a", "no rows"), ("b", "no labels"), ("c", "no rows"))]
    page = text(replace(samples.healthy(), not_measured=tuple(gaps)), verbose=True)
    assert "no rows: a, c" in page
    assert "no labels: b" in page


def test_a_test_of_the_whole_run_says_what_was_seen():
    page = text(samples.skilled(), width=120)
    assert "every training row with the first row's inputs: no worse: the run does not use its inputs (skill 0.005 → 0)" in page
    assert "Observed" not in page


def test_a_program_that_trains_nothing_is_told_what_is_watched():
    page = " ".join(text(samples.untrained()).split())
    assert page.startswith("? No training was seen hello.py")
    assert words.WATCHED in page
    assert "No problem found" not in page


def test_one_screen():
    assert len(text(samples.softmax()).splitlines()) <= 45
    assert len(text(samples.healthy()).splitlines()) <= 8


def test_colour_only_when_asked():
    assert "\x1b[" in render(samples.softmax(), width=80, color=True)
    assert "\x1b" not in text(samples.softmax())


def test_no_colour_into_a_pipe(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in render(samples.softmax(), width=80)


@pytest.mark.parametrize("color", [True, False])
def test_names_cannot_move_the_cursor(color):
    page = render(samples.hostile(), width=120, color=color, verbose=True)
    assert "\x1b[31m\u202e" not in page
    assert "\u202e" not in page
    assert "[bold]gives[/bold]" in page


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
@pytest.mark.parametrize("name", samples.EVERY)
def test_readable_in_other_encodings(name, encoding, monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding))
    text(samples.EVERY[name](), verbose=True).encode(encoding)


def test_the_guilty_line_is_quoted_where_there_is_no_diff():
    assert '4 | x, y = load("churn.csv")' in text(samples.crashed())


def test_a_missing_line_is_no_fault():
    assert render(samples.crashed(), width=80, color=False, source=lambda _: [])


def test_files_below_the_working_directory_are_named_from_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert place(Location(str(tmp_path / "src" / "train.py"), 3)) == "src/train.py:3"
    assert place(Location("/elsewhere/train.py", 3)) == "/elsewhere/train.py:3"


def test_one_observation_is_told_once():
    first, second, *_ = samples.softmax().findings
    page = text(replace(samples.softmax(), findings=(first, replace(second, message=first.message))))
    assert page.count("its output is 1.0") == 1
    assert "the same evidence" in page


@pytest.mark.parametrize(
    ("message", "told"), [("loss is flat", "Loss is flat"), ("val_loss is flat", "val_loss is flat"), ("", "")]
)
def test_messages_begin_with_a_capital_letter(message, told):
    assert words.message(replace(samples.softmax().findings[0], message=message)) == told


def test_a_leak_is_no_training_that_could_work_better():
    """Without a symptom, a warning is a training that could be better, but a leak a score that is not to be believed."""
    scale = samples.healthy()
    wide = replace(scale, findings=(samples.UNSCALED,))
    leak = replace(scale, findings=(replace(samples.UNSCALED, cause=Cause.GROUP_LEAKAGE),))
    assert words.verdict(wide).text.startswith("Training works, but could work better")
    assert "too good to be true" in words.verdict(leak).text
