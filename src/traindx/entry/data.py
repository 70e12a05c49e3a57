"""`traindx data` and `traindx compare`: splits alone, and two recorded runs."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from traindx.entry.runs import resolve_run
from traindx.facts.runlog import read_observation

if TYPE_CHECKING:
    import argparse

    from traindx.facts.diagnosis import Diagnosis
    from traindx.facts.settings import Settings


class Progress:
    """Rows read so far, on one line of a terminal; nothing elsewhere, nothing in the first second."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.shown, self.began = 0.0, time.monotonic()

    def __call__(self, split: str, rows: int) -> None:
        """`rows` of a split were read."""
        self.rows[split] = rows
        now = time.monotonic()
        if sys.stderr.isatty() and now - self.began > 1 and now - self.shown > 0.2:
            self.shown = now
            print("\r" + ", ".join(f"{k} {v:,} rows" for k, v in self.rows.items()), end="", file=sys.stderr)

    def end(self) -> None:
        """Clear the line."""
        if self.shown:
            print("\r\x1b[K", end="", file=sys.stderr)


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
    found = compared(read_observation(good), read_observation(bad), (str(options.good), str(options.bad)))
    makers: list[tuple[Path | None, Any]] = [
        (options.json, lambda: json.dumps(reporter.to_json(found), indent=1, allow_nan=False)),
        (options.html, lambda: reporter.to_html(found)),
    ]
    for path, make in makers:
        if path is not None:
            path.write_text(make(), encoding="utf-8")
    print(reporter.render(found, verbose=options.verbose))
    return 0
