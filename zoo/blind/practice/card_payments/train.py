import argparse
import numpy as np
import keras
from sklearn.metrics import precision_score, recall_score, roc_auc_score
from sklearn.preprocessing import StandardScaler


def payments(n, rng):
    y = (rng.random(n) < 0.015).astype(int)
    x = rng.normal(0, 1, (n, 12))
    x[:, 2] += 0.3 * x[:, 0] ** 2
    lift = np.array([1.0, -0.8, 0.6, 0, 0, 0.7, 0, -0.5, 0, 0, 0, 0])
    x += np.outer(y, lift)
    x[:, 3] = np.exp(x[:, 3] * 0.5 + 0.4 * y)
    return x, y


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--epochs", type=int, default=8)
    ap.add_argument("--rows", type=int, default=16000)
    args = ap.parse_args()
    keras.utils.set_random_seed(41)
    rng = np.random.default_rng(41)
    x, y = payments(args.rows, rng)
    x_test, y_test = payments(8000, rng)
    sc = StandardScaler().fit(x)
    x, x_test = sc.transform(x), sc.transform(x_test)

    model = keras.Sequential([
        keras.layers.Input((12,)),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="binary_crossentropy",
                  metrics=["accuracy", keras.metrics.Precision(name="precision"), keras.metrics.Recall(name="recall")])
    model.fit(x, y, epochs=args.epochs, batch_size=64, validation_split=0.1, verbose=2)

    prob = model.predict(x_test, verbose=0)[:, 0]
    flag = prob > 0.5
    print("accuracy ", (flag == y_test).mean())
    print("precision", precision_score(y_test, flag, zero_division=0))
    print("recall   ", recall_score(y_test, flag))
    print("auc      ", roc_auc_score(y_test, prob))


main()
