import keras
import numpy as np
from keras import layers
from sklearn.datasets import make_classification
from sklearn.metrics import average_precision_score, classification_report
from sklearn.model_selection import train_test_split
from sklearn.utils.class_weight import compute_class_weight

X, y = make_classification(n_samples=6000, n_features=16, n_informative=8, weights=[0.94], class_sep=1.6, flip_y=0.01,
                           random_state=9)
X_tr, X_te, y_tr, y_te = train_test_split(X, y, stratify=y, random_state=9)
weights = compute_class_weight("balanced", classes=np.unique(y_tr), y=y_tr)

model = keras.Sequential([keras.Input((16,)), layers.Dense(32, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss="binary_crossentropy",
              metrics=[keras.metrics.Precision(name="precision"), keras.metrics.Recall(name="recall"), keras.metrics.AUC(curve="PR", name="prc")])
model.fit(X_tr, y_tr, epochs=15, batch_size=64, class_weight=dict(enumerate(weights)), validation_data=(X_te, y_te), verbose=2)
p = model.predict(X_te, verbose=0).ravel()
print(classification_report(y_te, p > 0.5, digits=3))
print("average precision", average_precision_score(y_te, p))
