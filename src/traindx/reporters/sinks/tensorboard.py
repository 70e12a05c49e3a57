"""The diagnosis in TensorBoard: `--sink tensorboard=logs/fit` writes an event file below that folder."""

from __future__ import annotations

from traindx.reporters import tensorboard
from traindx.reporters.sinks.base import Report, Sink


def send(report: Report) -> str:
    """To the folder `traindx` below the one named, `logs` where none is."""
    written = tensorboard.write(report.diagnosis, report.folder / (report.to or "logs") / "traindx", report.pictures)
    return f"TensorBoard, {written}"


SINK = Sink(send, needs="tensorboard", extra="traindx[tensorboard]")
