"""The HTML report: one safe, small file. What a browser makes of it is tested under tests/browser."""

import math
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from reporters import samples
from reporters.sample_pictures import PICTURES
from traindx.facts.pictures import CurvePicture, HeatMap, Line, Pictures
from traindx.reporters.html import to_html
from traindx.reporters.html.figures.curves import curves, thin
from traindx.reporters.html.figures.heat import heat
from traindx.reporters.html.markup import Html, tag, text
from traindx.reporters.html.svg import fitted

LIMIT = 2_000_000


EACH = [(name, pictures) for name in samples.EVERY for pictures in (None, "realistic", "hostile")]


@pytest.mark.parametrize(("name", "pictures"), [*EACH, ("crashed", "enormous")])
def test_one_small_file_without_the_network(name, pictures):
    page = to_html(samples.EVERY[name](), PICTURES[pictures]() if pictures else None)
    assert len(page.encode()) < LIMIT
    assert not re.search(r"""(src|href)=["'](?!data:|#)""", page)
    assert "http://" not in page
    assert "https://" not in page


@pytest.mark.parametrize("pictures", [None, "hostile"])
def test_nothing_from_the_data_is_markup(pictures):
    page = to_html(samples.hostile(), PICTURES[pictures]() if pictures else None)
    assert page.count("<script") == 1  # our own
    assert "<img src=x" not in page
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_the_same_run_gives_the_same_file():
    made = [to_html(samples.softmax(), PICTURES["realistic"]()) for _ in range(2)]
    assert made[0] == made[1]


def test_every_figure_has_a_question_and_a_picture():
    page = to_html(samples.softmax(), PICTURES["realistic"]())
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert len(figures) == 16
    for figure in figures:
        assert re.search(r"<h3>[^<]+\?</h3>", figure)
        assert "<svg" in figure or "<pre" in figure or "<ol" in figure or "<img" in figure


def test_a_healthy_page_does_not_cry_wolf():
    page = to_html(samples.healthy())
    assert "No problem found" in page
    assert "badge error" not in page


def test_skill_is_explained_once_where_it_is_first_used():
    page = to_html(samples.skilled())
    assert page.count("no better than a constant") == 1
    assert page.index("no better than a constant") < page.index("<main")
    assert "no better than a constant" not in to_html(samples.softmax())


def test_a_program_that_trains_nothing_is_told_what_is_watched():
    page = to_html(samples.untrained())
    assert "No training was seen" in page
    assert "traindx watches Keras 3" in page
    assert "No problem found" not in page
    assert "could not be answered" not in to_html(replace(samples.untrained(), not_measured=samples.softmax().not_measured))


def test_markup_escapes_all_but_markup():
    assert tag("p", "<b>", tag("i", '"'), title='"x"') == '<p title="&quot;x&quot;">&lt;b&gt;<i>&quot;</i></p>'
    assert tag("img", src=Html("data:,")) == '<img src="data:,"/>'
    assert len(text("x" * 10_000)) < 2100


@pytest.mark.parametrize(
    "values", [(), (1.0,), (0.0, 0.0), (math.nan,), (-math.inf, 3.0), (1e-300, 1e300), (-5.0, 5.0), (1e308, -1e308)]
)
@pytest.mark.parametrize("log", [False, True])
def test_scales_of_odd_values(values, log):
    scale = fitted(values, 0, 100, log=log)
    assert scale.low < scale.high
    assert all(0 <= scale(v) <= 100 for v in values if math.isfinite(v))
    assert len(scale.ticks()) <= 12


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_names_of_lines_stay_inside_the_plot_and_apart(level):
    drawn = tuple(Line(name, (0.0, 1.0), (1.0 - level, level)) for name in ("training", "validation", "test"))
    page = curves(CurvePicture("loss", drawn))
    at = sorted(float(y) for y in re.findall(r'y="([\d.]+)"[^>]*class="name', page))
    axis = max(float(y) for y in re.findall(r'y1="([\d.]+)"', page))
    assert len(at) == 3
    assert min(b - a for a, b in pairwise(at)) >= 12.9
    assert max(at) < axis


def test_thinning_keeps_the_extremes():
    values = [0.0] * 5000
    values[1234], values[3210] = 9.0, -9.0
    kept = thin(Line("loss", tuple(map(float, range(5000))), tuple(values)))
    assert len(kept) <= 300
    assert (1234.0, 9.0) in kept
    assert (3210.0, -9.0) in kept


@pytest.mark.parametrize("values", [(), (math.nan,), (math.nan, math.nan, 1.0), (0.0,), (math.inf,)])
def test_curves_of_odd_values(values):
    picture = CurvePicture("loss", (Line("training", tuple(map(float, range(len(values)))), values),))
    assert "<svg" in curves(picture)


@pytest.mark.parametrize("shape", [(1, 1), (3, 0), (100, 1), (2, 500)])
def test_heat_maps_of_odd_shapes(shape):
    layers, steps = (tuple(range(n)) for n in shape)
    made = heat(HeatMap("gradient_norm", tuple(map(str, layers)), steps, np.zeros(shape), ("99",)))
    assert "<svg" in made


def test_empty_pictures_draw_nothing():
    assert to_html(samples.healthy(), Pictures()) == to_html(samples.healthy())
