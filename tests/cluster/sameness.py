"""Whether two states of one split are the same, and files to read."""

from __future__ import annotations

import struct

import numpy as np

from traindx.engines import kernel
from traindx.engines.records import masked_crc


def assert_same(a, b):
    """Everything that is counted, hashed or sampled is equal; sums of numbers agree to rounding."""
    assert (a.rows, a.columns, a.texts) == (b.rows, b.columns, b.texts)
    exact = [i for i, name in enumerate(kernel.FIELDS) if name not in ("total", "squares")]
    np.testing.assert_array_equal(a.sums[:, exact], b.sums[:, exact])
    np.testing.assert_allclose(a.sums, b.sums, rtol=1e-9)
    assert (a.histogram is None) == (b.histogram is None)
    if a.histogram is not None:
        np.testing.assert_array_equal(a.histogram, b.histogram)
    assert a.hashes.limit == b.hashes.limit
    np.testing.assert_array_equal(a.hashes.values, b.hashes.values)
    assert (a.labels is None) == (b.labels is None)
    if a.labels is not None:
        np.testing.assert_array_equal(a.labels, b.labels)
    for mine, theirs in ((a.sample, b.sample), (a.bad, b.bad)):
        assert (mine is None) == (theirs is None)
        for name in ("key", "position", "numbers", "texts", "labels"):
            if mine is not None and getattr(mine, name) is not None:
                np.testing.assert_array_equal(getattr(mine, name), getattr(theirs, name))


def frame(n, seed):
    """A pandas table (n rows) with numbers, texts, missing cells, dates, small and unsigned integers and a label y."""
    import pandas as pd

    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 3)) * [1, 50, 1e-3]
    made = pd.DataFrame(x, columns=["a", "A", "b.c"])
    made["word"] = rng.choice(["red", "green", "blå", None], n)
    made["day"] = pd.date_range("2020-01-01", periods=n, freq="min")
    made["fine"] = made["day"].astype("datetime64[ns]")
    made["small"] = rng.integers(0, 200, n).astype("uint8")
    made["large"] = rng.integers(0, 2**63, n).astype("uint64")
    made["yes"] = rng.random(n) < 0.3
    made["kind"] = pd.Categorical(rng.choice(["u", "v"], n))
    made["y"] = (x[:, 0] > 0).astype(int)
    made.loc[n // 3, "a"] = np.nan
    made.loc[n - 2, "A"] = np.inf
    return made


def tfrecords(path, n, seed):
    """A TFRecord file of n tf.train.Example with a float feature `x` of three values and an integer `y`."""

    def field(number, data):
        assert len(data) < 128
        return bytes([number << 3 | 2, len(data)]) + data

    rng = np.random.default_rng(seed)
    with path.open("wb") as file:
        for _ in range(n):
            floats = field(2, field(1, rng.normal(size=3).astype("<f4").tobytes()))
            label = field(3, bytes([1 << 3, int(rng.integers(0, 3))]))
            entries = field(1, field(1, b"x") + field(2, floats)) + field(1, field(1, b"y") + field(2, label))
            body = field(1, entries)
            head = struct.pack("<Q", len(body))
            file.write(head + struct.pack("<I", masked_crc(head)) + body + struct.pack("<I", masked_crc(body)))
