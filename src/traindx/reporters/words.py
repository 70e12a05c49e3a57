"""The phrases every reporter shares: the verdict, numbers, places and trials as plain English."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from traindx.facts.catalogue import CATALOGUE
from traindx.facts.causes import Cause
from traindx.facts.diagnosis import Diagnosis, Status, Suspect, Trial
from traindx.facts.findings import Evidence, Location, RowToReview, Severity

STATUS = {
    Status.CONFIRMED: "confirmed by a trial",
    Status.SUSPECTED: "suspected",
    Status.RULED_OUT: "ruled out by a trial",
}


WATCHED = (
    "traindx watches Keras 3 models on TensorFlow that this program trains itself: fit, train_on_batch, an own train_step, "
    "loops of GradientTape and an optimizer. It does not see child processes, tf_keras, PyTorch or JAX."
)
SKILL = "Skill: the share of a constant guess's error that is gone; 1 is perfect, 0 no better than a constant."


FLATTERS = {Cause.SPLIT_OVERLAP, Cause.GROUP_LEAKAGE, Cause.TIME_LEAKAGE, Cause.TARGET_LEAKAGE}
"""Causes that make a score better than it is."""
OBSERVED = "observed"
"""The verdict of a trial that tests the whole run and no one cause: its note says what was seen."""


def explained(*said: str) -> str:
    """The explanation of the one word that reports use and few people know; empty where no text has it."""
    return SKILL if any(re.search(r"\bskill\b", text, re.IGNORECASE) for text in said) else ""


class Tone(StrEnum):
    """How a verdict is coloured and marked."""

    BAD = "bad"
    WORSE = "worse"
    UNSURE = "unsure"
    GOOD = "good"


@dataclass(frozen=True)
class Verdict:
    """The first line of every report: one sentence and its tone."""

    tone: Tone
    text: str


def verdict(diagnosis: Diagnosis) -> Verdict:
    """Say in one sentence what was found."""
    if diagnosis.alarms:
        return _blame(diagnosis.alarms, bool(diagnosis.symptoms))
    if diagnosis.symptoms:
        seen = ", ".join(s.id for s in diagnosis.symptoms)
        return Verdict(Tone.UNSURE, f"Something is wrong ({seen}), but no cause was found")
    if diagnosis.exit:
        return Verdict(Tone.UNSURE, f"The program ended with exit status {diagnosis.exit}; no cause was found")
    if not diagnosis.trained:
        return Verdict(Tone.UNSURE, "No training was seen")
    return Verdict(Tone.GOOD, "No problem found")


def _blame(alarms: tuple[Suspect, ...], suffers: bool) -> Verdict:
    first = alarms[0]
    blamed = f"{CATALOGUE[first.cause].title} [{first.cause}]"
    bad = any(a.severity == Severity.ERROR for a in alarms)
    if not (bad or suffers) and first.cause in FLATTERS:
        return Verdict(Tone.WORSE, f"Training works, but its score on held-out rows is too good to be true: {blamed}")
    if not (bad or suffers):
        return Verdict(Tone.WORSE, f"Training works, but could work better: {blamed}")
    sure = "Cause found" if first.status == Status.CONFIRMED else "Most likely cause"
    return Verdict(Tone.BAD if bad else Tone.WORSE, f"{sure}: {blamed}")


def count(n: int, noun: str) -> str:
    """`1 check`, `2 checks`."""
    return f"{n} {noun}" if n == 1 else f"{n:,} {noun}s"


def number(value: float | int | str | None) -> str:
    """A measured value as people write it: four significant digits, no trailing noise."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool | int):
        return str(value)
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "infinity" if value > 0 else "-infinity"
    if not value or 1e-3 <= abs(value) < 1e6:
        return f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}"
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{float(mantissa):g}e{int(exponent)}"


def place(location: Location | None, layer: str | None = None, column: str | None = None) -> str:
    """`train.py:14, layer dense_1`, as far as it is known."""
    parts: list[str] = []
    if location is not None:
        parts.append(f"{clean(near(location.file))}:{location.line}")
    if layer:
        parts.append(f"layer {clean(layer)}")
    if column:
        parts.append(f"column {clean(column)}")
    return ", ".join(parts)


def near(file: str) -> str:
    """A file below the working directory as a relative path: shorter, and terminals can still open it."""
    try:
        here = Path.cwd()
    except OSError:  # the program may have removed its own working directory
        return file
    path = PurePath(file)
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else file


def message(suspect: Suspect) -> str:
    """What the check says, with a capital letter; names from code stay as they are."""
    said = clean(suspect.message)
    first = said.partition(" ")[0]
    return said[:1].upper() + said[1:] if first.isalpha() else said


def where(suspect: Suspect) -> str:
    """Where a suspect stands, in one phrase."""
    return place(suspect.location, suspect.layer, suspect.column)


def fact(evidence: Evidence) -> str:
    """`largest gradient norm: 812 (limit 20, step 40)`."""
    text = clean(evidence.what)
    if evidence.value is not None:
        text += f": {number(evidence.value)}"
    beside: list[str] = []
    if evidence.limit is not None:
        beside.append(f"limit {number(evidence.limit)}")
    if evidence.step is not None:
        beside.append(f"step {evidence.step}")
    return f"{text} ({', '.join(beside)})" if beside else text


def moved(trial: Trial, arrow: str = "→") -> str:
    """`val_accuracy 0.1 → 0.94, 3 seeds`: the mean without and with the change."""
    if not trial.before or not trial.after:
        return f"{clean(trial.metric)} was not measured"
    seeds = count(min(len(trial.before), len(trial.after)), "seed")
    return f"{clean(trial.metric)} {middle(trial.before)} {arrow} {middle(trial.after)}, {seeds}"


def pair(trial: Trial, arrow: str = "→") -> str:
    """` (skill 0.1 → 0.94)`: the means alone, in brackets; empty where nothing was measured."""
    if not trial.before or not trial.after:
        return ""
    return f" ({clean(trial.metric).partition(' on ')[0].partition(',')[0]} {middle(trial.before)} {arrow} {middle(trial.after)})"


def middle(values: tuple[float, ...]) -> str:
    """The mean of the seeds; one non-finite seed makes it so."""
    return number(sum(values) / len(values))


def seconds(value: float) -> str:
    """`0.4 s`, `2 min 5 s`."""
    if value < 60:
        return f"{value:.1f} s"
    return f"{int(value // 60)} min {int(value % 60)} s"


def every_trial(diagnosis: Diagnosis) -> tuple[Trial, ...]:
    """All trials once: those of the ranked causes first, then the rest."""
    found = [f.trial for f in diagnosis.findings if f.trial is not None]
    return tuple(dict.fromkeys([*found, *diagnosis.trials]))


def gaps(diagnosis: Diagnosis) -> list[tuple[str, str]]:
    """(checks, what they lacked): one missing thing often silences several checks, and is told once."""
    lacked: dict[str, list[str]] = {}
    for gap in diagnosis.not_measured:
        lacked.setdefault(gap.why, []).append(gap.check)
    return [(", ".join(checks), why) for why, checks in lacked.items()]


def clean(text: str) -> str:
    """Make control characters visible, so that no name from the data can move the cursor or hide a line."""
    return "".join(c if c.isprintable() else _visible(c) for c in text)


def _visible(character: str) -> str:
    if character in "\n\t":
        return " "
    return character.encode("unicode_escape").decode("ascii")


REVIEW = ("row", "labelled", "a cheap model says", "sure")


def review(row: RowToReview) -> tuple[str, str, str, str]:
    """One row of a table of rows to look at, under `REVIEW`."""
    return f"{row.split} {row.row}", row.label, row.said, f"{row.sure:.0%}" if row.sure else ""
