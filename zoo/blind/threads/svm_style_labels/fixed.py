import numpy as np
import tensorflow as tf
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import confusion_matrix

tf.random.set_seed(2)
np.random.seed(2)

d = load_breast_cancer()
target = np.where(d.target == 1, 1, 0).astype("float32")
xa, xb, ya, yb = train_test_split(d.data, target, test_size=0.25, random_state=2, stratify=target)
sc = StandardScaler().fit(xa)
xa, xb = sc.transform(xa).astype("float32"), sc.transform(xb).astype("float32")

train = tf.data.Dataset.from_tensor_slices((xa, ya)).shuffle(500).batch(16)
test = tf.data.Dataset.from_tensor_slices((xb, yb)).batch(64)

model = tf.keras.Sequential([
    tf.keras.layers.Input((30,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
model.fit(train, validation_data=test, epochs=20, verbose=2)
out = model.predict(test, verbose=0).ravel()
print(out[:10])
print(confusion_matrix(yb > 0, out > 0.5))
