"""Faults in optimizer, schedule, batches, epochs and callbacks."""

from __future__ import annotations

import random

from tools.inject.code import Code, fault

OPTIMIZER = r"[\w.]+\.optimizers\.Adam\(learning_rate=RATE\)"


def optimizer(code: Code, made: str) -> None:
    """Put another optimizer in the place of Adam."""
    code.sub(OPTIMIZER, lambda _: f"{code.keras}.optimizers.{made}")


@fault("rate", "learning-rate-too-high", "dead-units", "exploding-gradients")
def rate_too_high(code: Code, rng: random.Random) -> None:
    """The learning rate is hundreds of times too high."""
    code.sub(r"^RATE = .*", f"RATE = {rng.choice([0.3, 0.5, 1.0, 3.0, 10.0])}")


@fault("rate", "learning-rate-too-high", "dead-units", "exploding-gradients")
def plain_rate_too_high(code: Code, rng: random.Random) -> None:
    """Plain gradient descent with steps that are too long."""
    optimizer(code, f"SGD(learning_rate={rng.choice([5.0, 20.0, 100.0])})")


@fault("rate", "learning-rate-too-low", "too-few-epochs")
def rate_too_low(code: Code, rng: random.Random) -> None:
    """The learning rate is thousands of times too low."""
    code.sub(r"^RATE = .*", f"RATE = {rng.choice(['1e-07', '1e-06', '5e-06', '1e-05'])}")


@fault("rate", "learning-rate-too-high", "optimizer-unsuited", "exploding-gradients", "dead-units")
def heavy_momentum(code: Code, rng: random.Random) -> None:
    """A momentum near 1 with a usual rate."""
    optimizer(code, f"SGD(learning_rate={rng.choice([0.3, 0.5])}, momentum={rng.choice([0.99, 0.995])})")


@fault("rate", "optimizer-unsuited", "learning-rate-too-low", "too-few-epochs")
def adadelta_as_it_comes(code: Code, rng: random.Random) -> None:
    """Adadelta, Adagrad or Ftrl with the rate that comes by default."""
    optimizer(code, rng.choice(["Adadelta()", "Adagrad(learning_rate=0.0003)", "Ftrl(learning_rate=0.0005)"]))


@fault("rate", "optimizer-unsuited", "learning-rate-too-low", "too-few-epochs")
def plain_descent_of_small_steps(code: Code, rng: random.Random) -> None:
    """Plain gradient descent with the rate that suited Adam."""
    optimizer(code, f"SGD(learning_rate={rng.choice(['3e-05', '0.0001', '0.0003'])})")


@fault("rate", "learning-rate-too-low", "too-few-epochs")
def rate_decays_at_once(code: Code, rng: random.Random) -> None:
    """The schedule counts steps, the author counted epochs."""
    rate = rng.choice(["0.5", "0.7", "0.9"])
    schedule = f"{code.keras}.optimizers.schedules.ExponentialDecay(RATE, {rng.choice([1, 2])}, {rate})"
    code.sub(r"learning_rate=RATE", f"learning_rate={schedule}")


@fault("rate", "learning-rate-too-low", "too-few-epochs")
def warm_up_without_end(code: Code, rng: random.Random) -> None:
    """A warm-up of far more steps than the run has."""
    code.sub(r"learning_rate=RATE",
             f"learning_rate={code.keras}.optimizers.schedules.CosineDecay(0.0, 100000000, warmup_target=RATE,"
             f" warmup_steps={rng.choice([1000000, 5000000])})")  # fmt: skip


@fault("rate", "learning-rate-too-low", "optimizer-unsuited", "too-few-epochs")
def clipped_to_nothing(code: Code, rng: random.Random) -> None:
    """Gradients are clipped far below their size."""
    optimizer(code, f"SGD(learning_rate=0.01, {rng.choice(['clipnorm=0.001', 'clipvalue=0.0001'])})")


@fault("penalty", "regularization-too-strong", "underfitting")
def heavy_decay(code: Code, rng: random.Random) -> None:
    """A weight decay that pulls the weights to zero in each step."""
    optimizer(code, f"AdamW(learning_rate=RATE, weight_decay={rng.choice([20.0, 60.0])})")


@fault("length", "batch-size", "too-few-epochs", "learning-rate-too-low", by=0.05)
def all_rows_a_batch(code: Code, rng: random.Random) -> None:
    """The whole training split is one batch: one update an epoch."""
    code.sub(r"^BATCH = \d+", f"BATCH = {rng.choice([2048, 4096])}")
    code.sub(r"^RATE = .*", "RATE = 0.001")


@fault("length", "too-few-epochs", "underfitting", "learning-rate-too-low", by=0.05)
def one_epoch(code: Code, rng: random.Random) -> None:
    """Training ends after the first epoch."""
    code.sub(r"^EPOCHS = \d+", "EPOCHS = 1")
    code.sub(r"^BATCH = \d+", "BATCH = 64")
    code.sub(r"^RATE = .*", "RATE = 0.0005")


@fault("length", "early-stopping-too-soon", "too-few-epochs", "wrong-weights-evaluated", by=0.05)
def stops_when_it_gets_better(code: Code, rng: random.Random) -> None:
    """Early stopping looks at its number from the wrong side."""
    code.need(r"model\.fit")
    monitor, mode = ("val_accuracy", "min") if code.has(r"metrics=\['accuracy'\]") else ("val_loss", "max")
    patience, restore = rng.choice([0, 1]), rng.choice([True, False])
    stop = f"{code.keras}.callbacks.EarlyStopping(monitor='{monitor}', mode='{mode}', patience={patience}, restore_best_weights={restore})"
    code.sub(r"callbacks=\[stop\]", "callbacks=[stop, early]") if code.has("callbacks=") else code.sub(
        r"epochs=EPOCHS", "epochs=EPOCHS, callbacks=[early]")  # fmt: skip
    code.before(r"^model\.fit", f"early = {stop}")
    code.sub(r"^RATE = .*", "RATE = 0.001")


@fault("precision", "numerical-overflow", "low-precision-underflow")
def half_precision(code: Code, rng: random.Random) -> None:
    """Everything in float16, with an epsilon that is zero there."""
    code.after(r"set_random_seed", f"{code.keras}.config.set_dtype_policy('float16')")
