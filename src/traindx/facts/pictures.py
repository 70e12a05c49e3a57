"""The numbers behind the pictures of a report: plain, small and already chosen. Arrays are NumPy, rows first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Event:
    """Something that happened at one point of a curve, in the unit of its x axis."""

    at: float
    text: str


@dataclass(frozen=True)
class Line:
    """One curve: `x` and `y` (n,) each; values that are not finite are shown as gaps and marked."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True)
class CurvePicture:
    """The course of one logged quantity, training and validation together. `x_name` is `epoch` or `step`."""

    name: str
    lines: tuple[Line, ...]
    x_name: str = "epoch"
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class HeatMap:
    """One quantity per layer and step: `values` (layers, steps).

    `quantity` is `gradient_norm`, `update_ratio` (length of a step over the length of the weights) or `dead_units`
    (share in [0, 1]).
    """

    quantity: str
    layers: tuple[str, ...]
    steps: tuple[int, ...]
    values: np.ndarray
    guilty: tuple[str, ...] = ()


@dataclass(frozen=True)
class ColumnPicture:
    """The distribution of one input column or of the labels: `edges` (k + 1,), per split the share per bin (k,)."""

    column: str
    edges: tuple[float, ...]
    shares: tuple[tuple[str, tuple[float, ...]], ...]
    note: str = ""


@dataclass(frozen=True)
class RowPicture:
    """One row of a split: an image (height, width) or (height, width, 3) uint8, or a few values by name."""

    split: str
    row: int
    label: str = ""
    predicted: str = ""
    image: np.ndarray | None = None
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RowGroup:
    """Rows to look at beside each other, and why: equal, nearly equal or oddly labelled ones."""

    why: str
    rows: tuple[RowPicture, ...]


@dataclass(frozen=True)
class Confusion:
    """How often each class (row) was predicted as each class (column): `counts` (k, k)."""

    split: str
    classes: tuple[str, ...]
    counts: np.ndarray


@dataclass(frozen=True)
class Scatter:
    """Predictions against labels of a regression: (n,) each."""

    split: str
    labels: tuple[float, ...]
    predicted: tuple[float, ...]


@dataclass(frozen=True)
class ThresholdSweep:
    """Precision and recall for every threshold (n,) each; `used` is the one the program's metrics work with."""

    split: str
    thresholds: tuple[float, ...]
    precision: tuple[float, ...]
    recall: tuple[float, ...]
    used: float = 0.5


@dataclass(frozen=True)
class LayerPicture:
    """One layer as drawn: `detail` such as `64 units, relu`; `guilty` says what is wrong with it, or is empty."""

    name: str
    kind: str
    detail: str = ""
    shape: str = ""
    parameters: int = 0
    guilty: str = ""


@dataclass(frozen=True)
class SourcePicture:
    """A file of the program: all its `lines`, and (line number from 1, what is wrong there) pairs."""

    file: str
    lines: tuple[str, ...]
    guilty: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Pictures:
    """All that a report may draw beside the diagnosis; the worst and most telling ones first in each list."""

    curves: tuple[CurvePicture, ...] = ()
    heat_maps: tuple[HeatMap, ...] = ()
    columns: tuple[ColumnPicture, ...] = ()
    rows: tuple[RowGroup, ...] = ()
    confusion: Confusion | None = None
    scatter: Scatter | None = None
    thresholds: ThresholdSweep | None = None
    layers: tuple[LayerPicture, ...] = ()
    sources: tuple[SourcePicture, ...] = ()
