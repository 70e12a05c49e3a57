"""Several workers, as the recorder saw them: replicas, combined work, local figures, strategies, waits."""

from __future__ import annotations

from traindx.facts.findings import NotApplicable
from traindx.facts.observation import Observation, Training
from traindx.facts.workers import Exchanges, JudgedByWorkers, LocalValues, ReplicaGroups, Scope, Strategy, Waits
from traindx.probes.base import probe


@probe
def replica_groups(training: Training, run: Observation) -> ReplicaGroups | NotApplicable:
    """Models of one architecture that were trained in turns."""
    if run.workers is None or not run.workers.replicas:
        return NotApplicable("no models of one architecture were trained in turns")
    return ReplicaGroups(run.workers.replicas)


@probe
def exchanges(training: Training, run: Observation) -> Exchanges | NotApplicable:
    """Work of several workers that one update combines."""
    if run.workers is None or not run.workers.exchanges:
        return NotApplicable("no work of several workers was combined")
    return Exchanges(run.workers.exchanges)


@probe
def local_values(training: Training, run: Observation) -> LocalValues | NotApplicable:
    """Figures that several workers computed, each on rows of its own."""
    if run.workers is None or not run.workers.values:
        return NotApplicable("no figure was computed by several workers")
    return LocalValues(run.workers.values)


@probe
def judged_by_workers(training: Training, run: Observation) -> JudgedByWorkers | NotApplicable:
    """Figures of all workers of a cluster, with the weights that each held."""
    if run.workers is None or not run.workers.judged:
        return NotApplicable("no figure was computed by all workers of a cluster, each with readable weights")
    return JudgedByWorkers(run.workers.judged)


@probe
def strategy(training: Training, run: Observation) -> Strategy | NotApplicable:
    """The strategy that the model was built in."""
    found = training.model.strategy
    return NotApplicable("the model belongs to no distribution strategy") if found is None else found


@probe
def scope(training: Training, run: Observation) -> Scope | NotApplicable:
    """What of the training stands in the scope of a strategy."""
    found = training.model.scope
    return NotApplicable("the program made no distribution strategy of several replicas") if found is None else found


@probe
def waits(training: Training, run: Observation) -> Waits | NotApplicable:
    """Threads that stood still."""
    if run.workers is None or run.workers.waits is None:
        return NotApplicable("nothing waited")
    return run.workers.waits
