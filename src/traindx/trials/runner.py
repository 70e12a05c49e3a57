"""Conducts the trials of one run inside the child process: what is tried, in which order, and what it shows."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from traindx.facts.causes import Cause
from traindx.trials.lab import Arm, Lab, OutOfTime
from traindx.trials.recipe import NotTestable, Recipe, can_rule_out, experiments_of, remedies_of
from traindx.trials.measures import NAMES, measured
from traindx.trials.shown import Shown
from traindx.trials.statistics import MATTERS, Effect, effect, mean, spread

SEEDS = 3
MIN_STEPS = 40
FULL = 0.8
"""Arms of at least this share of the program's own steps count as full length."""
TIE = 0.05
"""Remedies whose outcomes differ by less than this are equally good; then the better ranked cause is the one."""
TIE_SHARE = 0.15
SCREENED = 6
PROMISING = 0.7
"""Share of the least gain that matters which one seed must show before more seeds are spent."""


@dataclass(frozen=True)
class Wanted:
    """A cause to test, in the order of the diagnosis."""

    cause: Cause
    confidence: float
    rank: int
    layer: str | None = None
    column: str | None = None
    note: bool = False


@dataclass
class Candidate:
    """One cause with its best remedy so far and the outcome per seed."""

    wanted: Wanted
    recipe: Recipe
    before: tuple[float, ...]
    after: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def gain(self) -> float:
        """Mean gain; of a flattered outcome its fall."""
        change = mean(tuple(self.after)) - mean(self.before)
        return -change if self.recipe.falls else change

    def effect(self, noise: float) -> Effect:
        """What the change did, falls counted as gains where the outcome was flattered."""
        sign = -1.0 if self.recipe.falls else 1.0
        return effect(tuple(sign * v for v in self.before), tuple(sign * v for v in self.after), noise)


@dataclass
class World:
    """Everything an experiment may use."""

    base: Recipe
    lab: Lab
    deadline: float
    told: Callable[[str], None]
    emit: Callable[[Shown], None]
    content: dict[str, Any]
    full_steps: int = 0
    arms: list[Arm] = field(default_factory=list)

    def before(self, recipe: Recipe) -> tuple[float, ...]:
        """Outcomes of the unchanged program by seed, in the measure of a remedy."""
        return tuple(measured(replace(self.base, measure=recipe.measure), arm) for arm in self.arms)

    def left(self) -> float:
        """Seconds to the deadline."""
        return self.deadline - time.monotonic()


def conduct(world: World, wanted: list[Wanted]) -> None:
    """Run experiments, then remedies, until all is shown or the deadline is there. Results are emitted as they come."""
    try:
        proven = _experiments(world, wanted)
        rest = [w for w in wanted if w.cause not in proven]
        if not any(remedies_of(w.cause) for w in rest):
            return
        _remedies(world, rest, bool(proven))
    except OutOfTime:
        world.told("the budget is spent")


def _experiments(world: World, wanted: list[Wanted]) -> set[Cause]:
    proven: set[Cause] = set()
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
            if isinstance(found, Shown):
                found = replace(found, cause=want.cause, seconds=round(time.monotonic() - began, 3))
                world.emit(found)
                if found.verdict == "confirmed":
                    proven.add(want.cause)
    return proven


def _remedies(world: World, wanted: list[Wanted], already: bool) -> None:
    _measure(world, wanted)
    candidates = []
    for want in wanted[:SCREENED]:
        candidate = _screen(world, world.base, want, None)
        if candidate is not None:
            candidates.append(candidate)
            _hint(world, candidate)
    best = _choose(candidates)
    if best is None:
        _tell_rest(world, candidates, None)
        return
    _replicate(world, best)
    fate = _fate(world, best)
    _show(world, best, "confirmed" if fate and not already else "helps" if fate else "inconclusive")
    rest = [c for c in candidates if c is not best]
    _tell_rest(world, rest, best if fate else None)
    if fate:
        _on_top(world, best, rest)


def _hint(world: World, candidate: Candidate) -> None:
    """What a killed trial leaves behind: the first seed's pair, as inconclusive; later verdicts replace it."""
    _show(world, candidate, "inconclusive", "one seed")


def _measure(world: World, wanted: list[Wanted]) -> None:
    """Time a few steps, decide how long an arm may be, and run the unchanged program's arm."""
    base = world.base
    world.full_steps = base.steps
    world.told("timing one step")
    world.lab.run(replace(base, steps=min(base.steps, 30)), 0, world.deadline)
    cost = world.lab.cost.get(base.key, 0.05)
    arms = SEEDS + 1.6 * min(SCREENED, len(wanted)) + SEEDS - 1
    affordable = 0.6 * world.left() / arms / max(cost, 1e-6)
    world.base = replace(base, steps=int(min(base.steps, max(MIN_STEPS, affordable))))
    _baseline(world, 0)


def _baseline(world: World, seed: int) -> None:
    world.told(f"the unchanged program (seed {seed + 1})")
    arm = world.lab.run(world.base, seed, world.deadline)
    world.arms.append(arm)
    world.lab.cost["arm",] = arm.seconds


def _screen(world: World, base: Recipe, want: Wanted, before: tuple[float, ...] | None) -> Candidate | None:
    """The best variant of a cause's remedies with the first seed; None where there is none."""
    variants: list[Recipe] = []
    why = ""
    aimed = replace(base, case=replace(base.case, layer=want.layer, column=want.column))
    for remedy in remedies_of(want.cause):
        try:
            answer = remedy(aimed)
        except Exception as fault:  # noqa: BLE001 - a remedy that fails is no verdict
            answer = NotTestable(f"{type(fault).__name__}: {fault}"[:200])
        if isinstance(answer, NotTestable):
            why = answer.why
        else:
            variants += answer if isinstance(answer, list) else [answer]
    if not variants:
        if why:
            world.emit(Shown(want.cause, "none", "", (), (), 0.0, "not-testable", note=why))
        return None
    began = time.monotonic()
    best: Candidate | None = None
    for recipe in _short_list(world, variants, want):
        value = _try(world, recipe, 0, f"{want.cause}: {recipe.change}")
        if value is not None:
            known = before if before is not None else world.before(recipe)
            made = Candidate(want, recipe, known[:1], [value])
            best = made if best is None or made.gain > best.gain else best
    if best is not None:
        best.seconds = time.monotonic() - began
    return best


def _short_list(world: World, variants: list[Recipe], want: Wanted) -> list[Recipe]:
    """The best two of many variants by short arms; up to two are kept as they are."""
    if len(variants) <= 2:
        return variants
    scored = []
    for at, recipe in enumerate(variants):
        short = replace(recipe, steps=max(min(recipe.steps, MIN_STEPS), recipe.steps // 4))
        value = _try(world, short, 0, f"{want.cause}: {recipe.change}, short")
        if value is not None:
            scored.append((-round(value, 2) if not recipe.falls else round(value, 2), at, recipe))
    return [recipe for _, _, recipe in sorted(scored, key=lambda s: s[:2])[:2]]


def _try(world: World, recipe: Recipe, seed: int, what: str) -> float | None:
    """One arm; None where the change cannot be built or run."""
    world.told(f"{what} (seed {seed + 1})")
    try:
        return measured(recipe, world.lab.run(recipe, seed, world.deadline))
    except OutOfTime:
        raise
    except Exception as fault:  # noqa: BLE001 - an arm that cannot run is no verdict
        world.told(f"{what}: not possible ({type(fault).__name__}: {str(fault)[:160]})")
        return None


def _choose(candidates: list[Candidate]) -> Candidate | None:
    """The best remedy; among equally good ones that of the better ranked cause."""
    good = [c for c in candidates if c.gain >= PROMISING * MATTERS]
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
            _baseline(world, seed)
        value = _try(world, best.recipe, seed, f"{best.wanted.cause}: {best.recipe.change}")
        if value is not None:
            best.after.append(value)
        best.before = world.before(best.recipe)
    best.seconds += time.monotonic() - began


def _fate(world: World, best: Candidate) -> bool:
    """Whether the remedy moved the symptom beyond the spread of seeds, and beyond what the program itself reached.

    The second demand guards against short arms, where a greater rate always looks better than in the full run.
    """
    if best.effect(spread([best.before, tuple(best.after)])) is not Effect.HELPS:
        return False
    reached = world.base.case.held_skill
    if best.recipe.falls or best.recipe.measure != "skill" or reached is None:
        return True
    return mean(tuple(best.after)) >= reached + 0.5 * MATTERS


def _show(world: World, candidate: Candidate, verdict: str, note: str = "") -> None:
    size = f"{len(candidate.recipe.train)} training rows, {candidate.recipe.steps} steps"
    if world.base.steps < world.full_steps:
        size += f" (the program: {world.full_steps})"
    world.emit(Shown(
        candidate.wanted.cause, candidate.recipe.change, NAMES[candidate.recipe.measure],
        tuple(round(v, 4) for v in candidate.before), tuple(round(v, 4) for v in candidate.after),
        round(candidate.seconds, 2), verdict, not candidate.recipe.falls, "; ".join(x for x in (note, size) if x),
    ))  # fmt: skip


def _tell_rest(world: World, rest: list[Candidate], winner: Candidate | None) -> None:
    """Verdicts on the other causes: ruled out where their change did nothing while something else repaired the run."""
    gap = winner.gain if winner is not None else 0.0
    for candidate in rest:
        little = candidate.gain <= max(0.5 * MATTERS, 0.2 * gap)
        able = can_rule_out(candidate.wanted.cause)
        if winner is not None and gap >= 2 * MATTERS and little and able:
            _show(world, candidate, "ruled-out", f"nothing gained where '{winner.recipe.change}' repairs the run")
        elif winner is None and _healthy(world) and little and able:
            _show(world, candidate, "ruled-out", "the run is as good without the change")
        else:
            worse = candidate.effect(spread([world.before(candidate.recipe)])) is Effect.WORSE
            _show(world, candidate, "worse" if worse else "inconclusive")


def _healthy(world: World) -> bool:
    """Whether the unchanged arm already reaches what cheap models reach, at full length."""
    base = world.base
    full = base.steps >= FULL * world.full_steps
    attainable = base.case.baseline if base.case.baseline is not None else 0.5
    return full and mean(world.before(base)) >= max(0.2, attainable - 0.05)


def _on_top(world: World, best: Candidate, rest: list[Candidate]) -> None:
    """Combined faults: the other causes' remedies again, on top of the best one."""
    attainable = max(world.base.case.baseline or 0.0, 0.0)
    for other in sorted(rest, key=lambda c: c.wanted.rank):
        known = tuple(best.after)
        if mean(known) >= max(0.9, attainable) or best.recipe.measure != "skill" or best.recipe.falls:
            return
        if world.left() < 2.5 * world.lab.cost.get(("arm",), 1.0):
            return
        both = _screen(world, best.recipe, other.wanted, known)
        if both is None or both.gain < PROMISING * MATTERS:
            continue
        both.before = known
        for seed in range(1, len(known)):
            value = _try(world, both.recipe, seed, f"{other.wanted.cause}: {both.recipe.change}, on top")
            if value is not None:
                both.after.append(value)
        if both.effect(spread([known, tuple(both.after)])) is Effect.HELPS:
            _show(world, both, "confirmed", f"on top of '{best.recipe.change}'")
            best = both
