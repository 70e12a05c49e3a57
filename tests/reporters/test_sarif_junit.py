"""SARIF valid under the official schema (2.1.0-rtm.4, from the sarif-om package); JUnit readable by a parser."""

import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from reporters import samples
from traindx.reporters.junit import to_junit
from traindx.reporters.sarif import to_sarif

OFFICIAL = json.loads((Path(__file__).parent / "sarif-2.1.0-rtm.4.json").read_text("utf-8"))


@pytest.mark.parametrize("name", samples.EVERY)
def test_sarif_is_valid(name):
    log = json.loads(json.dumps(to_sarif(samples.EVERY[name]()), allow_nan=False))
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    jsonschema.Draft4Validator(OFFICIAL, format_checker=checker).validate(log)


def test_sarif_says_where_and_how_bad():
    run = to_sarif(samples.softmax())["runs"][0]
    first = run["results"][0]
    assert first["level"] == "error"
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "train.py"},
        "region": {"startLine": 7},
    }
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "output-activation"
    assert "learning-rate-too-high" not in [r["ruleId"] for r in run["results"]]  # a trial ruled it out


@pytest.mark.parametrize("name", samples.EVERY)
def test_junit_parses(name):
    suite = ElementTree.fromstring(to_junit(samples.EVERY[name]()))[0]
    assert int(suite.get("tests")) == len(suite.findall("testcase"))
    assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
    assert int(suite.get("skipped")) == len(suite.findall("testcase/skipped"))


@pytest.mark.parametrize(
    ("name", "failures"), [("softmax", 1), ("healthy", 0), ("unexplained", 1), ("crashed", 1), ("hostile", 1)]
)
def test_junit_fails_on_errors_only(name, failures):
    assert int(ElementTree.fromstring(to_junit(samples.EVERY[name]()))[0].get("failures")) == failures
