"""Combined faults: where no single change helps, a change is tried with another one in both arms."""

from __future__ import annotations

from dataclasses import replace

from traindx.facts.causes import Cause
from traindx.trials.bench import PROMISING, SEEDS, Candidate, World, attempt, remedied, show
from traindx.trials.recipe import Recipe
from traindx.trials.statistics import MATTERS, Effect, spread

TESTED = 3
LONGER = 6


def aids(recipe: Recipe) -> list[Recipe]:
    """Changes that no model is broken by, and that let a repaired one show it in time: greater rates, more steps."""
    own, asked = recipe.case.model.optimizer, recipe.case.curve.asked_epochs
    rate = own.learning_rate if own is not None and own.schedule is None else None
    faster = [
        replace(recipe, rate=recipe.rate * f, change=f"learning rate x {f:g}",
                patch=recipe.patched(("learning_rate", f"{rate * f:.2g}")) if rate else None)
        for f in (10.0, 100.0, 0.1)
    ]  # fmt: skip
    longer = recipe.patched(("epochs", str(LONGER * asked))) if asked else None
    return [*faster, replace(recipe, steps=LONGER * recipe.steps, change=f"{LONGER} times the steps", patch=longer)]


def combined(world: World, candidates: list[Candidate]) -> None:
    """Pairs of suspects, then suspects with an aid: the pair that helps, each half tested against the other alone."""
    tested = sorted(candidates, key=lambda c: c.wanted.rank)[:TESTED]
    for i, first in enumerate(tested):
        for second in tested[i + 1 :]:
            if _pair(world, first, second):
                return
    for candidate in tested:
        for aid in aids(candidate.recipe):
            if _room(world, aid) and _aided(world, candidate, aid):
                return


def _room(world: World, recipe: Recipe) -> bool:
    scale = recipe.steps / max(1, world.base.steps)
    return world.left() > 2 * SEEDS * scale * world.lab.cost.get(("arm",), 0.5)


def _pair(world: World, first: Candidate, second: Candidate) -> bool:
    """Both suspects' changes together; each must help where the other is made already."""
    if first.recipe.measure != second.recipe.measure or first.recipe.falls or second.recipe.falls:
        return False
    joint = next((r for r in remedied(world, first.recipe, second.wanted) if r.change == second.recipe.change), None)
    if joint is None or not _room(world, joint):
        return False
    value = attempt(world, joint, 0, f"{first.recipe.change} and {joint.change}")
    if value is None or value - max(first.after[0], second.after[0]) < PROMISING * MATTERS:
        return False
    after = [value]
    for seed in range(1, SEEDS):
        for arm, recipe in ((after, joint), (first.after, first.recipe), (second.after, second.recipe)):
            if len(arm) <= seed:
                found = attempt(world, recipe, seed, recipe.change)
                if found is not None:
                    arm.append(found)
    done = False
    for own, other in ((first, second), (second, first)):
        if own.wanted.cause == Cause.UNDERFITTING:  # what the other change lets show, no fault of its own
            continue
        before = tuple(other.after)
        made = Candidate(own.wanted, replace(joint, change=own.recipe.change), before, after, own.seconds + other.seconds)
        if made.effect(spread([before, tuple(after)])) is Effect.HELPS:
            show(world, made, "confirmed", f"with '{other.recipe.change}' in both arms")
            done = True
    return done


def _aided(world: World, candidate: Candidate, aid: Recipe) -> bool:
    """The suspect's change with and without, where both arms have the aid."""
    alone = replace(aid, **{k: getattr(world.base, k) for k in ("train", "held", "truth", "edits", "loss", "optimizer", "clip",
                                                                "undo", "class_weight", "batch")})  # fmt: skip
    value = attempt(world, aid, 0, f"{candidate.wanted.cause}: {candidate.recipe.change} with {aid.change}")
    if value is None or value - candidate.before[0] < PROMISING * MATTERS:
        return False
    before, after = [], [value]
    for seed in range(SEEDS):
        for arm, recipe in ((before, alone), (after, aid)):
            if len(arm) <= seed:
                found = attempt(world, recipe, seed, f"{recipe.change}")
                if found is not None:
                    arm.append(found)
        if before and after[0] - before[0] < PROMISING * MATTERS:
            return False
    made = Candidate(candidate.wanted, replace(aid, change=candidate.recipe.change), tuple(before), after, candidate.seconds)
    if made.effect(spread([tuple(before), tuple(after)])) is not Effect.HELPS:
        return False
    show(world, made, "confirmed", f"with '{aid.change}' in both arms")
    return True
