"""What traindx says of recorded programs, one row a program: every suspect with its score before calibration.

    python tools/judgements.py --out /tmp/rows.jsonl zoo=/tmp/zooruns /tmp/kept=/tmp/injected_runs [--jobs 2]

Each argument is CASES=RUNS, as for `tools/rescore.py record`. `calibrate.py` and `false_alarms.py` read the rows.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tomllib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy: small matrices on many threads cost several times more

from rescore import programs  # this folder is the first of sys.path when a tool runs
from traindx import session
from traindx.diagnosis import rank as ranking
from traindx.facts.findings import Judged, Severity
from traindx.facts.runlog import read_observation
from traindx.facts.settings import Settings


@dataclass(frozen=True)
class Row:
    """One judged program.

    `group` holds together what must stand on one side of a split: all programs made of one base, all of one cause of
    the zoo, or one healthy program. `accepted` as labelled, the root first. `suspects` are dicts with cause, score
    (before calibration), severity, place (0 the first) and check, best first; `fired` the checks whose own finding is an alarm.
    """

    name: str
    kind: str
    group: str
    accepted: list[str]
    suspects: list[dict[str, Any]]
    fired: list[str]


def group_of(name: str, label: dict[str, Any]) -> str:
    """What a program shares with its kin: its base program where it was injected, else its cause."""
    if "operators" in label:
        return "base " + name.split("_")[0]
    return "cause " + re.sub(r"_\d+$", "", name) if label["causes"] else name


def row_of(work: tuple[Path, str, str, list[str], str]) -> Row | str:
    """Judge one recording; a text where that fails."""
    runs, name, kind, accepted, group = work
    seen: list[Judged] = []
    rank, ranking.confidence = ranking.rank, lambda score, place, severity: score

    def kept(judged: list[Judged], symptoms: Any) -> Any:
        seen.extend(judged)
        return rank(judged, symptoms)

    session.rank = kept
    try:
        diagnosis = session.judge(read_observation(runs / f"{name}.{kind}"), Settings())
    except Exception as fault:  # noqa: BLE001 - one bad recording must not end the rest
        return f"{name}.{kind}: {type(fault).__name__}: {fault}"
    suspects = [
        {"cause": f.cause.value, "score": f.confidence, "severity": f.severity.value, "place": i, "check": f.check}
        for i, f in enumerate(diagnosis.findings)
    ]
    fired = sorted({j.check for j in seen if (j.finding.severity or j.severity) != Severity.NOTE})
    return Row(name, kind, group, accepted, suspects, fired)


def read(path: Path) -> list[Row]:
    """The rows of a file that this tool wrote."""
    return [Row(**json.loads(line)) for line in path.read_text().splitlines()]


def main() -> None:
    """Judge all recordings that are there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="CASES=RUNS")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--new", action="store_true", help="keep the rows that are in the file, add those that are not")
    given = parser.parse_args()
    old = read(given.out) if given.new and given.out.exists() else []
    done = {(r.name, r.kind) for r in old}
    work = []
    for source in given.sources:
        cases, runs = (Path(part).resolve() for part in source.split("="))
        labels = tomllib.loads((cases / "labels.toml").read_text())
        for name, kind, _ in programs(cases, "*"):
            if (name, kind) not in done and (runs / f"{name}.{kind}" / "arrays.npz").exists():
                work.append((runs, name, kind, labels[name]["causes"], group_of(name, labels[name])))
    with given.out.open("a" if given.new else "w") as out, ProcessPoolExecutor(given.jobs) as pool:
        for row in pool.map(row_of, work):
            if isinstance(row, str):
                print(row)
            else:
                out.write(json.dumps(asdict(row)) + "\n")
                out.flush()
    print(len(work), "judged,", len(old), "kept")


if __name__ == "__main__":
    main()
