"""What a browser makes of the HTML report: no error, no request, no empty figure, no barrier, no code from the data."""

import os
from functools import cache
from pathlib import Path

import pytest

from reporters import samples
from reporters.sample_pictures import PICTURES
from reporters.test_compare import faulty, run, training
from traindx.diagnosis.compare import compare
from traindx.facts.runlog import read_observation
from traindx.facts.settings import Settings
from traindx.reporters.compare import to_html as compared_to_html
from traindx.reporters.html import to_html
from traindx.reporters.notebook import mimebundle
from traindx.reporters.recorded import pictures_of
from traindx.session import judge

PAGES = {
    "softmax": (samples.softmax, "realistic"),
    "crashed": (samples.crashed, "enormous"),
    "hostile": (samples.hostile, "hostile"),
    "healthy": (samples.healthy, None),
    "unexplained": (samples.unexplained, "realistic"),
    "bare": (samples.softmax, None),
}
COMPARED = "compared"
WIDTHS = (1280, 400)
SCHEMES = ("light", "dark")


class Visit:
    """A report opened in a page, with all that went wrong on the way."""

    def __init__(self, chromium, path, width, scheme):
        # axe is injected by the test, which the report's own policy would rightly refuse
        viewport = {"width": width, "height": 900}
        self.context = chromium.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True)
        self.page = self.context.new_page()
        self.errors, self.requests = [], []
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.errors.append(str(e)))
        self.page.on("dialog", lambda d: (self.errors.append(f"dialog {d.message}"), d.dismiss()))
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.goto(path.as_uri())

    def external(self):
        return [url for url in self.requests[1:] if not url.startswith("data:")]


def recorded_runs():
    """Run folders below TRAINDX_RUNS: the CI records some of the zoo's programs there."""
    folder = os.environ.get("TRAINDX_RUNS")
    return sorted(p for p in Path(folder).iterdir() if p.is_dir()) if folder else []


@cache
def page_of(folder):
    run = read_observation(folder)
    diagnosis = judge(run, Settings())

    def source(file):
        path = Path(file)
        return path.read_text("utf-8").splitlines() if path.is_file() else []

    return to_html(diagnosis, pictures_of(run, diagnosis, source))


@pytest.fixture(params=[*PAGES, COMPARED, *recorded_runs()], ids=lambda p: getattr(p, "name", p))
def report(request, tmp_path):
    path = tmp_path / "report.html"
    if isinstance(request.param, Path):
        path.write_text(page_of(request.param), "utf-8")
    elif request.param == COMPARED:
        path.write_text(compared_to_html(compare(run(training()), faulty())), "utf-8")
    else:
        diagnosis, pictures = PAGES[request.param]
        path.write_text(to_html(diagnosis(), PICTURES[pictures]() if pictures else None), "utf-8")
    assert path.stat().st_size < 2_000_000
    return path


@pytest.fixture(params=[(w, s) for w in WIDTHS for s in SCHEMES], ids=lambda p: f"{p[0]}-{p[1]}")
def visit(request, chromium, report):
    seen = Visit(chromium, report, *request.param)
    yield seen
    seen.context.close()


def test_no_error_no_request_no_sideways_scrolling(visit):
    assert visit.errors == []
    assert visit.external() == []
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_figure_is_drawn(visit):
    visit.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    empty = """() => [...document.querySelectorAll("figure")].filter((figure) => {
        const drawn = figure.querySelectorAll("svg path, svg circle, svg rect, pre span, ol.layers li, img, .card dl");
        const box = figure.getBoundingClientRect();
        return !drawn.length || box.height < 60 || box.width < 100 || !figure.querySelector("h3").textContent.trim();
    }).map((figure) => figure.textContent.slice(0, 80))"""
    assert visit.page.evaluate(empty) == []
    assert visit.page.evaluate("[...document.images].every((image) => image.complete && image.naturalWidth > 0)")


def test_no_barrier(visit, axe):
    visit.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    visit.page.evaluate(axe)
    found = visit.page.evaluate("axe.run().then((r) => r.violations)")
    serious = [
        (v["id"], v["help"], [n["html"][:160] for n in v["nodes"][:3]])
        for v in found
        if v["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_works_by_keyboard(chromium, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(to_html(samples.softmax(), PICTURES["realistic"]()), "utf-8")
    page = Visit(chromium, path, 1280, "light").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the diagnosis"
    summary = page.locator("section.cause > details > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert summary.evaluate("s => s.parentElement.open")


def test_paper_shows_what_is_folded(chromium, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(to_html(samples.softmax(), PICTURES["realistic"]()), "utf-8")
    page = Visit(chromium, path, 1280, "light").page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("[...document.querySelectorAll('details')].every((d) => d.open)")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.evaluate("[...document.querySelectorAll('details')].some((d) => d.open)")
    page.emulate_media(media="print")
    assert len(page.pdf()) > 10_000


def test_the_policy_stops_code_even_if_escaping_failed(chromium, tmp_path):
    path = tmp_path / "report.html"
    planted = "<img src=x onerror='document.title=1'><script>document.title=2</script>"
    path.write_text(to_html(samples.healthy()).replace("</main>", planted + "</main>"), "utf-8")
    page = chromium.new_page()
    page.goto(path.as_uri())
    assert page.title().startswith("traindx")


def test_a_notebook_shows_the_report_in_its_frame(chromium, tmp_path):
    path = tmp_path / "cell.html"
    path.write_text(f"<!doctype html><title>cell</title>{mimebundle(samples.softmax())['text/html']}", "utf-8")
    page = Visit(chromium, path, 1280, "light").page
    heading = page.frames[1].locator("h1")
    assert "output-activation" in heading.text_content()
    assert heading.is_visible()
