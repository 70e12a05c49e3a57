"""What a sink is. Another package brings one through an entry point of the group `traindx.sinks`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from traindx.facts.diagnosis import Diagnosis
from traindx.facts.pictures import Pictures
from traindx.reporters import words

GROUP = "traindx.sinks"


@dataclass(frozen=True)
class Report:
    """One diagnosis in the forms that a sink may want.

    `json` and `html` are whole files as text; `to` is what stood behind `=` in `--sink name=to`, else empty; `folder`
    is where traindx was started, as a program may change its own.
    """

    diagnosis: Diagnosis
    json: str
    html: str
    to: str = ""
    folder: Path = field(default_factory=Path)
    pictures: Pictures | None = None


@dataclass(frozen=True)
class Sink:
    """`send` delivers a report and says where it is now, as the end of "sent to". It may raise what it likes: that is
    told in one sentence and costs nothing else.

    `needs` is the package it imports, looked for before the program runs; `extra` is what `pip install` is given for it.
    """

    send: Callable[[Report], str]
    needs: str = ""
    extra: str = ""


def numbers(diagnosis: Diagnosis) -> Iterator[tuple[str, int, float]]:
    """(name, step, value) for trackers of experiments: confidence per cause, and its trial's outcome per seed."""
    for suspect in diagnosis.alarms:
        yield f"traindx/confidence/{suspect.cause}", 0, suspect.confidence
        if suspect.trial is not None:
            for name, values in (("without", suspect.trial.before), ("with", suspect.trial.after)):
                for seed, value in enumerate(values):
                    if math.isfinite(value):
                        yield f"traindx/trial/{suspect.cause}/{name}", seed, value


def labels(diagnosis: Diagnosis) -> dict[str, str]:
    """What a tracker can filter its runs by."""
    first = diagnosis.alarms[:1]
    return {
        "traindx.verdict": words.verdict(diagnosis).text,
        "traindx.cause": str(first[0].cause) if first else "none",
        "traindx.status": str(first[0].status) if first else "none",
        "traindx.symptoms": ", ".join(s.id for s in diagnosis.symptoms),
    }
