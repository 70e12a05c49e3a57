"""Every check keeps the contract of `checks/base.py`; its own examples are its tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from traindx.checks.registry import all_checks
from traindx.facts.catalogue import CATALOGUE
from traindx.facts.causes import Cause
from traindx.facts.findings import Finding

LETTERS = {"data": "D", "model": "M", "training": "T", "evaluation": "E", "compute": "C", "distributed": "W", "code": "A"}
HEADINGS = ["Why training fails", "How it is measured", "What to do", "Thresholds"]
CHECKS = all_checks()
ALWAYS = {"program-raised"}  # its measurement is the fault itself: without one it does not apply
each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)


@each_check
def test_examples(check):
    assert check.fires
    assert check.silent or check.name in ALWAYS
    for args, settings in check.fires:
        assert isinstance(check(*args, **settings), Finding), (args, settings)
    for args, settings in check.silent:
        assert not isinstance(check(*args, **settings), Finding), (args, settings)


@each_check
def test_every_finding_shows_its_evidence(check):
    for args, settings in check.fires:
        found = check(*args, **settings)
        assert found.message
        assert found.evidence
        assert 0 <= found.strength <= 1


@each_check
def test_page(check):
    assert check.page.partition("\n")[0].endswith(".")
    assert re.findall(r"^## (.+)$", check.page, re.MULTILINE) == HEADINGS
    explained = check.page.partition("## Thresholds")[2]
    assert [name for name in check.thresholds if f"`{name}`" not in explained] == []


@each_check
def test_place_and_code(check):
    file = Path(check.function.__code__.co_filename)
    assert file.stem == check.function.__name__
    assert re.fullmatch(r"[A-Z]\d{3}", check.code)
    assert check.code[0] == LETTERS[file.parent.name]
    assert check.suggests
    assert set(check.suggests) <= set(Cause)


def test_names_and_codes_are_unique_and_all_files_register():
    for words in ([c.code for c in CHECKS], [c.name for c in CHECKS]):
        assert len(set(words)) == len(words)
    folders = Path(CHECKS[0].function.__code__.co_filename).parents[1]
    files = {p.stem for name in LETTERS for p in (folders / name).glob("*.py")} - {"__init__"}
    assert files == {c.function.__name__ for c in CHECKS}


def test_every_cause_has_words():
    assert set(CATALOGUE) == set(Cause)
