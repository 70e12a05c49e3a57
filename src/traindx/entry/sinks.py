"""Finds sinks by name, asks early whether they can work, and sends them the report."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from traindx.facts.settings import SettingsError, nearest
from traindx.reporters import sinks
from traindx.reporters.sinks.base import GROUP, Report, Sink

if TYPE_CHECKING:
    from traindx.facts.diagnosis import Diagnosis


def known() -> dict[str, Callable[[], Any]]:
    """How to load each sink: our own modules, and what other packages offer. Loads none."""
    found: dict[str, Callable[[], Any]] = {point.name: point.load for point in entry_points(group=GROUP)}
    for module in pkgutil.iter_modules(sinks.__path__, sinks.__name__ + "."):
        if not module.name.endswith(".base"):
            found[module.name.rpartition(".")[2]] = lambda name=module.name: importlib.import_module(name).SINK
    return found


def find(name: str) -> Sink:
    """The sink called `name`.

    Raises:
        SettingsError: there is none, it cannot be loaded, or the package that it needs is absent.
    """
    loaders = known()
    if name not in loaders:
        there = ", ".join(sorted(loaders))
        raise SettingsError(f"there is no sink '{name}'{nearest(name, list(loaders)) or f'; there are {there}'}")
    try:
        sink = loaders[name]()
    except Exception as fault:  # noqa: BLE001 - another package's code
        raise SettingsError(f"the sink '{name}' cannot be loaded: {type(fault).__name__}: {fault}") from None
    if not isinstance(sink, Sink):
        raise SettingsError(f"the sink '{name}' is no traindx.reporters.sinks.base.Sink")
    if sink.needs and importlib.util.find_spec(sink.needs) is None:
        how = f"; it comes with: pip install '{sink.extra}'" if sink.extra else ""
        raise SettingsError(f"the sink '{name}' needs the package {sink.needs}, which is not installed{how}")
    return sink


def ready(wanted: Iterable[str]) -> list[tuple[Sink, str, str]]:
    """(sink, name, to) for each `name` or `name=to`, once.

    Raises:
        SettingsError: see `find`.
    """
    parts = [word.partition("=") for word in dict.fromkeys(wanted)]
    return [(find(name), name, to) for name, _, to in parts]


def send(diagnosis: Diagnosis, chosen: Iterable[tuple[Sink, str, str]], folder: Path, stream: TextIO | None) -> None:
    """Send the report everywhere; say on `stream` where it went. A sink's fault is one line on standard error."""
    chosen = list(chosen)
    if not chosen:
        return
    from traindx.entry.pictures import drawn
    from traindx.reporters.html import to_html
    from traindx.reporters.json import dumps

    report: Report | None = None
    for sink, name, to in chosen:
        try:
            if report is None:
                pictures = drawn(diagnosis)
                report = Report(diagnosis, dumps(diagnosis), to_html(diagnosis, pictures), to, folder, pictures)
            where = sink.send(replace(report, to=to))
        except Exception as fault:  # noqa: BLE001 - the program's result and the other reports stand
            print(f"traindx: the sink '{name}' failed: {type(fault).__name__}: {fault}", file=sys.stderr)
        else:
            if stream is not None:
                print(f"  Sent to {where}", file=stream, flush=True)
