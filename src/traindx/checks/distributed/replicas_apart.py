"""W201."""

from __future__ import annotations

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.workers import ReplicaGroups, Replicas


@check("W201", Severity.ERROR, suggests=(Cause.REPLICA_DIVERGENCE,))
def replicas_apart(
    groups: ReplicaGroups, *, apart: float = 0.01, equal: float = 1e-3, alike: float = 0.8, shared: float = 0.1
) -> Finding | None:
    """Replicas that should hold the same weights do not, and never meet again.

    ## Why training fails
    An average of gradients is a step of one model only where all replicas stand at the same weights. From different
    weights it is a step of none; and without any average each replica learns its own shard alone.

    ## How it is measured
    Models of one architecture that the program trains in turns: the relative distance of their trainable weights before
    training and whenever the first comes round again, the gradients they are given, and the rows they read. They are
    taken for replicas where all get the very same gradients, or where they began as copies and read different rows;
    models that begin apart and learn apart (ensembles, twin critics) are not. Of several processes (TF_CONFIG, one run
    log each): the weights of all workers at the same steps.

    ## What to do
    Copy the first replica's weights to all before training, and give every optimizer the mean of all gradients. With
    tf.distribute: build model and optimizer inside strategy.scope().

    ## Thresholds
    - `apart`: least relative distance at every look; sums in another order differ by about 1e-6, so 1 % is no rounding.
    - `equal`: relative distance up to which weights count as copies before training.
    - `alike`: share of looks at which the gradients given must be equal to make models replicas.
    - `shared`: share of rows in common up to which copies read different shards.
    """
    for group in groups.all:
        together = group.declared or (group.same_gradients is not None and group.same_gradients >= alike)
        copies = group.start_gap <= equal and group.shared_rows is not None and group.shared_rows <= shared
        if len(group.gaps) < 3 or group.apart <= apart or group.end_gap <= apart or not (together or copies):
            continue
        return _finding(group, together)
    return None


def _finding(group: Replicas, together: bool) -> Finding:
    if group.declared:
        told = f"{group.count} workers of one cluster hold different weights from step {group.gaps[0][0]} on (relative distance {group.end_gap:.2g} at step {group.gaps[-1][0]}): each trains a model of its own"  # noqa: E501
        fix = "Build and compile the model inside the scope of a MultiWorkerMirroredStrategy, or average gradients yourself."
    elif together:
        told = f"{group.count} replicas get the same gradients but hold different weights (relative distance {group.start_gap:.2g} before training, {group.end_gap:.2g} at the end)"  # noqa: E501
        fix = "Give all replicas the first one's weights before training: replica.set_weights(first.get_weights()), or one seed."
    else:
        told = f"{group.count} replicas began as copies, read different rows and were never brought together: relative distance {group.end_gap:.2g} after {group.rounds} rounds"  # noqa: E501
        fix = "Average the gradients of all replicas before any optimizer applies them (or average the weights after each round)."
    evidence = [Evidence("relative distance of weights before training", group.start_gap)]
    evidence += [Evidence("relative distance of weights", g, 0.0, r) for r, g in group.gaps[1:4]]
    evidence.append(Evidence("relative distance of weights at the end", group.end_gap, 0.0))
    if group.variable:
        evidence.append(Evidence("first variable that differs", group.variable))
    if group.disagreement is not None:
        evidence.append(Evidence("difference of outputs on the same rows, in their spread", group.disagreement, 0.0))
    return Finding(told, 0.95 if together else 0.9, tuple(evidence), group.location, fix=fix)


_ROUNDS = ((1, 0.4), (2, 0.5), (4, 0.6))
replicas_apart.fires_on(ReplicaGroups((Replicas(4, 90, 1.3, ((1, 1.3), (2, 1.3), (4, 1.2)), 1.2, same_gradients=1.0),)))
replicas_apart.fires_on(ReplicaGroups((Replicas(2, 90, 0.0, _ROUNDS, 0.6, same_gradients=0.0, shared_rows=0.0),)))
replicas_apart.fires_on(ReplicaGroups((Replicas(2, 90, 0.4, _ROUNDS, 0.6, declared=True),)))
replicas_apart.silent_on(ReplicaGroups((Replicas(2, 90, 0.0, ((1, 0.0), (2, 0.0), (4, 0.0)), 0.0, same_gradients=1.0),)))
replicas_apart.silent_on(ReplicaGroups((Replicas(5, 90, 1.3, _ROUNDS, 0.6, same_gradients=0.0, shared_rows=1.0),)))
replicas_apart.silent_on(ReplicaGroups((Replicas(2, 9, 0.0, ((1, 0.1), (2, 0.0), (4, 0.1)), 0.1, shared_rows=0.0),)))
