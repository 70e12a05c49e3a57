"""The functions: diagnose a live model, or splits alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from traindx.engines.base import Engine, SourceError
from traindx.facts.compute import StepMemory
from traindx.facts.diagnosis import Diagnosis
from traindx.facts.observation import Observation
from traindx.facts.settings import Settings
from traindx.session import judge

ENGINES = ("local", "spark")


def check_splits(
    *,
    train: Any,
    validation: Any = None,
    test: Any = None,
    label: Any = None,
    settings: Settings | None = None,
    tell: Callable[[str, int, int | None], None] | None = None,
    engine: str = "local",
) -> Diagnosis:
    """Examine splits alone: no model, no training.

    `train`, `validation`, `test`: (inputs, targets), arrays, data frames, Arrow tables, tf.data datasets, or paths
    (.npz, .csv, .parquet, .tfrecord, a folder, a glob, a folder of pictures by class). `label`: the target's column,
    several columns (a one-hot block), an array of `train`'s targets, or a mapping of arrays by split.
    `tell(split, rows, rows in all)` is called as rows are read. Ctrl-C ends the reading; what was seen is judged.
    `engine`: "local" (this process) or
    "spark" (extra `traindx[spark]`): files that outgrow one machine, also at hdfs://, s3a:// and the like.

    Raises:
        traindx.engines.base.SourceError: the training split cannot be read; one sentence says why.
    """
    from traindx.engines.api import observe_splits

    carrier = _engine(engine, tell)
    try:
        training, left_out, _ = observe_splits(
            train=train, validation=validation, test=test, label=label, engine=carrier
        )  # fmt: skip
    finally:
        carrier.close()
    run = Observation(program="data", trainings=(training,), notes=left_out)
    return only_data(judge(run, settings or Settings()))


def _engine(name: str, tell: Callable[[str, int, int | None], None] | None) -> Engine:
    from traindx.engines.local import LocalEngine

    if name == "spark":
        from traindx.engines.spark.engine import SparkEngine

        return SparkEngine(tell=tell)
    if name != "local":
        raise SourceError(f"there is no engine {name!r}; there are {', '.join(ENGINES)}")
    return LocalEngine(tell=tell)


def only_data(diagnosis: Diagnosis) -> Diagnosis:
    """Without the checks that need a model: they do not apply to splits alone."""
    from traindx.checks.registry import all_checks

    about_data = {c.name for c in all_checks() if c.code.startswith("D")}
    return replace(diagnosis, not_measured=tuple(u for u in diagnosis.not_measured if u.check in about_data))


def diagnose(
    model: Any,
    *,
    train: tuple[Any, Any],
    test: tuple[Any, Any] | None = None,
    validation: tuple[Any, Any] | None = None,
    settings: Settings | None = None,
) -> Diagnosis:
    """Diagnose a compiled Keras model on arrays, as it is now: nothing is trained and nothing of it is changed.

    `train`, `validation`, `test`: (inputs, targets) in memory, as `fit` takes them. The history of the model's last
    `fit` is read where it has one.
    """
    from traindx.probes.observe import observe
    from traindx.probes.recorder import Recorder

    recorder = Recorder()
    given = {"x": train[0], "y": train[1], "validation_data": validation, "epochs": 0}
    token = recorder.call_begins("fit", model, given)
    log = recorder.log(model)
    log.start, log.start_paths = None, []
    history = getattr(model, "history", None)
    logs = dict(getattr(history, "history", {}) or {})
    log.epochs.values = {str(k): [float(v) for v in values] for k, values in logs.items()}
    log.batches_trained = int(getattr(getattr(model, "optimizer", None), "iterations", 0) or 0)
    recorder.call_ends(token, None, None)
    if test is not None:
        recorder.call_ends(recorder.call_begins("evaluate", model, {"x": test[0], "y": test[1]}), None, None)
    run = observe(recorder, "model", exit=0, error=None, seconds=0.0)
    return judge(run, settings or Settings())


def step_memory(model: Any, x: Any = None, y: Any = None, *, batch_size: int = 32) -> StepMemory:
    """What one training step of a built and compiled Keras model will need, before anything is run.

    `x`, `y`: any rows of the training data, as `fit` takes them; only shapes and dtypes are read. Without them the
    model's own inputs and outputs say the shapes. `StepMemory.peak` is in bytes, `largest_batch` the most rows that fit
    into the memory that is free now, `parts` the layers that hold most.

    Raises:
        ValueError: the model does not know its shapes and no rows were given.
    """
    from traindx.probes.memory import predict

    if x is None:
        x, y = predict.own_batch(model)
    return predict.step_memory(model, x, y, batch=batch_size)
