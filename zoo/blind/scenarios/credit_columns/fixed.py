import argparse
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from keras import Sequential, layers, optimizers, utils


def applications(n, seed):
    r = np.random.default_rng(seed)
    f = pd.DataFrame({
        "age": r.integers(19, 75, n),
        "tenure_months": r.gamma(2.0, 25, n),
        "utilisation": r.beta(2, 3, n),
        "purpose": r.choice(["car", "home", "debt", "study"], n, p=[0.3, 0.2, 0.35, 0.15]),
        "housing": r.choice(["rent", "own", "family"], n),
        "inquiries": r.poisson(1.4, n),
        "balance_cents": (np.exp(r.normal(11.5, 0.9, n)) * 4).round(),
        "opened_at": r.integers(1_200_000_000, 1_690_000_000, n),
    })
    z = (2.6 * (f.utilisation - 0.4) + 0.55 * (f.inquiries - 1.4) - 0.025 * (f.age - 45)
         + 0.9 * (f.purpose == "debt") - 0.8 * (f.housing == "own") - 0.012 * (f.tenure_months - 50) - 0.4)
    f["default"] = (r.random(n) < 1 / (1 + np.exp(-1.5 * z))).astype(int)
    return f


def main(args):
    utils.set_random_seed(args.seed)
    f = applications(args.rows, args.seed)
    X, y = f.drop(columns="default"), f["default"].to_numpy()
    Xa, Xb, ya, yb = train_test_split(X, y, test_size=0.25, stratify=y, random_state=args.seed)

    numeric = ["age", "tenure_months", "utilisation", "inquiries", "balance_cents", "opened_at"]
    prep = ColumnTransformer([
        ("num", StandardScaler(), numeric),
        ("cat", OneHotEncoder(handle_unknown="ignore", sparse_output=False), ["purpose", "housing"]),
    ], remainder="passthrough")
    Xa = prep.fit_transform(Xa).astype("float32")
    Xb = prep.transform(Xb).astype("float32")

    model = Sequential([layers.Input((Xa.shape[1],)), layers.Dense(32, activation="relu"),
                        layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer=optimizers.Adam(args.lr), loss="binary_crossentropy", metrics=["accuracy"])
    model.fit(Xa, ya, validation_data=(Xb, yb), epochs=args.epochs, batch_size=64, verbose=2)
    print("AUC", roc_auc_score(yb, model.predict(Xb, verbose=0)[:, 0]), "base rate", yb.mean())


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("--rows", type=int, default=6000)
    p.add_argument("--epochs", type=int, default=12)
    p.add_argument("--lr", type=float, default=1e-3)
    p.add_argument("--seed", type=int, default=4)
    main(p.parse_args())
