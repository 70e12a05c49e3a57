"""The diagnosis in MLflow: tags and numbers on the program's run, the report as an artifact."""

from __future__ import annotations

import importlib
from typing import Any

from traindx.reporters.sinks.base import Report, Sink, labels, numbers


def send(report: Report) -> str:
    """To the run that is active, else the program's last one (ended or not), else a new one.

    The client is used, not the active run's own functions: a run that has ended stays ended.
    """
    mlflow: Any = importlib.import_module("mlflow")
    run = mlflow.active_run() or mlflow.last_active_run()
    if run is None:
        with mlflow.start_run(run_name=f"traindx {report.diagnosis.program}"[:200]) as run:  # MLFLOW_RUN_ID is taken up
            pass
    identity, client = run.info.run_id, mlflow.MlflowClient()
    for name, text in labels(report.diagnosis).items():
        client.set_tag(identity, name, text[:5000])
    for name, step, value in numbers(report.diagnosis):
        client.log_metric(identity, name, value, step=step)
    client.log_text(identity, report.html, "traindx/report.html")
    client.log_text(identity, report.json, "traindx/report.json")
    return f"MLflow, run {run.info.run_name} ({identity})"


SINK = Sink(send, needs="mlflow", extra="traindx[mlflow]")
