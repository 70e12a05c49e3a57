"""`traindx.Callback()` inside a user's own fit."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

pytestmark = pytest.mark.keras
keras = pytest.importorskip("keras")

import traindx


def train(callbacks: list[Any], spoil: bool = False, fits: int = 1) -> Any:
    """A small regression; the model."""
    keras.utils.set_random_seed(1)
    x = np.random.default_rng(0).normal(size=(640, 5)).astype("float32")
    y = x @ np.array([1.0, -2.0, 0.5, 0.0, 1.0], "float32")
    if spoil:
        x[100, 2] = np.nan
    model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
    model.compile(keras.optimizers.Adam(0.02), "mse")
    for _ in range(fits - 1):
        model.fit(x, y, epochs=1, verbose=0)
    model.fit(x, y, epochs=8, validation_split=0.2, verbose=0, callbacks=callbacks)
    return model


@pytest.fixture(autouse=True)
def home(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run logs of the tests go to a folder of their own."""
    monkeypatch.setenv("TRAINDX_HOME", str(tmp_path))


@pytest.mark.parametrize("fits", [1, 2])
def test_weights_are_the_same_and_everything_is_put_back(fits: int) -> None:
    """A new model, and one that was fitted before: its compiled step is taken over, not traced again."""
    plain = train([], fits=fits)
    call = keras.layers.Layer.__call__
    watched = train([traindx.Callback(quiet=True)], fits=fits)
    for a, b in zip(plain.get_weights(), watched.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert keras.layers.Layer.__call__ is call
    assert not hasattr(watched.train_function, "taps")
    x = np.zeros((8, 5), "float32")
    assert np.isfinite(watched.fit(x, x[:, 0], verbose=0).history["loss"]).all()


def test_it_measures_as_the_command_line_does() -> None:
    """Data, splits and training steps are all seen."""
    callback = traindx.Callback(quiet=True)
    train([callback], spoil=True)
    causes = [f.cause.value for f in callback.diagnosis.findings]
    assert causes[0] == "non-finite-data"
    found = callback.diagnosis.findings[0]
    assert "non-finite-values" in (found.check, *found.also)


def test_a_healthy_fit_raises_no_alarm(capsys: pytest.CaptureFixture[str]) -> None:
    """The report goes to stderr."""
    callback = traindx.Callback()
    train([callback])
    assert not callback.diagnosis.alarms
    assert "traindx" in capsys.readouterr().err


def test_importing_traindx_imports_no_framework() -> None:
    """Not even for the name of the callback."""
    code = "import sys, traindx; assert 'keras' not in sys.modules and 'tensorflow' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
