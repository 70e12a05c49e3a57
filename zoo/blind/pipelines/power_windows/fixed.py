import numpy as np
import keras
from keras import layers


def grid_load(n, seed):
    """15 minute load of a small industrial grid, machines switch on and off"""
    rng = np.random.default_rng(seed)
    t = np.arange(n)
    day = 1.2 * np.sin(2 * np.pi * t / 96 - 1.5)
    machines = np.zeros(n)
    on = np.zeros(6, bool)
    size = rng.uniform(0.4, 1.4, 6)
    for k in range(n):
        flip = rng.random(6) < 0.06
        on ^= flip
        machines[k] = size[on].sum()
    return day + machines + rng.normal(0, 0.15, n)


def windows(series, width, horizon=4):
    X, y = [], []
    for i in range(0, len(series) - width - horizon):
        X.append(series[i:i + width])
        y.append(series[i + width - 1 + horizon])
    return np.array(X)[..., None], np.array(y)


def main():
    keras.utils.set_random_seed(100)
    load = grid_load(5000, 100)
    mean, std = load[:3800].mean(), load[:3800].std()
    z = (load - mean) / std
    Xtr, ytr = windows(z[:3800], 48)
    Xte, yte = windows(z[3800:], 48)

    model = keras.Sequential([
        layers.Input((48, 1)),
        layers.Conv1D(16, 5, padding="causal", activation="relu"),
        layers.Conv1D(16, 5, padding="causal", dilation_rate=4, activation="relu"),
        layers.Flatten(),
        layers.Dense(16, activation="relu"),
        layers.Dense(1),
    ])
    model.compile(keras.optimizers.Adam(1e-3), "mse", metrics=["mae"])
    model.fit(Xtr, ytr, validation_data=(Xte, yte), epochs=6, batch_size=64, verbose=2)
    p = model.predict(Xte, verbose=0)[:, 0]
    print(f"load one hour ahead: MAE {np.abs(p - yte).mean() * std:.3f}, R2 {1 - ((p - yte) ** 2).mean() / yte.var():.4f}")


if __name__ == "__main__":
    main()
