"""Plant faults into splits of real data sets and count what the data checks find, beside honest controls.

    python tools/bench_splits.py [--seeds 3] [--only FAULT] [--set NAME] [--verbose]

Prints recall per fault (its cause among the alarms), how often it is the first alarm, and alarms on honest splits.
"""

from __future__ import annotations

import argparse
import collections
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from faults import FAULTS, Case
from honest import HONEST
from realsets import Real, real_sets
from traindx.checks.registry import all_checks
from traindx.engines.api import training_of_arrays
from traindx.facts.findings import Finding, Severity
from traindx.facts.observation import Observation
from traindx.probes.base import Bench


def judge(case: Case) -> list[tuple[str, Finding, str, Severity]]:
    """Every data check's finding on the case: (cause, finding, check name, severity), strongest first."""
    loss = "" if case.classes is None else ("scce" if case.classes else "mse")
    training = training_of_arrays(case.splits, loss=loss)
    bench = Bench(training, Observation("bench"))
    found = []
    for check in all_checks():
        if not check.code.startswith("D"):
            continue
        answer = check.judge(bench.take)
        if isinstance(answer, Finding):
            cause = (answer.suggests or check.suggests)[0]
            found.append((cause.value, answer, check.name, answer.severity or check.severity))
    for kind, value in bench.taken.items():
        if "probe failed" in getattr(value, "why", ""):
            print(f"!! {case.name}: {kind.__name__}: {value.why}")
    return sorted(found, key=lambda f: (f[3] == Severity.NOTE, -f[1].strength))


def halves(real: Real, seed: int) -> Case:
    """Train and test by a random split with a random share."""
    rng = np.random.default_rng([seed, len(real.x)])
    order = rng.permutation(len(real.x))
    cut = int(len(order) * rng.uniform(0.25, 0.5))
    test, train = order[:cut], order[cut:]
    return Case(real.name, {"train": (real.x[train], real.y[train]), "test": (real.x[test], real.y[test])}, real.classes)


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--set", default="")
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    score: dict[str, list[tuple[bool, bool]]] = collections.defaultdict(list)
    seconds: list[float] = []
    for real in real_sets():
        if given.set and given.set not in real.name:
            continue
        for seed in range(given.first_seed, given.first_seed + given.seeds):
            for name, (cause, plant) in {**FAULTS, **{f"honest {h}": ("", p) for h, p in HONEST.items()}}.items():
                if given.only and given.only not in name:
                    continue
                _one(real, seed, name, cause, plant, score, seconds, given.verbose)
    _report(score, seconds)


def _one(real: Real, seed: int, name: str, cause: str, plant: Callable[..., Case | None], score: dict[str, list[tuple[bool, bool]]],
         seconds: list[float], verbose: bool) -> None:
    rng = np.random.default_rng([seed, sum(map(ord, name)), len(real.x)])
    case = plant(halves(real, seed), rng, real)
    if case is None:
        return
    start = time.perf_counter()
    found = judge(case)
    seconds.append(time.perf_counter() - start)
    alarms = [f for f in found if f[3] != Severity.NOTE]
    if cause:
        wanted = set(cause.split("|"))
        hit = any(f[0] in wanted and (not case.expect or case.expect in f[1].message) for f in alarms)
        first = bool(alarms) and alarms[0][0] in wanted
        score[name].append((hit, first))
        if verbose and not (hit and first):
            print(f"{'MISS' if not hit else 'rank'} {name} on {real.name} seed {seed}: "
                  + "; ".join(f"{f[2]}: {f[1].message[:130]}" for f in alarms[:3]), flush=True)
    else:
        score[name].append((bool(alarms), False))
        if alarms:
            print(f"ALARM {name} on {real.name} seed {seed}: " + "; ".join(f"{f[2]}: {f[1].message[:150]}" for f in alarms), flush=True)


def _report(score: dict[str, list[tuple[bool, bool]]], seconds: list[float]) -> None:
    print(f"\n{'fault':34s} cases recall first")
    for name, results in score.items():
        if not name.startswith("honest"):
            print(f"{name:34s} {len(results):5d} {np.mean([h for h, _ in results]):6.1%} {np.mean([f for _, f in results]):6.1%}")
    for name, results in score.items():
        if name.startswith("honest"):
            print(f"{name:34s} {len(results):5d} alarms {sum(h for h, _ in results)}")
    print(f"seconds a case: median {np.median(seconds):.2f}, largest {np.max(seconds):.2f}")


if __name__ == "__main__":
    main()
