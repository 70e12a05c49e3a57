"""How the program's own step fits the loss, read from the losses after scaled steps."""

from __future__ import annotations

import math

import pytest

from traindx.probes.measure.training import _best


def test_a_step_that_was_not_tried_says_nothing():
    slow = ((0.0, 0.69), (0.01, 0.68), (0.1, 0.67))  # a slow model: the time was up before the program's own step
    assert _best(slow) == (None, None, None)


def test_a_step_that_leaves_the_numbers_rises_without_bound():
    best, rise, gain = _best(((0.0, 1.0), (0.1, 0.5), (1.0, math.nan)))
    assert (best, rise, gain) == (0.1, math.inf, pytest.approx(-0.5))
