"""Writes the reports that were asked for, prints one, and says whether findings shall fail the command."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from traindx.entry.pictures import drawn, source
from traindx.facts.findings import Severity

if TYPE_CHECKING:
    import argparse

    from traindx.facts.diagnosis import Diagnosis
    from traindx.facts.settings import Settings

FAILED = 3
REPORTS = ("json", "html", "sarif", "junit")


def tell(diagnosis: Diagnosis, options: argparse.Namespace, settings: Settings, stream: TextIO) -> int:
    """Write every asked-for report and print one; a report that cannot be written never hides the others.

    Returns 3 where `fail_on` is set and such a finding stands, else 0.
    """
    for name in REPORTS:
        path = getattr(options, name)
        if path is not None:
            write(path, lambda name=name: _MAKE[name](diagnosis))
    if not options.quiet:
        from traindx.reporters.terminal import render

        text = render(diagnosis, verbose=options.verbose, source=source, stream=stream)
        say(text, stream)
    if options.sinks:
        from traindx.entry.sinks import send

        send(diagnosis, options.sinks, options.started_in, None if options.quiet else stream)
    bad = {"error": {Severity.ERROR}, "warning": {Severity.ERROR, Severity.WARNING}}.get(settings.fail_on or "", set())
    return FAILED if any(f.severity in bad for f in diagnosis.alarms) else 0


def say(text: str, stream: TextIO) -> None:
    """Print, with what the stream cannot encode spelled out."""
    try:
        print(text, end="", file=stream, flush=True)
    except UnicodeEncodeError:
        kind = getattr(stream, "encoding", None) or "ascii"
        print(text.encode(kind, "backslashreplace").decode(kind), end="", file=stream, flush=True)


def write(path: Path, make: Callable[[], str]) -> None:
    """Write a report; one sentence where that cannot be."""
    try:
        path.write_text(make(), encoding="utf-8", errors="replace")
    except OSError as fault:
        print(f"traindx: cannot write {path}: {fault.strerror}.", file=sys.stderr)
    except Exception as fault:  # noqa: BLE001 - a fault of one report must not cost the others
        print(f"traindx: cannot write {path}: {type(fault).__name__}: {fault}", file=sys.stderr)


def _json(diagnosis: Diagnosis) -> str:
    from traindx.reporters.json import to_json

    return json.dumps(to_json(diagnosis), indent=1, allow_nan=False)


def _html(diagnosis: Diagnosis) -> str:
    from traindx.reporters.html import to_html

    return to_html(diagnosis, drawn(diagnosis))


def _sarif(diagnosis: Diagnosis) -> str:
    from traindx.reporters.sarif import to_sarif

    return json.dumps(to_sarif(diagnosis), indent=1, allow_nan=False)


def _junit(diagnosis: Diagnosis) -> str:
    from traindx.reporters.junit import to_junit

    return to_junit(diagnosis)


_MAKE: dict[str, Callable[[Diagnosis], str]] = {"json": _json, "html": _html, "sarif": _sarif, "junit": _junit}
