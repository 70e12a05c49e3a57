"""C101."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.compute import Pipeline, Stage
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.training import Waiting


@check("C101", Severity.WARNING, suggests=(Cause.INPUT_BOUND,))
def waiting_for_data(waiting: Waiting, *, share: float = 0.5, seconds: float = 0.01, whole: float = 1.0) -> Finding | None:
    """Most of each training step is spent waiting for the next batch.

    ## Why training fails
    The model computes only while it has a batch. Reading, decoding or augmenting in Python, one batch at a time, leaves
    it idle.

    ## How it is measured
    Time spent in the data iterator over the time between steps, in the last half of the steps (in the first one graphs
    are traced, and buffers and caches fill), in `fit` and in loops over a tf.data dataset. A tf.data pipeline
    without Python code of the program is timed again after the run, stage by stage, with all its maps parallel, and
    from memory: that says which stage costs the time and which change helps. Python code is not run again.

    ## What to do
    Load the data once before training; with tf.data use `map(..., num_parallel_calls=AUTOTUNE)`, `cache()` and
    `prefetch(AUTOTUNE)`; with PyDataset use `workers`.

    ## Thresholds
    - `share`: half of the time: loading faster could then double the speed (Amdahl's law).
    - `seconds`: 10 ms per step; shorter waits are the cost of Python itself.
    - `whole`: one second over all steps, as for `retraced-function`: there is less than that to win otherwise.
    """
    if waiting.share <= share or waiting.wait <= seconds or waiting.wait * waiting.steps <= whole:
        return None
    stage = costliest(waiting.pipeline)
    where = f"; most of it in {stage.kind}" if stage is not None else ""
    return Finding(
        message=f"{waiting.share:.0%} of the training time is waiting for data: {1000 * waiting.wait:.0f} ms of "
        f"{1000 * waiting.step:.0f} ms per step{where}",
        strength=min(0.95, 0.4 + waiting.share / 2), location=waiting.location,
        evidence=(Evidence("share of time waiting for data", waiting.share, share),
                  Evidence("seconds waited per step", waiting.wait, seconds), *_stages(waiting.pipeline)),
        fix=_fix(waiting),
    )  # fmt: skip


def costliest(pipeline: Pipeline | None) -> Stage | None:
    """The stage that takes most of the pipeline's time; of an untimed one the stage that runs Python code."""
    if pipeline is None or not pipeline.stages:
        return None
    timed = [s for s in pipeline.stages if s.seconds is not None]
    if timed:
        return max(timed, key=lambda s: s.seconds or 0.0)
    return next((s for s in pipeline.stages if s.python), None)


def _stages(pipeline: Pipeline | None) -> list[Evidence]:
    if pipeline is None:
        return []
    found = [Evidence(f"seconds per batch in {s.kind}", s.seconds) for s in pipeline.stages if s.seconds and s.seconds > 1e-4]
    gains = (("as it is", pipeline.as_is), ("with parallel maps and prefetch", pipeline.parallel), ("from memory", pipeline.cached))
    return found + [Evidence(f"seconds per batch of the pipeline, {name}", value) for name, value in gains if value is not None]


def _fix(waiting: Waiting) -> str:
    """The change that the timings favour."""
    plan, ready = waiting.pipeline, waiting.step - waiting.wait
    if plan is None:
        more = {"pydataset": "give the PyDataset workers=4, use_multiprocessing=True", "generator": "use tf.data in place of the generator"}
        return f"Load and decode once before training, or {more.get(waiting.source, 'use tf.data with parallel map, cache and prefetch')}."
    stage = costliest(plan)
    if stage is not None and stage.python:
        return (f"The {stage.kind} stage runs Python code for each element, one at a time: prepare the data once before training, write "
                "it with TensorFlow operations and map(..., num_parallel_calls=AUTOTUNE), or cache() what it gives.")  # fmt: skip
    if plan.as_is and plan.parallel and plan.parallel < 0.7 * plan.as_is:
        return (f"map(..., num_parallel_calls=tf.data.AUTOTUNE) and prefetch(tf.data.AUTOTUNE): {1000 * plan.as_is:.0f} ms a batch "
                f"became {1000 * plan.parallel:.0f} ms; the model itself takes {1000 * ready:.0f} ms.")  # fmt: skip
    if plan.as_is and plan.cached and plan.cached < 0.7 * plan.as_is:
        return (f"cache() before shuffle and batch: from memory a batch takes {1000 * plan.cached:.1f} ms instead of "
                f"{1000 * plan.as_is:.0f} ms.")  # fmt: skip
    return "Prefetch (prefetch(tf.data.AUTOTUNE)), so that the next batch is made while the model computes; batch before map."


waiting_for_data.fires_on(Waiting(0.08, 0.093, 200, "generator"))
_MAPS = Pipeline((Stage("Map", 0.07), Stage("Batch", 0.001)), 0.08, 0.02, 0.001)
waiting_for_data.fires_on(Waiting(0.08, 0.093, 200, "tf.data", None, _MAPS))
waiting_for_data.fires_on(Waiting(0.08, 0.093, 200, "tf.data", None, Pipeline((Stage("FlatMap", None, True), Stage("Batch")))))
waiting_for_data.silent_on(Waiting(0.0004, 0.0005, 200, "numpy"))
waiting_for_data.silent_on(Waiting(0.013, 0.025, 24, "tf.data"))
