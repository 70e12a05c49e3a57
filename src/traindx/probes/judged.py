"""Rows that the program hands to a trained model by its own calls, outside of any step: most often the held-out rows.

A loop of the program's own scores by calling the model. What it hands over is kept by the line of the call, once, and
becomes a split when the run is over, unless the model was trained on these rows.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from traindx.facts.findings import Location
from traindx.facts.observation import Split
from traindx.probes.modellog import ModelLog, template
from traindx.probes.rowhash import row_hashes
from traindx.probes.sample import StreamSample, as_rows, flatten

LEAST_ROWS = 20
LEAST_BATCH = 8
"""Rows of one call: fewer are an agent's single states or an example for the eye."""
MOST_TRAINED = 0.05
"""Share of rows that may also stand in training: honest repetition, not the training rows scored again."""
MOST_PLACES = 8


class Tapes(threading.local):
    """How many gradient tapes record on this thread: what a model is given meanwhile is trained on."""

    open = 0

    def opens(self, *_: Any) -> None:
        """A tape begins to record."""
        self.open += 1

    def closes(self, *_: Any) -> None:
        """A tape ceases to record."""
        self.open = max(0, self.open - 1)


@dataclass
class Calls:
    """The rows of the calls on one line; `firsts` are hashes of the first row of each batch."""

    stream: StreamSample
    templates: tuple[Any, Any]
    firsts: set[int] = field(default_factory=set[int])

    def add(self, x: Any, y: Any) -> None:
        """See one call's rows; from the first batch that comes again on nothing is new."""
        rows = as_rows(flatten(x))
        if not rows or len(rows[0]) < LEAST_BATCH or self.stream.complete or self.stream.failed:
            return
        first = int(row_hashes(tuple(a[:1] for a in rows))[0])
        self.stream.complete = first in self.firsts
        if not self.stream.complete:
            self.firsts.add(first)
            self.stream.add(x, y, None)


def judged(log: ModelLog, x: Any, y: Any, site: Location | None, rng: np.random.Generator) -> None:
    """The program handed `x` to the trained model of `log`, beside `y` where its targets are known.

    It stops when samples have cost more than 3 % of the time since the model's first call.
    """
    if log.sampling_seconds > 1.0 + 0.03 * (time.monotonic() - log.born) or (
        site not in log.judged and len(log.judged) >= MOST_PLACES
    ):
        return
    began = time.perf_counter()
    made = log.judged.setdefault(site, Calls(StreamSample("test", "batches", site, rng), (template(x), template(y))))
    made.add(x, y)
    log.sampling_seconds += time.perf_counter() - began


def settle(log: ModelLog) -> None:
    """Turn the rows of the line that was given most into a split: `test` with targets, `predict` without."""
    train = log.splits.get("train")
    if train is None or not log.judged:
        return
    found = [(calls, split) for calls in log.judged.values() if (split := _unseen(calls, train)) is not None]
    for calls, split in sorted(found, key=lambda pair: -(pair[1].n or 0)):
        labelled = _like(split, train)
        role = "test" if labelled else "predict"
        if labelled and ("validation" in log.splits or "test" in log.splits):
            continue
        if role not in log.splits:
            log.splits[role] = replace(split, role=role, y=split.y if labelled else (), labels=split.labels if labelled else None)
            log.templates[role] = calls.templates if labelled else (calls.templates[0], None)


def _unseen(calls: Calls, train: Split) -> Split | None:
    """The rows as a split, unless they are few, of another shape, or rows that were trained on."""
    split = calls.stream.split()
    if split is None or (split.n or 0) < LEAST_ROWS or [a.shape[1:] for a in split.x] != [a.shape[1:] for a in train.x]:
        return None
    if split.hashes is None or train.hashes is None or np.isin(split.hashes, train.hashes).mean() > MOST_TRAINED:
        return None
    return split


def _like(split: Split, train: Split) -> bool:
    """Whether what stood beside the rows can be their targets: as training's in shape, kind and, of classes, values."""
    if not split.y or not train.y or split.y[0].shape[1:] != train.y[0].shape[1:]:
        return False
    mine, theirs = train.y[0], split.y[0]
    whole = [a.dtype.kind in "biu" or bool(np.isfinite(a).all() and (a == np.round(a)).all()) for a in (mine, theirs)]
    if whole[0] != whole[1]:
        return False
    return not whole[0] or float(np.isin(theirs, np.unique(mine)).mean()) > 0.5
