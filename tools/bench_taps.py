"""What looking into training steps costs: bare `fit` against `fit` with taps, interleaved in one process.

    python tools/bench_taps.py [--only mlp,cnn] [--jit off,on] [--pairs 20] [--seconds 0.8] [--memory]

Per model: one pair is a block of `fit` with taps and one without, in random order, on twin models. Printed: median
ratio of wall and of process CPU time with the range of the middle half, the same for an empty wrapper around the
compiled step (the floor) and for bare against itself (the noise), samples taken, and on five fresh models the twin's
tracing and first run over those of the program's own step, all warm. Memory: each model twice in a process of its own,
with and without taps, greatest resident memory; both train the same calls of `fit`, for each copies its data.
Bar: median <= 1.03 (CPU time for the MLP), tracing <= 1.5, memory growth <= 5 % + 50 MB.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import numpy as np

KINDS = ("mlp", "cnn", "resnet", "lstm", "transformer")
BATCH = {"mlp": 32, "cnn": 64, "resnet": 32, "lstm": 32, "transformer": 32}


def build(name: str, jit: bool) -> Any:
    """One compiled model."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(0)
    head = layers.Dense(5, activation="softmax")
    if name == "mlp":
        model = keras.Sequential(
            [keras.Input((20,)), layers.Dense(64, activation="relu"), layers.Dense(64, activation="relu"), head]
        )
    elif name == "cnn":
        model = keras.Sequential([
            keras.Input((28, 28, 1)), layers.Conv2D(32, 3, activation="relu"), layers.MaxPooling2D(),
            layers.Conv2D(64, 3, activation="relu"), layers.MaxPooling2D(), layers.Flatten(), layers.Dropout(0.25),
            layers.Dense(128, activation="relu"), head,
        ])  # fmt: skip
    elif name == "resnet":
        model = resnet(head)
    elif name == "lstm":
        model = keras.Sequential([keras.Input((40,), dtype="int32"), layers.Embedding(2000, 32), layers.LSTM(64), head])
    else:
        model = transformer(head)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=jit)
    return model


def resnet(head: Any) -> Any:
    """Three stages of two blocks with batch statistics."""
    import keras
    from keras import layers

    given = keras.Input((32, 32, 3))
    x = layers.ReLU()(layers.BatchNormalization()(layers.Conv2D(16, 3, padding="same", use_bias=False)(given)))
    for stage, filters in enumerate((16, 32, 64)):
        for block in range(2):
            stride = 2 if stage and not block else 1
            h = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(x)
            h = layers.ReLU()(layers.BatchNormalization()(h))
            h = layers.BatchNormalization()(layers.Conv2D(filters, 3, padding="same", use_bias=False)(h))
            if stride != 1 or x.shape[-1] != filters:
                x = layers.Conv2D(filters, 1, strides=stride, use_bias=False)(x)
            x = layers.ReLU()(layers.Add()([x, h]))
    return keras.Model(given, head(layers.GlobalAveragePooling2D()(x)))


def transformer(head: Any) -> Any:
    """Two blocks of attention."""
    import keras
    from keras import layers

    given = keras.Input((40,), dtype="int32")
    x = layers.Embedding(2000, 64)(given)
    for _ in range(2):
        n = layers.LayerNormalization()(x)
        x = layers.Add()([x, layers.Dropout(0.1)(layers.MultiHeadAttention(4, 16)(n, n))])
        n = layers.LayerNormalization()(x)
        x = layers.Add()([x, layers.Dense(64)(layers.Dense(256, activation="gelu")(n))])
    return keras.Model(given, head(layers.GlobalAveragePooling1D()(x)))


def batches(name: str, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Random inputs and classes."""
    r = np.random.default_rng(0)
    shape = {"mlp": (20,), "cnn": (28, 28, 1), "resnet": (32, 32, 3)}.get(name)
    x = r.normal(size=(rows, *shape)).astype("float32") if shape else r.integers(1, 2000, (rows, 40)).astype("int32")
    return x, r.integers(0, 5, rows).astype("int32")


class Block:
    """Seconds of wall and of this process's CPU time."""

    def __enter__(self) -> Block:
        self.wall, self.cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall, self.cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu


def tapped(model: Any, x: np.ndarray, y: np.ndarray, batch: int) -> Any:
    """Attach to a model, place the twin as a long run would, and let go of everything but its step; its taps."""
    import keras

    from traindx.probes.attach import attach_keras
    from traindx.probes.recorder import Recorder
    from traindx.probes.taps import flight, schedule

    recorder = Recorder()
    patches = attach_keras(keras, recorder)
    long, worth, schedule.LONG, schedule.WORTH = schedule.LONG, schedule.WORTH, 0.0, 0.0
    try:
        model.fit(x[: batch * 40], y[: batch * 40], batch_size=batch, verbose=0)
    finally:
        patches.restore()
        schedule.LONG, schedule.WORTH = long, worth
    if recorder.notes:
        print("   notes:", recorder.notes)
    taps = next(iter(recorder.logs.values())).taps
    taps.schedule.spent, taps.flight.spent = schedule.ALLOWANCE, flight.ALLOWANCE  # as late in a long run
    taps.schedule.began = time.perf_counter()
    return taps


def measure(name: str, jit: bool, pairs: int, seconds: float) -> None:
    """Print one model's lines."""
    batch = BATCH[name]
    x, y = batches(name, batch * (2000 if name in ("mlp", "lstm") else 300))
    models = {k: build(name, jit) for k in ("bare", "bare again", "empty wrapper", "taps")}
    for key, model in models.items():
        if key != "taps":
            model.fit(x[: batch * 40], y[: batch * 40], batch_size=batch, verbose=0)
    plain = models["empty wrapper"].train_function
    models["empty wrapper"].train_function = lambda iterator: plain(iterator)
    with Block() as probe:
        models["bare"].fit(x[: batch * 40], y[: batch * 40], batch_size=batch, verbose=0)
    rows = batch * int(max(20, min(len(x) // batch, 40 * seconds / probe.wall)))
    taps = tapped(models["taps"], x, y, batch)
    taken, first = taps.schedule.taken, taps.step
    found: dict[str, list[tuple[float, float]]] = {k: [] for k in models}
    others = [0.0]  # the clock of the budget stands while the other models train
    taps.schedule.now = lambda: time.perf_counter() - others[0]
    for _ in range(pairs):
        for key in random.sample(list(models), len(models)):
            with Block() as block:
                models[key].fit(x[:rows], y[:rows], batch_size=batch, verbose=0)
            found[key].append((block.wall, block.cpu))
            others[0] += block.wall if key != "taps" else 0.0
    report(name, jit, found, rows // batch)
    print(f"   {taps.schedule.taken - taken} samples in {taps.step - first} steps, each {taps.schedule.cost * 1e3:.1f} ms")
    once(name, jit, x[: batch * 2], y[: batch * 2], batch)


def once(name: str, jit: bool, x: np.ndarray, y: np.ndarray, batch: int) -> None:
    """What the twin costs once, over what the program's own step costs once: tracing and first run."""
    import tensorflow as tf

    from traindx.probes.taps.refeed import step_of
    from traindx.probes.taps.twin import Twin

    spec = iter(tf.data.Dataset.from_tensor_slices((x, y)).batch(batch)).element_spec
    data = (tf.constant(x[:batch]), tf.constant(y[:batch]))
    found = []
    for _ in range(5):
        model = build(name, jit)
        model.make_train_function()
        function = model.train_function
        model._symbolic_build(data_batch=data)
        with Block() as own:
            step_of(function)(spec)
            float(function(iter((data,)))["loss"])
        with Block() as twin:
            Twin(model, model.train_step).measure(data)
        found.append((twin.wall / own.wall, twin.cpu / own.cpu, own.wall))
    wall, cpu, seconds = np.median(found, axis=0)
    print(f"   twin traced and run once: wall {wall:.2f}, CPU {cpu:.2f} of the program's own, {seconds:.2f} s", flush=True)


def report(name: str, jit: bool, found: dict[str, list[tuple[float, float]]], steps: int) -> None:
    """Median paired ratios with the middle half of them."""
    base = np.array(found["bare"])
    step = 1e3 * np.median(base, axis=0) / steps
    print(f"{name} jit={'on' if jit else 'off'}: {len(base)} pairs of {steps} steps, {step[0]:.2f} ms a step "
          f"({step[1]:.2f} ms CPU), load {os.getloadavg()[0]:.1f}")  # fmt: skip
    for key in ("taps", "empty wrapper", "bare again"):
        ratio = np.array(found[key]) / base
        low, mid, high = np.percentile(ratio, (25, 50, 75), axis=0)
        wall = f"wall {mid[0]:.3f} [{low[0]:.3f}, {high[0]:.3f}]"
        print(f"   {key:14s} {wall}  CPU {mid[1]:.3f} [{low[1]:.3f}, {high[1]:.3f}]")


def peak(name: str, watched: bool) -> None:
    """Train for some steps in this process and print the greatest resident memory in MB."""
    batch = BATCH[name]
    x, y = batches(name, batch * 300)
    model = build(name, False)
    if watched:
        tapped(model, x, y, batch)
    else:  # as often as above: what `fit` copies of its data comes on top of what the first call left
        model.fit(x[: batch * 40], y[: batch * 40], batch_size=batch, verbose=0)
    model.fit(x, y, batch_size=batch, epochs=2, verbose=0)
    status = Path("/proc/self/status").read_text().split("VmHWM:")[1]  # ru_maxrss would hold the parent's peak
    print(int(status.split()[0]) // 1024)


def memory(name: str) -> None:
    """Compare both peaks."""
    mega = []
    for watched in ("0", "1"):
        command = [sys.executable, __file__, "--peak", name, watched]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        mega.append(int(done.stdout.split()[-1]))
    grown, bar = mega[1] - mega[0], 0.05 * mega[0] + 50
    print(f"   {name}: greatest memory {mega[0]} MB without, {mega[1]} MB with taps: {grown:+d} (bar {bar:.0f})", flush=True)


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(KINDS))
    parser.add_argument("--jit", default="off,on")
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=0.8)
    parser.add_argument("--memory", action="store_true", help="only the memory")
    parser.add_argument("--peak", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.peak:
        peak(given.peak[0], given.peak[1] == "1")
        return
    for name in given.only.split(","):
        if not given.memory:
            for jit in given.jit.split(","):
                measure(name, jit == "on", given.pairs, given.seconds)
        memory(name)


if __name__ == "__main__":
    main()
