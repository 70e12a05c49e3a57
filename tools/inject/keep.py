"""Keep the cases whose symptom was seen: the broken program's own score against that of its healthy variant."""

from __future__ import annotations

import json
import math
import re
import shutil
import tomllib
from collections import Counter
from pathlib import Path

from tools.inject import make  # noqa: F401 - registers the operators
from tools.inject.code import OPERATORS

SCORE = re.compile(r"^(test accuracy|test r2|explained|balanced accuracy) (\S+)$", re.MULTILINE)


def score_of(folder: Path) -> float | None:
    """The held-out score that a recorded program printed; None where it printed none."""
    found = SCORE.findall((folder / "output.txt").read_text("utf-8", "replace"))
    return float(found[-1][1].split("(")[-1].rstrip(")")) if found else None


def appears(operators: list[str], healthy: float, broken: float | None) -> bool:
    """Whether the broken score differs from the healthy one as every planted operator says.

    No score at all is a symptom only of a fault that may raise.
    """
    if broken is None:
        return any("api-misuse" in OPERATORS[o].causes for o in operators)
    if math.isnan(broken):
        return all(OPERATORS[o].shows == "worse" for o in operators)
    for operator in map(OPERATORS.__getitem__, operators):
        change = broken - healthy if operator.shows == "better" else healthy - broken
        if change < operator.by * (1.0 if operator.shows == "better" else abs(healthy)):
            return False
    return True


def keep(cases: Path, runs: Path, out: Path) -> str:
    """Write the verified cases of `cases` to `out` with measured labels; a summary line.

    A pair is kept only where each of its two faults alone was kept in the same base, so that both are real.
    """
    labels = tomllib.loads((cases / "labels.toml").read_text())
    kept: list[str] = []
    dropped: Counter[str] = Counter()
    seen = 0
    good = set()
    for name, label in sorted(labels.items(), key=lambda item: len(item[1]["operators"])):
        kind = "broken" if label["causes"] else "healthy"
        folder = runs / f"{name}.{kind}"
        base = name.split("_")[0]
        sound = runs / ("_".join(name.split("_")[:2]) + ".healthy")
        if not (folder / "arrays.npz").exists() or not (sound / "output.txt").exists():
            continue
        seen += 1
        healthy, score = score_of(sound), score_of(folder)
        planted = label["operators"]
        if healthy is None or (planted and not appears(planted, healthy, score)):
            dropped[" and ".join(planted)] += 1
            continue
        if len(planted) > 1 and not all((base, o) in good for o in planted):
            continue
        good |= {(base, o) for o in planted[:1] if len(planted) == 1}
        shown = "no score: the program raised" if score is None else f"held-out score {score:.3f}"
        label |= {"symptom": shown if planted else "", "fixed": f"held-out score {healthy:.3f}", "verified": True}
        if score is None:
            label["exit"] = 1
        kept.append(f"[{name}]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in label.items()))
        if cases != out:
            shutil.copytree(cases / name, out / name, dirs_exist_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    (out / "labels.toml").write_text("\n".join(kept), "utf-8")
    without = ", ".join(f"{k} {n}" for k, n in dropped.most_common() if " and " not in k)
    return f"{seen} recorded, {len(kept)} kept; no symptom: {without}"
