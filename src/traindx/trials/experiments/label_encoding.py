"""A renaming of the held-out classes that is found on half of the rows and scored on the other half."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from traindx.facts.causes import Cause
from traindx.facts.skill import class_ids, numeric, predicted_classes, threshold
from traindx.trials.recipe import NotTestable, Recipe, tests
from traindx.trials.shown import Shown

if TYPE_CHECKING:
    from traindx.facts.observation import Split

GAIN = 0.2
"""A renaming is fitted on one half of the rows and scored on the other, so chance gains nothing; a fifth of the rows is
what matters, and three binomial standard errors what is certain. Both are counted above the best constant class too: one
class for all rows can always be renamed into the most frequent one."""
MIN_ROWS = 24


def renaming(guess: np.ndarray, truth: np.ndarray) -> dict[int, int]:
    """Which predicted class stands for which true one: greedy on the table of counts, one to one."""
    size = int(max(guess.max(), truth.max())) + 1
    table = np.zeros((size, size))
    np.add.at(table, (guess, truth), 1)
    found: dict[int, int] = {}
    while table.max() > 0 and len(found) < size:
        a, b = np.unravel_index(table.argmax(), table.shape)
        found[int(a)] = int(b)
        table[a, :] = -1
        table[:, b] = -1
    return found


def _columns(names: dict[int, int], width: int) -> str:
    """Which of the held-out rows' one-hot columns stands for each of the training rows' classes."""
    return ", ".join(str(names.get(c, c)) for c in range(width))


@tests(Cause.LABEL_ENCODING_MISMATCH)
def rename_classes(world: Any, want: Any) -> Shown | NotTestable:
    """Accuracy on the held-out rows with and without the best one-to-one renaming of classes."""
    case = world.base.case
    best: Shown | None = None
    for role in ("validation", "test"):
        found = _one(world.base, case.splits.get(role), role)
        if found is not None and (best is None or found.verdict == "confirmed"):
            best = found
    return best or NotTestable("there are no predicted classes on held-out rows")


def _one(base: Recipe, split: Split | None, role: str) -> Shown | None:
    case = base.case
    if case.task not in ("binary", "multi-class") or split is None or not split.predicted_end or not split.y:
        return None
    scores = numeric(split.predicted_end[0])
    if scores is None or len(scores) < MIN_ROWS or not np.isfinite(scores).all():
        return None
    truth = class_ids(split.y[0][: len(scores)])
    if truth.min() < 0 or truth.max() > 4096:
        return None
    guess = predicted_classes(scores, threshold(case.model))
    half = np.random.default_rng(0).random(len(truth)) < 0.5
    names = renaming(guess[half], truth[half])
    renamed = np.asarray([names.get(int(g), -1) for g in guess[~half]])
    before, after = float((guess[~half] == truth[~half]).mean()), float((renamed == truth[~half]).mean())
    constant = float(np.bincount(truth[~half]).max() / (~half).sum())
    named = {v: k for k, v in names.items()}
    listed = ", ".join(str(named.get(c, c)) for c in range(max(names.values(), default=0) + 1))
    way = "rename" if split.y[0].size == len(split.y[0]) else "exchange"
    patch = base.patched_data("held", f"{way}:{role}:{listed if way == 'rename' else _columns(names, split.y[0].shape[1])}")
    moved = ", ".join(f"{a}→{b}" for a, b in sorted(names.items()) if a != b)[:80]
    shown = Shown(None, f"{role} classes renamed ({moved or 'none'})", f"accuracy on {role} rows", (round(before, 4),),
                  (round(after, 4),), 0.0, "inconclusive", True, "renaming found on the other half of the rows", patch or ())  # fmt: skip
    error = float(np.sqrt((before * (1 - before) + after * (1 - after)) / max(1, (~half).sum())))
    return replace(shown, verdict="confirmed") if after - max(before, constant) >= max(GAIN, 3 * error) else shown
