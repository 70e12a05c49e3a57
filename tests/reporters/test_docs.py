"""The documentation: complete, every link alive, every threshold explained. The site itself is built by `make docs`."""

import importlib.util
import re
from dataclasses import replace
from pathlib import Path

import pytest

from traindx.checks.registry import all_checks
from traindx.facts.causes import Cause

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def gen_docs():
    spec = importlib.util.spec_from_file_location("gen_docs", ROOT / "tools" / "gen_docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages(gen_docs, tmp_path_factory):
    build = tmp_path_factory.mktemp("build")
    gen_docs.PAGES, gen_docs.CACHE = build / "docs", build / "outputs"
    gen_docs.write_pages(all_checks())
    return gen_docs.PAGES


def test_nothing_is_left_unsaid(gen_docs):
    assert gen_docs.problems(all_checks()) == []


def test_a_threshold_without_words_is_a_problem(gen_docs):
    check = all_checks()[-1]
    found = gen_docs.problems((replace(check, thresholds={**check.thresholds, "secret": 1}),))
    assert found == [f"{check.code} {check.name}: threshold secret is not explained"]


def test_a_page_per_cause_and_check(pages):
    assert all((pages / "causes" / f"{cause}.md").exists() for cause in Cause)
    assert all((pages / "checks" / f"{check.name}.md").exists() for check in all_checks())


def test_no_dead_link(pages):
    dead = []
    for page in pages.rglob("*.md"):
        text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            if not target.startswith("https://") and not (page.parent / target).exists():
                dead.append(f"{page.relative_to(pages)}: {target}")
    assert dead == []


def test_the_report_is_cut_from_what_came_before(gen_docs):
    assert gen_docs.report_of("WARNING: x\n✗ Cause found: y\n  train.py\n") == "✗ Cause found: y\n  train.py\n"
