"""Sources, the one-pass state and its merging."""

from __future__ import annotations

import numpy as np
import pytest

from traindx.engines import kernel
from traindx.engines import state as states_of
from traindx.engines.api import observe_splits
from traindx.engines.base import Batch, SourceError
from traindx.engines.rowhash import row_hashes
from traindx.engines.sources import Arrays
from traindx.engines.state import Folding, hash_batch


def test_equal_rows_hash_alike_whatever_the_dtype():
    x = np.random.default_rng(0).random((500, 31))
    assert (row_hashes((x,)) == row_hashes((x.astype(np.float32),))).all()
    assert (row_hashes((np.array([[-0.0, 1]]),)) == row_hashes((np.array([[0, 1]]),))).all()
    bits = np.random.default_rng(0).integers(0, 2, (3000, 20))
    assert len(np.unique(row_hashes((bits,)))) == len(np.unique(bits, axis=0))


@pytest.mark.parametrize("width", [1, 2, 7, 30])
def test_compiled_hashes_are_those_of_numpy(width):
    x = np.random.default_rng(0).normal(size=(width, 700)).astype(np.float32)
    x[0, :6] = np.nan, -np.nan, 0.0, -0.0, np.inf, -np.inf
    batch = Batch(x.T, np.zeros((700, 0), object), None)
    assert (hash_batch(batch) == row_hashes((x.T,))).all()


def test_parts_merge_to_the_whole():
    x = np.random.default_rng(0).normal(size=(9000, 7)).astype(np.float32)
    x[5, 2], x[8999, 3] = np.nan, np.inf

    def fold(*blocks):
        states = []
        for block, first in blocks:
            folding = Folding()
            for batch in Arrays("x", (block,), None).batches(0):
                folding.add(batch.__class__(batch.numbers, batch.texts, None, first=first + batch.first))
            states.append(folding.state)
        made = states[0]
        for state in states[1:]:
            made = made.merge(state)
        return made

    whole, merged = fold((x, 0)), fold((x[:4000], 0), (x[4000:], 4000))
    assert whole.rows == merged.rows == 9000
    np.testing.assert_allclose(whole.sums, merged.sums, rtol=1e-6)
    assert (whole.histogram == merged.histogram).all()
    assert set(whole.sample.position) == set(merged.sample.position)
    assert merged.bad.position.tolist() == [5, 8999]
    exact = np.nanquantile(np.where(np.isfinite(x), x, np.nan), 0.3, axis=0)
    np.testing.assert_allclose(whole.quantiles(np.array([0.3]))[0], exact, rtol=0.01)


def test_compiled_and_plain_kernel_agree():
    x = np.random.default_rng(0).normal(size=4000).astype(np.float32)
    x[:3] = np.nan, np.inf, 0
    (a, ha), (b, hb) = kernel.fresh(1, True), kernel.fresh(1, True)
    kernel.add()(x, a[0], ha[0])
    kernel.add_numpy(x, b[0], hb[0])
    np.testing.assert_allclose(a, b, rtol=1e-6)
    assert (ha == hb).all()


def test_csv_and_its_faults(tmp_path):
    good, empty, odd = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv"
    good.write_text("x,kind,y\n" + "".join(f"{i},{'ab'[i % 2]},{i % 2}\n" for i in range(80)))
    empty.write_text("")
    training, left_out, _ = observe_splits(train=str(good), test=str(empty), label="y")
    assert training.splits["train"].n == 80
    assert left_out == (f"{empty} is empty (0 bytes)",)
    with pytest.raises(SourceError, match="has no column 'z'"):
        observe_splits(train=str(good), label="z")
    odd.write_text("x,y\n1,0\n2,1\n")
    training, left_out, _ = observe_splits(train=str(good), test=str(odd), label="y")
    assert left_out == ("test has other columns than train (only in train: kind); they are left out",)
    assert training.splits["train"].columns == training.splits["test"].columns == ("x",)
    with pytest.raises(SourceError, match="no such file"):
        observe_splits(train=str(tmp_path / "none*.csv"), label="y")


def test_npz_and_mappings(tmp_path):
    x, y = np.random.default_rng(0).random((100, 4, 4)), np.arange(100) % 3
    np.savez(tmp_path / "d.npz", x_train=x[:70], y_train=y[:70], x_test=x[70:], y_test=y[70:])
    training, _, _ = observe_splits(train=str(tmp_path / "d.npz"), test=str(tmp_path / "d.npz"))
    assert training.splits["train"].x[0].shape == (70, 4, 4)
    assert training.splits["test"].n == 30
    training, _, _ = observe_splits(train={"a": y, "b": y * 2.0, "y": y}, label="y")
    assert training.splits["train"].columns == ("a", "b")
    (tmp_path / "bad.npz").write_bytes(b"nothing")
    with pytest.raises(SourceError, match="not a readable NumPy file"):
        observe_splits(train=str(tmp_path / "bad.npz"))


def test_rare_bad_cells_are_in_the_sample():
    x = np.random.default_rng(0).random((50_000, 3)).astype(np.float32)
    x[31_337, 1] = np.nan
    training, _, _ = observe_splits(train=(x, np.zeros(len(x))))
    assert np.isnan(training.splits["train"].x[0]).sum() == 1


def test_positions_count_through_all_files(tmp_path):
    rng = np.random.default_rng(0)
    for name, n in (("a", 7000), ("b", 3), ("c", 5000)):
        rows = [f"{a},{b},{int(a > 0)}\n" for a, b in rng.normal(size=(n, 2)).astype(np.float32)]
        rows[2] = f"1.5,,{len(rows)}\n"
        (tmp_path / f"{name}.csv").write_text("a,b,y\n" + "".join(rows))
    training, _, states = observe_splits(train=str(tmp_path / "*.csv"), label="y")
    split = training.splits["train"]
    assert split.n == len(split.hashes) == len(split.labels) == 12_003
    assert (row_hashes((split.x[0],)) == split.hashes[split.rows]).all()
    assert (split.labels[split.rows] == split.y[0]).all()
    assert states["train"].bad.position.tolist() == [2, 7002, 7005]


def test_bounds_change_no_number(monkeypatch):
    for name, value in (("HASHES", 3000), ("SAMPLE", 500), ("LABELS", 8000)):
        monkeypatch.setattr(states_of, name, value)
    x = np.random.default_rng(0).normal(size=(20_000, 3)).astype(np.float32)

    def fold(bounds, block):
        folding = Folding(bounds=bounds)
        for first in range(0, len(block), 1000):
            rows = block[first : first + 1000]
            folding.add(Batch(rows, np.zeros((len(rows), 0), object), rows[:, 0], first=first))
        return folding.state

    bounds = states_of.bounds_of(len(x))
    assert bounds.hashes < 1 << 64
    assert bounds.keys < 1 << 64
    plain, bounded = fold(None, x), fold(bounds, x)
    assert bounds.enough(bounded)
    assert plain.hashes.limit == bounded.hashes.limit
    assert (plain.hashes.values == bounded.hashes.values).all()
    assert (plain.sample.position == bounded.sample.position).all()
    assert plain.labels is bounded.labels is None
    assert not bounds.enough(fold(bounds, x[:3000])), "fewer rows than thought: to be folded again"
