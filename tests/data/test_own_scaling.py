"""The size of inputs behind the model's own scaling layers."""

from __future__ import annotations

import numpy as np

from traindx.facts.data import InputScale
from traindx.facts.observation import LayerFacts, LayerState, ModelFacts, Observation, Replay, Split, Training
from traindx.probes.measure.data_scale import input_scale

RUN = Observation("train.py")
DENSE = LayerFacts("dense", "Dense", "relu", 8, parameters=40)


def state(name: str, mean: float, spread: float) -> LayerState:
    return LayerState(name, "", None, mean, spread, 0, 0, 0, 0, spread, units=4)


def scale(*layers: LayerFacts, states: tuple[LayerState, ...] = (), raw: float = 1.0) -> InputScale:
    x = np.random.default_rng(0).normal(0, raw, (200, 4)).astype("float32")
    train = Split("train", (x,), (np.arange(200) % 2,), n=200)
    end = Replay("end", 64, 1.0, 0.0, 1.0, states)
    made = input_scale(Training(ModelFacts("model0", "model0", "Sequential", layers=layers), splits={"train": train}, end=end), RUN)
    assert isinstance(made, InputScale)
    return made


def test_inputs_scaled_twice_are_measured_behind_the_layer():
    twice = scale(LayerFacts("rescaling", "Rescaling"), DENSE, states=(state("rescaling", 0.002, 0.0015),))
    assert twice.layer == "rescaling"
    assert twice.std == (0.0015, 0.0015)
    assert twice.rms[0] == np.hypot(0.002, 0.0015)


def test_of_several_affine_layers_the_last_counts():
    layers = LayerFacts("rescaling", "Rescaling"), LayerFacts("normalization", "Normalization", parameters=9), DENSE
    states = state("rescaling", 0.5, 0.3), state("normalization", 0.0, 1.0)
    assert scale(*layers, states=states).layer == "normalization"


def test_layers_behind_weights_or_that_learn_their_scale_are_left_alone():
    behind = scale(DENSE, LayerFacts("rescaling", "Rescaling"), states=(state("rescaling", 0.002, 0.0015),), raw=500.0)
    assert not behind.layer
    assert behind.handled_by is None
    assert behind.rms[1] > 400
    learnt = scale(LayerFacts("bn", "BatchNormalization", parameters=16), DENSE, states=(state("bn", 0.0, 0.001),))
    assert not learnt.layer
    assert learnt.handled_by == "BatchNormalization"


def test_without_a_replay_the_layer_is_trusted():
    assert scale(LayerFacts("rescaling", "Rescaling"), DENSE, raw=200.0).handled_by == "Rescaling"
