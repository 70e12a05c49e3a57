"""The diagnosis in Weights & Biases: a summary on the program's run, the report as a panel and as an artifact."""

from __future__ import annotations

import importlib
import tempfile
from pathlib import Path
from typing import Any

from traindx.reporters.sinks.base import Report, Sink, labels, numbers


def send(report: Report) -> str:
    """To the run that is still open, else to a new one (WANDB_RUN_ID and WANDB_MODE are taken up as ever)."""
    wandb: Any = importlib.import_module("wandb")
    run, own = wandb.run, wandb.run is None
    if own:
        run = wandb.init(job_type="traindx", name=f"traindx {report.diagnosis.program}"[:120])
    try:
        for name, text in labels(report.diagnosis).items():
            run.summary[name.replace(".", "/")] = text
        for name, step, value in numbers(report.diagnosis):
            run.summary[f"{name}/{step}" if "/trial/" in name else name] = value
        with tempfile.TemporaryDirectory() as folder:
            artifact = wandb.Artifact(f"traindx-{run.id}", type="diagnosis")
            for name, text in (("report.html", report.html), ("report.json", report.json)):
                path = Path(folder) / name
                path.write_text(text, encoding="utf-8")
                artifact.add_file(str(path), policy="mutable")
            run.log_artifact(artifact)
            run.log({"traindx/report": wandb.Html(report.html, inject=False)})
            return f"Weights & Biases, run {run.name or run.id}"
    finally:
        if own:
            run.finish()


SINK = Sink(send, needs="wandb", extra="traindx[wandb]")
