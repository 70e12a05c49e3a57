"""Fills `Pictures` from a recorded run: which curves, layers, columns, rows and predictions are worth drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from traindx.facts.pictures import Pictures
from traindx.reporters.recorded.data import columns_of, rows_of
from traindx.reporters.recorded.layers import heat_maps_of, layers_of
from traindx.reporters.recorded.predictions import confusion_of, scatter_of, thresholds_of
from traindx.reporters.recorded.program import sources_of
from traindx.reporters.recorded.training import curves_of

if TYPE_CHECKING:
    from traindx.facts.diagnosis import Diagnosis
    from traindx.facts.observation import Observation, Training

T = TypeVar("T")
Source = Callable[[str], Sequence[str]]


def pictures_of(run: Observation, diagnosis: Diagnosis, source: Source | None = None) -> Pictures:
    """All pictures that the recording holds the numbers for.

    `source` gives the lines of a file of the program. A picture that cannot be made is left out; it never costs the
    others.
    """
    sources = _or(lambda: sources_of(diagnosis, source), ()) if source is not None else ()
    training = main_training(run)
    if training is None:
        return Pictures(sources=sources)
    return Pictures(
        curves=_or(lambda: curves_of(training), ()),
        heat_maps=_or(lambda: heat_maps_of(training, diagnosis), ()),
        columns=_or(lambda: columns_of(training, diagnosis), ()),
        rows=_or(lambda: rows_of(training, diagnosis), ()),
        confusion=_or(lambda: confusion_of(training), None),
        scatter=_or(lambda: scatter_of(training), None),
        thresholds=_or(lambda: thresholds_of(training), None),
        layers=_or(lambda: layers_of(training, diagnosis), ()),
        sources=sources,
    )


def main_training(run: Observation) -> Training | None:
    """The training with the most steps, the last of several."""
    return max(reversed(run.trainings), key=lambda t: t.curve.steps, default=None)


def _or(make: Callable[[], T], otherwise: T) -> T:
    try:
        return make()
    except Exception:  # noqa: BLE001 - one picture's fault must not cost the report
        return otherwise
