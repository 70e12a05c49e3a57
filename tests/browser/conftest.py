"""One headless Chromium for all tests, and axe-core from TRAINDX_AXE or node_modules."""

import os
import shutil
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))


def pytest_configure(config):
    config.addinivalue_line("markers", "browser: needs playwright, chromium and axe-core")


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api")
    binary = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if binary is None:
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as api:
        browser = api.chromium.launch(executable_path=binary, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe():
    places = [os.environ.get("TRAINDX_AXE", ""), "node_modules/axe-core/axe.min.js"]
    found = [Path(p) for p in places if p and Path(p).is_file()]
    if not found:
        pytest.skip("no axe-core: npm install axe-core, or set TRAINDX_AXE to axe.min.js")
    return found[0].read_text("utf-8")
