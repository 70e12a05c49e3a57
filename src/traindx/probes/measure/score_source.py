"""Which predictions a score was computed from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from traindx.facts.evaluation import Prediction
from traindx.facts.observation import Observation, ScoreCall, Training
from traindx.facts.skill import numeric


def forms(outputs: np.ndarray) -> list[np.ndarray]:
    """What programs make of predictions before they score them, (n,) each."""
    p = numeric(outputs)
    if p is None or p.ndim > 2:
        return []
    if p.ndim == 2:
        return [p.argmax(axis=1).astype(float), p.max(axis=1), *(p[:, j] for j in range(min(3, p.shape[1])))]
    cuts = [(p > c).astype(float) for c in (0.5, 0.0)] + [(p >= 0.5).astype(float), np.round(p), np.sign(p)]
    return [*cuts, p]


def source_of(call: ScoreCall, predictions: tuple[Prediction, ...]) -> tuple[Prediction, bool] | None:
    """(the latest prediction whose outputs the scored values are, whether they are hard classes)."""
    if call.y_pred is None:
        return None
    given = numeric(call.y_pred)
    latest = next((p for p in reversed(predictions) if p.order < call.order and p.outputs is not None), None)
    for made in reversed([p for p in predictions if p.order < call.order and p.outputs is not None]):
        assert made.outputs is not None
        if len(made.outputs) != len(call.y_pred):
            continue
        raw = numeric(made.outputs) if made.outputs.dtype.kind in "fiub" else None
        if given is not None and raw is not None and given.shape == raw.shape and np.allclose(given, raw, atol=1e-6):
            return made, False
        flat = given if given is not None and given.ndim == 1 else None
        for at, form in enumerate(forms(made.outputs)):
            if flat is not None and np.allclose(form, flat, atol=1e-6):
                return made, at == 0 or form.max() <= 1
        if flat is not None and raw is not None and raw.ndim == 1 and (cut_somewhere(flat, raw) or _one_answer(flat, made, latest)):
            return made, True
        if flat is not None and raw is not None and order_given(flat, made.outputs) is not None:
            return made, raw.ndim == 2 or set(np.unique(flat)) == {0.0, 1.0}
        if flat is None and given is None and _renamed(call.y_pred, made.outputs):
            return made, True
    return None


def _one_answer(said: np.ndarray, made: Prediction, latest: Prediction | None) -> bool:
    """Whether the same class was said of every row of the latest prediction: its argmax over one unit, or a cut never reached."""
    return made is latest and said[0] in (0.0, 1.0) and bool((said == said[0]).all())


def cut_somewhere(said: np.ndarray, scores: np.ndarray) -> bool:
    """Whether yes-or-no answers (n,) are the scores (n,) cut at one threshold of the program's own."""
    yes = said == 1
    if not yes.any() or yes.all() or not ((said == 0) | yes).all():
        return False
    return float(scores[yes].min()) >= float(scores[~yes].max())


def order_given(said: np.ndarray, outputs: np.ndarray) -> np.ndarray | None:
    """Classes or values (n,) in the order in which they were predicted, where `said` (n,) are the same in another order."""
    p = numeric(outputs)
    if p is None or p.ndim > 2 or len(p) != len(said):
        return None
    for own in [p.argmax(axis=1).astype(float)] if p.ndim == 2 else [p, (p > 0.5).astype(float)]:
        if np.allclose(np.sort(own), np.sort(said), atol=1e-6):
            return own if len(np.unique(own)) > 1 and not np.array_equal(own, said) else None
    return None


def _renamed(named: np.ndarray, outputs: np.ndarray) -> bool:
    """Whether class names stand one to one for the classes of the outputs."""
    text, hard = named.astype(str).ravel(), forms(outputs)
    if not hard or len(text) != len(hard[0]):
        return False
    pairs = {(a, b) for a, b in zip(text, hard[0], strict=True)}
    return len(pairs) == len(set(text)) == len(set(hard[0]))


def scored_predictions(training: Training, run: Observation) -> Iterator[tuple[ScoreCall, Prediction, bool]]:
    """(score, the prediction of this model that it was computed from, whether hard classes), numbers only, latest first."""
    for call in reversed(run.scores):
        found = source_of(call, run.predictions)
        if found is None or found[0].model != training.model.key or call.y_true is None or call.y_true.dtype.kind not in "fiub":
            continue
        yield call, *found
