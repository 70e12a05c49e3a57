"""Bad programs, options, settings and run logs: one clear sentence, and status 2 where traindx cannot go on."""

from __future__ import annotations

import json
import signal
import time

import pytest

from traindx.entry import cli
from traindx.facts.runlog import Journal


def ask(capsys, *words):
    """The status and the sentence of a command that runs in this process."""
    try:
        status = cli.main(list(words))
    except SystemExit as leaving:
        status = leaving.code
    return status, capsys.readouterr().err


def refused(capsys, *words):
    """The one sentence of a command that is refused with status 2."""
    status, told = ask(capsys, *words)
    assert status == 2
    assert told.startswith("traindx: ")
    assert told.count("\n") == 1
    return told


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRAINDX_HOME", str(tmp_path / "home"))
    return tmp_path


def test_no_program(capsys):
    assert "give the program" in refused(capsys, "run")
    assert "cannot read gone.py: No such file" in refused(capsys, "run", "gone.py")
    assert "cannot run -m gone: No module named gone" in refused(capsys, "run", "-m", "gone")


def test_unreadable_programs(capsys, here):
    (here / "folder").mkdir()
    (here / "binary.py").write_bytes(b"\x00\xff\xfe")
    assert "folder is a folder" in refused(capsys, "run", "folder")
    assert "binary.py is no Python source" in refused(capsys, "run", "binary.py")


def test_a_syntax_error_is_the_programs_own(place):
    place.write("x = (")
    done = place.traindx("run", "--json", "r.json", "prog.py")
    assert done.returncode == 1
    assert done.stderr.startswith(f'  File "{place.folder}/prog.py", line 1\n')
    (found,) = json.loads((place.folder / "r.json").read_text())["findings"]
    assert (found["cause"], found["location"]["line"]) == ("api-misuse", 1)


def test_bad_options(capsys, here):
    (here / "p.py").write_text("print('ran')")
    for words in (["--jsn", "x", "p.py"], ["--budget", "lots", "p.py"], ["--fail-on", "joy", "p.py"], ["-m"]):
        refused(capsys, "run", *words)
    assert "no folder" in refused(capsys, "run", "--json", "no/where.json", "p.py")
    (here / "file").write_text("")
    assert "cannot write the run log" in refused(capsys, "run", "--run", "file/run", "p.py")
    refused(capsys, "ruin", "p.py")


@pytest.mark.parametrize(
    ("setting", "told"),
    [("budgets = 3", "did you mean 'budget'?"), ("select = 'D101'", "select has the wrong type"),
     ("fail-on = 'joy'", "must be 'error' or 'warning'"), ("budget = [", "no valid TOML"),
     ("ignore = ['D101']", "ignore has the wrong type")],
)  # fmt: skip
def test_bad_settings(capsys, here, setting, told):
    (here / "pyproject.toml").write_text(f"[tool.traindx]\n{setting}\n")
    (here / "p.py").write_text("raise SystemExit('must not run')")
    assert told in refused(capsys, "run", "p.py")


def test_options_end_at_the_program():
    split = cli._split
    assert split(["run", "-q", "--json", "r", "p.py", "-q", "-m"]) == (["run", "-q", "--json", "r"], ["p.py", "-q", "-m"])
    assert split(["run", "--budget=3", "-qv", "p.py"]) == (["run", "--budget=3", "-qv"], ["p.py"])
    assert split(["run", "-m", "pkg", "-m", "x"]) == (["run", "-m", "pkg"], ["-m", "x"])
    assert split(["run", "-mpkg", "-q"]) == (["run", "-mpkg"], ["-q"])
    assert split(["run", "--", "-odd.py", "--", "y"]) == (["run"], ["-odd.py", "--", "y"])


HEAD = json.dumps({"kind": "header", "value": {"format": 1, "program": "p.py", "pid": 1}})
LOGS = {
    "empty": "",
    "no header": '{"kind": "epoch"}\n',
    "not JSON": "hello\nworld\n",
    "newer": json.dumps({"kind": "header", "value": {"format": 99}}),
    "odd format": json.dumps({"kind": "header", "value": {"format": "1"}}),
    "not objects": HEAD + "\n[1]\n3\n",
    "no value": HEAD + '\n{"kind": "epoch"}\n',
    "odd epoch": HEAD + '\n{"kind": "epoch", "value": {"logs": {"loss": [1]}}}\n',
    "odd observation": HEAD + '\n{"kind": "observation", "value": {"program": []}}\n',
    "deep": HEAD + "\n" + "[" * 100_000 + "\n" + HEAD,
    "no arrays": HEAD + '\n{"kind": "observation", "value": {"program": "p.py", "exit": 0}}\n',
}


@pytest.mark.parametrize("name", list(LOGS))
def test_hostile_run_logs(capsys, here, name):
    (here / "run.jsonl").write_text(LOGS[name])
    told = refused(capsys, "report", ".")
    assert "newer" in told or name != "newer"


def test_missing_run_logs(capsys):
    assert "no recorded run yet" in refused(capsys, "report")
    assert "cannot read a run log" in refused(capsys, "report", "gone")


def test_damaged_arrays(capsys, here):
    (here / "run.jsonl").write_text(LOGS["no arrays"])
    (here / "arrays.npz").write_bytes(b"PK\x03\x04 not a zip")
    assert "damaged" in refused(capsys, "report", ".")


def test_a_log_that_was_cut_off_still_tells(capsys, here):
    journal = Journal(here / "run", "p.py")
    journal.append("epoch", {"model": "m", "epoch": 0, "logs": {"loss": 1.0}})
    journal.close()
    with journal.path.open("a") as log:
        log.write('{"kind": "epo')
    assert cli.main(["report", "run"]) == 0
    assert "its last line is cut off" in " ".join(capsys.readouterr().out.split())


def test_explain_unknown(capsys):
    assert "unscaled-inputs" in refused(capsys, "explain", "unscaled-input")


def test_no_training(place):
    place.write("print('hello')")
    done = place.traindx("run", "prog.py")
    assert (done.returncode, done.stdout) == (0, "hello\n")
    assert "no training was seen" in " ".join(done.stderr.split())


def test_report_last_and_all_formats(place):
    place.write("1 / 0", "a.py")
    place.write("raise ValueError('the second')", "b.py")
    for name in ("a.py", "b.py"):
        assert place.traindx("run", "-q", name).returncode == 1
    files = [f"--{kind}={kind}.out" for kind in ("json", "html", "sarif", "junit")]
    done = place.traindx("report", *files)
    assert done.returncode == 0
    assert "ValueError" in done.stdout
    assert json.loads((place.folder / "json.out").read_text())["findings"][0]["cause"] == "api-misuse"
    assert "api-misuse" in (place.folder / "sarif.out").read_text()
    assert (place.folder / "html.out").read_text().startswith("<!doctype html>")
    assert (place.folder / "junit.out").read_text().startswith("<?xml")


def test_fail_on(place):
    place.write("1 / 0")
    assert place.traindx("run", "-q", "--fail-on", "error", "prog.py").returncode == 3
    place.write("print()", "fine.py")
    assert place.traindx("run", "-q", "--fail-on", "warning", "fine.py").returncode == 0


def test_a_home_that_cannot_be_written(place):
    place.home.write_text("a file")
    place.write("print('hello')")
    done = place.traindx("run", "prog.py")
    assert (done.returncode, done.stdout) == (0, "hello\n")
    assert "the run log is in" in " ".join(done.stderr.split())


SLEEPS = "import time\nprint('on', flush=True)\ntime.sleep(60)"


def test_interrupt_still_gives_a_report(place):
    place.write(SLEEPS)
    child = place.start("-m", "traindx", "run", "--json", "r.json", "prog.py")
    assert child.stdout.readline() == "on\n"
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert child.returncode == -signal.SIGINT
    assert err.startswith('Traceback (most recent call last):\n  File "')
    assert "KeyboardInterrupt\n" in err
    assert "traindx/" not in err.partition("KeyboardInterrupt")[0]
    assert json.loads((place.folder / "r.json").read_text())["exit"] == 130


def test_a_killed_program_leaves_a_readable_log(place):
    place.write(SLEEPS)
    child = place.start("-m", "traindx", "run", "prog.py")
    assert child.stdout.readline() == "on\n"
    time.sleep(0.1)
    child.kill()
    child.communicate(timeout=60)
    done = place.traindx("report", "last")
    assert done.returncode == 0
    assert "ends before the program did" in " ".join(done.stdout.split())
