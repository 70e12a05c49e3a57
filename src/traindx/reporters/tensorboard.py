"""The diagnosis in TensorBoard: the report as text, curves and trials as scalars, weights of evidence beside them.

Event files are written through TensorBoard's own writer, so that no TensorFlow is needed.
"""

from __future__ import annotations

import importlib
import math
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from traindx.facts.pictures import ColumnPicture, Pictures
from traindx.reporters import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from traindx.facts.diagnosis import Diagnosis

MISSING = "TensorBoard is not installed: pip install traindx[tensorboard]"


class TensorBoardMissingError(ImportError):
    """TensorBoard is not there; the message names the extra that brings it."""


def write(diagnosis: Diagnosis, folder: str | Path, pictures: Pictures | None = None) -> Path:
    """Write an event file into `folder` and return the folder.

    Raises:
        TensorBoardMissingError: TensorBoard is not installed.
    """
    try:
        writer_module: Any = importlib.import_module("tensorboard.summary.writer.event_file_writer")
        summary: Any = importlib.import_module("tensorboard.compat.proto.summary_pb2")
        event: Any = importlib.import_module("tensorboard.compat.proto.event_pb2")
    except ImportError as missing:
        raise TensorBoardMissingError(MISSING) from missing
    writer = writer_module.EventFileWriter(str(folder))
    for step, value in _values(summary, diagnosis, pictures or Pictures()):
        writer.add_event(event.Event(wall_time=time.time(), step=step, summary=summary.Summary(value=[value])))
    writer.close()
    return Path(folder)


def _values(summary: Any, diagnosis: Diagnosis, pictures: Pictures) -> Iterator[tuple[int, Any]]:
    report = terminal.render(diagnosis, width=100, color=False, verbose=True)
    yield 0, _text(summary, "traindx/report", report)
    for suspect in diagnosis.alarms:
        yield suspect.rank, _scalar(summary, f"traindx/confidence/{suspect.cause}", suspect.confidence)
        if suspect.trial is not None:
            for name, values in (("without", suspect.trial.before), ("with", suspect.trial.after)):
                for seed, value in enumerate(values):
                    yield seed, _scalar(summary, f"traindx/trial/{suspect.cause}/{name}", value)
    for curve in pictures.curves:
        for line in curve.lines:
            for at, value in zip(line.x, line.y, strict=True):
                yield int(at), _scalar(summary, f"traindx/{curve.name}/{line.name}", value)
    for column in pictures.columns:
        for split, shares in column.shares:
            yield 0, _histogram(summary, f"traindx/data/{column.column}/{split}", column, shares)


def _scalar(summary: Any, tag: str, value: float) -> Any:
    return summary.Summary.Value(tag=tag, simple_value=value)


def _text(summary: Any, tag: str, text: str) -> Any:
    tensor_module: Any = importlib.import_module("tensorboard.compat.proto.tensor_pb2")
    types: Any = importlib.import_module("tensorboard.compat.proto.types_pb2")
    fenced = f"```\n{text}```"
    tensor = tensor_module.TensorProto(dtype=types.DT_STRING, string_val=[fenced.encode()])
    plugin = summary.SummaryMetadata.PluginData(plugin_name="text")
    return summary.Summary.Value(tag=tag, tensor=tensor, metadata=summary.SummaryMetadata(plugin_data=plugin))


def _histogram(summary: Any, tag: str, column: ColumnPicture, shares: tuple[float, ...]) -> Any:
    middles = [(a + b) / 2 for a, b in zip(column.edges, column.edges[1:], strict=False)]
    counts = [share if math.isfinite(share) else 0.0 for share in shares]
    mean = sum(m * c for m, c in zip(middles, counts, strict=True))
    made = summary.HistogramProto(
        min=column.edges[0],
        max=column.edges[-1],
        num=sum(counts),
        sum=mean,
        sum_squares=sum(m * m * c for m, c in zip(middles, counts, strict=True)),
        bucket_limit=column.edges[1:],
        bucket=counts,
    )
    return summary.Summary.Value(tag=tag, histo=made)
