"""What normalisation layers do to the signal: whether they normalise, and whether they take the signal away."""

from __future__ import annotations

import numpy as np

from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import LayerFacts, Observation, Training
from traindx.facts.skill import numeric
from traindx.facts.steps import Normalisation
from traindx.probes.base import probe
from traindx.probes.measure.outcome import ridge
from traindx.probes.measure.targets import targets

KINDS = {"Normalization", "BatchNormalization", "LayerNormalization", "RMSNormalization", "GroupNormalization",
         "UnitNormalization"}  # fmt: skip
BY_ROW = {"LayerNormalization": True, "RMSNormalization": False, "UnitNormalization": False}
"""Layers that divide each row by its own size; True where they take its mean away too."""
MAX_ROWS = 1500


def _first(training: Training) -> tuple[LayerFacts | None, bool]:
    """The first normalisation layer, and whether it comes before any layer with a kernel."""
    before = True
    for layer in training.model.layers:
        if layer.kind in KINDS:
            return layer, before
        before = before and (layer.parameters == 0)
    return None, False


@probe
def normalisation(training: Training, run: Observation) -> Normalisation | NotMeasured | NotApplicable:
    """The first normalisation layer."""
    layer, first = _first(training)
    if layer is None:
        return NotApplicable("the model has no normalisation layer")
    states = training.end.layers if training.end is not None else ()
    state = next((s for s in states if s.name == layer.name), None)
    if state is None:
        return NotMeasured(f"the output of {layer.name} was not seen")
    spread = max(state.spread, state.row_spread)
    unadapted = layer.kind == "Normalization" and (abs(state.mean) > 3.0 or spread > 10.0 or spread < 0.05)
    raw, left = _linear(training, layer.kind) if first and layer.kind in BY_ROW else (None, None)
    rows = training.splits["train"].n if "train" in training.splits else None
    batch = training.curve.batch_size
    narrow = [s for s in states if s.kind == "LayerNormalization" and s.units == 1]
    return Normalisation(
        layer.name, layer.kind, state.mean, spread, unadapted, raw, left,
        min(batch, rows or batch) if batch else None, noise=float(1 / np.sqrt(MAX_ROWS)), location=layer.location,
        over_one_unit=narrow[0].name if narrow else "",
        over_one_spread=max(narrow[0].spread, narrow[0].row_spread) if narrow else 0.0,
    )  # fmt: skip


def _linear(training: Training, kind: str) -> tuple[float | None, float | None]:
    """Share of the targets' variance that a linear model explains, out of fold, from raw and from normalised rows."""
    train = training.splits.get("train")
    if train is None or len(train.x) != 1 or not train.y:
        return None, None
    x, y = numeric(train.x[0][:MAX_ROWS]), numeric(train.y[0][:MAX_ROWS])
    if x is None or y is None or x.ndim != 2 or len(x) < 50 or not (np.isfinite(x).all() and np.isfinite(y).all()):
        return None, None
    seen = targets(training, Observation(""))
    classes = not isinstance(seen, NotMeasured) and seen.task in ("binary", "multi-class") and y.ndim == 1
    t = (y[:, None] == np.unique(y)[None, :]).astype(float) if classes else y.reshape(len(y), -1)
    centred = x - x.mean(axis=1, keepdims=True) if BY_ROW[kind] else x
    size = np.sqrt(np.square(centred).mean(axis=1, keepdims=True)) + 1e-7
    return _explained(x, t), _explained(centred / size, t)


def _explained(x: np.ndarray, t: np.ndarray) -> float | None:
    spread = x.std(axis=0)
    x = (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    folds = np.random.default_rng(0).permutation(len(x)) % 5
    out = np.zeros_like(t)
    for fold in range(5):
        out[folds == fold] = ridge(x[folds != fold], t[folds != fold], x[folds == fold])
    base = np.square(t - t.mean(axis=0)).sum()
    return float(1 - np.square(out - t).sum() / base) if base > 0 else None
