"""How the program under watch was started, so that it can be started again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Started:
    """The script's full path, the words it was given (its own name first), the folder it was started in, and the first
    entry of its search path."""

    file: str
    argv: tuple[str, ...]
    folder: str
    path0: str
