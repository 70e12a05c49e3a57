"""What a program prints and its trained weights are bit for bit the same with and without traindx (on CPU).

TensorFlow is imported once, in a process that then forks for every program and way.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.bit_identity.programs import PROGRAMS

pytestmark = pytest.mark.keras
THREADS = ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
TIMES = re.compile(r" - \d+m?s - \d+m?s/step")


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """(output, status) of every program both ways, and the watched runs' notes."""
    folder = tmp_path_factory.mktemp("programs")
    for at, source in enumerate(PROGRAMS.values()):
        (folder / f"p{at}.py").write_text(source)
    environment = {**os.environ, **dict.fromkeys(THREADS, "1"), "TF_DETERMINISTIC_OPS": "1", "PYTHONHASHSEED": "0",
                   "TRAINDX_HOME": str(folder / "home")}  # fmt: skip
    done = subprocess.run([sys.executable, str(Path(__file__).with_name("forks.py")), str(folder), str(len(PROGRAMS))],
                          env=environment, capture_output=True, text=True, timeout=900, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return folder, json.loads((folder / "status.json").read_text())


@pytest.mark.parametrize("at", range(len(PROGRAMS)), ids=list(PROGRAMS))
def test_nothing_changes(results, at):
    folder, status = results
    plain, watched = (TIMES.sub("", (folder / f"p{at}.{way}.txt").read_text()) for way in ("plain", "watched"))
    assert "weights " in plain, plain[-2000:]
    assert watched == plain
    assert status[f"p{at}.plain"] == status[f"p{at}.watched"] == 0
    report = json.loads((folder / f"p{at}.json").read_text())
    assert report["exit"] == 0
    failed = [n for n in report.get("notes", []) if "could not record" in n]
    assert not failed or list(PROGRAMS)[at] == "an exception"  # its last rows fit no layer: they cannot be replayed
