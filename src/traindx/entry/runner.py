"""Runs an unmodified program as `python program.py` would, under watch."""

from __future__ import annotations

import builtins
import importlib.machinery
import os
import re
import sys
import threading
import traceback
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from traindx.facts.findings import Location
from traindx.facts.observation import ErrorFacts
from traindx.probes.callsite import is_user_file
from traindx.probes.memory.failed import allocation

_OWN = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_OUR_FRAME = re.compile(rf'^ *File "(?:{re.escape(_OWN)}|<frozen runpy>)[^\n]*\n\n?', re.MULTILINE)


class ProgramError(Exception):
    """The program cannot be started; the message is one sentence for the user."""


@dataclass(frozen=True)
class Ended:
    """How the program ended: its status, the exception that nobody caught, and whether Ctrl-C did it."""

    status: int
    error: BaseException | None = None
    interrupted: bool = False


@dataclass(frozen=True)
class Program:
    """Compiled source and the module state `python` would give it."""

    name: str
    code: types.CodeType
    attributes: dict[str, Any]
    argv: list[str]
    path0: str


def load_script(path: str, arguments: list[str]) -> Program:
    """Compile a script.

    Raises:
        ProgramError: it is missing, unreadable, no text or has a syntax error.
    """
    file = Path(path)
    if file.is_dir():
        raise ProgramError(f"{path} is a folder; give the program's file.")
    try:
        source = file.read_bytes()
    except OSError as fault:
        raise ProgramError(f"cannot read {path}: {fault.strerror}.") from None
    full = os.path.join(os.getcwd(), path)  # not normalised: Python does not either
    code = _compiled(source, full, path)
    loader = importlib.machinery.SourceFileLoader("__main__", full)
    attributes = {"__file__": full, "__spec__": None, "__package__": None, "__cached__": None, "__loader__": loader}
    return Program(path, code, attributes, [path, *arguments], os.path.dirname(os.path.realpath(path)))


def load_module(name: str, arguments: list[str]) -> Program:
    """Find what `python -m name` would run.

    Raises:
        ProgramError: there is no such module, or it has no source.
    """
    import runpy

    sys.path.insert(0, os.getcwd())
    try:
        _, spec, code = runpy._get_module_details(name)  # type: ignore[attr-defined]
    except (ImportError, runpy._Error) as fault:  # type: ignore[attr-defined]
        raise ProgramError(f"cannot run -m {name}: {fault}.") from None
    except SyntaxError as fault:
        raise ProgramError(f"{fault.filename}, line {fault.lineno}: {fault.msg}.") from None
    except Exception as fault:  # noqa: BLE001 - the module's package raised while it was imported
        raise ProgramError(f"cannot run -m {name}: its package raised {type(fault).__name__}: {fault}") from None
    finally:
        sys.path.pop(0)
    attributes = {"__file__": spec.origin, "__spec__": spec, "__package__": spec.parent, "__cached__": spec.cached,
                  "__loader__": spec.loader}  # fmt: skip
    return Program(name, code, attributes, [spec.origin or name, *arguments], os.getcwd())


def _compiled(source: bytes, full: str, shown: str) -> types.CodeType:
    try:
        return compile(source, full, "exec", dont_inherit=True)
    except SyntaxError as fault:
        raise ProgramError(f"{shown}, line {fault.lineno}: {fault.msg}; the program was not run.") from None
    except ValueError as fault:
        raise ProgramError(f"{shown} is not a Python program: {fault}.") from None


def run(program: Program) -> Ended:
    """Execute the program as `__main__` in this interpreter. Its exceptions are printed as Python prints them."""
    module = types.ModuleType("__main__")
    module.__dict__.update(program.attributes)
    module.__dict__["__builtins__"] = builtins
    if sys.version_info < (3, 14):
        module.__annotations__ = {}
    sys.modules["__main__"] = module
    sys.argv = program.argv
    if not getattr(sys.flags, "safe_path", False):
        sys.path[0] = program.path0
    try:
        ended = _execute(program.code, module.__dict__)
        _join_threads()
    except KeyboardInterrupt as stopped:
        _report(stopped)
        ended = Ended(130, stopped, interrupted=True)
    _flush()
    return ended


def _execute(code: types.CodeType, namespace: dict[str, Any]) -> Ended:
    try:
        exec(code, namespace)
    except SystemExit as leaving:
        return Ended(_status(leaving))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - the program's own fault, printed as Python would
        _report(error)
        return Ended(1, error)
    return Ended(0)


def _join_threads() -> None:
    """Wait, as Python does at its end, for the threads that the program itself has started."""
    for thread in threading.enumerate():
        target = getattr(thread, "_target", None) or type(thread).run
        name = getattr(getattr(target, "__code__", None), "co_filename", "<")
        if thread is not threading.current_thread() and not thread.daemon and is_user_file(name):
            thread.join()


def _status(leaving: SystemExit) -> int:
    if leaving.code is None:
        return 0
    if isinstance(leaving.code, int):
        return leaving.code & 0xFF
    print(leaving.code, file=sys.stderr)
    return 1


def _report(error: BaseException) -> None:
    """Print an uncaught exception through the program's own hook, without our frames."""
    strip(error)
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    except BaseException:  # noqa: BLE001 - Python itself falls back like this
        traceback.print_exception(error)


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
    if isinstance(told := getattr(error, "_message", None), str) and _OWN in told:  # TensorFlow's stack of a graph node
        error._message = _OUR_FRAME.sub("", told)  # type: ignore[attr-defined]
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for other in (error.__cause__, error.__context__, *inner):
        if other is not None:
            strip(other, seen)


def error_facts(error: BaseException, recorder: Any = None) -> ErrorFacts:
    """The exception as facts: type, message, the user's innermost line, what was called there, memory asked for."""
    frames = [Location(f.filename, f.lineno or 0) for f in traceback.extract_tb(error.__traceback__) if is_user_file(f.filename)]
    names = [f.name for f in traceback.extract_tb(error.__traceback__) if not is_user_file(f.filename)]
    return ErrorFacts(
        type=type(error).__name__, message=str(error)[:4000], location=frames[-1] if frames else None,
        frames=tuple(frames), call=names[0] if names else None,
        allocation=recorder.guard(allocation, error, recorder) if recorder is not None else None,
    )  # fmt: skip


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
