"""Conducts the trials of one run inside the child process: what is tried, in which order, and what it shows."""

from __future__ import annotations

import time
from dataclasses import replace

from traindx.facts.causes import Cause
from traindx.facts.diagnosis import ON_TOP
from traindx.trials.bench import (
    MIN_STEPS,
    PROMISING,
    SCREENED,
    SEEDS,
    TIE,
    TIE_SHARE,
    Candidate,
    Wanted,
    World,
    attempt,
    baseline,
    healthy,
    holds,
    reproduced,
    screen,
    show,
)  # fmt: skip
from traindx.trials.combine import combined
from traindx.trials.differential import differential
from traindx.trials.lab import WORST, OutOfTime
from traindx.trials.recipe import NotTestable, can_rule_out, experiments_of, remedies_of
from traindx.trials.shown import Shown
from traindx.trials.statistics import MATTERS, Effect, mean, spread


def conduct(world: World, wanted: list[Wanted]) -> None:
    """Run experiments, then remedies, until all is shown or the deadline is there. Results are emitted as they come."""
    try:
        proven = _experiments(world, wanted)
        if world.base.case.run.error is not None:
            return
        rest = [w for w in wanted if w.cause not in proven]
        if not any(remedies_of(w.cause) for w in rest):
            return
        _remedies(world, rest, bool(proven))
        if not healthy(world):
            differential(world)
    except OutOfTime:
        world.told("the budget is spent")


def _experiments(world: World, wanted: list[Wanted]) -> set[Cause]:
    proven: set[Cause] = set()
    changes: set[str] = set()
    for want in wanted:
        for experiment in experiments_of(want.cause):
            began = time.monotonic()
            world.told(f"{want.cause}: {experiment.__name__.replace('_', ' ')}")
            try:
                found = experiment(world, want)
            except OutOfTime:
                raise
            except Exception as fault:  # noqa: BLE001 - one experiment's fault must not cost the others
                found = NotTestable(f"{type(fault).__name__}: {fault}"[:200])
            if isinstance(found, NotTestable) and not remedies_of(want.cause):
                world.emit(Shown(want.cause, "none", "", (), (), 0.0, "not-testable", note=found.why))
            if isinstance(found, Shown):
                cause = found.cause or want.cause
                other = want.cause if cause != want.cause else None
                found = replace(found, cause=cause, suspected=other, seconds=round(time.monotonic() - began, 3))
                if found.verdict == "confirmed" and found.change in changes:  # the same change speaks for one cause
                    found = replace(found, verdict="helps")
                world.emit(found)
                if found.verdict == "confirmed":
                    proven |= {want.cause, cause}
                    changes.add(found.change)
    return proven


def _remedies(world: World, wanted: list[Wanted], already: bool) -> None:
    _measure(world, wanted)
    candidates = []
    for want in wanted[:SCREENED]:
        candidate = screen(world, world.base, want, None)
        if candidate is not None:
            candidates.append(candidate)
            _hint(world, candidate)
    best = _choose(candidates)
    if best is None:
        _tell_rest(world, candidates, None)
        if not already and not healthy(world):
            combined(world, candidates)
        return
    _replicate(world, best)
    fate = holds(world, best)
    show(world, best, "confirmed" if fate and not already else "helps" if fate else "inconclusive")
    rest = [c for c in candidates if c is not best]
    _tell_rest(world, rest, best if fate else None)
    if fate:
        _on_top(world, best, rest)


def _hint(world: World, candidate: Candidate) -> None:
    """What a killed trial leaves behind: the first seed's pair, as inconclusive; later verdicts replace it."""
    show(world, candidate, "inconclusive", "one seed")


def _measure(world: World, wanted: list[Wanted]) -> None:
    """Time a few steps, decide how long an arm may be, and run the unchanged program's arm."""
    base = world.base
    world.full_steps = base.steps
    world.told("timing one step")
    world.lab.run(replace(base, steps=min(base.steps, 30)), 0, world.deadline, stops=False)
    cost = world.lab.cost.get(base.key, 0.05)
    arms = SEEDS + 1.6 * min(SCREENED, len(wanted)) + SEEDS - 1
    affordable = 0.6 * world.left() / arms / max(cost, 1e-6)
    world.base = replace(base, steps=int(min(base.steps, max(MIN_STEPS, affordable))))
    baseline(world, 0)


LENGTH = {Cause.LEARNING_RATE_TOO_LOW, Cause.TOO_FEW_EPOCHS, Cause.EARLY_STOPPING_TOO_SOON, Cause.UNDERFITTING,
          Cause.BATCH_SIZE}  # fmt: skip
"""Causes of one kind: the weights did not get far enough. One of them on top of another is the same change again."""
USUAL_RATE = {"SGD": 0.01}
"""Keras' own defaults; 0.001 for every other optimizer."""
SAME_BY_STEPS = 0.7


def _displaced(candidate: Candidate, good: list[Candidate]) -> bool:
    """Whether more steps explain what a greater rate gained.

    A greater rate always makes up for too few steps. So a rate that is not below the optimizer's usual one is called
    too low only where several times the steps at that rate reach less than `SAME_BY_STEPS` of the gain.
    """
    own = candidate.recipe.case.model.optimizer
    if candidate.wanted.cause != Cause.LEARNING_RATE_TOO_LOW or own is None or own.learning_rate is None:
        return False
    if own.learning_rate < USUAL_RATE.get(own.kind, 0.001) * 0.99:
        return False
    by_steps = LENGTH - {Cause.LEARNING_RATE_TOO_LOW}
    return any(c.wanted.cause in by_steps and c.gain >= SAME_BY_STEPS * candidate.gain for c in good)


def _choose(candidates: list[Candidate]) -> Candidate | None:
    """The best remedy; among equally good ones that of the better ranked cause."""
    good = [c for c in candidates if c.gain >= PROMISING * MATTERS]
    good = [c for c in good if not _displaced(c, good)]
    if not good:
        return None
    top = max(c.gain for c in good)
    return min((c for c in good if top - c.gain <= max(TIE, TIE_SHARE * top)), key=lambda c: c.wanted.rank)


def _replicate(world: World, best: Candidate) -> None:
    """More seeds, in pairs, while there is time."""
    began = time.monotonic()
    for seed in range(1, SEEDS):
        if seed > 1 and world.left() < 2.2 * world.lab.cost.get(("arm",), 0.0):
            break
        if len(world.arms) <= seed:
            baseline(world, seed)
        value = attempt(world, best.recipe, seed, f"{best.wanted.cause}: {best.recipe.change}")
        if value is not None:
            best.after.append(value)
        best.before = world.before(best.recipe)
    best.seconds += time.monotonic() - began


def _tell_rest(world: World, rest: list[Candidate], winner: Candidate | None) -> None:
    """Verdicts on the other causes: ruled out where their change did nothing while something else repaired the run."""
    gap = winner.gain if winner is not None else 0.0
    for candidate in rest:
        little = candidate.gain <= max(0.5 * MATTERS, 0.1 * min(1.0, gap))
        able = can_rule_out(candidate.wanted.cause) and min(candidate.after) > WORST and reproduced(world)
        if winner is not None and gap >= 2 * MATTERS and little and able:
            show(world, candidate, "ruled-out", f"nothing gained where '{winner.recipe.change}' repairs the run")
        elif winner is None and healthy(world) and little and able:
            show(world, candidate, "ruled-out", "the run is as good without the change")
        else:
            worse = candidate.effect(spread([world.before(candidate.recipe)])) is Effect.WORSE
            helps = candidate.gain >= MATTERS and winner is not None
            show(world, candidate, "worse" if worse else "helps" if helps else "inconclusive")


def _on_top(world: World, best: Candidate, rest: list[Candidate]) -> None:
    """Combined faults: the other causes' remedies again, on top of the best one."""
    attainable = max(world.base.case.baseline or 0.0, 0.0)
    for other in sorted(rest, key=lambda c: c.wanted.rank):
        known = tuple(best.after)
        if {other.wanted.cause, best.wanted.cause} <= LENGTH:
            continue
        if mean(known) >= max(0.9, attainable) or best.recipe.measure != "skill" or best.recipe.falls:
            return
        if world.left() < 2.5 * world.lab.cost.get(("arm",), 1.0):
            return
        both = screen(world, best.recipe, other.wanted, known)
        if both is None or both.gain < PROMISING * MATTERS:
            continue
        both.before = known
        for seed in range(1, len(known)):
            value = attempt(world, both.recipe, seed, f"{other.wanted.cause}: {both.recipe.change}, on top")
            if value is not None:
                both.after.append(value)
        if both.effect(spread([known, tuple(both.after)])) is Effect.HELPS:
            show(world, both, "confirmed", f"{ON_TOP}'{best.recipe.change}'")
            best = both
