"""Silence while traindx calls the program's own layers and losses: what they print was printed once already."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def hushed() -> Iterator[None]:
    """Python's prints and those of TensorFlow's kernels (`tf.print` writes to the file descriptor) go nowhere."""
    kept: list[tuple[int, int]] = []
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        for stream, number in ((sys.stdout, 1), (sys.stderr, 2)):
            with contextlib.suppress(OSError, ValueError, AttributeError):
                stream.flush()
            with contextlib.suppress(OSError):
                kept.append((number, os.dup(number)))
                os.dup2(nowhere.fileno(), number)
        try:
            with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
                yield
        finally:
            for number, copy in kept:
                os.dup2(copy, number)
                os.close(copy)
