"""How often `traindx fix --apply` repairs a broken program.

    python tools/bench_fix.py [--cases DIR] [--sample 40] [--seed 0] [--only GLOB] [--jobs 1] [--budget 30] [--out FILE]

Broken programs of a labelled folder, drawn at random with a fixed seed. Each is copied, run under `traindx run`, changed
by `traindx fix --apply`, and run again without trials. The symptom counts as gone where the changed program

- ends with status 0 and a report, and
- is blamed neither for the cause that was treated nor for any that the label accepts, and
- either raises no alarm at all, or its skill on held-out rows (on training rows where none are held out; 0 a constant, 1
  perfect) is higher by at least a tenth, the gain that a trial must show too (`trials/statistics.py: MATTERS`).

A score that was flattered falls when it is repaired, so there the second way is closed and no alarm may be left. Printed: a
line a program, the share of all programs that is repaired (bar: half) and the share of those with a diff; then how
many causes trials confirmed, how many of them no label accepts, and the median time from the start of the trials to a
confirmed cause.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from traindx.facts.outcome import Outcome
from traindx.facts.runlog import RunLogError, read_observation
from traindx.probes.base import Bench
from traindx.trials.statistics import MATTERS

QUIET = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONDONTWRITEBYTECODE": "1"}
LIMIT = 300.0


def copied(case: Path, into: Path) -> Path:
    """A copy of the program's folder, its neighbours (shared data) as links beside it."""
    for other in case.parent.iterdir():
        if other.is_dir() and other != case:
            (into / other.name).symlink_to(other.resolve())
    return Path(shutil.copytree(case, into / case.name))


def traindx(folder: Path, *words: str) -> tuple[int, str]:
    """Exit status and output of one call."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "traindx", *words], cwd=folder, env={**os.environ, **QUIET}, timeout=LIMIT, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return 124, "timeout"
    return done.returncode, done.stdout


def ran(folder: Path, home: Path, name: str, budget: float) -> dict[str, Any] | None:
    """The report of one run, with `skill`; None where there is none."""
    report, log = home / f"{name}.json", home / name
    traindx(folder, "run", "-q", "--json", str(report), "--run", str(log), "--budget", str(budget), "train.py")
    try:
        return {**json.loads(report.read_text()), "skill": skill(log)}
    except (OSError, ValueError):
        return None


def skill(log: Path) -> float | None:
    """Held-out skill, else training skill, of the longest training."""
    try:
        run = read_observation(log)
    except RunLogError:
        return None
    if not run.trainings:
        return None
    seen = Bench(max(run.trainings, key=lambda t: t.curve.steps), run).take(Outcome)
    found = (seen.validation_skill, seen.skill) if isinstance(seen, Outcome) else ()
    return next((s for s in found if s is not None), None)


def alarms(report: dict[str, Any]) -> list[dict[str, Any]]:
    """What a user is told to act on, best first."""
    return [f for f in report["findings"] if f["status"] != "ruled-out" and f["severity"] != "note"]


def verdict(first: dict[str, Any], second: dict[str, Any] | None, treated: str, accepted: set[str]) -> tuple[bool, str]:
    """Whether the symptom is gone, and why."""
    if second is None or second["exit"]:
        return False, "the changed program fails"
    left = [f["cause"] for f in alarms(second)]
    scores = f"skill {_number(first['skill'])} → {_number(second['skill'])}"
    if {treated, *accepted} & set(left):
        return False, f"still blamed: {', '.join(left)}; {scores}"
    gain = (second["skill"] or 0.0) - (first["skill"] or 0.0)
    if left and gain < MATTERS:
        return False, f"still an alarm: {', '.join(left)}; {scores}"
    return True, scores + (f", beside {', '.join(left)}" if left else "")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def one(case: Path, accepted: set[str], budget: float) -> dict[str, Any]:
    """Run, fix, run again."""
    with tempfile.TemporaryDirectory(prefix="fix-") as root:
        home = Path(root)
        folder = copied(case, home)
        first = ran(folder, home, "first-run", budget)
        row: dict[str, Any] = {"case": case.name, "diff": None, "gone": False, "why": "no report", "confirmed": []}
        if first is None:
            return row
        found = alarms(first)
        row["confirmed"] = [(f["cause"], f["trial"].get("at", 0.0)) for f in found if f["status"] == "confirmed"]
        row["why"] = "no diff: " + (", ".join(f"{f['cause']} ({f['status']})" for f in found[:3]) or "no alarm")
        status, told = traindx(folder, "fix", str(home / "first-run"), "--apply", "--force")
        if status:
            row["why"] += "" if "no trial" in told else f"; {told.strip()[-200:]}"
            return row
        row["diff"] = told
        second = ran(folder, home, "second-run", 0)
        row["gone"], row["why"] = verdict(first, second, told.split(":")[0], accepted)
        return row


def summary(rows: list[dict[str, Any]], labels: dict[str, set[str]]) -> None:
    """Print the shares."""
    with_diff, gone = [r for r in rows if r["diff"]], [r for r in rows if r["gone"]]
    proven = [(r["case"], cause) for r in rows for cause, _ in r["confirmed"]]
    wrong = [(case, cause) for case, cause in proven if cause not in labels[case]]
    times = [min(at for _, at in r["confirmed"]) for r in rows if r["confirmed"]]
    print(f"symptom gone: {len(gone)} of {len(rows)} programs ({100 * len(gone) / max(1, len(rows)):.0f} %), "
          f"of {len(with_diff)} with a diff {100 * len(gone) / max(1, len(with_diff)):.0f} %")  # fmt: skip
    print(f"confirmed causes: {len(proven)} in {len(times)} programs, accepted by no label: {len(wrong)} {wrong}; "
          f"median time to the first {statistics.median(times) if times else 0:.1f} s")  # fmt: skip


def main() -> int:
    """Draw, run, print; status 1 below the bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=Path(__file__).resolve().parents[1] / "zoo")
    parser.add_argument("--sample", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="*")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--budget", type=float, default=30.0)
    parser.add_argument("--out", type=Path, help="add all rows, with diffs, as JSON lines")
    given = parser.parse_args()
    table = tomllib.loads((given.cases / "labels.toml").read_text())
    asked = given.only.split(",")
    labels = {n: set(t["causes"]) for n, t in table.items() if t["causes"] and any(fnmatch.fnmatch(n, g) for g in asked)}
    drawn = random.Random(given.seed).sample(sorted(labels), min(given.sample, len(labels)))

    def told(name: str) -> dict[str, Any]:
        row = one(given.cases / name, labels[name], given.budget)
        if given.out:
            with given.out.open("a") as file:
                file.write(json.dumps(row) + "\n")
        print(f"{'gone' if row['gone'] else 'STAYS' if row['diff'] else 'none':5} {name:34} {row['why']}", flush=True)
        return row

    with ThreadPoolExecutor(given.jobs) as pool:
        rows = list(pool.map(told, drawn))
    summary(rows, labels)
    return 0 if 2 * sum(r["gone"] for r in rows) >= len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
