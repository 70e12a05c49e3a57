"""The program's own scores on trial: are predictions and labels those of the same rows?"""

from __future__ import annotations

import numpy as np

from traindx.facts.evaluated import ScoredCall, Scores
from traindx.facts.evaluation import Prediction
from traindx.facts.findings import Location, NotApplicable, NotMeasured
from traindx.facts.observation import Observation, ScoreCall, Training
from traindx.facts.skill import numeric
from traindx.probes.base import probe
from traindx.probes.loud import MONTE_CARLO
from traindx.probes.measure.eval_loss import ended
from traindx.probes.measure.outcome import baseline, held_out, outcome
from traindx.probes.measure.score_source import order_given, source_of


def codes(y: np.ndarray, names: np.ndarray | None = None) -> np.ndarray:
    """Class number per row of one-hot, sparse, signed or named labels."""
    if y.dtype.kind in "fiub":
        flat = numeric(y)
        assert flat is not None
        return flat.argmax(axis=1) if flat.ndim == 2 else flat
    text = y.astype(str).ravel()
    return np.unique(text if names is None else np.concatenate([names, text]), return_inverse=True)[1][-len(text) :]


def known_labels(run: Observation) -> dict[int, float]:
    """Label of every row that was seen with one, by hash; rows with two labels are left out."""
    found: dict[int, float] = {}
    twice: set[int] = set()
    for training in run.trainings:
        for split in training.splits.values():
            if split.hashes is None or split.labels is None or len(split.hashes) != len(split.labels):
                continue
            if split.labels.dtype.kind not in "fiub":
                continue
            for key, value in zip(split.hashes.tolist(), codes(split.labels).tolist(), strict=True):
                if found.setdefault(key, value) != value:
                    twice.add(key)
    return {k: v for k, v in found.items() if k not in twice}


def row_labels(made: Prediction, known: dict[int, float]) -> np.ndarray | None:
    """Labels of the rows in the order in which they were predicted."""
    if made.labels is not None:
        return codes(made.labels)
    if made.hashes is None or not known:
        return None
    found = [known.get(h) for h in made.hashes.tolist()]
    return np.array(found, dtype=float) if all(v is not None for v in found) else None


def agreement(a: np.ndarray, b: np.ndarray, classes: bool) -> float:
    """Share of equal classes, or the absolute correlation of numbers."""
    if classes:
        return float((a == b).mean())
    if a.std() == 0 or b.std() == 0:
        return 0.0
    return float(abs(np.corrcoef(a, b)[0, 1]))


def scored_call(call: ScoreCall, run: Observation, known: dict[int, float]) -> ScoredCall | None:
    """One score whose predictions came from a call of `predict`; None where they did not."""
    found = source_of(call, run.predictions)
    mistaken = bool(call.how) and not call.pairs  # judged with `scored_wrongly`
    if found is None or call.y_true is None or call.y_pred is None or len(call.y_true) < 20 or mistaken:
        return None
    made, _ = found
    given, predicted = codes(call.y_true), _guess(call, made)
    if predicted is None or given.ndim != 1:
        return None
    classes = len(np.unique(given)) <= max(2, min(1000, len(given) // 5)) and bool((given == np.round(given)).all())
    if classes and predicted.dtype.kind == "f" and not np.isin(predicted, np.round(predicted)).all():
        predicted = (predicted > 0.5).astype(float)
    right = row_labels(made, known) if call.y_true.dtype.kind in "fiub" else None
    if right is None and made.labels is not None:
        right = codes(made.labels)
    aligned, same = None, False
    if right is not None and right.shape == given.shape:
        right = class_like(right, given)
        same = bool(np.array_equal(np.sort(right), np.sort(given)) and not np.array_equal(right, given))
        aligned = agreement(right, predicted, classes)
    values, counts = np.unique(given, return_counts=True)
    said = np.array([(predicted == v).mean() for v in values])
    share = counts / len(given)
    agreed, chance = agreement(given, predicted, classes), float((said * share).sum()) if classes else 0.0
    first = order_given(predicted, made.outputs) if made.outputs is not None and aligned is None else None
    if first is not None:  # the program put the predictions in another order than `predict` gave them
        aligned = agreement(given, first, classes)
        same = agreed - chance < 0.5 * (aligned - chance)  # else a weaker model that says each class as often
    return ScoredCall(
        call.name, len(given), agreed, aligned, chance, same, made.reshuffles, len(values) if classes else 0,
        len(np.unique(predicted)) if classes else 0, unevenness(said, share) if classes else unlike(predicted, given),
        call.location, made.location, call.result if isinstance(call.result, float) else None, call.pairs, made.training,
        first is not None, last=latest(call, run), renamed=renamed(given, predicted) if classes else 0.0,
    )  # fmt: skip


def renamed(given: np.ndarray, predicted: np.ndarray) -> float:
    """Agreement once each predicted class is called by that true one with which it shares most rows; each name once."""
    names, true = np.unique(given, return_inverse=True)
    said, guess = np.unique(predicted, return_inverse=True)
    table = np.zeros((len(said), len(names)), int)
    np.add.at(table, (guess, true), 1)
    hits = 0
    for _ in range(min(table.shape)):
        row, column = np.unravel_index(table.argmax(), table.shape)
        hits += max(0, int(table[row, column]))
        table[row, :] = table[:, column] = -1
    return hits / len(given)


def latest(call: ScoreCall, run: Observation) -> bool:
    """Whether no later score of the same line judges as many rows."""
    n = len(call.y_true) if call.y_true is not None else 0
    later = (s for s in run.scores if s.order > call.order and (s.location, s.name, s.place) == (call.location, call.name, call.place))
    return not any(s.y_true is not None and len(s.y_true) == n for s in later)


def unevenness(said: np.ndarray, share: np.ndarray) -> float:
    """How far the frequencies of classes said lie from those given: absolute differences summed, of a class that holds more
    than half of the rows in shares of the rest, where a model that hardly ever names the others is far off."""
    return float(np.abs(said - share).sum() * max(1.0, 0.5 / max(1e-9, 1 - float(share.max()))))


def unlike(predicted: np.ndarray, given: np.ndarray) -> float:
    """How far apart two sets of numbers lie: difference of means or of spreads, halved, over the spread of the second."""
    spread = float(given.std())
    if spread == 0:
        return 1.0
    return 0.5 * max(abs(float(predicted.mean() - given.mean())), abs(float(predicted.std()) - spread)) / spread


def class_like(right: np.ndarray, given: np.ndarray) -> np.ndarray:
    """-1/1 beside 0/1: bring the known labels into the program's coding."""
    a, b = set(np.unique(right)), set(np.unique(given))
    return (right > 0).astype(float) if a <= {-1.0, 1.0} and b <= {0.0, 1.0} and a != b else right


def _guess(call: ScoreCall, made: Prediction) -> np.ndarray | None:
    assert call.y_pred is not None
    if call.y_pred.dtype.kind in "fiub":
        flat = numeric(call.y_pred)
        return None if flat is None else flat.argmax(axis=1) if flat.ndim == 2 else flat
    names = call.y_true.astype(str) if call.y_true is not None else np.array([], str)
    return codes(call.y_pred, names) if names.size else None


@probe
def scores(training: Training, run: Observation) -> Scores | NotApplicable:
    """Every score of the program whose predictions are known; judged once, with the first training."""
    if not (run.predictions or training.loud is not None) or (run.trainings and training.model.key != run.trainings[0].model.key):
        return NotApplicable("the program predicts nothing, or this was judged with its first training")
    known = known_labels(run) if run.scores else {}
    calls = [c for s in run.scores if (c := scored_call(s, run, known)) is not None]
    scored = {p.order for s in run.scores if (f := source_of(s, run.predictions)) is not None for p in [f[0]]}
    loose = [p.location for p in run.predictions if p.reshuffles and p.labels is not None and p.order not in scored]
    best = [ended(t, run) for t in run.trainings if held_out(t) is not None]  # else it is the scored rows themselves
    reached = [o.validation_accuracy for o in best if o.validation_accuracy is not None]
    own, cheap = outcome(training, run), baseline(training, run)
    skill = None
    if not isinstance(own, NotMeasured) and not isinstance(cheap, NotMeasured) and own.skill is not None and cheap.best is not None:
        skill = min(own.skill, cheap.best)
    return Scores(
        tuple(calls), max(reached, default=None), tuple(x for x in loose if x is not None), skill,
        in_training_mode(training, run), without_positives(training, run),
    )  # fmt: skip


def without_positives(training: Training, run: Observation) -> tuple[int, float, Location | None] | None:
    """The last score over 0/1 labels without a 1, where training labels hold both; None where there is none."""
    train = training.splits.get("train")
    y = numeric(train.y[0]) if train is not None and train.y else None
    if y is None or y.ndim != 1 or set(np.unique(y)) != {0.0, 1.0}:
        return None
    given = [(call.location, numeric(call.y_true)) for call in run.scores if call.y_true is not None]
    some = {site for site, labels in given if labels is not None and labels.any()}  # scored batch by batch, some without any
    for site, labels in reversed(given):
        if labels is not None and labels.ndim == 1 and len(labels) >= 20 and not labels.any() and site not in some:
            return len(labels), float(y.mean()), site
    return None


def in_training_mode(training: Training, run: Observation) -> Location | None:
    """Where rows unseen in training were given to this model in training mode only, by fewer calls than Monte Carlo takes."""
    judged = [s for role, s in training.splits.items() if role in ("test", "predict") and s.location == training.loud]
    if training.loud is not None and (judged or training.loud_unseen):
        return training.loud
    train = training.splits.get("train")
    mine = [p for p in run.predictions if p.model == training.model.key and p.hashes is not None]
    loud = [p for p in mine if p.kind == "call" and p.training and p.hashes is not None]
    if not loud or train is None or train.hashes is None:
        return None
    asked = [h for p in mine if p not in loud and p.hashes is not None for h in p.hashes.tolist()]
    for made in loud:
        assert made.hashes is not None
        repeats = sum(q.hashes is not None and np.array_equal(q.hashes, made.hashes) for q in loud if q.stamp == made.stamp)
        fresh = not np.isin(made.hashes, train.hashes).any() and not np.isin(made.hashes, np.array(asked, np.uint64)).any()
        if fresh and repeats < MONTE_CARLO:
            return made.location
    return None
