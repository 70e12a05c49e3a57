"""W204."""

from __future__ import annotations

import re

from traindx.checks.base import check
from traindx.facts.causes import Cause
from traindx.facts.findings import Evidence, Finding, Severity
from traindx.facts.outcome import Baseline, Outcome, hurt
from traindx.facts.training import Crash
from traindx.facts.workers import Scope

C = Cause
REFUSED = re.compile(
    r"^$|with strategy\.scope|colocate_vars_with|different tf\.distribute\.Strategy|PerReplica|_distributed_tf_update_step|fn_with_cond"
)
"""What TensorFlow 2.21 and Keras 3.15 say where variables of two scopes meet; an empty AssertionError among it."""


@check("W204", Severity.ERROR, suggests=(C.API_MISUSE, C.IDLE_ACCELERATOR, C.REPLICA_DIVERGENCE, C.LEARNING_RATE_TOO_LOW))
def variables_outside_scope(
    scope: Scope, crash: Crash | None, outcome: Outcome | None, baseline: Baseline | None, *, counted: float = 1.5
) -> Finding | None:
    """A distribution strategy was made, but model or optimizer were made outside of its scope.

    ## Why training fails
    Keras trains a model under the strategy in whose scope the model was made. Made outside, `fit` raises an error that
    does not say so where the optimizer (`compile`) or `fit` are inside; where all is outside it trains on one device, and
    of several processes each trains a model of its own. An optimizer made outside raises too, or, where it keeps no
    state per weight (plain SGD), counts a step once for every replica: schedules run that many times too fast.

    ## How it is measured
    The strategies that the program makes; after the run, or after the exception, which of the model's variables and
    whose optimizer belong to the strategy; the optimizer's iterations over the steps taken.

    ## What to do
    Build, load and compile in `with strategy.scope():`; the optimizer too.

    ## Thresholds
    - `counted`: iterations over steps; 1 where all is well, the number of replicas (2 or more) where not.
    """
    outside = scope.outside > 0 or scope.model_at is not None
    if crash is not None:
        related = crash.in_keras and REFUSED.search(crash.message.strip()) is not None
        return _refused(scope, outside) if related and (outside or scope.optimizer_inside is False) else None
    if outside and not scope.used and scope.steps:
        return _alone(scope)
    if scope.optimizer_inside is False and scope.iterations and scope.steps and scope.iterations >= counted * scope.steps:
        return _counted(scope, hurt(outcome, baseline))
    return None


def _refused(scope: Scope, outside: bool) -> Finding:
    what = f"{scope.outside} of the model's {scope.weights} variables" if scope.outside else "the model" if outside else ""
    told = " and ".join(x for x in (what, "the optimizer" if scope.optimizer_inside is False else "") if x)
    return Finding(
        f"{told} {'was' if told in ('the model', 'the optimizer') else 'were'} made outside the scope of {scope.strategy}, which trains "
        f"with {scope.replicas} replicas",
        0.97, _evidence(scope), scope.model_at or scope.optimizer_at or scope.location, suggests=(C.API_MISUSE,),
        fix="Create the model, its layers and the optimizer, and call compile, in `with strategy.scope():`.",
    )  # fmt: skip


def _alone(scope: Scope) -> Finding:
    cost = "each process trains a model of its own" if scope.several else "one device does all the work"
    return Finding(
        f"{scope.strategy} of {scope.replicas} replicas was made, but no model was built in its scope: {cost}",
        0.9, _evidence(scope), scope.model_at or scope.location, severity=None if scope.several else Severity.WARNING,
        suggests=(C.REPLICA_DIVERGENCE,) if scope.several else (C.IDLE_ACCELERATOR,),
        fix="Build and compile the model in `with strategy.scope():`, or leave the strategy out.",
    )  # fmt: skip


def _counted(scope: Scope, harmed: bool) -> Finding:
    times = (scope.iterations or 0) / scope.steps
    harmful = harmed and scope.schedule is not None
    told = f"; {scope.schedule} runs that much faster" if scope.schedule else ""
    return Finding(
        f"the optimizer was made outside the scope of {scope.strategy} and counts {times:.3g} iterations a step{told}",
        0.8 if harmful else 0.4, _evidence(scope), scope.optimizer_at or scope.location,
        severity=Severity.WARNING if harmful else Severity.NOTE, suggests=(C.LEARNING_RATE_TOO_LOW,),
        fix="Make the optimizer (and call compile) in `with strategy.scope():`.",
    )  # fmt: skip


def _evidence(scope: Scope) -> tuple[Evidence, ...]:
    found = [Evidence("replicas", scope.replicas), Evidence("variables of the model outside the scope", scope.outside, 0)]
    found += [Evidence("first variable outside", scope.first)] if scope.first else []
    if scope.iterations is not None and scope.steps:
        found.append(Evidence("iterations of the optimizer", scope.iterations, scope.steps))
    return tuple(found)


_PLAIN = Scope("MirroredStrategy", 2, 4, 4, "dense/kernel", True)
_BARE = Crash("AssertionError", "", None, "fit", True)
variables_outside_scope.fires_on(_PLAIN, _BARE, None, None)
variables_outside_scope.fires_on(Scope("MirroredStrategy", 2, 4, 4, "dense/kernel", False, 24, 24), None, None, None)
variables_outside_scope.fires_on(Scope("MirroredStrategy", 2, 4, 0, "", False, 48, 24, used=True), None, None, None)
variables_outside_scope.silent_on(Scope("MirroredStrategy", 2, 4, 0, "", True, 24, 24, used=True), None, None, None)
variables_outside_scope.silent_on(Scope("MirroredStrategy", 2, 4, 4, "d/kernel", False, 24, 24, used=True), None, None, None)
variables_outside_scope.silent_on(_PLAIN, Crash("ValueError", "Shapes (32, 3) and (32, 1) are incompatible", None, "fit", True), None, None)
