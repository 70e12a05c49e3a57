"""Splits that were handed over, without a model or a run, as the data probes take them."""

from __future__ import annotations

from typing import Any

import numpy as np

from traindx.engines.base import Engine, NoLabelError, Source, SourceError
from traindx.engines.local import Columns, LocalEngine, Tell
from traindx.engines.rowhash import as_texts, row_hashes
from traindx.engines.state import SplitState
from traindx.facts.observation import LossFacts, ModelFacts, Split, Training

SAMPLE = 4000


def observe_splits(
    *,
    train: Any,
    validation: Any = None,
    test: Any = None,
    label: Any = None,
    tell: Tell | None = None,
    engine: Engine | None = None,
) -> tuple[Training, tuple[str, ...], dict[str, SplitState]]:
    """Read the splits once and sample them.

    `train`, `validation`, `test`: see `sources.open_source`; `label`: the target column(s), or an array for `train`.
    `tell(split, rows, rows in all)` is called as rows are read (for a progress bar). Ctrl-C keeps what was seen. Where
    splits have different columns, those in common are compared. `engine`: what reads and folds them; this process where
    left out.

    Returns a `Training` without a model, sentences on what was left out, and the full statistics by split.

    Raises:
        SourceError: the training split cannot be read, or the splits have no column in common; one sentence.
    """
    engine = engine or LocalEngine(tell=tell)
    left_out: list[str] = []
    sources: dict[str, Source] = {}
    columns: dict[str, Columns | None] = {}
    for role, thing in (("train", train), ("validation", validation), ("test", test)):
        if thing is None:
            continue
        try:
            sources[role], columns[role] = _opened(engine, thing, label, role, left_out)
        except SourceError as fault:
            if role == "train":
                raise
            left_out.append(str(fault))
    common = _in_common({r: c for r, c in columns.items() if c is not None}, left_out)
    states: dict[str, SplitState] = {}
    for role, source in sources.items():
        try:
            states[role] = engine.fold(source, common if columns[role] is not None else None)
        except SourceError as fault:
            if role == "train":
                raise
            left_out.append(str(fault))
        left_out += [line for line in source.left_out if line not in left_out]
        if getattr(engine, "stopped", False):
            left_out += [f"{later} was not read" for later in sources if later not in states and later != role]
            break
    _same_shape(states, left_out)
    splits = {role: _split(role, state, states) for role, state in states.items()}
    return Training(ModelFacts("data", "data", "data"), splits=splits, kind="data"), tuple(left_out), states


def _opened(
    engine: Engine, thing: Any, label: Any, role: str, left_out: list[str]
) -> tuple[Source, Columns | None]:
    """The source and its columns; a held-out split without the label column is read without labels."""
    source = engine.open(thing, label, role)
    try:
        return source, engine.columns(source)
    except NoLabelError as fault:
        if role == "train":
            raise
        left_out.append(f"{fault}; it is read without labels")
        source = engine.open(thing, None, role)
        return source, engine.columns(source)


def _in_common(columns: dict[str, Columns], left_out: list[str]) -> Columns | None:
    """Numeric and text columns of all splits, in training's order; a sentence on the others."""
    if "train" not in columns:
        return None
    numbers, texts = columns["train"]
    for role, (theirs, words) in columns.items():
        for column in [c for c in numbers if c in words] + [c for c in texts if c in theirs]:
            kinds = ("numbers", "texts") if column in numbers else ("texts", "numbers")
            left_out.append(f"column {column!r} is left out: it holds {kinds[0]} in train and {kinds[1]} in {role}")
        mine = set(numbers + texts)
        only = [c for c in numbers + texts if c not in theirs + words]
        more = [c for c in theirs + words if c not in mine]
        if only or more:
            parts = [f"only in train: {', '.join(only[:5])}"] if only else []
            parts += [f"only in {role}: {', '.join(more[:5])}"] if more else []
            left_out.append(f"{role} has other columns than train ({'; '.join(parts)}); they are left out")
        numbers = tuple(c for c in numbers if c in theirs)
        texts = tuple(c for c in texts if c in words)
    if not numbers and not texts:
        raise SourceError(f"the splits have no column in common; {'; '.join(left_out[-1:])}")
    return numbers, texts


def _same_shape(states: dict[str, SplitState], left_out: list[str]) -> None:
    """Take out splits whose rows have another shape than training's."""
    for role in [r for r in states if r != "train"]:
        mine, theirs = (states[r].sample for r in ("train", role))
        if mine is None or theirs is None:
            continue
        names = [(states[r].columns, states[r].texts) for r in ("train", role)]
        if names[0] != names[1]:
            odd = sorted(set(sum(names[0], ())) ^ set(sum(names[1], ())))[:5]
            left_out.append(f"{role} is left out: it has other columns than train, or another order ({', '.join(odd)})")
            del states[role]
            continue
        shapes = [(s.numbers.shape[1:], s.texts.shape[1:]) for s in (mine, theirs)]
        if shapes[0] != shapes[1]:
            here, there = (s[0] if shapes[0][0] != shapes[1][0] else s[1] for s in shapes)
            left_out.append(f"{role} is left out: its rows have shape {there}, training rows {here}")
            del states[role]


def _split(role: str, state: SplitState, states: dict[str, SplitState]) -> Split:
    sample = state.sample
    assert sample is not None
    numbers, texts, labels, position = sample.numbers, sample.texts, sample.labels, sample.position
    if state.bad is not None and not np.isin(state.bad.position, position).all():  # show bad cells however rare
        numbers, texts = np.concatenate([numbers, state.bad.numbers]), np.concatenate([texts, state.bad.texts])
        position = np.concatenate([position, state.bad.position])
        labels = None if labels is None or state.bad.labels is None else np.concatenate([labels, state.bad.labels])
    codes, names = _coded(texts, [s for s in states.values() if s.sample is not None], state)
    table = numbers
    if codes is not None:
        table = np.concatenate([numbers.reshape(len(numbers), -1), codes], axis=1)
    inputs: tuple[np.ndarray, ...] = (table,)
    if not table.size and texts.size:
        inputs = (texts,)
    limit = min(s.hashes.limit for s in states.values())
    columns = state.columns + names if table.ndim == 2 and len(state.columns + names) == table.shape[1] else ()
    return Split(
        role,
        inputs,
        () if labels is None else (labels,),
        rows=position,
        n=state.rows,
        source="file",
        columns=columns,
        hashes=state.hashes.upto(limit).values,
        labels=state.labels,
    )


def _coded(texts: np.ndarray, states: list[SplitState], state: SplitState) -> tuple[np.ndarray | None, tuple[str, ...]]:
    """Category columns as indicator columns (n, categories) float32, the same in all splits; free texts are left."""
    if not texts.size:
        return None, ()
    blocks: list[np.ndarray] = []
    names: list[str] = []
    for j, column in enumerate(state.texts):
        values = np.unique(np.concatenate([as_texts(s.sample.texts[:, j]) for s in states if s.sample is not None]))
        if len(values) <= 30:
            blocks.append((as_texts(texts[:, j])[:, None] == values[None]).astype(np.float32))
            names += [f"{column}={v}" for v in values]
    return (np.concatenate(blocks, axis=1), tuple(names)) if blocks else (None, ())


def training_of_arrays(
    splits: dict[str, tuple[Any, Any]], columns: tuple[str, ...] = (), loss: str = "", sample: int = SAMPLE
) -> Training:
    """Wrap arrays as a `Training` without a model.

    `splits` maps a role (train, validation, test, predict) to inputs (n, ...), or a tuple of them, and targets (n,) or
    (n, k), or None. At most `sample` random rows are kept of each; hashes and labels are kept of all.
    """
    made: dict[str, Split] = {}
    for role, (x, y) in splits.items():
        inputs = tuple(np.asarray(a) for a in (x if isinstance(x, tuple) else (x,)))
        n = len(inputs[0])
        rows = np.arange(n) if n <= sample else np.sort(np.random.default_rng(0).choice(n, sample, replace=False))
        labels = None if y is None else np.asarray(y)
        made[role] = Split(
            role, tuple(a[rows] for a in inputs), () if labels is None else (labels[rows],), rows=rows.astype(np.int64),
            n=n, columns=columns, hashes=row_hashes(inputs), labels=labels,
        )  # fmt: skip
    losses = (LossFacts("", loss, loss),) if loss else ()
    return Training(ModelFacts("data", "data", "data", losses=losses), splits=made, kind="data")
