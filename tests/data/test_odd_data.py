"""Arrays and tables of every kind: they are examined, or one sentence says what cannot be read; nothing ever raises."""

from __future__ import annotations

import array
import decimal

import hypothesis.extra.numpy as made
import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traindx.engines.base import SourceError
from traindx.entry.api import check_splits
from traindx.reporters.json import to_json

N = 40
RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(N, 3)), RNG.integers(0, 2, N)
MIXED = np.empty(N, object)
MIXED[:] = [None, 1, "a", 2.5, [1]] * (N // 5)


class NoArray:
    def __array__(self, *_, **__):
        raise RuntimeError("no array")


class NoLength:
    def __len__(self):
        raise RuntimeError("no length")


ODD = {
    "one value": np.array(3.0), "nothing": None, "no rows": np.zeros((0, 3)), "no columns": np.zeros((N, 0)), "empty list": [],
    "empty dict": {}, "objects": MIXED, "mixed": np.array([[None, 1], ["a", 2]] * 20, object),
    "huge": np.full((N, 1), 2**64 - 1, np.uint64),
    "Python's huge": np.array([[10**400]] * N, object), "complex": X + 1j, "NaN": np.full((N, 3), np.nan),
    "infinite": np.where(X > 1, np.inf, X), "near overflow": np.where(X > 0, 1e308, -1e308), "texts": np.array([["a", "b"]] * N),
    "bytes": np.array([[b"a", b"\xff"]] * N), "no Unicode": np.array([["\0", "\ud800"]] * N, object),
    "days": np.array(["2020-01-01"] * N, "M8[D]"), "no time": np.full((N, 1), np.datetime64("NaT")), "ragged": [[1, 2], [3]] * 20,
    "sparse": scipy.sparse.csr_matrix(X), "records": np.zeros(N, [("a", "f4"), ("s", "U5"), ("n", "f4", (2,))]),
    "masked": np.ma.masked_array(X, mask=X > 1), "half": X.astype("f2"), "long": X.astype(np.longdouble),
    "void": np.zeros((N, 1), "V8"), "no array": NoArray(), "no length": NoLength(), "a function": len, "a set": {1, 2},
    "columns of different length": {"a": [1, 2, 3], "b": [1]}, "an empty column": {"a": None}, "columns in columns": {"a": {"b": X}},
    "three": (X, Y, Y), "no labels": (X, None), "one label": (X, 3), "few labels": (X, Y[:3]), "odd labels": (X, MIXED),
    "text labels": (X, np.array(["a", "b"] * 20)), "NaN labels": (X, np.full(N, np.nan)),
    "sparse labels": (X, scipy.sparse.csr_matrix(Y)),
    "one row": (X[:1], Y[:1]), "backwards": (X[::-1, ::-1], Y[::-1]), "big endian": X.astype(">f4"), "an array": array.array("d", [1, 2]),
    "two columns of one name": pd.DataFrame(X, columns=list("aab")), "an empty table": pd.DataFrame(),
    "lists in a table": pd.DataFrame({"a": [[1, 2]] * N, "y": Y}), "decimals": pd.DataFrame({"a": [decimal.Decimal("1.5")] * N, "y": Y}),
    "intervals": pd.DataFrame({"a": pd.interval_range(0, N), "y": Y}), "no text for names": pd.DataFrame(X, columns=[1, None, (2, 3)]),
    "nullable": pd.DataFrame({"a": pd.array([1, None] * 20, "Int64"), "y": Y}), "all missing": pd.DataFrame({"a": [None] * N, "y": Y}),
}  # fmt: skip


def examined(**splits):
    """The report of splits in which no probe failed, or the one sentence that refuses them."""
    refused = ""
    try:
        found = check_splits(**splits)
    except SourceError as fault:
        refused = str(fault)
    if refused:
        assert "\n" not in refused
        return refused
    assert [u for u in found.not_measured if "failed" in u.why] == []
    assert all("\n" not in note for note in found.notes)
    return to_json(found)


@pytest.mark.parametrize("name", list(ODD))
def test_odd_data(name):
    examined(train=ODD[name])
    examined(train=(X, Y), test=ODD[name])


@pytest.mark.parametrize(
    ("name", "told"),
    [("no columns", "train: its rows hold no values"), ("empty dict", "train holds no columns"),
     ("an empty column", "train: column 'a' holds one value, not one for each row"), ("ragged", "pad the rows"),
     ("columns of different length", "train: columns have different numbers of rows"), ("no array", "cannot read NoArray"),
     ("two columns of one name", "train has two columns of one name"), ("one label", "train: labels are one value, not rows")],
)  # fmt: skip
def test_what_is_said(name, told):
    assert told in examined(train=ODD[name])


def test_labels_that_are_numbers_here_and_names_there_do_not_agree():
    rows = np.concatenate([X + 3 * Y[:, None]] * 5)
    labels = np.concatenate([Y] * 5)
    found = check_splits(train=(rows, labels), test=(rows + 0.01, np.where(labels == 1, "yes", "no")))
    assert "label-encoding-mismatch" in {f.cause.value for f in found.alarms}


ANY = st.one_of(
    made.floating_dtypes(), made.integer_dtypes(), made.unsigned_integer_dtypes(), made.boolean_dtypes(), made.complex_number_dtypes(),
    made.unicode_string_dtypes(max_len=3), made.byte_string_dtypes(max_len=3), made.datetime64_dtypes(),
)  # fmt: skip
SHAPES = made.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=6)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(x=made.arrays(ANY, SHAPES), y=made.arrays(ANY, SHAPES), test=made.arrays(ANY, SHAPES))
def test_any_arrays(x, y, test):
    examined(train=x, test=test)
    examined(train=(x, y), test=(test, y))
