"""The trial bench: what is tried so far, one arm at a time, and how it is told."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from traindx.facts.causes import Cause
from traindx.facts.skill import class_ids
from traindx.trials.lab import WORST, Arm, Lab, OutOfTime
from traindx.trials.measures import NAMES, measured
from traindx.trials.recipe import NotTestable, Recipe, remedies_of
from traindx.trials.shown import Shown
from traindx.trials.statistics import MATTERS, Effect, effect, mean, row_error, spread

SEEDS = 3
MIN_STEPS = 40
REPRODUCED = 0.2
"""Twice the least gain that matters: the program's rows are sampled, and its seeds are not the trial's."""
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
    check: str = ""


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
        return effect(tuple(sign * v for v in self.before), tuple(sign * v for v in self.after), noise, rows=self.row_error)

    @property
    def row_error(self) -> float:
        """Error of the gain by the choice of held-out rows; 0 where both arms are scored on the same ones."""
        if not self.recipe.other_rows:
            return 0.0
        constant = None
        if self.recipe.case.task in ("binary", "multi-class"):
            ids = class_ids(self.recipe.truth[1])
            constant = float((ids == np.bincount(ids - ids.min()).argmax() + ids.min()).mean())
        arms = ((self.before, self.recipe.other_rows), (tuple(self.after), len(self.recipe.held)))
        return math.hypot(*(row_error(mean(skills), rows, constant) for skills, rows in arms))


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


def baseline(world: World, seed: int) -> None:
    """One more seed of the unchanged program."""
    world.told(f"the unchanged program (seed {seed + 1})")
    arm = world.lab.run(world.base, seed, world.deadline)
    world.arms.append(arm)
    world.lab.cost["arm",] = arm.seconds


def remedied(world: World, base: Recipe, want: Wanted) -> list[Recipe]:
    """Every variant of a cause's remedies on top of a recipe; the reason is emitted where there is none."""
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
    if not variants and why:
        world.emit(Shown(want.cause, "none", "", (), (), 0.0, "not-testable", note=why))
    return variants


def screen(world: World, base: Recipe, want: Wanted, before: tuple[float, ...] | None) -> Candidate | None:
    """The best variant of a cause's remedies with the first seed; None where there is none."""
    began = time.monotonic()
    best: Candidate | None = None
    for recipe in short_list(world, remedied(world, base, want), want):
        value = attempt(world, recipe, 0, f"{want.cause}: {recipe.change}")
        if value is not None:
            known = before if before is not None else world.before(recipe)
            made = Candidate(want, recipe, known[:1], [value])
            best = made if best is None or _promise(made) > _promise(best) else best
    if best is not None:
        best.seconds = time.monotonic() - began
    return best


def _promise(candidate: Candidate) -> float:
    """The gain; of two that are equally good, the one that can be written into the program is worth more to its author."""
    return candidate.gain + (TIE if candidate.recipe.patch else 0.0)


def short_list(world: World, variants: list[Recipe], want: Wanted) -> list[Recipe]:
    """The best two of many variants by short arms; up to two are kept as they are."""
    if len(variants) <= 2:
        return variants
    scored = []
    for at, recipe in enumerate(variants):
        short = replace(recipe, steps=max(min(recipe.steps, MIN_STEPS), recipe.steps // 4))
        value = attempt(world, short, 0, f"{want.cause}: {recipe.change}, short")
        if value is not None:
            scored.append((-round(value, 2) if not recipe.falls else round(value, 2), at, recipe))
    return [recipe for _, _, recipe in sorted(scored, key=lambda s: s[:2])[:2]]


def attempt(world: World, recipe: Recipe, seed: int, what: str) -> float | None:
    """One arm; None where the change cannot be built or run."""
    world.told(f"{what} (seed {seed + 1})")
    try:
        return measured(recipe, world.lab.run(recipe, seed, world.deadline))
    except OutOfTime:
        raise
    except Exception as fault:  # noqa: BLE001 - an arm that cannot run is no verdict
        world.told(f"{what}: not possible ({type(fault).__name__}: {str(fault)[:160]})")
        return None


def show(world: World, candidate: Candidate, verdict: str, note: str = "") -> None:
    """Emit what a candidate has shown so far."""
    size = f"{len(candidate.recipe.train)} training rows, {candidate.recipe.steps} steps"
    if world.base.steps < world.full_steps:
        size += f" (the program: {world.full_steps})"
    world.emit(Shown(
        candidate.wanted.cause, candidate.recipe.change, NAMES[candidate.recipe.measure],
        tuple(round(v, 4) for v in candidate.before), tuple(round(v, 4) for v in candidate.after),
        round(candidate.seconds, 2), verdict, not candidate.recipe.falls, "; ".join(x for x in (note, size) if x),
        candidate.recipe.patch or (),
    ))  # fmt: skip


def holds(world: World, best: Candidate) -> bool:
    """Whether the remedy moved the symptom beyond the spread of seeds, and beyond what the program itself reached.

    The second demand guards against short arms, where a greater rate always looks better than in the full run.
    """
    if best.effect(spread([best.before, tuple(best.after)])) is not Effect.HELPS:
        return False
    reached = world.base.case.held_skill
    if best.recipe.falls or best.recipe.measure != "skill" or reached is None:
        return True
    return mean(tuple(best.after)) >= reached + 0.5 * MATTERS


def healthy(world: World) -> bool:
    """Whether the unchanged arm already reaches what cheap models reach, at full length."""
    base = world.base
    if base.steps < FULL * world.full_steps or base.case.baseline is None or not reproduced(world):
        return False
    return mean(world.before(base)) >= max(0.2, base.case.baseline - 0.05)


def reproduced(world: World) -> bool:
    """Whether the unchanged arm ends where the program itself did; else the trial trains something else than the program.

    Only a better arm counts against it: a shorter one may well be worse.
    """
    reached = world.base.case.held_skill
    return reached is None or mean(world.before(world.base)) <= max(reached, WORST) + REPRODUCED
