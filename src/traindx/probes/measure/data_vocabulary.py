"""Find token ids that mean other words in a held-out split: ids keep their numbers and lose their meaning."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from traindx.facts.data_splits import Transform
from traindx.probes.measure.data_features import bag_of_ids
from traindx.probes.measure.data_learn import assignment
from traindx.probes.measure.data_network import cheap, usable
from traindx.probes.measure.data_view import View

MOST_WORDS = 150
MOST_CLASSES = 8
TELLING = 4.0
"""Standard deviations from which an id tells a class: 1 in 16 000 by chance."""
LEAST_GAIN = 0.03
"""Of the accuracy, below which other ids would hardly hurt; that ids contradict training is the evidence."""


@dataclass(frozen=True)
class Words:
    """Share of the rows of each class that hold each id, (ids, classes), with the squared error of these shares."""

    share: np.ndarray
    error: np.ndarray

    @property
    def tells(self) -> np.ndarray:
        """How far each id's share in a class is from its share in all classes, in standard deviations (ids, classes)."""
        return (self.share - self.share.mean(1, keepdims=True)) / np.sqrt(self.error)


def renamed_words(view: View, role: str) -> Transform | None:
    """Ids of `role` that name other words than in training.

    Held-out rows contradict training on what ids mean: ids that tell a class in both splits tell different ones, which
    drift of topics does not bring about. Ids are matched by how many rows of each class hold them, on one half of the
    held-out rows; a classifier of training rows must then be better on the other half, both ways.
    """
    found, train, held = cheap(view), view.sheets["train"].target, view.sheets[role].target
    if found is None or view.task != "classes" or train is None or held is None or train.codes is None or held.codes is None:
        return None
    rows, there = usable(view, "train", 10**9), usable(view, role, 10**9)
    expected = float((found.loo.argmax(1) == train.codes[usable(view, "train")]).mean())
    ids, held_ids, codes = _ids(view, "train")[rows], _ids(view, role)[there], held.codes[there]
    said = found.predict(bag_of_ids(held_ids))
    plain = said.argmax(1) == codes
    if len(there) < 60 or expected - plain.mean() < LEAST_GAIN or _labels_renamed(said, codes, expected):
        return None
    classes = np.argsort(-np.bincount(train.codes[rows]))[:MOST_CLASSES]
    words, known = _frequent(ids), words_of(ids, train.codes[rows], _frequent(ids), classes)
    here = words_of(held_ids, codes, words, classes)
    strong = (np.abs(known.tells).max(1) > TELLING) & (np.abs(here.tells).max(1) > TELLING)
    against = strong & ((known.tells * here.tells).sum(1) < 0)
    if against.sum() < 2 or against.sum() < 0.2 * strong.sum():
        return None
    half = np.random.default_rng(0).permutation(len(there)) % 2
    right = np.zeros(len(there), bool)
    for side in (0, 1):
        others = _frequent(held_ids[half == side])
        theirs = words_of(held_ids[half == side], codes[half == side], others, classes)
        back = _matched(words, known, others, theirs)
        judged = half != side
        right[judged] = found.predict(bag_of_ids(_read(held_ids[judged], back))).argmax(1) == codes[judged]
    won, lost = int((right & ~plain).sum()), int((plain & ~right).sum())
    gained = float(right.mean() - plain.mean())
    if won - lost < 3 * math.sqrt(max(1, won + lost)) or gained < LEAST_GAIN or right.mean() < expected - 0.15:
        return None
    text = (
        f"token ids of {role} name other words: of {int(strong.sum())} ids that tell a class in both splits, "
        f"{int(against.sum())} tell another one; a classifier of training rows is right on {plain.mean():.0%} of the "
        f"{role} rows, and on {right.mean():.0%} once ids are matched by what they tell"
    )
    return Transform("vocabulary", text, role, 1 - float(plain.mean()), 1 - float(right.mean()))


def _ids(view: View, role: str) -> np.ndarray:
    return np.nan_to_num(view.sheets[role].table).astype(np.int64)


def _frequent(ids: np.ndarray) -> np.ndarray:
    """The ids (at most 150, the most frequent) in at least a hundredth of the rows; 0 is padding."""
    values, counts = np.unique(np.sort(ids, axis=1)[_first_of_row(ids)], return_counts=True)
    good = (counts >= max(3, 0.01 * len(ids))) & (values != 0)
    order = np.argsort(-counts[good], kind="stable")[:MOST_WORDS]
    return values[good][order]


def _first_of_row(ids: np.ndarray) -> np.ndarray:
    ordered = np.sort(ids, axis=1)
    return np.concatenate([np.ones((len(ids), 1), bool), ordered[:, 1:] != ordered[:, :-1]], axis=1)


def words_of(ids: np.ndarray, codes: np.ndarray, words: np.ndarray, classes: np.ndarray) -> Words:
    """What `words` (w,) tell in rows of ids (n, length) with class codes (n,)."""
    present = np.stack([(ids == word).any(1) for word in words], axis=1) if len(words) else np.zeros((len(ids), 0), bool)
    total = np.array([(codes == c).sum() for c in classes])
    share = np.stack([(present[codes == c].sum(0) + 0.5) / (t + 1) for c, t in zip(classes, total, strict=True)], axis=1)
    pooled = share.mean(1, keepdims=True)
    return Words(share, pooled * (1 - pooled) / np.maximum(total, 1)[None])


def _matched(words: np.ndarray, known: Words, others: np.ndarray, theirs: Words) -> dict[int, int]:
    """Training word by held-out id: least squared difference of shares; a word's own number wins where it fits as well."""
    size = max(len(words), len(others))
    cost = np.full((size, size), 10.0 * known.share.shape[1])
    error = known.error[:, None] + theirs.error[None]
    cost[: len(words), : len(others)] = np.minimum(((known.share[:, None] - theirs.share[None]) ** 2 / error).sum(2), 1e4)
    same = words[:, None] == others[None]
    cost[: len(words), : len(others)] -= 2.0 * same
    to = assignment(cost)
    return {int(others[to[i]]): int(word) for i, word in enumerate(words) if to[i] < len(others)}


def _read(ids: np.ndarray, back: dict[int, int]) -> np.ndarray:
    made = ids.copy()
    for held, word in back.items():
        made[ids == held] = word
    return made


def _labels_renamed(predicted: np.ndarray, codes: np.ndarray, expected: float) -> bool:
    """Whether other names for the labels alone bring the classifier near what it has on training rows."""
    k = predicted.shape[1]
    table = np.zeros((k, k))
    np.add.at(table, (predicted.argmax(1), codes), 1)
    plain, renamed = np.trace(table) / len(codes), table[np.arange(k), assignment(-table)].sum() / len(codes)
    return bool(plain < expected - 0.15 < renamed)
