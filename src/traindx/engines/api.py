"""Splits that were handed over, without a model or a run, as the data probes take them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from traindx.engines.base import Engine, Source, SourceError
from traindx.engines.local import LocalEngine
from traindx.engines.rowhash import row_hashes
from traindx.engines.state import SplitState
from traindx.facts.observation import LossFacts, ModelFacts, Split, Training

SAMPLE = 4000


def observe_splits(
    *,
    train: Any,
    validation: Any = None,
    test: Any = None,
    label: Any = None,
    tell: Callable[[str, int], None] | None = None,
    engine: Engine | None = None,
) -> tuple[Training, tuple[str, ...], dict[str, SplitState]]:
    """Read the splits once and sample them.

    `train`, `validation`, `test`: see `sources.open_source`; `label`: the target column(s), or an array for `train`.
    `tell(split, rows)` is called as rows are read (for a progress bar). Ctrl-C keeps what was seen. `engine`: what
    reads and folds them; this process where left out.

    Returns a `Training` without a model, sentences on what was left out, and the full statistics by split.

    Raises:
        SourceError: the training split cannot be read, or the splits have different columns; one sentence.
    """
    engine = engine or LocalEngine(tell=tell)
    states: dict[str, SplitState] = {}
    left_out: list[str] = []
    for role, thing in (("train", train), ("validation", validation), ("test", test)):
        if thing is None:
            continue
        source: Source | None = None
        try:
            source = engine.open(thing, label, role)
            states[role] = engine.fold(source)
        except SourceError as fault:
            if role == "train":
                raise
            left_out.append(str(fault))
        left_out += [line for line in (source.left_out if source else []) if line not in left_out]
    _same_columns(states)
    splits = {role: _split(role, state, states) for role, state in states.items()}
    return Training(ModelFacts("data", "data", "data"), splits=splits, kind="data"), tuple(left_out), states


def _same_columns(states: dict[str, SplitState]) -> None:
    first = states["train"]
    for role, state in states.items():
        mine, theirs = set(first.columns + first.texts), set(state.columns + state.texts)
        if mine != theirs:
            only = [f"only in training: {', '.join(sorted(mine - theirs)[:5])}"] if mine - theirs else []
            only += [f"only in {role}: {', '.join(sorted(theirs - mine)[:5])}"] if theirs - mine else []
            raise SourceError(f"{role} has other columns than training ({'; '.join(only)})")
        mixed = sorted(set(first.columns) & set(state.texts) | set(first.texts) & set(state.columns))
        if mixed:
            raise SourceError(f"column {mixed[0]!r} holds numbers in one split and texts in another ({role} and train)")


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
        values = np.unique(np.concatenate([s.sample.texts[:, j].astype(str) for s in states if s.sample is not None]))
        if len(values) <= 30:
            blocks.append((texts[:, j].astype(str)[:, None] == values[None]).astype(np.float32))
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
