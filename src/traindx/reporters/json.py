"""The diagnosis as JSON, schema `traindx/1` (published beside this file). Strict JSON: NaN becomes the string "NaN"."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from traindx.facts import codec
from traindx.facts.diagnosis import Diagnosis

VERSION = "traindx/1"


def to_json(diagnosis: Diagnosis) -> dict[str, Any]:
    """The diagnosis as plain values, ready for `json.dumps(..., allow_nan=False)`."""
    return {"schema": VERSION, **codec.encode(diagnosis)}


def from_json(value: dict[str, Any]) -> Diagnosis:
    """The diagnosis that `to_json` wrote.

    Raises:
        ValueError: it is of another schema.
        TypeError: a field is missing or of another type.
    """
    if value.get("schema") != VERSION:
        raise ValueError(f"this is no {VERSION} report: its schema is {value.get('schema')!r}")
    return codec.decode(Diagnosis, value)


def dumps(diagnosis: Diagnosis) -> str:
    """The diagnosis as JSON text, one screen-readable file."""
    return json.dumps(to_json(diagnosis), indent=1, allow_nan=False) + "\n"


def schema() -> dict[str, Any]:
    """The published JSON Schema of the report."""
    return json.loads(files("traindx.reporters").joinpath("schema", "traindx-1.schema.json").read_text("utf-8"))


SCHEMA = schema()
