"""Scores that a program computes itself: a number it prints that predictions and an array at hand give together.

No arithmetic of the program is watched. When it prints a number after predicting, the arrays with as many rows that
stand in the frames that print are tried as labels: where the accuracy, the error or the like of the predictions
against one of them is that number to all printed digits, this is what was scored. What is printed again and again must
be the same score each time; a mistaken way of computing is believed only where more digits agree than chance gives.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np

from traindx.facts.evaluation import Prediction
from traindx.facts.findings import Location
from traindx.facts.observation import ScoreCall
from traindx.facts.skill import numeric
from traindx.probes import at_hand
from traindx.probes.callsite import callsite
from traindx.probes.hand_measures import Matched, hits, is_classes, measures, over_batches, row_averages
from traindx.probes.predictions import bound_scores

MAX_ROWS = 100_000
LEAST_ROWS = 20
MAX_NUMBERS = 16
MAX_SLOTS = 256
MAX_KEPT = 4
"""Scores kept of one print."""
MAX_SECONDS = 0.5
"""Spent on matching in one program, however much it prints."""
SURE = 4
"""Decimal digits that must agree before a mistaken way of computing is believed: some 60 ways are tried on a number."""
USUAL = frozenset((
    "accuracy", "error rate", "precision", "recall", "F1", "balanced accuracy", "mean squared error", "root mean squared error",
    "mean absolute error", "explained variance", "relative error",
))  # fmt: skip
NUMBER = re.compile(r"[-+]?\d+\.(\d{2,})(?:[eE][-+]?\d+)?(?![\d.])")
DIGITS = re.compile(r"[-+]?\d[\d.]*(?:[eE][-+]?\d+)?")

Number = tuple[float, int | None]
Key = tuple[Any, ...]


def numbers_in(values: tuple[Any, ...]) -> Iterator[Number]:
    """(number, decimals or None for the number itself) of what is printed: floats, scalars, and numbers within text."""
    for value in values:
        if isinstance(value, str):
            yield from ((float(m.group()), len(m.group(1))) for m in NUMBER.finditer(value[:4000]))
        elif isinstance(value, dict):
            yield from numbers_in(tuple(value.values())[:64])
        elif isinstance(value, list | tuple):
            yield from numbers_in(tuple(value)[:64])
        elif isinstance(value, np.ndarray) and value.ndim <= 1 and value.size <= 64 and value.dtype.kind == "f":
            yield from ((float(v), None) for v in value.reshape(-1))
        elif isinstance(value, float | np.floating):
            yield float(value), None
        elif hasattr(value, "numpy") and getattr(value, "ndim", 1) == 0:
            yield float(value.numpy()), None


def near(value: float, number: float, decimals: int | None) -> bool:
    """Whether a value is the printed number: as it is, or rounded to its decimals."""
    return abs(number - value) <= (1e-6 * max(1.0, abs(value)) if decimals is None else 0.5000001 * 10.0**-decimals)


def digits(value: float, number: float, decimals: int | None) -> int:
    """How many decimal digits of a printed number are those of a value, or of its percentage; 0 where it is another number."""
    if near(value, number, decimals):
        return 6 if decimals is None else decimals
    if near(100 * value, number, decimals):  # a percentage, unless it is a small number itself
        return 6 if decimals is None else decimals + 2 * (abs(number) > 1)
    return 0


@dataclass
class Slot:
    """One number of one print, by the line and the words around it.

    `alive`: the ways of computing that have given it every time, and how many digits agreed in all."""

    number: int
    alive: dict[Key, int] | None = None
    last: tuple[Any, ...] = ()


@dataclass
class Tried:
    """What one print is compared with: its numbers, and per number the scores that are equal to it."""

    numbers: list[Number]
    equal: list[dict[Key, tuple[int, Matched, int]]] = field(default_factory=list)

    def note(self, key: Key, match: Matched, least: int, candidates: int) -> bool:
        """Keep a way of computing under each number that it gives, in `least` digits; whether there is any."""
        fits = [(at, d) for at, (x, decimals) in enumerate(self.numbers) if (d := digits(match.value, x, decimals)) >= least]
        for at, same in fits:
            self.equal[at].setdefault(key, (same, match, candidates))
        return bool(fits)


class ByHand:
    """Finds what the printed scores were computed from."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slots: dict[Any, Slot] = {}

    def said(self, values: tuple[Any, ...], predictions: Callable[[], Iterable[Prediction]]) -> list[Matched]:
        """The scores among these printed values, from the latest predictions that give them."""
        return [m for _, m in self.placed(values, predictions) if m is not None]

    def placed(self, values: tuple[Any, ...], predictions: Callable[[], Iterable[Prediction]]) -> list[tuple[int, Matched | None]]:
        """(number of the place, score or None where a score found there before was none) of what is printed."""
        numbers = list(numbers_in(values))[:MAX_NUMBERS] if self.seconds < MAX_SECONDS else []
        if not numbers:
            return []
        began = time.perf_counter()
        try:
            place = callsite(), DIGITS.sub("#", " ".join(v for v in values if isinstance(v, str))[:400])
            newest: dict[Any, Prediction] = {}
            for p in predictions():
                if p.outputs is not None and LEAST_ROWS <= len(p.outputs) <= MAX_ROWS:
                    newest[p.location, p.kind, len(p.outputs)] = p
            return self._judge(place, numbers, sorted(newest.values(), key=lambda p: -p.order))
        finally:
            self.seconds += time.perf_counter() - began

    def _judge(self, place: Any, numbers: list[Number], known: list[Prediction]) -> list[tuple[int, Matched | None]]:
        slots = [self._slot((place, at)) for at in range(len(numbers))]
        tried = Tried(numbers, [{} for _ in numbers])
        for made in known:
            if any(s is not None and s.alive != {} for s in slots):
                _try(made, tried)
        answers: list[tuple[int, Matched | None]] = []
        for at, slot in enumerate(slots):
            if slot is not None:
                found = _told(slot, tried, at, tuple(p.order for p in known))
                if found is not None:
                    answers.append((slot.number, found[0]))
        if not any(m is not None for _, m in answers):
            answers += [(-1, m) for p in known if (m := averaged_over_rows(numbers, p)) is not None][:1]
        return sorted(answers, key=lambda a: a[1] is None)[: MAX_KEPT + 1]

    def _slot(self, key: Any) -> Slot | None:
        if key not in self.slots and len(self.slots) >= MAX_SLOTS:
            return None
        return self.slots.setdefault(key, Slot(len(self.slots)))

    def keep(self, found: list[tuple[int, Matched | None]], site: Location | None, order: int, scores: list[ScoreCall]) -> int:
        """Put scores, each in the place of an earlier one that was printed there; how many."""
        for i, (place, one) in enumerate(found):
            scores[:] = [s for s in scores if not (s.printed and s.location == site and s.place == place)]
            if one is not None:
                y, said = np.array(one.labels), np.array(one.predicted)
                scores.append(ScoreCall(one.name, site, y, said, one.value, order + i, True, one.pairs, one.how, place))
        bound_scores(scores)
        return len(found)


def _told(slot: Slot, tried: Tried, at: int, orders: tuple[int, ...]) -> tuple[Matched | None] | None:
    """The score that a slot holds by now, None within where it holds none after all; None alone where nothing was learned."""
    equal, number = tried.equal[at], tried.numbers[at]
    fresh = (number, orders) != slot.last
    slot.last = number, orders
    before = slot.alive
    gained = {k: found[0] if fresh else 0 for k, found in equal.items()}
    slot.alive = gained if before is None else {k: before[k] + d for k, d in gained.items() if k in before}
    if not slot.alive:
        return (None,) if before else None
    # as meant before mistaken; the order of trial decides among equals
    for how in (False, True):
        for key, total in slot.alive.items():
            _, match, candidates = equal[key]
            if bool(match.how) == how and _believed(key, match, total, number, candidates):
                return (match,)
    return None


def _believed(key: Key, match: Matched, total: int, number: Number, candidates: int) -> bool:
    """Whether enough digits agree.

    One match of three decimals is enough for the scores that most programs print, not for those that few do, nor for labels
    that are a part of some array. What the labels give alone, as their mean, is no error of predictions that are nothing
    beside them. 0 and 1 must have one array only that they can come from, two decimals be an accuracy too. The scores of one
    answer for all rows are shares of the labels, which programs print as well, but not in every epoch.
    """
    classes = match.form or key[3:4] not in (("",), ("parts",), ())
    if classes and match.predicted.size and (match.predicted == match.predicted.flat[0]).all():
        return total >= 2 * SURE
    if not classes and _of_labels_alone(match, number):
        return False
    if key[2].startswith(at_hand.CUT):
        return total >= SURE + 2
    if total >= SURE:
        return True
    if match.how or match.name not in USUAL:
        return False
    if number[1] == 2:
        return candidates == 1 and match.name == "accuracy"
    return candidates == 1 if min(abs(match.value), abs(match.value - 1)) < 1e-9 else True


def _of_labels_alone(match: Matched, number: Number) -> bool:
    labels = numeric(match.labels)
    if labels is None or not labels.size:
        return False
    return any(near(float(v), number[0], number[1]) for v in (labels.mean(), labels.std(), np.median(labels)))


def _try(made: Prediction, tried: Tried) -> None:
    """Note every score of a prediction that equals one of the numbers."""
    assert made.outputs is not None
    labels, variants = at_hand.found(made.outputs)
    if made.labels is not None and len(made.labels) == len(made.outputs):
        labels = [("beside", made.labels), *labels]
    if not _scores(made, labels, variants, tried) and not any(tried.equal):
        _scores(made, list(at_hand.ends(len(made.outputs)))[: at_hand.MAX_FOUND], [], tried, 3)


def _scores(made: Prediction, labels: list[tuple[str, np.ndarray]], variants: list[tuple[str, np.ndarray]], tried: Tried,
            least: int = 1) -> bool:  # fmt: skip
    """Try labels against the outputs and what was made of them; whether anything agreed in `least` digits."""
    assert made.outputs is not None
    anything = False
    for place, y in labels:
        ways = chain(((m, "") for m in measures(made.outputs, y)), _of_variants(variants, y), ((m, "parts") for m in _by_parts(made, y)))
        for m, form in ways:
            key = made.location, made.kind, place, form, m.name, m.how, m.form
            anything |= tried.note(key, m, least, len(labels))
    for m in _reordered(made.outputs, [y for _, y in labels]):
        tried.note((made.location, made.kind, "order"), m, least, len(labels))
    return anything


def _of_variants(variants: list[tuple[str, np.ndarray]], y: np.ndarray) -> Iterator[tuple[Matched, str]]:
    """Scores of what the program made of its predictions: classes that it cut itself, values that it scaled back."""
    t = numeric(y)
    if t is None or t.ndim != 1 or not np.isfinite(t).all():
        return
    for place, array in variants:
        said = numeric(array)
        if said is None or said.shape != t.shape or not np.isfinite(said).all():
            continue
        if is_classes(t) and is_classes(said):
            yield from ((m, place) for m in hits(said, t, y))
        elif not is_classes(t):
            yield from ((m, place) for m in measures(array, y))


def _by_parts(made: Prediction, y: np.ndarray) -> Iterator[Matched]:
    """Scores averaged over the calls that gave the predictions."""
    if made.outputs is not None and made.parts:
        yield from over_batches(made.outputs, y, made.parts)


def _reordered(outputs: np.ndarray, labels: list[np.ndarray]) -> Iterator[Matched]:
    """The accuracy of predicted classes that stand among `labels` in another order than they were predicted in."""
    raw = numeric(outputs)
    if raw is None or not np.isfinite(raw).all():
        return
    hard = raw.argmax(axis=1) if raw.ndim == 2 else (raw > 0.5).astype(int)
    counts = np.unique(hard, return_counts=True)
    for said in labels:
        mine = np.unique(said, return_counts=True) if said.ndim == 1 and said.dtype.kind in "iuf" else ((), ())
        if len(counts[0]) < 2 or len(mine[0]) != len(counts[0]) or not all(map(np.array_equal, mine, counts)):
            continue
        for y in labels:
            if y is not said and y.ndim == 1 and y.dtype.kind in "iuf":
                yield Matched("accuracy", y, said, float((said == y).mean()))


def averaged_over_rows(numbers: list[Number], made: Prediction) -> Matched | None:
    """A printed precision, recall or F1 that is the average over rows: two of them must be printed together, since
    one number of a few decimals fits one of so many by chance. The labels may be the first or last rows of an array."""
    outputs = made.outputs
    if outputs is None or outputs.ndim != 2 or outputs.shape[1] < 2:
        return None
    said = outputs > 0.5
    for _, y in (*at_hand.found(outputs)[0], *at_hand.ends(*outputs.shape)):
        if y.shape != outputs.shape or not np.isin(y, (0, 1)).all():
            continue
        found = [(name, v) for name, v in row_averages(said, y) if any(near(v, x, d) for x, d in numbers)]
        if len(found) > 1:
            name, value = found[0]
            return Matched(f"{name} over rows", y, said.astype(float), value)
    return None
