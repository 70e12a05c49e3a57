"""The run log: a folder with `run.jsonl` (append-only JSON lines) and `arrays.npz` (plain arrays, never pickle)."""

# pyright: basic
# (values from JSON have no static type)
from __future__ import annotations

import json
import os
import threading
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from traindx.facts.codec import decode, encode
from traindx.facts.compute import ComputeFacts, StepMemory
from traindx.facts.faults import said
from traindx.facts.observation import Curve, ModelFacts, Observation, Training
from traindx.facts.workerlogs import merge
from traindx.facts.workers import Process, WorkersSeen

FORMAT = 1
NAME = "run.jsonl"
ARRAYS = "arrays.npz"
_MARK = "array:"
MAX_UNPACKED = 100
MAX_EVENTS = 16 << 20
"""Bytes of `run.jsonl` from which repeated events are left out, however long the program runs."""
WHOLE = 12
"""Two to the power of this: so many events of a kind are all written, then every second, every fourth and so on."""


class RunLogError(Exception):
    """The run log cannot be read; the message is one sentence for the user."""


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """What a log's odd values raise while they are read, judged or compared becomes one sentence.

    Raises:
        RunLogError: instead of it.
    """
    try:
        yield
    except (BrokenPipeError, RunLogError):
        raise
    except (AttributeError, TypeError, ValueError, LookupError, ArithmeticError, RecursionError, MemoryError, OSError,
            zipfile.BadZipFile, zlib.error, AssertionError) as fault:  # fmt: skip
        raise RunLogError(f"the run log in {folder} is damaged: {said(fault)}.") from None


class Journal:
    """Appends events while the program runs, so that a killed program leaves a readable log.

    It owns a bare file descriptor and looks before each line whether that is still its file: a program may close all
    descriptors it did not open, and the number is then soon that of a file of its own.
    """

    def __init__(self, folder: Path, program: str) -> None:
        folder = folder.absolute()  # the program may change its folder
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.path = folder, folder / NAME
        self._pid = os.getpid()
        self._lock = threading.Lock()
        self._repeated: Counter[str] = Counter()
        self._closed = False
        self._open(os.O_TRUNC)
        try:
            here = os.getcwd()
        except OSError:  # the folder is gone
            here = ""
        self.append("header", {"format": FORMAT, "program": program, "pid": self._pid, "folder": here})

    def _open(self, how: int) -> None:
        self._file = _out_of_the_way(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | how, 0o666))
        there = os.fstat(self._file)
        self._is = there.st_dev, there.st_ino

    def _mine(self) -> bool:
        try:
            there = os.fstat(self._file)
        except OSError:
            return False
        return (there.st_dev, there.st_ino) == self._is

    def append(self, kind: str, value: Any) -> None:
        """Write one line; a forked child writes nothing.

        Raises:
            OSError: it cannot be written, as where the disk is full.
        """
        if os.getpid() != self._pid or self._closed:
            return
        left = memoryview((json.dumps({"kind": kind, "value": encode(value)}, allow_nan=False) + "\n").encode())
        with self._lock:
            if not self._mine():
                self._open(0)
            while left:
                left = left[os.write(self._file, left) :]

    def repeat(self, kind: str, value: Any) -> None:
        """Write one of many events of a kind; the more there have been, the fewer are written."""
        self._repeated[kind] += 1
        n = self._repeated[kind]
        if n % (1 << max(0, n.bit_length() - WHOLE)) == 0 and (n < 1 << WHOLE or os.stat(self.path).st_size < MAX_EVENTS):
            self.append(kind, value)

    def observation(self, seen: Observation) -> None:
        """Write the whole observation: facts as a line, arrays beside it."""
        arrays: dict[str, np.ndarray] = {}
        plain = _without_arrays(seen, arrays)
        np.savez(self.folder / ARRAYS, **{k: _storable(v) for k, v in arrays.items()})  # type: ignore[arg-type]
        self.append("observation", plain)

    def close(self) -> None:
        """Close the file."""
        self._closed = True
        if os.getpid() == self._pid and self._mine():
            os.close(self._file)


def _out_of_the_way(file: int) -> int:
    """The same file under a high number: those of the files that the program opens stay what they were."""
    try:
        import fcntl

        high = fcntl.fcntl(file, fcntl.F_DUPFD_CLOEXEC, 200)
    except (ImportError, OSError):
        return file
    os.close(file)
    return high


def _storable(array: np.ndarray) -> np.ndarray:
    return array.astype(str) if array.dtype == object else array


def _without_arrays(value: Any, arrays: dict[str, np.ndarray]) -> Any:
    if isinstance(value, np.ndarray):
        name = f"a{len(arrays)}"
        arrays[name] = value
        return _MARK + name
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _without_arrays(getattr(value, f.name), arrays) for f in fields(value)}
    if isinstance(value, dict):
        return {k: _without_arrays(v, arrays) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_without_arrays(v, arrays) for v in value]
    return value


def _with_arrays(value: Any, arrays: Any) -> Any:
    if isinstance(value, str) and value.startswith(_MARK):
        return arrays[value[len(_MARK) :]]
    if isinstance(value, dict):
        return {k: _with_arrays(v, arrays) for k, v in value.items()}
    if isinstance(value, list):
        return [_with_arrays(v, arrays) for v in value]
    return value


def lines(folder: Path) -> tuple[list[dict[str, Any]], bool]:
    """All readable lines and whether the last one was cut off.

    Raises:
        RunLogError: there is no log, it is no run log, or it comes from a newer version.
    """
    path = folder / NAME if folder.is_dir() else folder
    try:
        if not path.is_file() and path.exists():
            raise RunLogError(f"{path} is no run log: it is no file.")
        raw = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as fault:
        raise RunLogError(f"cannot read a run log at {folder}: {fault.strerror or fault}.") from None
    found: list[dict[str, Any]] = []
    cut = False
    for at, line in enumerate(raw):
        try:
            found.append(json.loads(line))
        except ValueError:
            if at + 1 < len(raw):
                raise RunLogError(f"{path} is no run log: line {at + 1} is not JSON.") from None
            cut = True
    head = found[0].get("value") if found and isinstance(found[0], dict) and found[0].get("kind") == "header" else None
    if not isinstance(head, dict):
        raise RunLogError(f"{path} is no run log: it does not begin with a header.")
    if not isinstance(head.get("format"), int) or head["format"] > FORMAT:
        raise RunLogError(f"{path} was written by a newer traindx (format {head.get('format')}); update traindx to read it.")
    return found, cut


def read_observation(folder: Path) -> Observation:
    """The recorded observation; of a program that was killed, what its journal tells.

    Raises:
        RunLogError: see `lines`; or the arrays beside it are missing or damaged.
    """
    found, cut = lines(folder)
    with reading(folder):
        whole = next((x["value"] for x in reversed(found) if x.get("kind") == "observation"), None)
        if whole is None:
            return _partial(found, cut)
        with _arrays((folder if folder.is_dir() else folder.parent) / ARRAYS) as arrays:
            return decode(Observation, _with_arrays(whole, arrays))


def _arrays(path: Path) -> Any:
    """The arrays beside the log, read when asked for; never pickle.

    Raises:
        ValueError: they would fill far more memory than their file can mean.
        OSError, zipfile.BadZipFile: it cannot be read.
    """
    with zipfile.ZipFile(path) as packed:
        if sum(each.file_size for each in packed.infolist()) > MAX_UNPACKED * path.stat().st_size + (64 << 20):
            raise ValueError(f"{path.name} unpacks to more than {MAX_UNPACKED} times its size")
    return np.load(path, allow_pickle=False)


def read_run(folder: Path) -> Observation:
    """A recorded run; of a folder that holds the logs of several workers, all of them as one.

    Raises:
        RunLogError: see `read_observation`.
    """
    logs = [] if not folder.is_dir() or (folder / NAME).exists() else sorted(p.parent for p in folder.glob(f"*/{NAME}"))
    return merge([read_observation(log) for log in logs]) if logs else read_observation(folder)


def _worker(found: list[dict[str, Any]]) -> WorkersSeen | None:
    """The last sign of life of a worker that was killed."""
    last = next((x["value"] for x in reversed(found) if x.get("kind") == "worker"), None)
    if last is None:
        return None
    ended = f"at step {last.get('steps')}" + (f", in {last['phase']}" if last.get("phase") else "")
    return WorkersSeen(process=Process(str(last["name"]), int(last["index"]), int(last["count"]), int(last["steps"]), ended=ended))


def _partial(found: list[dict[str, Any]], cut: bool) -> Observation:
    epochs: dict[str, dict[str, list[float]]] = {}
    for line in found:
        if line.get("kind") == "epoch":
            value = line["value"]
            for name, number in value.get("logs", {}).items():
                epochs.setdefault(str(value.get("model")), {}).setdefault(name, []).append(decode(float, number))
    steps = {x["value"]["model"]: decode(StepMemory, x["value"]["step"]) for x in found if x.get("kind") == "memory"}
    trainings = tuple(
        Training(
            ModelFacts(key, key, "unknown"), curve=Curve(epochs={k: tuple(v) for k, v in epochs.get(key, {}).items()}),
            compute=ComputeFacts(memory=steps[key]) if key in steps else None,
        )
        for key in dict.fromkeys([*epochs, *steps])
    )  # fmt: skip
    why = "the run log ends before the program did" + (" (its last line is cut off)" if cut else "")
    base = Observation(program=str(found[0]["value"].get("program", "?")), exit=-1, trainings=trainings, workers=_worker(found))
    return replace(base, notes=(f"{why}: only what was written until then is known.",))
