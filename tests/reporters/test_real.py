"""Diagnoses of real runs of zoo programs, kept as JSON: every reporter tells them."""

import json
from pathlib import Path

import jsonschema
import pytest

from traindx.reporters.html import to_html
from traindx.reporters.json import SCHEMA, from_json
from traindx.reporters.junit import to_junit
from traindx.reporters.notebook import mimebundle
from traindx.reporters.sarif import to_sarif
from traindx.reporters.terminal import render

REAL = sorted((Path(__file__).parent / "real").glob("*.json"))


@pytest.mark.parametrize("path", REAL, ids=lambda p: p.stem)
def test_every_reporter_tells_it(path):
    report = json.loads(path.read_text("utf-8"))
    jsonschema.validate(report, SCHEMA)
    diagnosis = from_json(report)
    page = render(diagnosis, width=80, color=False)
    assert len(page.splitlines()) <= 50
    assert max(map(len, page.splitlines())) <= 80
    assert len(to_html(diagnosis)) < 50_000
    json.dumps([to_sarif(diagnosis), mimebundle(diagnosis)], allow_nan=False)
    assert to_junit(diagnosis)
    if path.stem.startswith("healthy"):
        assert page.startswith(("✓", "+"))
