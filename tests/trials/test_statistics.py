"""What a pair of arms may show."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from traindx.trials.statistics import FLOOR, MATTERS, Effect, effect, mean, row_error, spread, standard_error


def test_a_clear_gain_helps() -> None:
    assert effect((0.1, 0.12, 0.09), (0.8, 0.82, 0.79), 0.02) is Effect.HELPS


def test_one_seed_never_helps() -> None:
    assert effect((0.0,), (1.0,), FLOOR) is Effect.UNCLEAR


def test_overlapping_arms_do_not_help() -> None:
    assert effect((0.1, 0.5, 0.1), (0.4, 0.9, 0.9), 0.05) is Effect.UNCLEAR


def test_a_gain_within_the_spread_of_seeds_does_not_help() -> None:
    before, after = (0.1, 0.3), (0.35, 0.6)
    assert effect(before, after, spread([before, after])) is not Effect.HELPS


def test_a_tiny_certain_gain_does_not_matter() -> None:
    assert effect((0.50, 0.50, 0.50), (0.53, 0.53, 0.53), FLOOR) is Effect.NOTHING


def test_a_loss_is_worse() -> None:
    assert effect((0.8, 0.8), (0.1, 0.1), FLOOR) is Effect.WORSE


def test_nothing_measured_is_unclear() -> None:
    assert effect((), (0.5,), FLOOR) is Effect.UNCLEAR


def test_spread_pools_arms_and_has_a_floor() -> None:
    assert spread([(0.5, 0.5), (0.2, 0.2)]) == FLOOR
    assert spread([(0.0, 1.0), (3.0, 4.0)]) == pytest.approx(np.sqrt(0.5))
    assert spread([(0.3,)]) == FLOOR


@given(st.integers(0, 10_000), st.floats(0.02, 0.3))
def test_noise_alone_is_rarely_taken_for_help(seed: int, noise: float) -> None:
    rng = np.random.default_rng(seed)
    wrong = 0
    for _ in range(40):
        before, after = (tuple(map(float, 0.5 + noise * rng.standard_normal(3))) for _ in range(2))
        wrong += effect(before, after, spread([before, after])) is Effect.HELPS
    assert wrong <= 6


def test_noise_alone_is_taken_for_help_in_less_than_three_percent() -> None:
    rng = np.random.default_rng(7)
    wrong = 0
    for _ in range(4000):
        before, after = (tuple(map(float, 0.5 + 0.1 * rng.standard_normal(3))) for _ in range(2))
        wrong += effect(before, after, spread([before, after])) is Effect.HELPS
    assert wrong / 4000 < 0.03


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=4), st.floats(FLOOR, 0.5))
def test_help_and_harm_are_mirrors(values: list[float], noise: float) -> None:
    before = tuple(values)
    after = tuple(v + 3.0 for v in values)
    assert effect(before, after, noise) is Effect.HELPS
    assert effect(after, before, noise) is Effect.WORSE
    assert mean(after) - mean(before) > MATTERS
    assert standard_error(before, after, noise) > 0


def test_other_rows_make_a_gain_less_certain() -> None:
    before, after = (-0.1, -0.1, -0.1), (0.1, 0.1, 0.1)
    assert effect(before, after, FLOOR) is Effect.HELPS
    assert effect(before, after, FLOOR, rows=0.1) is Effect.UNCLEAR


@pytest.mark.parametrize(("rows", "right", "constant"), [(150, 0.5, 0.5), (60, 0.8, 0.5), (400, 0.7, 0.2)])
def test_the_error_by_rows_is_that_of_draws_of_rows(rows: int, right: float, constant: float) -> None:
    drawn = (np.random.default_rng(0).binomial(rows, right, 4000) / rows - constant) / (1 - constant)
    assert row_error(float(drawn.mean()), rows, constant) == pytest.approx(drawn.std(), rel=0.1)


@pytest.mark.parametrize(("rows", "noise"), [(100, 0.5), (400, 1.0)])
def test_the_error_by_rows_of_numbers(rows: int, noise: float) -> None:
    rng = np.random.default_rng(1)
    y = rng.normal(size=(4000, rows))
    drawn = 1 - (noise * rng.normal(size=y.shape) ** 2 * noise).mean(axis=1) / ((y - y.mean(axis=1, keepdims=True)) ** 2).mean(axis=1)
    assert row_error(float(drawn.mean()), rows, None) == pytest.approx(drawn.std(), rel=0.15)


def test_one_right_row_is_not_certain() -> None:
    assert row_error(1.0, 25, 0.5) > 0.05
