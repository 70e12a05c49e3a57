"""The model's structure, and its output head held against loss and targets."""

from __future__ import annotations

import numpy as np

from traindx.facts.findings import NotApplicable, NotMeasured
from traindx.facts.observation import Observation, OutputFacts, Training
from traindx.facts.outcome import Targets
from traindx.facts.training import Head, Structure, Untracked
from traindx.probes.base import probe
from traindx.probes.measure.targets import numeric, targets

RANGES = {
    "sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "hard_sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "softsign": (-1.0, 1.0),
    "relu": (0.0, np.inf), "relu6": (0.0, 6.0), "softplus": (0.0, np.inf), "exponential": (0.0, np.inf),
    "log_softmax": (-np.inf, 0.0), "elu": (-1.0, np.inf), "selu": (-1.7581, np.inf),
}  # fmt: skip
"""Open or closed ends alike: what an activation can approach."""

OWN_NONLINEARITY = {"LSTM", "GRU", "SimpleRNN", "LSTMCell", "GRUCell", "SimpleRNNCell", "Bidirectional", "MultiHeadAttention", "Attention", "ConvLSTM2D", "RNN", "TimeDistributed", "MaxPooling2D", "MaxPooling1D", "GlobalMaxPooling1D",  # noqa: E501
                    "GlobalMaxPooling2D", "Lambda"}  # fmt: skip
SCALERS = {"Normalization", "Rescaling", "BatchNormalization", "LayerNormalization"}
SATURABLE = {"sigmoid", "tanh", "hard_sigmoid", "softsign"}


def _unreachable(y: np.ndarray, low: float, high: float, seen: Targets) -> float:
    """Share of the targets' variance (regression) or of rows (classes) outside [low, high]."""
    if seen.task in ("regression", "reconstruction"):
        lost = np.square(y - np.clip(y, low, high)).mean()
        base = np.square(y - y.mean(axis=0)).mean()
        return float(min(1.0, lost / base)) if base > 0 else 0.0
    return float(((y < low) | (y > high)).mean())


def _head_of(training: Training) -> OutputFacts | None:
    return training.model.outputs[0] if training.model.outputs else None


@probe
def head(training: Training, run: Observation) -> Head | NotMeasured:
    """Hold the first output's activation and predictions against its targets and loss."""
    seen, found = targets(training, run), _head_of(training)
    train = training.splits.get("train")
    if isinstance(seen, NotMeasured) or train is None or found is None:
        return NotMeasured("no output with numeric targets was seen")
    y = numeric(train.y[0])
    assert y is not None
    y = y[np.isfinite(y).reshape(len(y), -1).all(axis=1)]
    low, high = RANGES.get(found.activation or "", (-np.inf, np.inf))
    loss = training.model.losses[0] if training.model.losses else None
    p = _predicted(train.predicted_end)
    start = _predicted(train.predicted_start)
    finite = p[np.isfinite(p)] if p is not None else np.zeros(0)
    units = found.units or (p.shape[-1] if p is not None and p.ndim > 1 else None)
    rows = p.reshape(len(p), -1) if p is not None and len(p) else None
    spread = float(np.nanstd(rows, axis=0).mean() / (seen.spread + 1e-12)) if rows is not None else float("nan")
    sums = rows.sum(axis=1) if rows is not None else np.zeros(0)
    return Head(
        activation=found.activation, units=units, loss=loss.kind if loss else "none", loss_name=loss.name if loss else "",
        from_logits=loss.from_logits if loss else None, low=float(low), high=float(high),
        unreachable=_unreachable(y, low, high, seen), outside=_outside(finite),
        outside_start=_outside(start[np.isfinite(start)]) if start is not None else 0.0,
        at_low=float((finite <= low + 1e-7).mean()) if finite.size and np.isfinite(low) else 0.0,
        at_high=float((finite >= high - 1e-7).mean()) if finite.size and np.isfinite(high) else 0.0,
        row_spread=spread, sum_one=float((np.abs(sums - 1) < 1e-3).mean()) if sums.size else 0.0,
        max_class=int(seen.maximum) if seen.whole_numbers else None, layer=found.layer,
        location=found.location or training.model.compile_location, compile_location=training.model.compile_location,
        predicted_low=float(finite.min()) if finite.size else float("nan"),
        predicted_high=float(finite.max()) if finite.size else float("nan"), target_units=seen.units,
        floored=_floored(rows, numeric(train.y[0]), low), **_scores(training, found),
    )  # fmt: skip


def _floored(rows: np.ndarray | None, y: np.ndarray | None, low: float) -> float:
    """Share of the targets' variance in output units that give the lower bound for every row."""
    if rows is None or y is None or not np.isfinite(low) or y.size != rows.size or not np.isfinite(y).all():
        return 0.0
    spread = y.reshape(len(y), -1).var(axis=0)
    floor = (rows <= low + 1e-7).all(axis=0)
    return float(spread[floor].sum() / spread.sum()) if spread.sum() > 0 else 0.0


RECTIFIERS = {"relu", "relu6"}


def _scores(training: Training, found: OutputFacts) -> dict[str, str | float]:
    """The rectified layer whose outputs are the scores, when one feeds the final activation or the loss on logits."""
    if training.end is None:
        return {}
    facts = {x.name: x for x in training.model.layers}
    layers = [x for x in training.end.layers if x.kind not in ("Dropout", "Flatten", "Reshape")]
    at = next((i for i, x in enumerate(layers) if x.name == found.layer), None)
    if at is None:
        return {}
    own = facts.get(layers[at].name)
    logits = bool(training.model.losses and training.model.losses[0].from_logits)
    bare = own is not None and not own.parameters and at > 0
    maker = layers[at - 1] if bare else layers[at] if logits else None
    if maker is None or maker.activation not in RECTIFIERS or maker.units != layers[at].units:
        return {}
    return {"scores_layer": maker.name, "scores_zero": maker.zero_share, "scores_dead": maker.dead_units}


def _outside(values: np.ndarray) -> float:
    return float(((values < -1e-6) | (values > 1 + 1e-6)).mean()) if values.size else 0.0


def _predicted(outputs: tuple[np.ndarray, ...]) -> np.ndarray | None:
    return np.asarray(outputs[0], dtype=np.float64) if outputs else None


def _acts_linear(training: Training) -> bool:
    """Whether the predictions are a linear function of the inputs: least squares leaves less than 1e-6 of their variance."""
    train = training.splits.get("train")
    if train is None or not train.predicted_end or len(train.x) != 1:
        return False
    p, x = numeric(train.predicted_end[0]), numeric(train.x[0])
    if p is None or x is None or not len(p) or not np.isfinite(p).all():
        return False
    rows = x[: len(p)].reshape(len(p), -1)
    if rows.shape[1] > 200 or len(p) < 2 * rows.shape[1] + 20 or not np.isfinite(rows).all():
        return False
    design = np.c_[rows, np.ones(len(rows))]
    left = p - design @ np.linalg.lstsq(design, p, rcond=None)[0]
    return float(p.var()) > 0 and float(left.var() / p.var()) < 1e-6


@probe
def not_tracked(training: Training, run: Observation) -> Untracked | NotApplicable:
    """Variables that `fit` cannot train."""
    if training.kind != "fit" or training.model.has_train_step:
        return NotApplicable("the program trains with steps of its own")
    return Untracked(training.model.untracked)


@probe
def structure(training: Training, run: Observation) -> Structure | NotMeasured:
    """Count what stands between inputs and outputs."""
    model = training.model
    layers = [x for x in model.layers if x.kind != "InputLayer"]
    if not layers:
        return NotMeasured("the model has no layers that Keras knows")
    ends = {o.layer for o in model.outputs}
    weighted = [x for x in layers if x.parameters and x.kind not in SCALERS and x.kind != "Embedding"]
    hidden = [x for x in weighted if x.name not in ends]
    bends = [x for x in layers if x.activation not in (None, "linear", "softmax") and x.name not in ends]
    bends += [x for x in layers if x.kind in OWN_NONLINEARITY or x.kind.startswith("Max") or x.activation == "custom"]
    unknown = model.kind == "subclassed"
    trained = [x for x in layers if x.parameters]
    return Structure(
        hidden=len(hidden), linear_hidden=sum(x.activation in (None, "linear") for x in hidden),
        linear_stack=bool(hidden) and not bends and (not unknown or _acts_linear(training)),
        narrowest=min((x.units for x in hidden if x.units), default=0), parameters=model.parameters,
        trainable=model.trainable_parameters, saturating=sum(x.activation in SATURABLE for x in hidden),
        normalised=any(x.kind in SCALERS for x in layers), location=hidden[0].location if hidden else None,
        first_layer=layers[0].kind, dropout=max((x.rate or 0.0 for x in layers if "Dropout" in x.kind), default=0.0),
        frozen_layers=sum(not x.trainable for x in trained), mute=_mute(training),
    )  # fmt: skip


def _mute(training: Training) -> tuple[str, ...]:
    """Frozen layers with weights of which nothing but 0 comes, for all rows replayed with the last weights."""
    frozen = {x.name for x in training.model.layers if x.parameters and not x.trainable}
    states = training.end.layers if training.end is not None else ()
    return tuple(s.name for s in states if s.name in frozen and s.mean == 0 and s.spread == 0 and s.zero_share == 1)
