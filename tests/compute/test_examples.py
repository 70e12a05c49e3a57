"""Every compute check's own examples hold, and its page has the four headings."""

from __future__ import annotations

import pytest

from traindx.checks.registry import all_checks
from traindx.facts.findings import Finding

CHECKS = [c for c in all_checks() if c.code.startswith("C")]
HEADINGS = ("## Why training fails", "## How it is measured", "## What to do", "## Thresholds")


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)
def test_examples(check):
    assert check.fires
    assert check.silent
    for args, settings in check.fires:
        assert isinstance(check(*args, **settings), Finding)
    for args, settings in check.silent:
        assert not isinstance(check(*args, **settings), Finding)


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.name)
def test_page(check):
    at = [check.page.find(h) for h in HEADINGS]
    assert at == sorted(at)
    assert at[0] > 0
    for name in check.thresholds:
        assert f"`{name}`" in check.page, name
