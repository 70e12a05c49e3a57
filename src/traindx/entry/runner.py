"""Runs an unmodified program as `python program.py` would, under watch."""

from __future__ import annotations

import builtins
import importlib.machinery
import importlib.util
import os
import re
import runpy
import sys
import threading
import traceback
import types
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from traindx.facts.findings import Location
from traindx.facts.observation import ErrorFacts
from traindx.facts.started import Started
from traindx.probes.callsite import is_user_file
from traindx.probes.memory.failed import allocation

_OWN = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_OUR_FRAME = re.compile(rf'^ *File "(?:{re.escape(_OWN)}|<frozen runpy>)[^\n]*\n\n?', re.MULTILINE)


class ProgramError(Exception):
    """The program cannot be started; the message is one sentence for the user."""


@contextmanager
def as_started(path: list[str], finders: list[Any]) -> Iterator[None]:
    """While traindx works after the program: its own modules can be found, and the program's alarms about numbers are off."""
    import numpy as np

    kept, limit = (sys.path[:], sys.meta_path[:]), sys.getrecursionlimit()
    sys.path[:] = [*sys.path, *(p for p in path if p not in sys.path)]
    sys.meta_path[:] = [*sys.meta_path, *(f for f in finders if f not in sys.meta_path)]
    sys.setrecursionlimit(max(limit, 1000))
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        sys.path[:], sys.meta_path[:] = kept
        with suppress(RecursionError):
            sys.setrecursionlimit(limit)


@dataclass(frozen=True)
class Ended:
    """How the program ended: its status, the exception that nobody caught, and whether Ctrl-C did it."""

    status: int
    error: BaseException | None = None
    interrupted: bool = False


@dataclass(frozen=True)
class Program:
    """What shall run as `__main__`: a script's source and the module state `python` would give it, or a module's name."""

    name: str
    argv: list[str]
    path0: str
    source: bytes | None = None
    file: str = ""

    def started(self) -> Started | None:
        """How a script can be started again from here; None for a module."""
        if self.source is None:
            return None
        return Started(self.file, tuple(self.argv), os.getcwd(), self.path0)


def load_script(path: str, arguments: list[str]) -> Program:
    """Read a script.

    Raises:
        ProgramError: it is missing, unreadable or no text.
    """
    file = Path(path)
    if file.is_dir():
        raise ProgramError(f"{path} is a folder; give the program's file.")
    try:
        source = file.read_bytes()
    except OSError as fault:
        raise ProgramError(f"cannot read {path}: {fault.strerror}.") from None
    if b"\0" in source:
        raise ProgramError(f"{path} is no Python source: it holds null bytes.")
    full = os.path.join(os.getcwd(), path)  # not normalised: Python does not either
    return Program(path, [path, *arguments], os.path.dirname(os.path.realpath(path)), source, full)


def load_module(name: str, arguments: list[str]) -> Program:
    """What `python -m name` would run; nothing of it is imported yet.

    Raises:
        ProgramError: there is no such module.
    """
    top = name.partition(".")[0]
    sys.path.insert(0, os.getcwd())
    try:
        found = importlib.util.find_spec(top) if top else None
    except (ImportError, ValueError, AttributeError):
        found = None
    finally:
        sys.path.pop(0)
    if found is None:
        raise ProgramError(f"cannot run -m {name}: No module named {name}.")
    return Program(name, ["-m", *arguments], os.getcwd())


def run(program: Program) -> Ended:
    """Execute the program as `__main__` in this interpreter. Its exceptions are printed as Python prints them."""
    module = types.ModuleType("__main__")
    module.__dict__["__builtins__"] = builtins
    if sys.version_info < (3, 14):
        module.__annotations__ = {}
    sys.modules["__main__"] = module
    sys.argv = program.argv
    if not getattr(sys.flags, "safe_path", False):
        sys.path[0] = program.path0
    error: BaseException | None = None
    try:
        _execute(program, module.__dict__)
    except BaseException as raised:  # noqa: BLE001 - the program's own, told below as Python tells it
        error = raised
    ended = _told(error)
    try:
        _join_threads()
    except BaseException as raised:  # noqa: BLE001 - Ctrl-C, or a signal handler of the program
        error = raised
        ended = _told(error)
    _flush()
    return ended


def _execute(program: Program, namespace: dict[str, Any]) -> None:
    if program.source is None:
        runpy._run_module_as_main(program.name)  # type: ignore[attr-defined]
        return
    loader = importlib.machinery.SourceFileLoader("__main__", program.file)
    namespace.update(
        __file__=program.file, __spec__=None, __package__=None, __cached__=None, __loader__=loader,
    )  # fmt: skip
    exec(compile(program.source, program.file, "exec", dont_inherit=True), namespace)


def _told(error: BaseException | None) -> Ended:
    """How the program ended by this exception, once it is told on its standard error."""
    if error is None:
        return Ended(0)
    strip(error)
    if isinstance(error, SystemExit):
        return Ended(_status(error))
    second = _hook(error)
    if isinstance(second, SystemExit):
        return Ended(_status(second), error)
    if isinstance(error, KeyboardInterrupt):
        return Ended(130, error, interrupted=True)
    return Ended(1, error)


def _hook(error: BaseException) -> BaseException | None:
    """Print an uncaught exception through the program's own hook, as Python does; what the hook itself raised, if it did."""
    hook = getattr(sys, "excepthook", None)
    second: BaseException | None = None
    if not hasattr(sys, "excepthook"):
        _say("sys.excepthook is missing\n")
        hook = sys.__excepthook__
    try:
        hook(type(error), error, error.__traceback__)  # type: ignore[misc]
    except BaseException as raised:  # noqa: BLE001 - told below
        second = raised
    if second is not None and not isinstance(second, SystemExit):
        strip(second)
        _say("Error in sys.excepthook:\n")
        sys.__excepthook__(type(second), second, second.__traceback__)
        _say("\nOriginal exception was:\n")
        sys.__excepthook__(type(error), error, error.__traceback__)
    return second


def _say(text: str) -> None:
    with suppress(Exception):
        sys.stderr.write(text)


def _join_threads() -> None:
    """Wait, as Python does at its end, for the threads that the program itself has started."""
    for thread in threading.enumerate():
        target = getattr(thread, "_target", None) or type(thread).run
        name = getattr(getattr(target, "__code__", None), "co_filename", "<")
        if thread is not threading.current_thread() and not thread.daemon and is_user_file(name):
            thread.join()


def _status(leaving: SystemExit) -> int:
    code = leaving.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF if -(1 << 63) <= code < 1 << 63 else 0xFF
    with suppress(Exception):  # where it does not know its text, Python leaves the line empty, too
        _say(str(code))
    _say("\n")
    return 1


def strip(error: BaseException, seen: set[int] | None = None) -> None:
    """Take traindx's frames out of an exception's tracebacks, its causes and contexts included."""
    seen = seen if seen is not None else set()
    if id(error) in seen:
        return
    seen.add(id(error))
    frames = []
    step = error.__traceback__
    while step is not None:
        if not step.tb_frame.f_code.co_filename.startswith(_OWN):
            frames.append(step)
        step = step.tb_next
    rebuilt = None
    for frame in reversed(frames):
        rebuilt = types.TracebackType(rebuilt, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    error.__traceback__ = rebuilt
    with suppress(Exception):  # an exception of the program's own may forbid any look at it
        if isinstance(told := getattr(error, "_message", None), str) and _OWN in told:  # TensorFlow's stack of a graph node
            error._message = _OUR_FRAME.sub("", told)  # type: ignore[attr-defined]
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for other in (error.__cause__, error.__context__, *inner):
        if other is not None:
            strip(other, seen)


def error_facts(error: BaseException, recorder: Any = None) -> ErrorFacts:
    """The exception as facts: type, message, the user's innermost line, what was called there, memory asked for."""
    stack = traceback.extract_tb(error.__traceback__)
    frames = [Location(f.filename, f.lineno or 0) for f in stack if is_user_file(f.filename)]
    names = [f.name for f in stack if not is_user_file(f.filename) and f.filename != "<frozen runpy>"]
    if not frames and isinstance(error, SyntaxError) and error.filename:
        frames = [Location(str(error.filename), error.lineno or 0)]
    return ErrorFacts(
        type=type(error).__name__, message=_text(error)[:4000], location=frames[-1] if frames else None,
        frames=tuple(frames), call=names[0] if names else None,
        allocation=recorder.guard(allocation, error, recorder) if recorder is not None else None,
    )  # fmt: skip


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as fault:  # noqa: BLE001 - an exception of the program's own may not know its text
        return f"(its text cannot be had: {type(fault).__name__})"


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):  # closed, or something of the program's own that knows no flush
            stream.flush()
