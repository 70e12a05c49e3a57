"""Watches where every thread stands, from a thread that the program does not see: who waits, in what, and since when."""

from __future__ import annotations

import _thread
import gc
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from traindx.facts.findings import Location
from traindx.facts.workers import Waiter, Waits
from traindx.probes.callsite import OWN, is_user_file

_LOOKING = _thread.allocate_lock()
PERIOD = 0.25
PULSE = 2.0
"""Seconds between two signs of life in a worker's run log."""
LEAST = 1.0
"""Seconds a thread must stand still to count as waiting."""
RECENT = 3.0
"""A wait counts as the last one where it ended at most these seconds before the end."""


@dataclass
class Stand:
    """One thread: where it stands since when, and its last long stand."""

    name: str
    mark: Any = None
    since: float = 0.0
    last: float = 0.0
    waiter: Waiter | None = None
    until: float = 0.0
    gone: float | None = None
    stack: tuple[Location, ...] = field(default=())


class Watchdog:
    """Looks at all threads four times a second. `hung` is called once where nothing was seen for `timeout` seconds."""

    def __init__(self, events: Callable[[], int | None], pulse: Callable[[], None] | None = None) -> None:
        self.events, self.pulse = events, pulse
        self.timeout: float | None = None
        self.hung: Callable[[], None] | None = None
        self.pulsed = time.monotonic()
        self.stands: dict[int, Stand] = {}
        self.running = False
        self.stopped = False
        self.progress = (0, time.monotonic())

    def start(self) -> None:
        """Begin to look; a second call does nothing. The thread is none of `threading`'s, so the program cannot see it."""
        if not self.running:
            self.running = True
            self.progress = (self.events() or 0, time.monotonic())
            _thread.start_new_thread(self._run, ())

    def stop(self) -> None:
        """Stop looking."""
        self.stopped = True

    def _run(self) -> None:
        me = _thread.get_ident()
        while not self.stopped:
            time.sleep(PERIOD)
            if self.events() is None:
                return  # whoever watched is gone and did not say so
            try:
                if self.timeout is not None or several():
                    self._look(me)
                self._overdue()
                if self.pulse is not None and time.monotonic() - self.pulsed > PULSE:
                    self.pulsed = time.monotonic()
                    self.pulse()
            except Exception:  # noqa: BLE001 - a look that failed is a look less
                continue

    def _overdue(self) -> None:
        seen, now = self.events() or 0, time.monotonic()
        if seen != self.progress[0]:
            self.progress = (seen, now)
        elif self.timeout is not None and self.hung is not None and now - self.progress[1] > self.timeout:
            hung, self.hung = self.hung, None
            hung()

    def _look(self, me: int) -> None:
        now, frames = time.monotonic(), current_frames()
        active = getattr(threading, "_active", {})
        for ident, frame in frames.items():
            if ident == me:
                continue
            thread = active.get(ident)
            stand = self.stands.setdefault(ident, Stand(thread.name if thread is not None else f"thread {ident}"))
            mark = (id(frame), frame.f_lasti)
            stand.last, stand.gone = now, None
            if mark != stand.mark:
                stand.mark, stand.since = mark, now
            elif now - stand.since >= LEAST:
                waiter = _waiter(stand.name, frame, now - stand.since)
                if waiter is not None:
                    stand.waiter, stand.until = waiter, now
        for ident, stand in self.stands.items():
            if ident not in frames and stand.gone is None:
                stand.gone = now

    def facts(self, error: str, ended: bool, work: dict[int, int]) -> Waits | None:
        """Who waited when it ended (or waits now), and who had left; None where nobody waited."""
        now = time.monotonic()
        waiting = [s.waiter for s in self.stands.values() if s.waiter is not None and now - s.until <= RECENT]
        if not waiting:
            return None
        gone = [(s.name, round(now - s.gone, 2)) for s in self.stands.values() if s.gone is not None]
        did = tuple((s.name, work[i]) for i, s in self.stands.items() if i in work)
        longest = sorted(waiting, key=lambda w: -w.seconds)
        return Waits(tuple(longest[:16]), tuple(gone[-16:]), did, error, ended)


def several() -> bool:
    """Whether someone could wait for another: more than one thread of the program, or several processes."""
    return len(getattr(threading, "_active", {})) > 1 or "TF_CONFIG" in os.environ


def current_frames() -> dict[int, FrameType]:
    """`sys._current_frames`, never with a garbage collection inside.

    Before Python 3.12 it may collect while it holds the lock that every new thread needs, and so stop the whole
    program for good (https://github.com/python/cpython/issues/106883).
    """
    with _LOOKING:
        if not gc.isenabled():
            return sys._current_frames()
        gc.disable()
        try:
            return sys._current_frames()
        finally:
            gc.enable()


def _waiter(name: str, frame: FrameType, seconds: float) -> Waiter | None:
    """The thread's wait: what the program's innermost line has called; None where no line of the program stands on it."""
    at: FrameType | None = frame
    called = ""
    stack: list[Location] = []
    where: Location | None = None
    while at is not None:
        if is_user_file(at.f_code.co_filename):
            stack.append(Location(at.f_code.co_filename, at.f_lineno))
            where = where or stack[-1]
        elif where is None and not at.f_code.co_filename.startswith(OWN):
            called = at.f_code.co_qualname
        at = at.f_back
    if where is None:
        return None
    return Waiter(name, called or "a call outside Python", round(seconds, 2), where, tuple(stack[:8]))
