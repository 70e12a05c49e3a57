"""Whole outputs held against plain files; TRAINDX_UPDATE_SNAPSHOTS=1 writes them anew."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def same_as_snapshot(name: str, text: str) -> None:
    """Fail where `text` differs from the file `name`."""
    path = FOLDER / name
    if os.environ.get("TRAINDX_UPDATE_SNAPSHOTS") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.exists(), f"no snapshot {name}: run with TRAINDX_UPDATE_SNAPSHOTS=1 and look at it"
    assert text == path.read_text("utf-8")
