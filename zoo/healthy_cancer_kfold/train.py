import numpy as np
import keras
from keras import layers
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler

X, y = load_breast_cancer(return_X_y=True)
scores = []
for fold, (tr, te) in enumerate(StratifiedKFold(n_splits=4, shuffle=True, random_state=0).split(X, y)):
    keras.backend.clear_session()
    scaler = StandardScaler()
    Xtr = scaler.fit_transform(X[tr])
    Xte = scaler.transform(X[te])
    model = keras.Sequential([
        layers.Input((X.shape[1],)),
        layers.Dense(16, activation="relu", kernel_regularizer=keras.regularizers.l2(1e-3)),
        layers.Dense(1, activation="sigmoid"),
    ])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy", keras.metrics.AUC(name="auc")])
    model.fit(Xtr, y[tr], epochs=20, batch_size=16, verbose=0)
    _, acc, auc = model.evaluate(Xte, y[te], verbose=0)
    print(f"fold {fold}: accuracy {acc:.3f}, auc {auc:.3f}")
    scores.append(acc)
print("mean %.3f +/- %.3f" % (np.mean(scores), np.std(scores)))
