"""The parent's side: one child process for all trials, a deadline that holds, and whatever was proven until then."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from traindx.facts.codec import decode
from traindx.facts.diagnosis import Diagnosis, Suspect
from traindx.facts.findings import Severity
from traindx.facts.observation import Training
from traindx.trials.again import conduct as again
from traindx.trials.again.confine import version
from traindx.trials.again.rewrites import Change
from traindx.trials.shown import Shown
from traindx.trials.source.patch import places_of, with_diffs
from traindx.trials.verdict import judged

EXPORTED = "trial.pkl"
"""The file that `probes.export` writes for the child."""
Progress = Callable[[str, float], None]
MARGIN = 0.5
"""Seconds before the deadline at which the child stops by itself; a child that does not is killed at the deadline."""
MAX_CAUSES = 10
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1", "PYTHONWARNINGS": "ignore", "KERAS_BACKEND": "tensorflow"}
"""Trials compute on the CPU: the program's own process still holds the accelerator's memory."""


@dataclass
class Child:
    """A trial process that loads the framework while the parent judges.

    `again`: descriptors to and from the process that runs the whole program again, until somebody takes them.
    """

    folder: Path
    process: subprocess.Popen[str]
    lines: queue.Queue[str | None] = field(default_factory=queue.Queue)
    again: tuple[int, int] | None = None

    def load(self) -> None:
        """Tell the child that the export is complete; a child that is gone already shows when it is asked."""
        with contextlib.suppress(OSError, ValueError):
            assert self.process.stdin is not None
            self.process.stdin.write("load\n")
            self.process.stdin.flush()

    def close(self) -> None:
        """End the process, if it still lives, and remove what was exported for it."""
        (self.folder / EXPORTED).unlink(missing_ok=True)
        for end in self.again or ():
            with contextlib.suppress(OSError):
                os.close(end)
        self.again = None
        with contextlib.suppress(OSError, ValueError):
            self.process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)


def launch(folder: Path) -> Child:
    """Start the child: it loads the framework, then waits for `Child.load`. Ctrl-C reaches the parent alone."""
    source = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(x for x in (source, os.environ.get("PYTHONPATH", "")) if x)
    log = (folder / "trials.log").open("w")
    (asked, asks), (hears, tells) = os.pipe(), os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "traindx.trials.child", str(folder.resolve()), str(asked), str(tells)], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=log, text=True, env={**os.environ, **QUIET, "PYTHONPATH": path},
        start_new_session=True, preexec_fn=_first_to_go, pass_fds=(asked, tells),
    )  # fmt: skip
    log.close()
    os.close(asked)
    os.close(tells)
    child = Child(folder, process, again=(asks, hears))
    assert process.stdout is not None
    threading.Thread(target=_read, args=(process.stdout, child.lines), daemon=True).start()
    return child


def _first_to_go() -> None:
    """When memory runs out, the kernel shall end the trial and not the program (Linux; elsewhere nothing happens)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def _read(stream: IO[str], lines: queue.Queue[str | None]) -> None:
    with contextlib.suppress(ValueError, OSError):
        for line in stream:
            lines.put(line)
    lines.put(None)


def prove(
    diagnosis: Diagnosis, child: Child, facts: dict[str, Any], budget: float, progress: Progress | None = None,
    training: Training | None = None, task: again.Task | None = None, exported: bool = True,
) -> Diagnosis:  # fmt: skip
    """Test the best suspects for as long as the budget allows, counted from now; the child is ended then.

    `exported`: whether a training can be repeated. `facts`: task, kind of targets, skills and the cheap baseline of the training
    under trial. `training`: where its parts were made, for diffs of the user's file. `task`: the program as it can be run again,
    beside the child's trials; None where it cannot.
    """
    began = time.monotonic()
    deadline = began + budget
    suspects = tested(diagnosis)
    shown: list[Shown] = []
    notes: list[str] = []
    if suspects:
        plan = {"causes": [_wanted(s) for s in suspects], "facts": facts}
        runs = _again(suspects, child, task, deadline, budget, shown, progress)
        try:
            if exported:
                _converse(child, plan, deadline, budget, shown, notes, progress)
            if runs is not None:
                runs[1].join(max(0.0, deadline - time.monotonic()))
        except KeyboardInterrupt:
            notes.append("the trials were interrupted; what was proven until then is kept")
        finally:
            if runs is not None:
                runs[0].close()
    child.close()
    spent = round(time.monotonic() - began, 3) if suspects else 0.0
    shown = list(shown)  # a run that is late adds to the other
    made = judged(diagnosis, shown)
    if training is not None or task is not None:
        made = with_diffs(made, shown, places_of(training, task.started.file if task is not None else None))
    return replace(made, notes=(*made.notes, *notes), seconds=replace(made.seconds, trials=spent))


def _again(
    suspects: list[Suspect], child: Child, task: again.Task | None, deadline: float, budget: float,
    shown: list[Shown], progress: Progress | None,
) -> tuple[again.Runs, threading.Thread] | None:  # fmt: skip
    """Begin to run the changed program, in a thread of its own; None where there is no change to try, or no time for one."""
    if task is None or child.again is None or not version() or task.seconds > again.SHARE * budget:
        return None
    plan: list[Change] = again.planned([s.cause for s in suspects], task)
    if not plan:
        return None
    began = time.monotonic()

    def emit(found: Shown) -> None:
        shown.append(replace(found, at=round(time.monotonic() - began, 2)))

    def told(text: str) -> None:
        if progress is not None:
            progress(text, min(1.0, 1 - (deadline - time.monotonic()) / budget))

    runs = again.begin(child.folder, child.again)
    child.again = None
    thread = threading.Thread(target=again.conduct, args=(plan, task, runs, deadline - MARGIN, emit, told), daemon=True)
    thread.start()
    return runs, thread


def tested(diagnosis: Diagnosis) -> list[Suspect]:
    """The causes worth a trial: alarms in their order."""
    return [f for f in diagnosis.findings if f.severity != Severity.NOTE][:MAX_CAUSES]


def _wanted(suspect: Suspect) -> dict[str, Any]:
    return {"cause": suspect.cause.value, "confidence": suspect.confidence, "rank": suspect.rank,
            "layer": suspect.layer, "column": suspect.column, "check": suspect.check}  # fmt: skip


def _converse(
    child: Child, plan: dict[str, Any], deadline: float, budget: float, shown: list[Shown], notes: list[str],
    progress: Progress | None,
) -> None:  # fmt: skip
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            return
        try:
            line = child.lines.get(timeout=left)
        except queue.Empty:
            return
        if line is None:
            status = child.process.wait(5)
            if status:
                notes.append(f"the trial process ended with status {status}; the program's own result is not touched")
            return
        value = _parsed(line)
        kind = value.get("kind")
        if kind == "ready":
            plan["seconds"] = max(0.0, deadline - time.monotonic() - MARGIN)
            assert child.process.stdin is not None
            child.process.stdin.write(json.dumps(plan) + "\n")
            child.process.stdin.flush()
        elif kind == "trial":
            shown.append(replace(decode(Shown, value["value"]), at=round(budget - deadline + time.monotonic(), 2)))
        elif kind == "failed":
            notes.append(f"no trials: {value.get('why')}")
        elif kind == "progress" and progress is not None:
            progress(str(value.get("text")), min(1.0, 1 - (deadline - time.monotonic()) / budget))
        elif kind == "done":
            return


def _parsed(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
