"""Measurements that the fourth blind set asked for, on arrays whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from traindx.facts.evaluation import EvaluationTrials, LossTrial
from traindx.facts.heads import heads
from traindx.facts.observation import (
    Curve,
    LayerFacts,
    LossFacts,
    ModelFacts,
    Observation,
    OutputFacts,
    Split,
    Training,
)
from traindx.facts.skill import class_skill
from traindx.probes.measure.data_numbered import numbered_anew
from traindx.probes.measure.data_padded import padded_apart
from traindx.probes.measure.data_view import view_of
from traindx.probes.measure.targets import targets
from traindx.probes.measure.threshold import threshold_sweep
from traindx.probes.modellog import fill, ordered

RUN = Observation("train.py")


def splits(train, held, y=None) -> dict[str, Split]:
    made = {}
    for role, x in (("train", train), ("validation", held)):
        rows = tuple(np.asarray(a) for a in (x if isinstance(x, tuple) else (x,)))
        made[role] = Split(role, rows, (np.arange(len(rows[0])) % 2,), n=len(rows[0]))
    return made


def words(rng: np.random.Generator, n: int) -> np.ndarray:
    """Texts of 12 words (n, 12) of a vocabulary with a long tail."""
    return np.minimum(rng.exponential(12, (n, 12)).astype(int), 80)


def by_frequency(texts: np.ndarray, like: np.ndarray) -> np.ndarray:
    """Ids from 2 on by falling frequency in `like`, 1 for words that it does not have."""
    kinds, counts = np.unique(like, return_counts=True)
    number = {int(w): 2 + i for i, w in enumerate(kinds[np.argsort(-counts, kind="stable")])}
    return np.vectorize(lambda w: number.get(int(w), 1))(texts)


def numbering(train, held, layers=()):
    made = Training(ModelFacts("model0", "model0", "Sequential", layers=layers), splits=splits(train, held))
    return numbered_anew(view_of(made), "validation")


def test_words_numbered_by_their_frequency_in_the_held_out_rows():
    rng = np.random.default_rng(0)
    a, b = words(rng, 900), words(rng, 300)
    embedding = (LayerFacts("embedding", "Embedding"),)
    assert numbering(by_frequency(a, a), by_frequency(b, b), embedding) is not None
    assert numbering(by_frequency(a, a), by_frequency(b, a), embedding) is None


def test_categories_numbered_as_they_first_appear():
    rng = np.random.default_rng(0)
    a, b = rng.integers(0, 20, 600), rng.integers(0, 20, 200)

    def factorized(values: np.ndarray) -> np.ndarray:
        _, first, at = np.unique(values, return_index=True, return_inverse=True)
        return np.argsort(np.argsort(first))[at].astype("float32")[:, None]

    beside = [rng.normal(size=(len(v), 2)).astype("float32") for v in (a, b)]
    own = np.c_[factorized(a), beside[0]], np.c_[factorized(b), beside[1]]
    both = factorized(np.r_[a, b])
    assert numbering(*own) is not None
    assert numbering(np.c_[both[:600], beside[0]], np.c_[both[600:], beside[1]]) is None
    counts = [rng.poisson(0.3, (len(v), 40)).astype("float32") for v in (a, b)]  # most are 0, few are 1: no codes
    assert numbering(*counts) is None
    visits = np.concatenate([np.arange(n) for n in rng.integers(2, 12, 120)])[:600].astype("float32")[:, None]
    assert numbering(np.c_[visits, beside[0]], np.c_[visits[:200], beside[1]]) is None
    panel = np.tile(np.arange(20), 30).astype("float32")[:, None]  # the same entities in the same order at each time
    assert numbering(np.c_[panel, beside[0]], np.c_[panel[:200], beside[1]]) is None
    assert numbering(np.c_[np.sort(panel, axis=0), beside[0]], np.c_[np.sort(panel[:200], axis=0), beside[1]]) is None


def test_targets_padded_at_the_other_end():
    rng = np.random.default_rng(0)
    front, back = np.zeros((2, 60, 14), int)
    for i, n in enumerate(rng.integers(3, 14, 60)):
        front[i, 14 - n :], back[i, :n] = rng.integers(1, 9, n), rng.integers(1, 5, n)

    def apart(x: np.ndarray, y: np.ndarray):
        made = {"train": Split("train", (x,), (y,), n=60)}
        return padded_apart(Training(ModelFacts("m", "m", "Sequential"), splits=made), RUN)

    assert apart(front, back).apart == 1
    assert apart(back, back).apart == 0
    assert apart(front, front[:, ::-1]).apart == 1


def test_targets_of_each_step_are_classes_where_there_is_an_output_for_each():
    y = np.random.default_rng(0).integers(0, 300, (40, 9))
    for outputs, task in ((np.zeros((40, 9, 301)), "multi-class"), (np.zeros((40, 9)), "regression")):
        made = Split("train", (np.zeros((40, 9), "int32"),), (y,), n=40, predicted_end=(outputs,))
        seen = targets(Training(ModelFacts("m", "m", "Functional"), splits={"train": made}), RUN)
        assert seen.task == task


def test_a_mask_that_is_never_called():
    rng = np.random.default_rng(0)
    y = (rng.random((30, 16, 16, 1)) < 0.02).astype("float32")
    p = 0.05 + 0.3 * y + 0.02 * rng.random(y.shape)
    made = Split("train", (np.zeros_like(y),), (y,), n=30, predicted_end=(p,))
    outputs = (OutputFacts("mask", "conv", "sigmoid", 1, (16, 16, 1)),)
    model = ModelFacts("m", "m", "Functional", outputs=outputs, losses=(LossFacts("mask", "bce", "bce"),))
    sweep = threshold_sweep(Training(model, splits={"train": made}), RUN)
    assert (sweep.what, sweep.called, sweep.auc) == ("pixels", 0, 1.0)


def two_heads() -> Training:
    rng = np.random.default_rng(0)
    price, kind = rng.normal(size=50), rng.integers(0, 2, 50)
    split = Split("train", (np.zeros((50, 3)),), (price, kind), n=50, predicted_end=(price[:, None], kind[:, None]), labels=price)
    outputs = (OutputFacts("price", "price", "linear", 1, (1,)), OutputFacts("kind", "kind", "sigmoid", 1, (1,)))
    model = ModelFacts("m", "m", "Functional", outputs=outputs, losses=(LossFacts("price", "mse", "mse"), LossFacts("kind", "bce", "bce")),
                       layers=tuple(LayerFacts(n, "Dense") for n in ("body", "price", "kind")))  # fmt: skip
    curve = Curve({"loss": (3.0, 2.0), "price_loss": (2.0, 1.5), "kind_loss": (1.0, 0.5), "val_kind_loss": (1.0, 0.6)})
    tried = EvaluationTrials(losses=(LossTrial(0), LossTrial(1, kind="bce")))
    return Training(model, splits={"train": split}, curve=curve, evaluation=tried)


def test_each_output_is_a_training_of_its_own():
    _, kind = heads(two_heads())
    assert [o.name for o in kind.model.outputs] == ["kind"]
    assert [x.kind for x in kind.model.losses] == ["bce"]
    assert [x.name for x in kind.model.layers] == ["body", "kind"]
    assert kind.curve.epochs == {"loss": (1.0, 0.5), "val_loss": (1.0, 0.6)}
    assert set(np.unique(kind.splits["train"].y[0])) == {0, 1}
    assert kind.splits["train"].labels is None
    assert [(t.output, t.kind) for t in kind.evaluation.losses] == [(0, "bce")]


def test_a_model_of_one_output_has_no_heads():
    whole = two_heads()
    one = Split("train", whole.splits["train"].x, whole.splits["train"].y[:1], n=50, predicted_end=whole.splits["train"].predicted_end[:1])
    assert heads(Training(whole.model, splits={"train": one})) == ()


class Named:
    """What Keras says of a model with listed outputs."""

    output_names = ("price", "kind")
    _outputs_struct = [0, 1]  # noqa: RUF012 - as Keras has it


def test_targets_by_name_stand_as_the_outputs_do():
    y = {"kind": np.array([1, 0]), "price": np.array([5.0, 7.0])}
    leaves, nesting = ordered(Named(), y)
    assert leaves[0][0] == 5.0
    assert fill(nesting, tuple(leaves))["kind"][0] == 1
    leaves, nesting = ordered(object(), y)
    assert leaves is y
    assert fill(nesting, (y["kind"], y["price"])) == y


def test_the_skill_of_targets_that_name_a_class_at_each_step():
    rng = np.random.default_rng(5)
    y = rng.integers(1, 4, (200, 12))
    y[:, 9:] = 0  # fills the rows
    scores = np.eye(4)[np.where(y == 0, 3, y)]  # wrong where rows are only filled
    assert class_skill(scores, y, 0.5) == (1.0, 1.0, pytest.approx(1 / 3, abs=0.05))
    guess = np.broadcast_to(np.eye(4)[1], scores.shape)
    assert class_skill(guess, y, 0.5)[0] == pytest.approx(0.0, abs=0.05)
    assert class_skill(np.eye(4)[rng.integers(0, 4, (50, 6, 6))], rng.integers(0, 4, (50, 6, 6)), 0.5)[1] < 0.35
