"""Record labelled programs once, then score checks and ranking on the recordings in seconds.

    python tools/rescore.py record --cases ../shared/cases --runs /tmp/runs [--only GLOB] [--kinds fixed] [--jobs N]
    python tools/rescore.py score  --cases ../shared/cases --runs /tmp/runs [--only GLOB] [--out FILE]

`score` counts as `../shared/score.py` does, without trials.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import signal
import sys
import tomllib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy: small matrices on many threads cost several times more

from traindx.facts.runlog import read_observation
from traindx.facts.settings import Settings
from traindx.session import judge

QUIET = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONDONTWRITEBYTECODE": "1"}


KINDS = ("broken", "fixed", "healthy")


def programs(cases: Path, only: str, kinds: tuple[str, ...] = KINDS) -> list[tuple[str, str, set[str]]]:
    """(case, kind, accepted causes) of every program: kind is broken, fixed or healthy."""
    labels = tomllib.loads((cases / "labels.toml").read_text())
    found: list[tuple[str, str, set[str]]] = []
    for name, label in sorted(labels.items()):
        if any(fnmatch.fnmatch(name, part) for part in only.split(",")):
            found.append((name, "broken" if label["causes"] else "healthy", set(label["causes"])))
            if (cases / name / "fixed.py").exists():
                found.append((name, "fixed", set(label["causes"])))
    return [program for program in found if program[1] in kinds]


def record(cases: Path, runs: Path, only: str, jobs: int, kinds: tuple[str, ...]) -> None:
    """Run every program under traindx without trials; each run log goes to RUNS/case.kind.

    TensorFlow is imported once and each program runs in a fork of this process: the import is most of a short run.
    """
    os.environ.update(QUIET)
    import keras  # noqa: F401
    import pandas  # noqa: F401
    import sklearn.metrics  # noqa: F401
    import tensorflow  # noqa: F401

    alive: dict[int, str] = {}
    for name, kind, _ in programs(cases, only, kinds):
        if len(alive) >= jobs:
            _reap(alive)
        pid = os.fork()
        if not pid:
            _run(cases / name, "fixed.py" if kind == "fixed" else "train.py", runs / f"{name}.{kind}")
        alive[pid] = f"{name}.{kind}"
    while alive:
        _reap(alive)


def _reap(alive: dict[int, str]) -> None:
    pid, status = os.wait()
    print(os.waitstatus_to_exitcode(status), alive.pop(pid), flush=True)


def _run(folder: Path, script: str, log: Path) -> None:
    """In the fork: become `traindx run script` and leave."""
    from traindx.entry.cli import main as traindx

    log.mkdir(parents=True, exist_ok=True)
    out = os.open(log / "output.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.chdir(folder)
    signal.alarm(400)
    status = 70
    try:
        status = traindx(["run", "-q", "--budget", "0", "--run", str(log), script])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def causes_of(folder: Path) -> list[str] | str:
    """The live causes that a recording is blamed for, best first; or why it cannot be read."""
    try:
        return [f.cause.value for f in judge(read_observation(folder), Settings()).alarms]
    except Exception as fault:  # noqa: BLE001 - one bad recording must not end the score
        return f"{type(fault).__name__}: {fault}"


def score(cases: Path, runs: Path, only: str, jobs: int, out: Path | None) -> None:
    """Print one line per miss or alarm, then the summary."""
    work = [p for p in programs(cases, only) if (runs / f"{p[0]}.{p[1]}" / "arrays.npz").exists()]
    with ProcessPoolExecutor(jobs) as pool:
        answers = list(pool.map(causes_of, [runs / f"{n}.{k}" for n, k, _ in work]))
    rows = []
    for (name, kind, accepted), found in zip(work, answers, strict=True):
        if isinstance(found, str):
            print(f"ERROR  {kind:8} {name:34} {found}")
            found = []
        hit = next((i + 1 for i, c in enumerate(found) if c in accepted), 0)
        mark = {"broken": "hit" if hit == 1 else "top3" if 0 < hit <= 3 else "MISS",
                "fixed": "BLAMED" if hit else "alarm" if found else "ok",
                "healthy": "ALARM" if found else "ok"}[kind]  # fmt: skip
        rows.append({"case": name, "kind": kind, "mark": mark, "causes": found, "accepted": sorted(accepted)})
        if mark not in ("ok", "hit"):
            print(f"{mark:6} {kind:8} {name:34} {', '.join(found[:5]) or '-':60} [{', '.join(sorted(accepted))}]")
    _summary(rows)
    if out:
        out.write_text("".join(json.dumps(r) + "\n" for r in rows))


def _summary(rows: list[dict]) -> None:
    def share(kind: str, *marks: str) -> str:
        of = [r for r in rows if r["kind"] == kind]
        n = sum(r["mark"] in marks for r in of)
        return f"{n}/{len(of)} {100 * n / max(1, len(of)):.0f}%"

    print(f"broken hit@1 {share('broken', 'hit')} · hit@3 {share('broken', 'hit', 'top3')} · "
          f"fixed blamed {share('fixed', 'BLAMED')} any {share('fixed', 'BLAMED', 'alarm')} · "
          f"healthy alarm {share('healthy', 'ALARM')}")  # fmt: skip


def main() -> None:
    """Parse and dispatch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["record", "score"])
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--runs", type=Path, required=True)
    parser.add_argument("--only", default="*")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) // 2))
    parser.add_argument("--kinds", default=",".join(KINDS), help="what to record, of " + ",".join(KINDS))
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    if given.what == "record":
        record(given.cases, given.runs.resolve(), given.only, given.jobs, tuple(given.kinds.split(",")))
    else:
        score(given.cases, given.runs, given.only, given.jobs, given.out)


if __name__ == "__main__":
    main()
