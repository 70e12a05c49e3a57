"""W103."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import StepSize
from traindx.facts.workers import Strategy


@check("W103", Severity.WARNING, suggests=(Cause.LOSS_SCALING,))
def loss_over_other_batch(
    strategy: Strategy, step: StepSize | None, outcome: Outcome | None, baseline: Baseline | None, *, factor: float = 1.5
) -> Finding | None:
    """The loss is divided by a global batch size that the replicas together do not get.

    ## Why training fails
    `distribute_datasets_from_function` wants batches of one replica, `experimental_distribute_dataset` the global batch,
    which it splits. Where the two are mixed up, each replica gets too many rows or too few by the number of replicas,
    and the gradients that are summed up are that many times too large or too small.

    ## How it is measured
    The most rows that one replica got in a step, times the replicas, against the `global_batch_size` that the program
    gave to `tf.nn.compute_average_loss`. An alarm where the optimizer's steps grow with its gradients (SGD) and the run
    misses what a cheap model reaches; else a note: Adam and its kin divide the factor out.

    ## What to do
    Batch by the global size for experimental_distribute_dataset and `fit`; by
    `context.get_per_replica_batch_size(global)` in distribute_datasets_from_function.

    ## Thresholds
    - `factor`: one and a half; the mistake makes 2 or more, a last, shorter batch never counts.
    """
    if strategy.replicas < 2 or not strategy.rows or not strategy.asked:
        return None
    given = strategy.rows * strategy.replicas
    times = given / strategy.asked
    if 1 / factor < times < factor:
        return None
    harmful = step is not None and step.optimizer == "SGD" and hurt(outcome, baseline)
    told = f"{times:.3g} times too large" if times > 1 else f"{1 / times:.3g} times too small"
    share = max(1, strategy.asked // strategy.replicas)
    return Finding(
        f"losses are divided by a global batch of {strategy.asked} rows, but {strategy.replicas} replicas get {strategy.rows} rows "
        f"each, {given} in all: the gradients are {told}",
        0.85 if harmful else 0.4,
        (Evidence("rows of a replica in a step", strategy.rows, share), Evidence("replicas", strategy.replicas),
         Evidence("rows of a step in all", given, strategy.asked)),
        strategy.asked_at or strategy.location, severity=None if harmful else Severity.NOTE,
        fix=f"Divide by {given}, or batch so that each replica gets {share} rows: the global size for "
        "experimental_distribute_dataset, context.get_per_replica_batch_size(global) for distribute_datasets_from_function.",
    )  # fmt: skip


_SGD = StepSize(0.1, "SGD", 1.0, 1.0, -0.1, -0.1)
loss_over_other_batch.fires_on(Strategy("MirroredStrategy", 4, 64, asked=64), _SGD, Outcome(skill=0.1), None)
loss_over_other_batch.fires_on(Strategy("MirroredStrategy", 4, 4, asked=64), None, Outcome(skill=0.9), None)
loss_over_other_batch.silent_on(Strategy("MirroredStrategy", 4, 16, asked=64), _SGD, Outcome(skill=0.1), None)
loss_over_other_batch.silent_on(Strategy("MirroredStrategy", 4, 64), _SGD, Outcome(skill=0.1), None)
