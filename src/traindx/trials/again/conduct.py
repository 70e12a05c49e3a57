"""Runs the changed program beside the unchanged one: which changes, in which order, and what that shows."""

from __future__ import annotations

import json
import math
import os
import queue
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from traindx.facts.causes import Cause
from traindx.facts.observation import ErrorFacts
from traindx.facts.started import Started
from traindx.trials.again.rewrites import Change, Source, changes
from traindx.trials.again.seen import WORST
from traindx.trials.shown import Shown
from traindx.trials.statistics import MATTERS, Effect, effect, mean, row_error, spread

SEEDS = 3
TRIED = 8
PROMISING = 0.7
"""Share of the least gain that matters which one seed must show before more seeds are spent (as `bench.PROMISING`)."""
METRIC = "least skill on the rows that the program judges"
RUNS = "runs of the program, of 1, that end without its exception"
ENDS_IN = 0.4
"""Seconds that the process has to end its arms; it needs milliseconds."""
SHARE = 1.0
"""Of the budget that the program may have taken: an arm takes less, for it imports nothing, and two run at a time."""
UNSEEN = {Cause.CONSTANT_TARGETS}
"""Causes with which the program's own rows hold one target only, whatever the seed: it has no skill, which counts as 0."""


@dataclass(frozen=True)
class Task:
    """What is known of the program: how it was started, how it ended, and what its first output predicts."""

    started: Started
    error: ErrorFacts | None = None
    seconds: float = 0.0
    task: str = "unknown"
    cut: float = 0.5
    units: int | None = None


@dataclass
class Runs:
    """The process that runs programs again, and the answers that have come. `asks`: where jobs are written to."""

    asks: IO[str]
    folder: Path
    answers: dict[str, Any] = field(default_factory=dict)
    came: queue.Queue[dict[str, Any] | None] = field(default_factory=queue.Queue)
    count: int = 0
    reader: threading.Thread | None = None

    def ask(self, task: Task, text: str, seed: int, seconds: float) -> str:
        """Begin a run; its name."""
        self.count += 1
        name = f"arm-{self.count}"
        job = {"id": name, "text": text, "file": task.started.file, "argv": task.started.argv, "folder": task.started.folder,
               "path0": task.started.path0, "seed": seed, "one_epoch": task.error is not None, "seconds": seconds,
               "task": task.task, "cut": task.cut}  # fmt: skip
        self.asks.write(json.dumps(job) + "\n")
        self.asks.flush()
        return name

    def answer(self, name: str, deadline: float) -> dict[str, Any] | None:
        """What a run said; None where it said nothing in time."""
        while name not in self.answers:
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            with suppress(queue.Empty):
                line = self.came.get(timeout=left)
                if line is None:
                    return None
                self.answers[line["id"]] = line["value"]
        return self.answers[name]

    def close(self) -> None:
        """End the process and what it runs."""
        with suppress(OSError, ValueError):
            self.asks.close()
        if self.reader is not None:
            self.reader.join(ENDS_IN)  # it ends with the process
        shutil.rmtree(self.folder, ignore_errors=True)


def begin(folder: Path, ends: tuple[int, int]) -> Runs:
    """`ends`: the descriptors that jobs are written to and answers come from; arms write below `folder`."""
    own = folder / "again"
    own.mkdir(parents=True, exist_ok=True)
    made = Runs(os.fdopen(ends[0], "w", encoding="utf-8"), own)
    made.reader = threading.Thread(target=_read, args=(os.fdopen(ends[1], encoding="utf-8"), made.came), daemon=True)
    made.reader.start()
    return made


def _read(stream: Any, came: queue.Queue[dict[str, Any] | None]) -> None:
    with suppress(ValueError, OSError):
        for line in stream:
            came.put(json.loads(line))
    came.put(None)


def planned(causes: list[Cause], task: Task) -> list[Change]:
    """What is worth a run: nothing where the program's file cannot be read."""
    try:
        text = Path(task.started.file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    source = Source(text, task.error, task.units)
    written = {cause: changes(cause, source) for cause in dict.fromkeys(causes)}
    found = [change for cause in causes for change in written[cause]]
    one_each = {c.text: c for c in reversed([c for c in found if c.suspected is None or not written.get(c.cause)])}
    return sorted(one_each.values(), key=lambda c: (c.suspected is not None, found.index(c)))[:TRIED]


def conduct(
    plan: list[Change], task: Task, runs: Runs, deadline: float, emit: Callable[[Shown], None],
    progress: Callable[[str], None],
) -> None:  # fmt: skip
    """Try the changes until one holds for each cause or the time is over."""
    try:
        if task.error is not None:
            _mended(plan, task, runs, deadline, emit, progress)
        else:
            _better(plan, task, runs, deadline, emit, progress)
    except OSError:
        return


def _mended(
    plan: list[Change], task: Task, runs: Runs, deadline: float, emit: Callable[[Shown], None], progress: Callable[[str], None]
) -> None:
    """The first change with which the program that raised trains for an epoch, or ends by itself."""
    names = []
    for change in plan:
        progress(f"{change.cause}: {change.change}, the program again")
        names.append((change, runs.ask(task, change.text, 0, max(1.0, deadline - time.monotonic()))))
    for change, name in names:
        began = time.monotonic()
        answer = runs.answer(name, deadline)
        if answer is not None and answer["status"] == "ended":
            assert task.error is not None
            emit(Shown(change.cause, change.change, RUNS, (0.0,), (1.0,), round(time.monotonic() - began, 2), "confirmed", True,
                       f"without the change: {task.error.type}", (("source", change.text),)))  # fmt: skip
            return


def _better(
    plan: list[Change], task: Task, runs: Runs, deadline: float, emit: Callable[[Shown], None], progress: Callable[[str], None]
) -> None:
    """Arms of the changed and of the unchanged program, the same seeds in both; the first seed chooses."""
    text = Path(task.started.file).read_text(encoding="utf-8")

    def ask(code: str, seed: int) -> str:
        return runs.ask(task, code, seed, max(1.0, deadline - time.monotonic()))

    progress("the program again, unchanged")
    asked = ask(text, 0) if any(change.cause not in UNSEEN for change in plan) else None
    names = [ask(change.text, 0) for change in plan]
    plain = _outcome(runs.answer(asked, deadline)) if asked is not None else None
    found = []
    for change, name in zip(plan, names, strict=True):
        progress(f"{change.cause}: {change.change}, the program again")
        value = _outcome(runs.answer(name, deadline))
        before = 0.0 if change.cause in UNSEEN else plain[0] if plain is not None else None
        if value is not None and before is not None and value[0] - before >= PROMISING * MATTERS:
            found.append((value[0] - before, change, before, value))
    done: set[Cause] = set()
    for _, change, before, value in sorted(found, key=lambda f: -f[0])[:2]:
        if change.cause in done:
            continue
        began = time.monotonic()
        unseen = change.cause in UNSEEN
        pairs = [(None if unseen else ask(text, seed), ask(change.text, seed)) for seed in range(1, SEEDS)]
        arms = [(before, value[0])]
        for first, second in pairs:
            one = _outcome(runs.answer(first, deadline)) if first is not None else (0.0, value[1])
            two = _outcome(runs.answer(second, deadline))
            if one is not None and two is not None:
                arms.append((one[0], two[0]))
        shown = _shown(change, arms, value[1], task, began)
        emit(shown)
        done |= {change.cause} if shown.verdict == "confirmed" else set()


def _outcome(answer: dict[str, Any] | None) -> tuple[float, int] | None:
    """(least skill, its rows) of a run; a run that raised, or judged nothing, has none."""
    if answer is None or answer["status"] != "ended" or not answer["skills"]:
        return None
    least = min(range(len(answer["skills"])), key=lambda i: answer["skills"][i])
    return float(answer["skills"][least]), int(answer["rows"][least])


def _finite_again(before: tuple[float, ...], after: tuple[float, ...]) -> bool:
    """The program's own seed ended in numbers that are not finite; with the change no seed does, and none learns less.

    Other seeds may pass by without the change: whether a logarithm meets 0 is chance. With the same seed both programs make the
    same steps up to there, so that one pair tells.
    """
    usual = [v for v in before if v > WORST]
    return before[0] == WORST and len(after) >= 2 and min(after) >= MATTERS and mean(after) >= mean(tuple(usual)) - 0.5 * MATTERS


def _shown(change: Change, arms: list[tuple[float, float]], rows: int, task: Task, began: float) -> Shown:
    before, after = tuple(a for a, _ in arms), tuple(b for _, b in arms)
    constant = 0.5 if task.task in ("binary", "multi-class") else None
    chance = math.sqrt(2) * row_error(mean(after), rows, constant)
    helps = effect(before, after, spread([before, after]), rows=chance) is Effect.HELPS
    helps = helps or (change.cause == Cause.NUMERICAL_OVERFLOW and _finite_again(before, after))
    return Shown(change.cause, change.change, METRIC, tuple(round(v, 4) for v in before), tuple(round(v, 4) for v in after),
                 round(time.monotonic() - began, 2), "confirmed" if helps else "inconclusive", True,
                 "the whole program, changed and unchanged, where it can write nothing", (("source", change.text),),
                 suspected=change.suspected)  # fmt: skip
