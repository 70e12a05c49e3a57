"""Where run logs live, and which one is meant."""

from __future__ import annotations

import json
import os
import platform
import shutil
import time
from pathlib import Path

from traindx.facts.codec import decode
from traindx.facts.diagnosis import Diagnosis
from traindx.facts.runlog import NAME, RunLogError, lines, reading

KEPT = 20


def home() -> Path:
    """The folder of all run logs: `$TRAINDX_HOME`, else `~/.local/state/traindx` (XDG base directories)."""
    given = os.environ.get("TRAINDX_HOME")
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(given) if given else Path(state) / "traindx"


def new_run(program: str) -> Path:
    """A folder for a new run; the oldest runs beyond the last 20 are removed."""
    runs = home() / "runs"
    old = sorted((p for p in runs.glob("*") if (p / NAME).exists()), key=lambda p: p.stat().st_mtime)
    for gone in old[: max(0, len(old) - KEPT + 1)]:
        shutil.rmtree(gone, ignore_errors=True)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    return runs / f"{stamp}-{os.getpid()}-{Path(program).stem}"


def worker_name() -> str:
    """A folder's name for this process: its place in TF_CONFIG, else host and process number."""
    try:
        task = json.loads(os.environ.get("TF_CONFIG") or "{}").get("task", {})
        if task:
            return f"{task.get('type', 'worker')}-{int(task.get('index', 0))}"
    except (ValueError, TypeError, AttributeError):
        pass
    return f"{platform.node() or 'host'}-{os.getpid()}"


def recorded(folder: Path) -> Diagnosis | None:
    """The diagnosis that was written when the program ended, trials included; None where it did not come to that.

    Raises:
        RunLogError: the run log cannot be read.
    """
    found, _ = lines(folder)
    with reading(folder):
        last = next((x["value"] for x in reversed(found) if x.get("kind") == "diagnosis"), None)
        return decode(Diagnosis, last) if last is not None else None


def resolve_run(name: str, *, of_here: bool = False) -> Path:
    """The run that `name` means: a path, a folder's name under `home()`, or `last`.

    With `of_here`, `last` is the last one that was diagnosed and whose program lies in the current folder or below it:
    what is about to change a file must not mean a run that another terminal has started since.

    Raises:
        RunLogError: there is none.
    """
    if name != "last":
        inside = home() / "runs" / name
        return inside if not Path(name).exists() and inside.exists() else Path(name)
    found = sorted((p for p in (home() / "runs").glob("*") if (p / NAME).exists()), key=lambda p: p.stat().st_mtime)
    if not found:
        raise RunLogError("there is no recorded run yet; record one with: traindx run train.py")
    return next((p for p in reversed(found) if _of_here(p)), found[-1]) if of_here else found[-1]


def started_in(folder: Path) -> Path:
    """The folder in which the run's program was started; the current one where the log does not say.

    Raises:
        RunLogError: the run log cannot be read.
    """
    found, _ = lines(folder)
    with reading(folder):
        header = next((x["value"] for x in found if x.get("kind") == "header"), {})
        return Path(header.get("folder") or ".")


def _of_here(folder: Path) -> bool:
    try:
        diagnosis, start = recorded(folder), started_in(folder)
    except (RunLogError, AttributeError, TypeError, ValueError, LookupError):
        return False
    return diagnosis is not None and (start / diagnosis.program).resolve().is_relative_to(Path.cwd())
