"""Diagnoses to test reporters with: broken, mixed, unexplained, healthy and hostile ones."""

from __future__ import annotations

import math

from traindx.facts.causes import Cause, SymptomId
from traindx.facts.diagnosis import Diagnosis, Fix, Seconds, Status, Suspect, Symptom, Trial, Unmeasured
from traindx.facts.findings import Evidence, Location, Severity

DIFF = """\
--- train.py
+++ train.py
@@ -12,5 +12,5 @@
 model = keras.Sequential([
     layers.Dense(64, activation="relu"),
-    layers.Dense(1, activation="softmax"),
+    layers.Dense(1, activation="sigmoid"),
 ])
"""

SOURCE = """\
import keras
from keras import layers

x, y = load("churn.csv")
model = keras.Sequential([
    layers.Dense(64, activation="relu"),
    layers.Dense(1, activation="softmax"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, validation_split=0.2, epochs=20)
""".splitlines()


def source(_file: str) -> list[str]:
    """The lines of the sample program."""
    return SOURCE


SIGMOID = Trial(
    "sigmoid in place of softmax on the last layer",
    "val_accuracy",
    (0.341, 0.352, 0.339),
    (0.912, 0.921, 0.918),
    3.1,
    verdict="confirmed",
)
SCALED = Trial("inputs scaled to mean 0, spread 1", "val_accuracy", (0.341, 0.352), (0.345, 0.349), 2.0)
SLOWER = Trial("learning rate / 10", "val_accuracy", (0.34, 0.35), (0.34, 0.35), 2.2, verdict="ruled-out")


SOFTMAX = Suspect(
    1,
    Cause.OUTPUT_ACTIVATION,
    "single-unit-softmax",
    "M202",
    Severity.ERROR,
    Status.CONFIRMED,
    0.97,
    "The last layer has one unit and a softmax: its output is 1.0 for every row, whatever the weights.",
    (
        Evidence("share of predictions equal to 1.0", 1.0, 0.99),
        Evidence("accuracy at the end", 0.344, 0.656),
        Evidence("loss recomputed from the predictions", 10.46, 0.41, 400),
        Evidence("spread of the predictions over rows", 0.0, 1e-6),
    ),
    Location("train.py", 7),
    "dense_1",
    fix=Fix("Use a sigmoid: one unit then gives the probability of class 1.", DIFF),
    trial=SIGMOID,
    also=("constant-predictions-over-rows",),
)
UNSCALED = Suspect(
    2,
    Cause.UNSCALED_INPUTS,
    "large-input-columns",
    "D101",
    Severity.WARNING,
    Status.SUSPECTED,
    0.46,
    "Column income is 41,000 times as wide as the median column.",
    (Evidence("largest column spread / median column spread", 41000.0, 100.0),),
    Location("train.py", 4),
    column="income",
    fix=Fix("Standardise the inputs with a Normalization layer adapted on the training split."),
    trial=SCALED,
)
TOO_FAST = Suspect(
    3,
    Cause.LEARNING_RATE_TOO_HIGH,
    "jumping-loss",
    "T110",
    Severity.WARNING,
    Status.RULED_OUT,
    0.1,
    "The loss jumps between steps.",
    (Evidence("loss spread / loss median", 3.2, 2.0),),
    trial=SLOWER,
)
RARE = Suspect(
    4,
    Cause.CLASS_IMBALANCE,
    "rare-class",
    "D120",
    Severity.NOTE,
    Status.SUSPECTED,
    0.3,
    "34 % of the training rows are of class 1.",
)


def softmax() -> Diagnosis:
    """A softmax over one unit: the everyday case, with a confirmed cause, a suspect, a note and gaps."""
    return Diagnosis(
        program="train.py",
        exit=0,
        symptoms=(
            Symptom(SymptomId.CONSTANT_PREDICTIONS, "every one of 512 predictions is 1.0"),
            Symptom(SymptomId.ZERO_PRECISION_RECALL, "val_precision 0.000 for 20 of 20 epochs", 0.8),
        ),
        findings=(SOFTMAX, UNSCALED, TOO_FAST, RARE),
        not_measured=(
            Unmeasured("split-overlap", "there is no test split"),
            Unmeasured("gradient-burst", "gradients were not watched on this custom training loop"),
        ),
        trials=(SIGMOID, SCALED, SLOWER),
        seconds=Seconds(12.0, 0.4, 9.8),
        run="runs/2026-11-22-1",
    )


def healthy() -> Diagnosis:
    """Nothing wrong; one thing worth knowing."""
    note = softmax().findings[3]
    return Diagnosis("train.py", 0, findings=(note,), not_measured=softmax().not_measured[:1], seconds=Seconds(65, 0.3))


def unexplained() -> Diagnosis:
    """A symptom that no check explains."""
    flat = Symptom(SymptomId.FLAT_LOSS, "loss 0.693 at epoch 1 and 0.692 at epoch 30")
    notes = ("trials were not run: the training data came from a generator",)
    return Diagnosis("-m jobs.train --fast", 0, (flat,), notes=notes, seconds=Seconds(125.3, 0.6))


def untrained() -> Diagnosis:
    """A program that trains nothing."""
    notes = ("no training was seen: the program trained no Keras model in this process",)
    return Diagnosis("hello.py", 0, notes=notes, seconds=Seconds(0.1, 0.0), trained=False)


def skilled() -> Diagnosis:
    """Measurements that speak of skill, and a change whose lines are wider than a screen."""
    diff = (
        "--- wine.py\n+++ wine.py\n@@ -18,4 +18,5 @@\n loss = 'mse'\n"
        "+traindx_mean, traindx_spread = x_train.mean(axis=0, keepdims=True), x_train.std(axis=0, keepdims=True) + 1e-7\n"
        "+\tx_train = (x_train - traindx_mean) / traindx_spread\n"
    )
    trial = Trial("inputs standardised", "skill on held-out rows", (0.0, 0.01), (0.92, 0.94), 2.0, verdict="confirmed")
    worse = Suspect(
        1,
        Cause.UNSCALED_INPUTS,
        "unscaled-inputs",
        "D101",
        Severity.ERROR,
        Status.CONFIRMED,
        0.95,
        "skill is 0.01 where a linear model on scaled inputs reaches 0.93",
        (Evidence("skill missed", 0.92, 0.2),),
        Location("wine.py", 18),
        fix=Fix("Standardise the inputs with the training rows' mean and standard deviation.", diff),
        trial=trial,
    )
    note = "no worse: the run does not use its inputs"
    flat = Trial("every training row with the first row's inputs", "skill on held-out rows", (0.005,), (0.0,), 0.3, True, "observed", note)
    return Diagnosis("wine.py", 0, findings=(worse,), trials=(trial, flat), seconds=Seconds(3.0, 0.4, 2.0))


def crashed() -> Diagnosis:
    """A NaN and an exception; numbers that are not finite everywhere."""
    return Diagnosis(
        "train.py",
        1,
        (Symptom(SymptomId.NAN_LOSS, "loss is NaN from step 40"), Symptom(SymptomId.CRASH, "ValueError at train.py:9")),
        (
            Suspect(
                1,
                Cause.NON_FINITE_DATA,
                "nan-in-inputs",
                "D001",
                Severity.ERROR,
                Status.SUSPECTED,
                0.9,
                "Column age holds NaN in 12 of 800 rows.",
                (Evidence("rows with NaN", 12, 0), Evidence("loss", math.nan, math.inf, 40)),
                Location("train.py", 4),
                column="age",
                trial=Trial("rows with NaN dropped", "loss", (math.nan, math.nan), (0.4, 0.5), 1.0, False),
            ),
        ),
        seconds=Seconds(2.0, 0.1, 1.0),
    )


EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\x1b[31m\u202e"


def hostile() -> Diagnosis:
    """Names that try to run code, move the cursor or break a table."""
    place = Location(f"a{EVIL}.py", 3)
    return Diagnosis(
        f"{EVIL}.py",
        0,
        (Symptom(SymptomId.FLAT_LOSS, EVIL),),
        (
            Suspect(
                1,
                Cause.TARGET_LEAKAGE,
                "leaking-column",
                "D301",
                Severity.ERROR,
                Status.CONFIRMED,
                0.9,
                f"Column {EVIL} [bold]gives[/bold] the label away.",
                (Evidence(EVIL, EVIL, 0.5),),
                place,
                EVIL,
                EVIL,
                Fix(EVIL, f"--- {EVIL}\n+++ {EVIL}\n-{EVIL}\n+]]>{EVIL}\n"),
                Trial(EVIL, EVIL, (0.1,), (0.2,), 1.0, note=EVIL),
            ),
        ),
        (Unmeasured(EVIL, EVIL),),
        (EVIL,),
    )


EVERY = {"softmax": softmax, "healthy": healthy, "unexplained": unexplained, "crashed": crashed, "hostile": hostile}
EVERY |= {"untrained": untrained, "skilled": skilled}
