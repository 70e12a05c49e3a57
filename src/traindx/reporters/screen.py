"""A page of text as a stream can show it: its width, its colours, its characters."""

from __future__ import annotations

import codecs
import io
import os
import shutil
import sys
from typing import TextIO

from rich.console import Console

WIDEST = 120


class Screen:
    """Collects a page; `text` gives it with nothing the stream cannot encode and no blanks at line ends."""

    def __init__(self, stream: TextIO | None = None, width: int | None = None, color: bool | None = None) -> None:
        shown_on = stream or sys.stdout
        self.encoding = _known(getattr(shown_on, "encoding", None))
        color = _wants_color(shown_on) if color is None else color
        self._page = io.StringIO()
        self.console = Console(
            file=self._page,
            width=min(width or shutil.get_terminal_size((80, 24)).columns, WIDEST),
            force_terminal=color,
            color_system="standard" if color else None,
            highlight=False,
            legacy_windows=False,
            _environ={},
        )

    def can(self, text: str) -> bool:
        """Whether the stream has these characters."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    def text(self) -> str:
        """The whole page, ending in a newline."""
        page = "\n".join(line.rstrip() for line in self._page.getvalue().splitlines()) + "\n"
        return page.encode(self.encoding, "backslashreplace").decode(self.encoding)


def _known(encoding: str | None) -> str:
    try:
        return codecs.lookup(encoding or "ascii").name
    except LookupError:
        return "ascii"


def _wants_color(stream: TextIO | None) -> bool:
    if stream is None or stream.closed or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()
