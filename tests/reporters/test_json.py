"""The JSON report: strict, complete, valid under the published schema, readable again."""

import json

import jsonschema
import pytest

from reporters import samples
from traindx.reporters.json import SCHEMA, dumps, from_json, to_json

FINDING_KEYS = {"rank", "cause", "check", "code", "severity", "status", "confidence", "message", "location", "layer"}
FINDING_KEYS |= {"evidence", "fix", "trial"}


def strict(schema):
    """The same schema with unknown keys refused: what we write must be described."""
    if isinstance(schema, dict):
        closed = {k: strict(v) for k, v in schema.items()}
        return {**closed, "additionalProperties": False} if closed.get("type") == "object" else closed
    return [strict(v) for v in schema] if isinstance(schema, list) else schema


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", samples.EVERY)
def test_valid_under_the_published_schema(name):
    jsonschema.validate(to_json(samples.EVERY[name]()), strict(SCHEMA))


@pytest.mark.parametrize("name", samples.EVERY)
def test_strict_json(name):
    def refuse(token):
        raise AssertionError(f"bare {token}")

    json.loads(dumps(samples.EVERY[name]()), parse_constant=refuse)


@pytest.mark.parametrize("name", [n for n in samples.EVERY if n != "crashed"])  # NaN differs from itself
def test_read_again(name):
    diagnosis = samples.EVERY[name]()
    assert from_json(json.loads(dumps(diagnosis))) == diagnosis


def test_keys_of_the_design():
    report = to_json(samples.softmax())
    assert {"schema", "program", "exit", "symptoms", "findings", "not_measured", "seconds"} <= set(report)
    first = report["findings"][0]
    assert set(first) >= FINDING_KEYS
    assert set(first["trial"]) >= {"change", "metric", "before", "after", "seconds"}
    assert first["location"] == {"file": "train.py", "line": 7}


def test_another_schema_is_refused():
    with pytest.raises(ValueError, match="traindx/2"):
        from_json({"schema": "traindx/2"})
