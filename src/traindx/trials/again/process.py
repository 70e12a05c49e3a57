"""The process that runs the program again. It is split off from the trials' own when that has loaded the framework, and forks for
every arm: an arm costs what the program costs, not one more import. Jobs come and answers go as JSON lines."""

from __future__ import annotations

import builtins
import importlib.machinery
import json
import os
import resource
import select
import signal
import sys
import tempfile
import time
import types
from contextlib import suppress
from pathlib import Path
from typing import Any

from traindx.trials.again.confine import Unconfined, confine, ends_with_its_parent

POLL = 0.05
MAX_FILE = 1 << 30
"""Bytes of one file that an arm may write, below a folder that is removed afterwards."""
AT_ONCE = 2
"""Arms that run at the same time: the two of a pair."""


def split_off(folder: Path, asked: int, tells: int, closes: tuple[int, ...] = ()) -> None:
    """Fork the server from a process that has loaded the framework and computed nothing yet.

    `asked`, `tells`: descriptors that jobs come from and answers go to. `closes`: those that are the other's alone.
    """
    if os.fork():
        os.close(asked)
        os.close(tells)
        return
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        for descriptor in closes:
            os.close(descriptor)
        serve(folder, asked, os.fdopen(tells, "w", encoding="utf-8"))
    finally:
        os._exit(0)


def serve(folder: Path, asked: int, out: Any) -> None:
    """Run what is asked for until nobody can ask any more."""
    running: dict[int, dict[str, Any]] = {}
    waiting: list[dict[str, Any]] = []
    rest, ended = b"", False
    while not ended:
        if select.select([asked], [], [], POLL if running else None)[0]:
            read = os.read(asked, 1 << 16)
            ended = not read
            *lines, rest = (rest + read).split(b"\n")
            waiting += [json.loads(line) for line in lines if line.strip()]
        while waiting and len(running) < AT_ONCE:
            job = waiting.pop(0)
            running[_begin(folder, job)] = {**job, "until": time.monotonic() + job["seconds"]}
        for pid in list(running):
            if _over(pid, running[pid]):
                job = running.pop(pid)
                out.write(json.dumps({"id": job["id"], "value": _answer(folder, job["id"])}) + "\n")
                out.flush()
    for pid in running:
        _end(pid)


def _over(pid: int, job: dict[str, Any]) -> bool:
    """Whether the arm has ended; one that is late is ended."""
    if time.monotonic() > job["until"]:
        _end(pid)
        return True
    return os.waitpid(pid, os.WNOHANG)[0] == pid


def _end(pid: int) -> None:
    """Kill an arm and all that it started."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def _answer(folder: Path, name: str) -> dict[str, Any] | None:
    try:
        return json.loads((folder / name / "answer.json").read_text())
    except (OSError, ValueError):
        return None


def _begin(folder: Path, job: dict[str, Any]) -> int:
    own = folder / job["id"]
    own.mkdir(parents=True, exist_ok=True)
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        ends_with_its_parent()
        _arm(own, job)
    except BaseException as fault:  # noqa: BLE001 - the parent sees that there is no answer
        os.write(2, f"{type(fault).__name__}: {fault}\n".encode()[:500])
    finally:
        os._exit(0)


def _arm(own: Path, job: dict[str, Any]) -> None:
    """Run the program below `own`, and write how it ended and what it judged."""
    from traindx.trials.again.seen import Enough, Seen, watch

    confine(own)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FILE, MAX_FILE))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(own / "output.txt", os.O_WRONLY | os.O_CREAT, 0o600), 1)
    os.dup2(1, 2)
    tempfile.tempdir = os.environ["TMPDIR"] = str(own)
    sys.dont_write_bytecode = True
    os.chdir(job["folder"])
    seen = Seen(job["task"], job["cut"])
    watch(seen, job["seed"], one_epoch=job["one_epoch"])
    try:
        _execute(job)
        status = "ended"
    except Enough:
        status = "ended"
    except SystemExit as left:
        status = "ended" if not left.code else f"SystemExit: {left.code}"
    except Unconfined:
        raise
    except BaseException as fault:  # noqa: BLE001 - told to the parent
        status = f"{type(fault).__name__}: {fault}".splitlines()[0][:300]
    (own / "answer.json").write_text(json.dumps({"status": status, "skills": seen.skills, "rows": seen.rows}))


def _execute(job: dict[str, Any]) -> None:
    module = types.ModuleType("__main__")
    loader = importlib.machinery.SourceFileLoader("__main__", job["file"])
    module.__dict__.update(__builtins__=builtins, __file__=job["file"], __loader__=loader, __cached__=None)
    sys.modules["__main__"] = module
    sys.argv, sys.path[0] = list(job["argv"]), job["path0"]
    exec(compile(job["text"], job["file"], "exec", dont_inherit=True), module.__dict__)
