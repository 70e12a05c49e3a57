"""Run logs that somebody else wrote: told, or refused with one sentence; never executed, never a traceback of ours."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import zipfile
from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traindx.engines.api import observe_splits
from traindx.entry import cli
from traindx.facts.observation import CallFacts, Curve, ErrorFacts, Observation
from traindx.facts.runlog import Journal
from traindx.facts.settings import Settings
from traindx.session import judge

ODD = [
    None, True, -1, 0, 1e308, "NaN", "Infinity", 10**30, "", "x" * 5000, "../../../../etc/passwd", "/dev/zero", "\x1b]0;mine\x07",
    "<script>alert(1)</script>", "array:a0", "array:none", [], {}, [1], {"a": 1}, [[[[]]]], "\ud800", "\0", "a\nb", 3.5, [None],
]  # fmt: skip


def recorded(folder: Path) -> Path:
    """A run log with everything in it that a log can hold."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(60, 3)) * (1, 1, 1000), rng.integers(0, 2, 60)
    training, _, _ = observe_splits(train=(x, y), test=(x[:20], y[:20]))
    training = training.__class__(**{
        **vars(training), "calls": (CallFacts("fit", "model0", 0, None, {"epochs": 3}),),
        "curve": Curve({"loss": (1.0, 0.9, float("nan"))}, ((0, 1.0), (5, 0.9)), 12, asked_epochs=3),
    })  # fmt: skip
    run = Observation("prog.py", 1, (training,), training.calls, ErrorFacts("ValueError", "a text"), seconds=2.0)
    journal = Journal(folder, "prog.py")
    journal.repeat("epoch", {"model": "model0", "epoch": 0, "logs": {"loss": 1.0}})
    journal.observation(run)
    journal.append("diagnosis", judge(run, Settings()))
    journal.close()
    return folder


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return recorded(tmp_path_factory.mktemp("runs") / "good")


def asked(*words: object) -> tuple[int, str, str]:
    """Status, output and errors of a command in this process; a refusal is one sentence."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.main([str(w) for w in words])
    told = err.getvalue()
    assert status in (0, 2), told
    assert status == 0 or (told.startswith("traindx: ") and told.count("\n") == 1), told
    return status, out.getvalue(), told


def leaves(value: object, path: tuple = ()) -> list[tuple]:
    """The way to everything inside a JSON value."""
    found = [path] if path else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return found + [p for key, item in inner for p in leaves(item, (*path, key))]


def test_it_is_good(good):
    status, out, _ = asked("report", good)
    assert status == 0
    assert "ValueError" in out


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_value_may_be_wrong(good, tmp_path_factory, data):
    lines = [json.loads(line) for line in (good / "run.jsonl").read_text().splitlines()]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        path = data.draw(st.sampled_from(leaves(lines[at]) or [()]))
        place = lines[at]
        for key in path[:-1]:
            place = place[key]
        if path:
            place[path[-1]] = deepcopy(data.draw(st.sampled_from(ODD)))
    text = "\n".join(json.dumps(line) for line in lines) + "\n"
    text = text[: data.draw(st.one_of(st.just(len(text)), st.integers(0, len(text))))]
    bad = tmp_path_factory.mktemp("bad")
    shutil.copy(good / "arrays.npz", bad)
    (bad / "run.jsonl").write_text(text)
    page = bad / "page.html"
    files = [f"--{kind}={bad / kind}" for kind in ("json", "sarif", "junit")]
    for words in (["report", bad, "-v", f"--html={page}", *files], ["compare", good, bad], ["compare", bad, good], ["fix", bad]):
        status, out, told = asked(*words)
        assert "\x1b]0;" not in out + told
        assert "cannot write" not in told
    assert not page.exists() or "<script>alert(1)" not in page.read_text()


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_damaged_arrays(good, tmp_path_factory, data):
    bad = tmp_path_factory.mktemp("bad")
    shutil.copy(good / "run.jsonl", bad)
    packed = bytearray((good / "arrays.npz").read_bytes())
    for _ in range(data.draw(st.integers(1, 50))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    (bad / "arrays.npz").write_bytes(bytes(packed[: data.draw(st.sampled_from([len(packed), len(packed) // 2, 0]))]))
    asked("report", bad)


class Evil:
    """Would make a file where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return os.mkdir, (str(self.mark),)


def packed(folder: Path, shape: tuple[int, ...], size: int) -> None:
    """An archive whose first array says that it has this shape, with so many zero bytes behind it."""
    names = np.load(folder / "arrays.npz").files
    head = io.BytesIO()
    np.lib.format.write_array_header_1_0(head, {"descr": "<f8", "fortran_order": False, "shape": shape})
    with zipfile.ZipFile(folder / "arrays.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(f"{name}.npy", head.getvalue() + bytes(size))


def test_nothing_is_unpickled_or_blown_up(good, tmp_path):
    bad = shutil.copytree(good, tmp_path / "bad")
    names = np.load(good / "arrays.npz").files
    np.savez(bad / "arrays.npz", **{n: np.array([Evil(tmp_path / "evil")], object) for n in names})
    assert "Object arrays cannot be loaded" in asked("report", bad)[2]
    assert not (tmp_path / "evil").exists()
    shutil.copy(good / "arrays.npz", bad)
    packed(bad, (10**13,), 2)
    assert "damaged: MemoryError" in asked("report", bad)[2]
    shutil.copy(good / "arrays.npz", bad)
    packed(bad, (4_000_000,), 32_000_000)
    assert "unpacks to more than 100 times its size" in asked("report", bad)[2]


def test_what_is_no_file(good, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "is no file" in asked("report", tmp_path / "pipe")[2]
    bad = shutil.copytree(good, tmp_path / "bad")
    (bad / "run.jsonl").unlink()
    (bad / "run.jsonl").symlink_to("/dev/zero")
    assert "is no file" in asked("report", bad)[2]


def test_a_fix_changes_no_file_elsewhere(good, tmp_path):
    mine, bad = tmp_path / "mine.py", shutil.copytree(good, tmp_path / "work" / "bad")
    mine.write_text("x = 1\n")
    lines = [json.loads(line) for line in (bad / "run.jsonl").read_text().splitlines()]
    lines[0]["value"]["folder"] = str(bad)
    diff = f"--- {mine}\n+++ {mine}\n@@ -1 +1 @@\n-x = 1\n+x = 2\n"
    lines[-1]["value"]["findings"][0]["fix"] = {"text": "change it", "diff": diff}
    (bad / "run.jsonl").write_text("\n".join(json.dumps(line) for line in lines) + "\n")
    assert "lies outside" in asked("fix", bad, "--apply")[2]
    assert mine.read_text() == "x = 1\n"


def test_a_log_stays_small_however_long_the_program_runs(tmp_path):
    journal = Journal(tmp_path, "prog.py")
    sizes = []
    for n in range(1, 40_001):
        journal.repeat("epoch", {"model": "m", "epoch": n, "logs": {"loss": 1.0 / n}})
        if n in (4096, 20_000, 40_000):
            sizes.append(len((tmp_path / "run.jsonl").read_text().splitlines()))
    journal.close()
    assert sizes[0] == 4097
    assert sizes[2] - sizes[1] < 2 * 2048
    assert json.loads((tmp_path / "run.jsonl").read_text().splitlines()[-1])["value"]["epoch"] > 39_980
