"""Predicted against measured peak memory of one training step, on the CPU.

    python tools/bench_memory.py [--only mlp,cnn] [--pairs 32,256]

Predicted: `traindx.probes.memory.predict.step_memory` on the model before its optimizer exists, nothing run. Measured:
a process of its own builds the same model and trains 4 steps; greatest resident memory (VmHWM) less what was resident
before the model was built. The floor is subtracted from it: the same for a twin of the same layers with 1 to 4 units
and one row, whose tensors are nothing: TensorFlow's own graphs, threads and code pages. Bar: within 20 %.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import numpy as np

BATCHES = {"mlp": (64, 8192), "cnn": (64, 256), "lstm": (256, 1024), "transformer": (32, 128)}
BAR = 0.2


def build(kind: str, full: bool) -> tuple[Any, Any]:
    """A compiled model and one row of its inputs; `full=False`: the same layers as small as they can be."""
    import keras

    keras.utils.set_random_seed(0)
    model, row = {"mlp": mlp, "cnn": cnn, "lstm": lstm, "transformer": transformer}[kind](full)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=False)
    return model, row


def mlp(full: bool) -> tuple[Any, Any]:
    """Four wide layers: mostly weights, gradients and optimizer state."""
    import keras
    from keras import layers

    units = 2048 if full else 1
    hidden = [layers.Dense(units, activation="relu") for _ in range(4)]
    return keras.Sequential([keras.Input((256 if full else 1,)), *hidden, layers.Dense(10, activation="softmax")]), np.zeros(
        (1, 256 if full else 1), np.float32
    )


def cnn(full: bool) -> tuple[Any, Any]:
    """Convolutions with batch normalisation, pooling and dropout."""
    import keras
    from keras import layers

    n, side = (32, 48) if full else (1, 8)
    model = keras.Sequential([
        keras.Input((side, side, 3)), layers.Conv2D(n, 3, activation="relu", padding="same"), layers.Conv2D(n, 3, padding="same"),
        layers.BatchNormalization(), layers.ReLU(), layers.MaxPooling2D(), layers.Conv2D(2 * n, 3, activation="relu"),
        layers.MaxPooling2D(), layers.Flatten(), layers.Dropout(0.3), layers.Dense(10, activation="softmax"),
    ])  # fmt: skip
    return model, np.zeros((1, side, side, 3), np.float32)


def lstm(full: bool) -> tuple[Any, Any]:
    """Two LSTM layers over 80 steps."""
    import keras
    from keras import layers

    n, steps = (128 if full else 1), 80
    model = keras.Sequential([
        keras.Input((steps,), dtype="int32"), layers.Embedding(5000 if full else 2, n), layers.LSTM(n, return_sequences=True),
        layers.LSTM(n), layers.Dense(10, activation="softmax"),
    ])  # fmt: skip
    return model, np.zeros((1, steps), np.int32)


def transformer(full: bool) -> tuple[Any, Any]:
    """Two blocks of attention and a feed-forward network over 128 tokens."""
    import keras
    from keras import layers

    tokens, width, heads = (128, 128, 4) if full else (3, 2, 1)
    given = keras.Input((tokens,), dtype="int32")
    h = layers.Embedding(5000 if full else 2, width)(given)
    for _ in range(2):
        a = layers.MultiHeadAttention(heads, width // heads, dropout=0.1)(h, h)
        h = layers.LayerNormalization()(h + a)
        f = layers.Dense(width)(layers.Dense(4 * width, activation="gelu")(h))
        h = layers.LayerNormalization()(h + layers.Dropout(0.1)(f))
    out = layers.Dense(10, activation="softmax")(layers.GlobalAveragePooling1D()(h))
    return keras.Model(given, out), np.zeros((1, tokens), np.int32)


def status(name: str) -> float:
    """A line of /proc/self/status, in bytes."""
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if x.startswith(name + ":"))
    return float(line.split()[1]) * 1024


def measure(kind: str, rows: int, full: bool) -> float:
    """In a child: growth of the greatest resident memory over building the model and four steps."""
    import tensorflow as tf

    float(tf.reduce_sum(tf.matmul(tf.ones((64, 64)), tf.ones((64, 64)))))  # thread pools and libraries are loaded
    before = status("VmRSS")
    model, row = build(kind, full)
    x, y = np.repeat(row, rows, 0), np.zeros(rows, np.int32)
    data = tf.constant(x), tf.constant(y)
    step = tf.function(model.train_step)
    for _ in range(4):
        step(data)
    return status("VmHWM") - before - x.nbytes - y.nbytes


def predict(kind: str, rows: int) -> dict[str, float]:
    """In a child: the prediction, before the optimizer has any state."""
    from traindx.probes.memory.predict import step_memory

    model, row = build(kind, True)
    made = step_memory(model, row, np.zeros(1, np.int32), batch=rows)
    return {"peak": made.peak, "weights": made.weights, "slots": made.slots, "step": made.step}


def child(*arguments: str) -> Any:
    """What this file prints when run with `arguments`."""
    made = subprocess.run([sys.executable, __file__, "--child", *arguments], capture_output=True, text=True, check=True)
    return json.loads(made.stdout.splitlines()[-1])


def main() -> int:
    """Print the table; status 1 where a prediction misses the bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(BATCHES))
    parser.add_argument("--times", type=int, default=2, help="measured runs of each; the greatest counts")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        what, kind, rows = args.child
        print(json.dumps(predict(kind, int(rows)) if what == "predict" else measure(kind, int(rows), what == "full")))
        return 0
    print(f"{'model':12} {'batch':>6} {'weights':>8} {'slots':>7} {'step':>8} {'predicted':>10} {'measured':>9} {'floor':>6}  error")
    worst = 0.0
    for kind in args.only.split(","):
        floor = min(child("floor", kind, "1") for _ in range(args.times))
        for rows in BATCHES[kind]:
            said = child("predict", kind, str(rows))
            seen = max(child("full", kind, str(rows)) for _ in range(args.times)) - floor
            error = said["peak"] / seen - 1
            worst = max(worst, abs(error))
            numbers = [said[n] / 1e6 for n in ("weights", "slots", "step", "peak")]
            print(f"{kind:12} {rows:6} {numbers[0]:8.1f} {numbers[1]:7.1f} {numbers[2]:8.1f} {numbers[3]:10.1f} {seen / 1e6:9.1f} "
                  f"{floor / 1e6:6.1f}  {error:+.0%}", flush=True)  # fmt: skip
    print(f"greatest error {worst:.0%} (bar {BAR:.0%}), megabytes")
    return int(worst > BAR)


if __name__ == "__main__":
    sys.exit(main())
