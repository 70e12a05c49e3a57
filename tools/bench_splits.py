"""Plant faults into splits of real data sets and count what the data checks find, beside honest controls.

    python tools/bench_splits.py [--seeds 3] [--only FAULT] [--set NAME] [--jobs 2] [--minutes M] [--verbose] [--markdown FILE]

Prints recall per fault (its cause among the alarms), how often it is the first alarm, and alarms on honest splits.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from faults import FAULTS
from honest import HONEST
from leaks import LEAKS
from planting import Case
from realsets import Real, real_sets
from traindx.checks.registry import all_checks
from traindx.engines.api import training_of_arrays
from traindx.facts.findings import Finding, Severity
from traindx.facts.observation import Observation
from traindx.probes.base import Bench

PLANTS: dict[str, tuple[str, Callable[..., Case | None]]] = {
    **FAULTS,
    **LEAKS,
    **{f"honest {name}": ("", plant) for name, plant in HONEST.items()},
}


def judge(case: Case) -> list[tuple[str, Finding, str, Severity]]:
    """Every data check's finding on the case: (cause, finding, check name, severity), strongest first."""
    loss = "" if case.classes is None else ("scce" if case.classes else "mse")
    training = training_of_arrays(case.splits, case.columns, loss)
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


@dataclass(frozen=True)
class Result:
    """One case judged: whether its cause was among the alarms and the first of them; for honest splits, any alarm."""

    name: str
    set: str
    hit: bool
    first: bool
    seconds: float
    line: str


def run_case(real: Real, seed: int, name: str) -> Result | None:
    """Plant the fault (or the honest difference) `name` in random halves of a set and judge them."""
    cause, plant = PLANTS[name]
    rng = np.random.default_rng([seed, sum(map(ord, name)), len(real.x)])
    case = plant(halves(real, seed), rng, real)
    if case is None:
        return None
    start = time.process_time()
    found = judge(case)
    seconds = time.process_time() - start
    alarms = [f for f in found if f[3] != Severity.NOTE]
    said = "; ".join(f"{f[2]}: {f[1].message[:150]}" for f in alarms[:3])
    where = f"{name} on {real.name} seed {seed}: {said}"
    if not cause:
        return Result(name, real.name, bool(alarms), False, seconds, f"ALARM {where}" if alarms else "")
    wanted = set(cause.split("|"))
    hit = any(f[0] in wanted and (not case.expect or case.expect in f[1].message) for f in alarms)
    first = bool(alarms) and alarms[0][0] in wanted
    return Result(name, real.name, hit, first, seconds, "" if hit and first else f"{'rank' if hit else 'MISS'} {where}")


@cache
def _sets() -> dict[str, Real]:
    return {real.name: real for real in real_sets()}


def _job(job: tuple[str, int, str]) -> Result | None:
    return run_case(_sets()[job[0]], *job[1:])


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--only", default="", help="faults whose name holds one of these words, separated by commas")
    parser.add_argument("--set", default="")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=1e9, help="end after so long; cases are in random order")
    parser.add_argument("--verbose", action="store_true", help="print every miss")
    parser.add_argument("--markdown", type=Path, help="write the table there")
    given = parser.parse_args()
    seeds = range(given.first_seed, given.first_seed + given.seeds)
    jobs = [
        (real, seed, name)
        for seed in seeds
        for real in _sets()
        for name in PLANTS
        if given.set in real and any(w in name for w in given.only.split(","))
    ]
    np.random.default_rng(0).shuffle(jobs)
    results: list[Result] = []
    end = time.monotonic() + 60 * given.minutes
    with multiprocessing.get_context("spawn").Pool(given.jobs) as pool:
        for result in pool.imap_unordered(_job, [(a, int(b), c) for a, b, c in jobs]):
            if time.monotonic() > end:
                break
            if result is None:
                continue
            results.append(result)
            if result.line and (given.verbose or not PLANTS[result.name][0]):
                print(result.line, flush=True)
    print("\n" + "\n".join(table(results)))
    if given.markdown:
        given.markdown.write_text("\n".join(table(results, markdown=True)) + "\n")


def table(results: list[Result], markdown: bool = False) -> list[str]:
    """The lines of the report: recall of every fault, alarms of every honest difference."""
    row = "| {:34s} | {:5d} | {:3d} | {:7s} | {:7s} |" if markdown else "{:34s} {:5d} {:4d} {:>7s} {:>7s}"
    lines = ["| planted fault | cases | sets | found | first |", "|---|---|---|---|---|"] if markdown else []
    lines = lines or [f"{'planted fault':34s} cases sets   found   first"]
    honest: list[str] = []
    for name, (cause, _) in PLANTS.items():
        mine = [r for r in results if r.name == name]
        if not mine:
            continue
        hits, sets = sum(r.hit for r in mine), len({r.set for r in mine})
        if cause:
            lines.append(row.format(name, len(mine), sets, f"{hits / len(mine):.1%}", f"{sum(r.first for r in mine) / len(mine):.1%}"))
        else:
            honest.append(row.format(name, len(mine), sets, str(hits), ""))
    if honest:
        lines += ["", "| honest difference | cases | sets | alarms | |", "|---|---|---|---|---|"] if markdown else [""]
        lines += honest
    if not markdown:
        seconds = [r.seconds for r in results]
        lines.append(f"CPU seconds a case: median {np.median(seconds):.2f}, largest {np.max(seconds):.2f}")
    return lines


if __name__ == "__main__":
    main()
