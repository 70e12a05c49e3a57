"""Real workers for the tests: processes on loopback, each under `traindx run`, with logs in one folder."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

from traindx.entry.cli import main
from traindx.facts.diagnosis import Diagnosis
from traindx.facts.runlog import read_run
from traindx.facts.settings import Settings
from traindx.session import judge

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "2",
}  # fmt: skip


def ports(n: int) -> list[int]:
    """Free ports of this machine."""
    held = [socket.socket() for _ in range(n)]
    for s in held:
        s.bind(("127.0.0.1", 0))
    found = [s.getsockname()[1] for s in held]
    for s in held:
        s.close()
    return found


def start(folder: Path, source: str, workers: int, *options: str) -> list[subprocess.Popen[str]]:
    """Start `workers` processes of the program; their logs go to folder/runs."""
    (folder / "train.py").write_text(source)
    addresses = [f"127.0.0.1:{p}" for p in ports(workers)]
    started = []
    for k in range(workers):
        config = json.dumps({"cluster": {"worker": addresses}, "task": {"type": "worker", "index": k}})
        command = [sys.executable, "-m", "traindx", "run", "--budget", "0", "--runs", str(folder / "runs"), *options, "train.py"]
        out = (folder / f"out{k}.txt").open("w")
        started.append(subprocess.Popen(
            command, cwd=folder, env={**os.environ, **ENVIRONMENT, "TF_CONFIG": config}, stdout=out, stderr=subprocess.STDOUT,
            text=True))  # fmt: skip
    return started


def run(folder: Path, source: str, workers: int = 2, *options: str, seconds: float = 240) -> Diagnosis:
    """Run the program on all workers to its end and judge all logs as one."""
    started = start(folder, source, workers, *options)
    try:
        for process in started:
            process.wait(seconds)
    finally:
        for process in started:
            process.kill()
            process.wait()
    return merged(folder)


def merged(folder: Path) -> Diagnosis:
    """The diagnosis of all logs in folder/runs."""
    return judge(read_run(folder / "runs"), Settings())


def report(folder: Path, capsys: object) -> str:
    """What `traindx report` prints of the folder of logs."""
    assert main(["report", str(folder / "runs"), "-v"]) == 0
    return capsys.readouterr().out  # type: ignore[attr-defined]


def alarms(found: Diagnosis) -> list[str]:
    """Causes of a diagnosis that count as alarms, best first."""
    return [f.cause.value for f in found.alarms]
