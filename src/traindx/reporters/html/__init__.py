"""The diagnosis as one self-contained HTML file: no network, no library, nothing that comes from the data can run."""

from __future__ import annotations

from traindx.reporters.html.page import to_html

__all__ = ["to_html"]
