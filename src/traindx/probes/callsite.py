"""Which line of the user's own program made a call."""

from __future__ import annotations

import os
import sys
import sysconfig
from functools import cache
from types import FrameType

from traindx.facts.findings import Location

OWN = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
"""The folder of traindx itself."""
_RUNNER = os.path.join(OWN, "entry", "runner.py")
_LIBRARIES = tuple(
    {
        os.path.realpath(path) + os.sep
        for key in ("stdlib", "platstdlib", "purelib", "platlib")
        if (path := sysconfig.get_paths().get(key))
    }
)


@cache
def is_user_file(name: str) -> bool:
    """Whether a code object's file name belongs to the program rather than to Python, a library or traindx."""
    if name.startswith("<"):
        return False
    path = os.path.realpath(name)
    inside = f"{os.sep}site-packages{os.sep}" in path or f"{os.sep}dist-packages{os.sep}" in path
    return not (inside or path.startswith(OWN) or path.startswith(_LIBRARIES))


def user_frames(most: int) -> list[FrameType]:
    """The program's own frames on this thread's stack, innermost first; comprehensions and lambdas count too."""
    frame: FrameType | None = sys._getframe(1)
    found: list[FrameType] = []
    while frame is not None and len(found) < most and frame.f_code.co_filename != _RUNNER:  # beyond it stands who called traindx
        if is_user_file(frame.f_code.co_filename):
            found.append(frame)
        frame = frame.f_back
    return found


def callsite() -> Location | None:
    """File and line of the innermost user frame on the stack, or None when there is none."""
    found = user_frames(1)
    return Location(found[0].f_code.co_filename, found[0].f_lineno) if found else None
