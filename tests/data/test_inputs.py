"""Every kind of input that can be handed over gives the same rows, columns and labels."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from traindx.engines.api import observe_splits
from traindx.engines.records import masked_crc
from traindx.entry.api import check_splits

N = 300
RNG = np.random.default_rng(0)
X = RNG.normal(size=(N, 3)).round(3)
Y = (X[:, 0] > 0).astype(int)
KIND = np.where(X[:, 1] > 0, "red", "blue")


def pandas_frame():
    import pandas as pd

    return pd.DataFrame({"a": X[:, 0], "b": X[:, 1], "c": X[:, 2], "kind": KIND, "y": Y})


def frames():
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    whole = pandas_frame()
    table = pa.table({n: whole[n].to_numpy() if n != "kind" else KIND.tolist() for n in whole.columns})
    yield "pandas", whole
    yield "pandas categories", whole.astype({"kind": "category"})
    yield "pandas nullable", whole.astype({"a": "Float64", "y": "Int64"})
    yield "polars", pl.DataFrame({n: whole[n].tolist() for n in whole.columns})
    yield "polars lazy", pl.DataFrame({n: whole[n].tolist() for n in whole.columns}).lazy()
    yield "arrow", table
    yield "arrow batch", table.to_batches()[0]
    yield "mapping", {n: whole[n].to_numpy() for n in whole.columns}
    assert pd is not None


@pytest.mark.parametrize("name", [n for n, _ in frames()])
def test_tables_in_memory(name):
    thing = dict(frames())[name]
    training, left_out, states = observe_splits(train=thing, label="y")
    split = training.splits["train"]
    assert left_out == ()
    assert split.n == N
    assert split.columns == ("a", "b", "c", "kind=blue", "kind=red")
    np.testing.assert_allclose(split.x[0][:, :3], X[split.rows], rtol=1e-6)
    assert (np.asarray(split.y[0]).astype(int) == Y[split.rows]).all()
    assert states["train"].sums[0, 0] == N


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "tsv", "parquet", "folder", "glob", "list"])
def test_table_files(kind, tmp_path):
    frame = pandas_frame()
    path = tmp_path / f"d.{kind if '.' in kind or kind in ('csv', 'tsv', 'parquet') else 'csv'}"
    if kind in ("csv", "csv.gz", "tsv"):
        frame.to_csv(path, index=False, sep="\t" if kind == "tsv" else ",")
    elif kind == "parquet":
        frame.to_parquet(path, row_group_size=100)
    else:
        path = tmp_path / "parts"
        path.mkdir()
        for part in range(3):
            cut = frame.iloc[part * 100 : part * 100 + 100]
            cut[["y", "kind", "c", "b", "a"] if part == 1 else list(frame)].to_csv(path / f"p{part}.csv", index=False)
    thing = {"glob": str(tmp_path / "parts" / "p*.csv"), "list": sorted(map(str, path.glob("*")))}.get(kind, str(path))
    training, left_out, _ = observe_splits(train=thing, label="y")
    split = training.splits["train"]
    assert (left_out, split.n, split.columns[:3]) == ((), N, ("a", "b", "c"))
    assert sorted(np.round(split.x[0][:, 0], 3)) == sorted(X[:, 0].astype(np.float32).round(3))


def test_a_file_without_a_header_line(tmp_path):
    np.savetxt(tmp_path / "d.csv", np.c_[X, Y], delimiter=",")
    training, _, _ = observe_splits(train=str(tmp_path / "d.csv"), label="3")
    assert training.splits["train"].columns == ("0", "1", "2")
    assert training.splits["train"].n == N


def test_whole_numbers_that_get_decimals_late(tmp_path):
    rows = "\n".join(f"{i},{i % 2}" for i in range(700_000))
    (tmp_path / "d.csv").write_text(f"x,y\n{rows}\n0.5,1\n")
    _, left_out, states = observe_splits(train=str(tmp_path / "d.csv"), label="y")
    assert left_out == ()
    assert states["train"].rows == 700_001


def test_lists_in_parquet_become_columns(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"v": X.tolist(), "y": Y}), tmp_path / "d.parquet")
    training, _, _ = observe_splits(train=str(tmp_path / "d.parquet"), label="y")
    assert training.splits["train"].columns == ("v[0]", "v[1]", "v[2]")


def test_arrays_of_any_rank_and_several_inputs(tmp_path):
    for shape in ((), (4,), (5, 3), (8, 8, 3), (4, 6, 6, 2)):
        x = RNG.random((60, *shape))
        training, _, _ = observe_splits(train=(x, Y[:60]), test=(x[:20], Y[:20]))
        assert training.splits["train"].x[0].shape == (60, *(shape or (1,)))
    training, _, _ = observe_splits(train=((X, X[:, :2]), Y))
    assert training.splits["train"].x[0].shape == (N, 5)
    np.savez(tmp_path / "d.npz", x_train=X, y_train=Y, x_test=X[:50], y_test=Y[:50])
    np.save(tmp_path / "x.npy", X)
    training, _, _ = observe_splits(train=str(tmp_path / "d.npz"), test=str(tmp_path / "d.npz"))
    assert (training.splits["train"].n, training.splits["test"].n) == (N, 50)
    assert observe_splits(train=str(tmp_path / "x.npy"), label=Y)[0].splits["train"].y[0].shape == (N,)


def test_kinds_of_labels(tmp_path):
    frame = pandas_frame()
    frame["p"], frame["q"] = 1 - Y, Y
    cases = {
        "column": observe_splits(train=frame, label="y"),
        "array": observe_splits(train=frame.drop(columns="y"), label=Y),
        "pair": observe_splits(train=(frame[["a", "b"]], frame["y"])),
        "by split": observe_splits(train=X, test=X[:90], label={"train": Y, "test": Y[:90]}),
        "block": observe_splits(train=frame, label=["p", "q"]),
        "many": observe_splits(train=(X, np.stack([Y, Y, 1 - Y], axis=1))),
        "numbers": observe_splits(train=(X, X[:, 0] * 2.5)),
        "texts": observe_splits(train=(X, KIND)),
    }
    from traindx.probes.measure.data_view import View

    tasks = {name: View(made[0]).task for name, made in cases.items()}
    assert tasks == {
        "column": "classes", "array": "classes", "pair": "classes", "by split": "classes", "block": "classes",
        "many": "many", "numbers": "numbers", "texts": "classes",
    }  # fmt: skip
    assert cases["by split"][0].splits["test"].y[0].shape == (90,)


def test_picture_folders(tmp_path):
    from PIL import Image

    for kind in ("cat", "dog"):
        (tmp_path / kind).mkdir()
        for i in range(12):
            Image.fromarray(RNG.integers(0, 255, (20, 30, 3), np.uint8)).save(tmp_path / kind / f"{i}.png")
    training, _, _ = observe_splits(train=str(tmp_path))
    assert training.splits["train"].x[0].shape == (24, 64, 64, 3)
    assert sorted(set(training.splits["train"].y[0])) == ["cat", "dog"]


def texts(n, seed):
    rng = np.random.default_rng(seed)
    words = np.array(["sun", "beach", "snow", "ice", "day", "walk", "house", "friend", "later", "maybe", "long", "blue", "green", "train"])
    return np.array([" ".join(rng.choice(words, 9)) for _ in range(n)], object)


def test_text_columns():
    first, second = texts(400, 1), texts(120, 2)
    leaked = np.concatenate([second, first[:60]])
    found = check_splits(train=(first, np.arange(400) % 2), test=(leaked, np.arange(180) % 2))
    assert "split-overlap" in [c.cause.value for c in found.findings]
    honest = check_splits(train=(first, np.arange(400) % 2), test=(second, np.arange(120) % 2))
    assert "split-overlap" not in [c.cause.value for c in honest.findings]


def _varint(value):
    made = b""
    while True:
        made += bytes([value & 127 | (128 if value > 127 else 0)])
        value >>= 7
        if not value:
            return made


def _field(number, data):
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def serialised(**features):
    """A tf.train.Example, written by hand."""
    entries = b""
    for name, value in features.items():
        if isinstance(value, bytes):
            feature = _field(1, _field(1, value))
        elif np.asarray(value).dtype.kind == "f":
            feature = _field(2, _field(1, np.asarray(value, "<f4").tobytes()))
        else:
            feature = _field(3, _field(1, b"".join(_varint(int(v)) for v in np.ravel(value))))
        entries += _field(1, _field(1, name.encode()) + _field(2, feature))
    return _field(1, entries)


def framed(data):
    head = struct.pack("<Q", len(data))
    return head + struct.pack("<I", masked_crc(head)) + data + struct.pack("<I", masked_crc(data))


def write_records(path: Path, rows=N):
    path.write_bytes(b"".join(framed(serialised(v=X[i], label=[Y[i]], kind=KIND[i].encode())) for i in range(rows)))


def test_records_without_tensorflow(tmp_path):
    import gzip

    write_records(tmp_path / "d.tfrecord")
    (tmp_path / "z.tfrecord").write_bytes(gzip.compress((tmp_path / "d.tfrecord").read_bytes()))
    for name in ("d.tfrecord", "z.tfrecord"):
        training, left_out, _ = observe_splits(train=str(tmp_path / name))
        split = training.splits["train"]
        assert (left_out, split.n, split.columns) == ((), N, ("v[0]", "v[1]", "v[2]", "kind=blue", "kind=red"))
        np.testing.assert_allclose(split.x[0][:, :3], X[split.rows], rtol=1e-6)
        assert (split.y[0] == Y[split.rows]).all()


def test_pictures_in_records(tmp_path):
    import io

    from PIL import Image

    def png(i):
        made = io.BytesIO()
        Image.fromarray(np.full((9, 9, 3), i, np.uint8)).save(made, "PNG")
        return made.getvalue()

    rows = [framed(serialised(image=png(i) if i != 7 else b"\x89PNG broken", label=[i % 2])) for i in range(20)]
    (tmp_path / "d.tfrecord").write_bytes(b"".join(rows))
    training, left_out, _ = observe_splits(train=str(tmp_path / "d.tfrecord"))
    assert training.splits["train"].x[0].shape == (20, 32 * 32 * 3)
    assert left_out == (f"{tmp_path / 'd.tfrecord'}: the picture 'image' of record 7 does not decode",)


@pytest.mark.keras
def test_records_and_datasets_of_tensorflow(tmp_path):
    import tensorflow as tf

    path = tmp_path / "d.tfrecord"
    with tf.io.TFRecordWriter(str(path)) as writer:
        for row, label, kind in zip(X, Y, KIND, strict=True):
            feature = {
                "v": tf.train.Feature(float_list=tf.train.FloatList(value=row)),
                "label": tf.train.Feature(int64_list=tf.train.Int64List(value=[label])),
                "kind": tf.train.Feature(bytes_list=tf.train.BytesList(value=[kind.encode()])),
            }
            writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())
    write_records(tmp_path / "mine.tfrecord")
    ours, _, _ = observe_splits(train=str(tmp_path / "mine.tfrecord"))
    theirs, _, _ = observe_splits(train=str(path))
    assert (ours.splits["train"].hashes == theirs.splits["train"].hashes).all()
    rows = tf.data.Dataset.from_tensor_slices((X, Y))
    pictures = tf.data.Dataset.from_tensor_slices((RNG.random((40, 6, 6, 3)), np.arange(40) % 2))
    named = tf.data.Dataset.from_tensor_slices(({"a": X[:, 0], "b": X[:, 1:]}, Y))
    for dataset in (rows, rows.batch(32), rows.batch(30, drop_remainder=True), rows.batch(7).prefetch(2), named.batch(50)):
        training, left_out, _ = observe_splits(train=dataset)
        split = training.splits["train"]
        assert (left_out, split.n, split.x[0].shape) == ((), N, (N, 3))
        np.testing.assert_allclose(split.x[0], X, rtol=1e-6)
        assert (split.y[0] == Y).all()
    assert observe_splits(train=pictures)[0].splits["train"].x[0].shape == (40, 6, 6, 3)
    words = tf.data.Dataset.from_tensor_slices((texts(50, 1).tolist(), np.arange(50) % 2)).batch(8)
    assert isinstance(observe_splits(train=words)[0].splits["train"].x[0][0, 0], str)


def test_no_frame_library_is_imported_first():
    script = (
        "import sys, polars as pl, numpy as np\n"
        "from traindx.engines.api import observe_splits\n"
        "f = pl.DataFrame({'a': np.arange(50.0), 'y': np.arange(50) % 2})\n"
        "observe_splits(train=f, label='y')\n"
        "print(sorted({'pandas', 'pyarrow', 'tensorflow', 'keras', 'sklearn'} & set(sys.modules)))\n"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
