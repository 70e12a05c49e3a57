"""What a program that is run again may do: read everything, write below one folder, speak to nobody.

The kernel holds it (Landlock, Linux 5.13 and later: <https://docs.kernel.org/userspace-api/landlock.html>), for libraries
write files without Python's knowledge; connections are refused by the kernel where it can (6.7) and by Python's audit hook.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import Any

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_NO_NEW_PRIVILEGES, _DEATH_SIGNAL = 38, 1
_WRITES = (1 << 1) | sum(1 << bit for bit in range(4, 13))
"""Write to a file; remove, make files of every kind. Renaming between folders (2nd version) and cutting (3rd) are added."""
_TO_A_FILE = (1 << 1) | (1 << 14)
_LOCKS = "/dev/shm"
"""In memory: the locks of Python's pools of threads stand there under names of their own."""
_REFUSED = (
    "os.truncate", "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "os.kill", "os.killpg",
)


class Unconfined(Exception):
    """This machine's kernel cannot confine a process."""


class _Rules(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def version() -> int:
    """Landlock's version in this kernel; 0 where it has none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, int(ctypes.CDLL(None, use_errno=True).syscall(_CREATE, None, 0, 1)))


def confine(folder: Path) -> None:
    """From now on this process, which must have one thread, and its children write below `folder` alone.

    Raises:
        Unconfined: the kernel cannot hold that.
    """
    able = version()
    if able < 1:
        raise Unconfined("this kernel has no Landlock")
    libc = ctypes.CDLL(None, use_errno=True)
    files = _WRITES | (1 << 13 if able >= 2 else 0) | (1 << 14 if able >= 3 else 0)
    rules = _Rules(files, 3 if able >= 4 else 0, 3 if able >= 6 else 0)
    size = 24 if able >= 6 else 16 if able >= 4 else 8
    held = libc.syscall(_CREATE, ctypes.byref(rules), size, 0)
    if held < 0:
        raise Unconfined(os.strerror(ctypes.get_errno()))
    places = [(str(folder), files), (os.devnull, files & _TO_A_FILE)]
    for place, allowed in [*places, *([(_LOCKS, files)] if os.path.isdir(_LOCKS) else [])]:
        opened = os.open(place, os.O_PATH | os.O_CLOEXEC)
        failed = libc.syscall(_ADD, held, 1, ctypes.byref(_Beneath(allowed, opened)), 0)
        os.close(opened)
        if failed:
            raise Unconfined(os.strerror(ctypes.get_errno()))
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.syscall(_RESTRICT, held, 0):
        raise Unconfined(os.strerror(ctypes.get_errno()))
    os.close(held)
    sys.addaudithook(_refuse)


def ends_with_its_parent() -> None:
    """This process is killed when the one that forked it ends (Linux; elsewhere nothing happens)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def _refuse(event: str, _: Any) -> None:
    if event in _REFUSED:
        raise PermissionError(f"{event}: not in a trial")
