"""Whatever a diagnosis holds, every reporter tells it: any text, any number, any combination."""

import io
import json
import sys
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traindx.facts.causes import Cause, SymptomId
from traindx.facts.diagnosis import Diagnosis, Fix, Seconds, Status, Suspect, Symptom, Trial, Unmeasured
from traindx.facts.findings import Evidence, Location, Severity
from traindx.reporters.html import to_html
from traindx.reporters.json import SCHEMA, to_json
from traindx.reporters.junit import to_junit
from traindx.reporters.notebook import mimebundle
from traindx.reporters.sarif import to_sarif
from traindx.reporters.terminal import render

TEXT = st.text(max_size=60) | st.text("a\udc80\x1b<>&\"'\ufffe]", max_size=8)
NUMBER = st.floats() | st.integers(-(10**20), 10**20)
VALUE = st.none() | NUMBER | TEXT
MAYBE = st.none() | TEXT
FLOATS = st.lists(st.floats(), max_size=4).map(tuple)
PLACE = st.none() | st.builds(Location, TEXT, st.integers(0, 10**6))
TRIAL = st.builds(Trial, TEXT, TEXT, FLOATS, FLOATS, st.floats(0, 1e6), st.booleans(), TEXT, TEXT)
EVIDENCE = st.builds(Evidence, TEXT, VALUE, VALUE, st.none() | st.integers(0, 10**9))
SUSPECT = st.builds(
    Suspect,
    rank=st.integers(1, 99),
    cause=st.sampled_from(Cause),
    check=TEXT,
    code=st.just("D101"),
    severity=st.sampled_from(Severity),
    status=st.sampled_from(Status),
    confidence=st.floats(0, 1),
    message=TEXT,
    evidence=st.lists(EVIDENCE, max_size=4).map(tuple),
    location=PLACE,
    layer=MAYBE,
    column=MAYBE,
    fix=st.none() | st.builds(Fix, TEXT, MAYBE),
    trial=st.none() | TRIAL,
    also=st.lists(TEXT, max_size=2).map(tuple),
)
SYMPTOM = st.builds(Symptom, st.sampled_from(SymptomId), TEXT, st.floats(0, 1))
DIAGNOSIS = st.builds(
    Diagnosis,
    TEXT,
    st.integers(-9, 300),
    st.lists(SYMPTOM, max_size=3).map(tuple),
    st.lists(SUSPECT, max_size=3).map(tuple),
    st.lists(st.builds(Unmeasured, TEXT, TEXT), max_size=2).map(tuple),
    st.lists(TEXT, max_size=2).map(tuple),
    st.lists(TRIAL, max_size=2).map(tuple),
    st.builds(Seconds, *[st.floats(0, 1e7)] * 3),
    TEXT,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DIAGNOSIS, st.sampled_from(["utf-8", "ascii", "cp1252"]), st.booleans())
def test_every_reporter_tells_it(diagnosis, encoding, verbose):
    stream = io.TextIOWrapper(io.BytesIO(), encoding)
    page = render(diagnosis, width=80, color=False, verbose=verbose, stream=stream)
    assert all(c.isprintable() or c == "\n" for c in page)
    page.encode(encoding)
    jsonschema.validate(to_json(diagnosis), SCHEMA)
    json.dumps([to_json(diagnosis), to_sarif(diagnosis)], allow_nan=False).encode("ascii")
    ElementTree.fromstring(to_junit(diagnosis))
    html = to_html(diagnosis)
    assert html.count("<script") == 1
    html.encode("utf-8")
    assert mimebundle(diagnosis)["text/html"]


@pytest.mark.parametrize("stream", [None, io.StringIO()])
def test_streams_without_an_encoding(stream, monkeypatch):
    monkeypatch.setattr(sys, "stdout", stream)
    assert "No problem found" in render(Diagnosis("x.py", 0), width=80)


def test_a_removed_working_directory_costs_no_report(tmp_path, monkeypatch):
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    found = Suspect(
        1, Cause.HANG, "c", "W101", Severity.ERROR, Status.SUSPECTED, 1.0, "m", location=Location("/a/b.py", 1)
    )
    assert "/a/b.py:1" in render(Diagnosis("x.py", 0, findings=(found,)), width=80)
