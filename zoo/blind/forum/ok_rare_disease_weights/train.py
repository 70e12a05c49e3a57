import numpy as np
import keras
from sklearn.metrics import balanced_accuracy_score, confusion_matrix
from sklearn.model_selection import train_test_split
from sklearn.utils.class_weight import compute_class_weight

keras.utils.set_random_seed(20)
r = np.random.default_rng(20)
n = 8000
ill = (r.random(n) < 0.06).astype(int)
blood = r.normal(0, 1, (n, 10)) + ill[:, None] * np.array([1.2, -0.9, 0.8, 0, 0, 1.0, 0, -0.6, 0, 0])
Xa, Xb, ya, yb = train_test_split(blood, ill, test_size=0.25, stratify=ill, random_state=20)
cw = dict(enumerate(compute_class_weight("balanced", classes=np.array([0, 1]), y=ya)))
model = keras.Sequential([keras.Input((10,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dropout(0.2), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=[keras.metrics.AUC(name="auc"), keras.metrics.Recall(name="recall")])
model.fit(Xa, ya, class_weight=cw, epochs=15, batch_size=64, validation_data=(Xb, yb), verbose=2)
p = model.predict(Xb, verbose=0).ravel() > 0.5
print(confusion_matrix(yb, p))
print("balanced accuracy", balanced_accuracy_score(yb, p))
