"""Bad input: one sentence that names file, row or column; the rest is examined, and the report says what was left out."""

from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from tests.data.test_inputs import KIND, N, X, Y, framed, pandas_frame, serialised, write_records

from traindx.engines.api import observe_splits
from traindx.engines.base import SourceError
from traindx.entry.api import check_splits
from traindx.entry.data import Progress


def fault(**things):
    with pytest.raises(SourceError) as raised:
        observe_splits(**things)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def write_csv(path: Path, rows=200, first=0):
    body = "".join(f"{i + 0.5},{i % 7},{i % 2}\n" for i in range(first, first + rows))
    path.write_text("x,z,y\n" + body)


def test_no_such_column(tmp_path):
    write_csv(tmp_path / "a.csv")
    assert fault(train=str(tmp_path / "a.csv"), label="w") == f"{tmp_path / 'a.csv'} has no column 'w'; it has x, z, y"
    assert "no column 'w'" in fault(train=pandas_frame(), label="w")
    training, left_out, _ = observe_splits(train=pandas_frame(), test=pandas_frame().drop(columns="y"), label="y")
    assert left_out == ("test has no column 'y'; it has a, b, c, kind; it is read without labels",)
    assert training.splits["test"].n == N


def test_different_columns(tmp_path):
    other = pandas_frame().rename(columns={"c": "d"})
    training, left_out, _ = observe_splits(train=pandas_frame(), test=other, label="y")
    assert left_out == ("test has other columns than train (only in train: c; only in test: d); they are left out",)
    assert training.splits["test"].columns == ("a", "b", "kind=blue", "kind=red")
    turned = pandas_frame()[["y", "kind", "c", "b", "a"]]
    training, left_out, _ = observe_splits(train=pandas_frame(), test=turned, label="y")
    assert left_out == ()
    assert (training.splits["test"].hashes == training.splits["train"].hashes).all()
    assert "no column in common" in fault(train={"a": Y, "y": Y}, test={"b": Y, "y": Y}, label="y")
    _, left_out, _ = observe_splits(train=(X, Y), test=(X[:, :2], Y))
    assert left_out == ("test is left out: its rows have shape (2,), training rows (3,)",)


def test_an_empty_split():
    assert fault(train=X[:0]) == "train has no rows"
    _, left_out, _ = observe_splits(train=X, validation=X[:0])
    assert left_out == ("validation has no rows",)
    assert "have 3 rows, the first input has 300" in fault(train=(X, Y[:3]))
    assert "rows have different lengths" in fault(train=[[1, 2], [3]])
    assert "cannot read object" in fault(train=object())


def test_mixed_types(tmp_path):
    values = X[:, 0].astype(object)
    values[17] = "many"
    frame = pandas_frame().assign(a=values)
    _, left_out, _ = observe_splits(train=frame, label="y")
    assert left_out == ("train: column 'a' mixes numbers and texts (row 17: 'many'); it is read as text",)
    late = tmp_path / "late.csv"
    late.write_text("x,y\n" + "".join(f"{i},{i % 2}\n" for i in range(600_000)) + "oops,1\n")
    _, left_out, states = observe_splits(train=str(late), label="y")
    assert len(left_out) == 1
    assert left_out[0].startswith(f"{late}: column 'x' holds 'oops' among numbers")
    assert states["train"].rows > 100_000
    ragged = tmp_path / "ragged.csv"
    ragged.write_text("x,y\n1,0\n2\n3,1\n")
    assert "line" in fault(train=str(ragged), label="y")
    split = pandas_frame().assign(a=KIND)
    _, left_out, _ = observe_splits(train=pandas_frame(), test=split, label="y")
    assert left_out == ("column 'a' is left out: it holds numbers in train and texts in test",)


def test_a_corrupt_parquet_page_among_good_files(tmp_path):
    frame = pandas_frame()
    for part in range(3):
        frame.to_parquet(tmp_path / f"p{part}.parquet", row_group_size=100, compression="gzip")
    bad = tmp_path / "p1.parquet"
    data = bytearray(bad.read_bytes())
    data[300:500] = bytes(200)
    bad.write_bytes(bytes(data))
    training, left_out, _ = observe_splits(train=str(tmp_path), label="y")
    assert training.splits["train"].n >= 2 * N
    assert len(left_out) == 1
    assert left_out[0].startswith(f"{bad}: not a readable Parquet file")
    bad.write_bytes(b"PAR1")
    _, left_out, _ = observe_splits(train=str(tmp_path), label="y")
    assert str(bad) in left_out[0]


@pytest.mark.parametrize("where", ["length", "body", "end"])
def test_a_corrupt_record(tmp_path, where):
    write_records(tmp_path / "a.tfrecord")
    write_records(tmp_path / "b.tfrecord")
    bad = tmp_path / "b.tfrecord"
    data = bytearray(bad.read_bytes())
    size = len(framed(serialised(v=X[0], label=[Y[0]], kind=KIND[0].encode())))
    if where == "end":
        data = data[:-5]
    else:
        data[0 if where == "length" else size // 2] ^= 0xFF
    bad.write_bytes(bytes(data))
    training, left_out, _ = observe_splits(train=str(tmp_path))
    assert len(left_out) == 1
    assert left_out[0].startswith(f"{bad}: record {N - 1 if where == 'end' else 0} is ")
    assert training.splits["train"].n == (2 * N - 1 if where == "end" else N)


def test_empty_unknown_and_broken_files(tmp_path):
    write_csv(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_bytes(b"")
    (tmp_path / "README.md").write_text("what this is")
    _, left_out, states = observe_splits(train=str(tmp_path), label="y")
    assert states["train"].rows == 200
    assert left_out[1] == f"{tmp_path / 'b.csv'} is empty (0 bytes)"
    assert left_out[0].startswith(f"{tmp_path / 'README.md'}: unknown kind of file")
    assert fault(train=str(tmp_path / "b.csv")).endswith("b.csv is empty (0 bytes)")
    assert "no such file" in fault(train=str(tmp_path / "none"))
    (tmp_path / "n.npz").write_bytes(b"nothing")
    assert "not a readable NumPy file" in fault(train=str(tmp_path / "n.npz"))


def test_a_picture_that_does_not_decode(tmp_path):
    from PIL import Image

    for kind in ("cat", "dog"):
        (tmp_path / kind).mkdir()
        for i in range(8):
            Image.fromarray(np.full((9, 9, 3), i * 9, np.uint8)).save(tmp_path / kind / f"{i}.jpg")
    (tmp_path / "dog" / "3.jpg").write_bytes(b"\xff\xd8\xff and no more")
    (tmp_path / "dog" / "5.jpg").write_bytes(b"")
    training, left_out, _ = observe_splits(train=str(tmp_path))
    assert training.splits["train"].n == 14
    assert left_out == (f"{tmp_path}: 2 of 16 pictures do not decode: dog/3.jpg, dog/5.jpg",)


@pytest.mark.keras
def test_datasets_that_fail():
    import tensorflow as tf

    rows = tf.data.Dataset.from_tensor_slices((X, Y)).batch(32)
    assert "repeats without end" in fault(train=rows.repeat())
    broken = rows.map(lambda x, y: (tf.debugging.check_numerics(tf.where(y[:, None] > 9, x, x / 0.0), "bad"), y))
    assert "element 0 of the dataset cannot be read" in fault(train=broken)


def test_the_report_says_what_was_left_out(tmp_path):
    write_csv(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_bytes(b"")
    found = check_splits(train=str(tmp_path / "a.csv"), test=str(tmp_path / "b.csv"), label="y")
    assert found.notes == (f"{tmp_path / 'b.csv'} is empty (0 bytes)",)
    command = [sys.executable, "-m", "traindx", "data", "--train", str(tmp_path / "a.csv"), "--label", "w"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr == f"traindx: {tmp_path / 'a.csv'} has no column 'w'; it has x, z, y\n"


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_the_bar():
    screen = Terminal()
    bar = Progress(screen)
    bar.began -= 5
    bar("train", 250, 1000)
    bar.shown -= 1
    bar("test", 80, None)
    bar.end()
    assert "train [#######                       ]  25% of 1,000 rows" in screen.getvalue()
    assert "test: 80 rows" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("parts", [1, 4])
def test_control_c_reports_what_was_seen(tmp_path, parts):
    for part in range(parts):
        write_csv(tmp_path / f"p{part}.csv", 1_500_000 // parts)
    master, slave = pty.openpty()
    command = [sys.executable, "-c", (
        "import sys, time; from traindx.engines import state; add = state.Folding.add\n"
        "state.Folding.add = lambda self, batch: (time.sleep(0.3), add(self, batch))[1]\n"
        "from traindx.entry.cli import main; sys.exit(main(sys.argv[1:]))"
    ), "data", "--train", str(tmp_path), "--label", "y"]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=slave, text=True, env={**os.environ, "COLUMNS": "200"}) as run:
        os.close(slave)
        seen = b""
        end = time.monotonic() + 60
        while b" rows" not in seen and time.monotonic() < end:
            seen += os.read(master, 1000)
        run.send_signal(signal.SIGINT)
        out = run.communicate(timeout=120)[0]
    seen += os.read(master, 10_000)
    os.close(master)
    assert run.returncode == 0, seen
    assert "stopped after" in out
