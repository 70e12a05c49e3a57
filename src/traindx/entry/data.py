"""`traindx data` and `traindx compare`: splits alone, and two recorded runs."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from traindx.entry.outputs import say, write
from traindx.entry.runs import resolve_run
from traindx.facts.runlog import read_observation, reading

if TYPE_CHECKING:
    import argparse

    from traindx.facts.diagnosis import Diagnosis
    from traindx.facts.settings import Settings


class Progress:
    """A bar with the rows read so far, on one line of a terminal; nothing elsewhere, nothing in the first second."""

    def __init__(self, screen: TextIO | None = None) -> None:
        self.screen = screen or sys.stderr
        self.shown, self.began = 0.0, time.monotonic()
        self.split, self.split_began = "", 0.0

    def __call__(self, split: str, rows: int, total: int | None = None) -> None:
        """`rows` of a split were read, of `total` where that is known."""
        now = time.monotonic()
        if split != self.split:
            self.split, self.split_began = split, now
        if not self.screen.isatty() or now - self.began < 1 or now - self.shown < 0.2:
            return
        self.shown = now
        line = f"{split}: {rows:,} rows"
        if total:
            done = min(1.0, rows / total)
            left = (now - self.split_began) * (1 - done) / max(done, 1e-6)
            line = f"{split} [{'#' * int(30 * done):30s}] {done:4.0%} of {total:,} rows, {left:.0f} s left"
        print(f"\r\x1b[K{line}", end="", file=self.screen, flush=True)

    def end(self) -> None:
        """Clear the line."""
        if self.shown:
            print("\r\x1b[K", end="", file=self.screen, flush=True)


def data(options: argparse.Namespace, settings: Settings) -> Diagnosis:
    """Examine the splits named on the command line.

    Raises:
        traindx.engines.base.SourceError: the training split cannot be read.
    """
    from traindx.entry.api import check_splits

    progress = Progress()
    label = options.label.split(",") if options.label and "," in options.label else options.label
    try:
        return check_splits(
            train=options.train, validation=options.validation, test=options.test, label=label,
            settings=settings, tell=progress, engine=options.engine,
        )  # fmt: skip
    finally:
        progress.end()


def compare(options: argparse.Namespace) -> int:
    """Print what differs between two recorded runs, and write it where asked."""
    from traindx.diagnosis.compare import compare as compared
    from traindx.reporters import compare as reporter

    good, bad = (resolve_run(name) for name in (options.good, options.bad))
    runs = read_observation(good), read_observation(bad)
    with reading(bad):
        found = compared(*runs, (str(options.good), str(options.bad)))
    makers: list[tuple[Path | None, Any]] = [
        (options.json, lambda: json.dumps(reporter.to_json(found), indent=1, allow_nan=False)),
        (options.html, lambda: reporter.to_html(found)),
    ]
    for path, make in makers:
        if path is not None:
            write(path, make)
    say(reporter.render(found, verbose=options.verbose) + "\n", sys.stdout)
    return 0
