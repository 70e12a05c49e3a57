"""Fit the confidence of findings to how often they were right, and say how well that holds on programs not fitted on.

    python tools/calibrate.py /tmp/rows_zoo.jsonl /tmp/rows_injected.jsonl

The rows come from `judgements.py`. A finding is right where its program was broken and the label accepts its cause.
A logistic curve over the ranker's score, place and severity is fitted (five numbers); held-out figures come from ten
folds that never part a base program or a cause of the zoo. Writes src/traindx/diagnosis/calibration.json and the
figures of docs/design/0011-confidence-is-calibrated.md with its diagram.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from judgements import Row, read
from traindx.diagnosis.calibration import CURVE, FEATURES, features, share
from traindx.facts.findings import Severity

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "design" / "0011-confidence-is-calibrated.md"
DIAGRAM = PAGE.with_name("reliability.svg")
FOLDS, BINS, RIDGE = 10, 10, 1.0


@dataclass(frozen=True)
class Findings:
    """All findings of all programs, one line each.

    (n, k) features, (n,) the ranker's score, (n,) right or wrong, (n,) group, (n,) whether an alarm.
    """

    x: np.ndarray
    score: np.ndarray
    right: np.ndarray
    group: np.ndarray
    alarm: np.ndarray


def findings(rows: list[Row]) -> Findings:
    """One line a finding."""
    x, score, right, group, alarm = [], [], [], [], []
    for row in rows:
        for s in row.suspects:
            x.append(features(s["score"], s["place"], Severity(s["severity"])))
            score.append(s["score"])
            right.append(row.kind == "broken" and s["cause"] in row.accepted)
            group.append(row.group)
            alarm.append(s["severity"] != "note")
    return Findings(np.array(x, float), np.array(score, float), np.array(right, float), np.array(group), np.array(alarm))


def fit(x: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's steps, with a ridge on all but the intercept; (k,) weights."""
    weights = np.zeros(x.shape[1])
    ridge = RIDGE * np.eye(x.shape[1])
    ridge[0, 0] = 0.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, x.T @ (right - p) - ridge @ weights)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def held_out(data: Findings, seed: int = 0) -> np.ndarray:
    """(n,) confidence of each finding by a curve that saw no program of its group."""
    groups = np.random.default_rng(seed).permutation(np.unique(data.group))
    fold = {g: i % FOLDS for i, g in enumerate(groups)}
    of = np.array([fold[g] for g in data.group])
    made = np.zeros(len(of))
    for k in range(FOLDS):
        weights = fit(data.x[of != k], data.right[of != k])
        made[of == k] = [share(row, weights) for row in data.x[of == k]]
    return made


def bins(p: np.ndarray, right: np.ndarray) -> list[tuple[float, float, int]]:
    """(mean confidence, share that was right, number) of each tenth of the confidence scale that has findings."""
    at = np.minimum((p * BINS).astype(int), BINS - 1)
    return [(float(p[at == b].mean()), float(right[at == b].mean()), int((at == b).sum())) for b in range(BINS) if (at == b).any()]


def brier(p: np.ndarray, right: np.ndarray) -> float:
    """Mean squared difference of confidence and truth (Brier 1950)."""
    return float(np.mean((p - right) ** 2))


def calibration_error(p: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error: the bins' |confidence - share right|, weighted by their findings (Naeini 2015)."""
    return sum(n * abs(mean - truth) for mean, truth, n in bins(p, right)) / len(p)


def diagram(found: list[tuple[float, float, int]]) -> str:
    """The reliability diagram as SVG: a dot a bin, its area the number of findings, the diagonal where both agree."""
    most = max(n for _, _, n in found)
    dots = "".join(
        f'<circle cx="{40 + 240 * mean:.0f}" cy="{260 - 240 * truth:.0f}" r="{3 + 9 * (n / most) ** 0.5:.1f}" fill="#3465a4"'
        f' fill-opacity="0.7"><title>{n} findings: {mean:.2f} said, {truth:.2f} right</title></circle>'
        for mean, truth, n in found
    )
    marks = "".join(
        f'<text x="{40 + 240 * v}" y="278" text-anchor="middle">{v:g}</text><text x="34" y="{264 - 240 * v}" text-anchor="end">{v:g}</text>'
        for v in (0, 0.5, 1)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 305" width="300" height="305" font-family="sans-serif" font-size="11">'
        '<rect width="300" height="305" fill="white"/><rect x="40" y="20" width="240" height="240" fill="none" stroke="#999"/>'
        f'<line x1="40" y1="260" x2="280" y2="20" stroke="#999" stroke-dasharray="4"/>{dots}{marks}'
        '<text x="160" y="298" text-anchor="middle">confidence said (held-out programs)</text>'
        '<text x="12" y="140" text-anchor="middle" transform="rotate(-90 12 140)">share that was right</text></svg>\n'
    )


def figures(data: Findings, p: np.ndarray, rows: list[Row]) -> str:
    """The part of the page that is measured."""
    said = data.score
    lines = [f"Fitted on {len(rows)} judged programs with {len(p)} findings, {int(data.alarm.sum())} of them alarms.", ""]
    lines += ["| held-out programs | findings | right | Brier score | expected calibration error |", "|---|---|---|---|---|"]
    for name, mask in (("all findings", np.ones(len(p), bool)), ("alarms", data.alarm), ("notes", ~data.alarm)):
        lines.append(f"| {name} | {mask.sum()} | {data.right[mask].mean():.2f} | {brier(p[mask], data.right[mask]):.3f} "
                     f"| {calibration_error(p[mask], data.right[mask]):.3f} |")  # fmt: skip
    mask = data.alarm
    lines.append(f"| alarms before calibration | {mask.sum()} | {data.right[mask].mean():.2f} | {brier(said[mask], data.right[mask]):.3f} "
                 f"| {calibration_error(said[mask], data.right[mask]):.3f} |")  # fmt: skip
    lines += ["", "Alarms of held-out programs:", "", "| confidence said (mean) | right | findings |", "|---|---|---|"]
    lines += [f"| {mean:.2f} | {truth:.2f} | {n} |" for mean, truth, n in bins(p[mask], data.right[mask])]
    return "\n".join(lines)


def main() -> None:
    """Fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="+", type=Path)
    given = parser.parse_args()
    rows = [row for path in given.rows for row in read(path)]
    data = findings(rows)
    p = held_out(data)
    weights = fit(data.x, data.right)
    alarm = data.alarm
    made = {
        "made_by": "tools/calibrate.py " + " ".join(path.name for path in given.rows),
        "programs": len(rows), "findings": len(p),
        "weights": {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)},
        "held_out_alarms": {"brier": round(brier(p[alarm], data.right[alarm]), 4),
                            "expected_calibration_error": round(calibration_error(p[alarm], data.right[alarm]), 4)},
    }  # fmt: skip
    CURVE.write_text(json.dumps(made, indent=1) + "\n", "utf-8")
    text = figures(data, p, rows)
    print(json.dumps(made, indent=1), text, sep="\n")
    DIAGRAM.write_text(diagram(bins(p[alarm], data.right[alarm])), "utf-8")
    page = PAGE.read_text("utf-8")
    block = f"<!-- measured -->\n{text}\n<!-- end -->"
    PAGE.write_text(re.sub(r"<!-- measured -->.*<!-- end -->", lambda _: block, page, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    main()
