"""The diagnosis in a notebook cell: the HTML report in a frame of its own, and plain text beside it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from traindx.reporters import terminal
from traindx.reporters.html import to_html
from traindx.reporters.json import to_json

if TYPE_CHECKING:
    from traindx.facts.diagnosis import Diagnosis
    from traindx.facts.pictures import Pictures


def mimebundle(diagnosis: Diagnosis, pictures: Pictures | None = None) -> dict[str, object]:
    """What `_repr_mimebundle_` returns: a front end takes the richest form that it can show.

    The page stands in a sandboxed frame: its style cannot leak into the notebook, nor the notebook's into it.
    """
    page = escape(to_html(diagnosis, pictures), quote=True)
    frame = (
        f'<iframe srcdoc="{page}" sandbox="allow-scripts" title="traindx report" width="100%" height="640" '
        'style="border: 1px solid #8884; border-radius: 8px"></iframe>'
    )
    return {
        "text/plain": terminal.render(diagnosis, width=80, color=False),
        "text/html": frame,
        "application/json": to_json(diagnosis),
    }
