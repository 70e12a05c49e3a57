"""The report as files: `--sink folder=reports` keeps the JSON and the HTML of every run side by side."""

from __future__ import annotations

import time
from pathlib import PurePath

from traindx.reporters.sinks.base import Report, Sink


def send(report: Report) -> str:
    """To `TO/<run>.json` and `TO/<run>.html`; `traindx-reports` where no folder is named."""
    folder = report.folder / (report.to or "traindx-reports")
    folder.mkdir(parents=True, exist_ok=True)
    stem = PurePath(report.diagnosis.run).name or time.strftime("%Y%m%d-%H%M%S")
    for kind, text in (("json", report.json), ("html", report.html)):
        (folder / f"{stem}.{kind}").write_text(text, encoding="utf-8")
    return f"{folder / stem}.html"


SINK = Sink(send)
