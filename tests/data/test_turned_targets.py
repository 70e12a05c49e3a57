"""Target pictures that are turned against their inputs, on pictures whose turning is known."""

from __future__ import annotations

import numpy as np
import pytest

from traindx.checks.data.targets_turned_apart import targets_turned_apart
from traindx.facts.findings import Finding, NotApplicable
from traindx.facts.observation import ModelFacts, Observation, Split, Training
from traindx.probes.measure.data_turned import turned_targets

SIDE, ROWS = 32, 120
YY, XX = np.mgrid[:SIDE, :SIDE]


def blobs(rng: np.random.Generator, side: int = SIDE) -> np.ndarray:
    """Masks (ROWS, side, SIDE) of an ellipse each."""
    x, y, a, b = (rng.uniform(low, high, (ROWS, 1, 1)) for low, high in ((4, 28), (4, side - 4), (3, 7), (3, 7)))
    return (((XX - x) / a) ** 2 + ((YY - y) / b) ** 2 < 1).astype("float32")[:, :side]


def seen(rng: np.random.Generator, masks: np.ndarray) -> np.ndarray:
    """Noisy pictures of the masks, (n, h, w, 1)."""
    return (0.5 - 0.2 * masks + 0.1 * rng.normal(size=masks.shape)).astype("float32")[..., None]


def mirrored(rng: np.random.Generator, planes: np.ndarray, down: bool = True) -> np.ndarray:
    planes = np.array([p[:, ::-1] if rng.random() < 0.5 else p for p in planes])
    return np.array([p[::-1] if down and rng.random() < 0.5 else p for p in planes])


def judged(x: np.ndarray, y: np.ndarray, held: Split | None = None, predicted: np.ndarray | None = None):
    train = Split("train", (x,), (y,), predicted_end=() if predicted is None else (predicted,))
    splits = {"train": train} | ({} if held is None else {"validation": held})
    return targets_turned_apart(turned_targets(Training(ModelFacts("m", "m", "Functional"), splits=splits), Observation("t.py")))


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_masks_mirrored_by_coins_of_their_own(rng):
    masks = blobs(rng)
    x = seen(rng, masks)
    found = judged(mirrored(rng, x), mirrored(rng, masks)[..., None])
    assert isinstance(found, Finding)
    assert 0.15 < found.evidence[0].value < 0.35  # a quarter
    assert isinstance(judged(mirrored(rng, x, down=False), masks), Finding)  # a half
    assert judged(x, masks[..., None]) is None


def test_pictures_that_are_not_square_and_masks_of_several_classes(rng):
    masks = blobs(rng, 24)
    assert isinstance(judged(mirrored(rng, seen(rng, masks)), masks), Finding)
    classes = np.maximum(blobs(rng), 2 * blobs(rng)).astype("int32")
    x = seen(rng, classes.astype("float32"))
    assert judged(x, classes) is None
    assert isinstance(judged(mirrored(rng, x), classes), Finding)


def test_all_masks_transposed(rng):
    masks = blobs(rng)
    found = judged(seen(rng, masks), masks.transpose(0, 2, 1))
    assert isinstance(found, Finding)
    assert "transposed" in found.message


def test_autoencoders_and_denoisers_are_silent(rng):
    clean = seen(rng, blobs(rng))
    assert judged(clean, clean) is None
    assert judged(clean + 0.2 * rng.normal(size=clean.shape), clean) is None


def test_masks_of_what_the_pictures_do_not_show_say_nothing(rng):
    assert isinstance(judged(seen(rng, blobs(rng)), blobs(rng)), NotApplicable)
    symmetric = np.stack([(np.hypot(XX - 15.5, YY - 15.5) < r) for r in rng.uniform(4, 12, ROWS)]).astype("float32")
    assert isinstance(judged(seen(rng, symmetric), symmetric), NotApplicable)


def test_a_network_that_has_learnt_to_set_pictures_upright_has_no_fault(rng):
    masks = np.maximum(blobs(rng) * (XX < 16), blobs(rng) * (XX < 10))
    x, y = mirrored(rng, seen(rng, masks)), masks[..., None]
    learnt, missed = y + 0.05 * rng.normal(size=y.shape), x
    assert judged(x, y, Split("validation", (x,), (y,), predicted_end=(learnt,))) is None
    assert isinstance(judged(x, y, Split("validation", (x,), (y,), predicted_end=(missed,))), Finding)
    straight = Split("validation", (seen(rng, masks),), (y,), predicted_end=(learnt,))
    assert isinstance(judged(x, y, straight, predicted=learnt), Finding)  # learnt by heart
