import numpy as np
import keras
from keras import layers, ops
from sklearn.metrics import r2_score

keras.utils.set_random_seed(21)
rs = np.random.RandomState(21)
L1, L2, L3 = 1.0, 0.7, 0.4


def forward(q):
    a = q[:, 0]
    b = a + q[:, 1]
    c = b + q[:, 2]
    x = L1 * np.cos(a) + L2 * np.cos(b) + L3 * np.cos(c)
    y = L1 * np.sin(a) + L2 * np.sin(b) + L3 * np.sin(c)
    return np.stack([x, y, np.sin(c)], axis=1)


q = rs.uniform(-1.2, 1.2, size=(6000, 3)).astype("float32")
pose = (forward(q) + rs.normal(0, 0.02, (6000, 3))).astype("float32")
train_q, train_p = q[:4500], pose[:4500]
val_q, val_p = q[4500:5200], pose[4500:5200]
test_q, test_p = q[5200:], pose[5200:]


def pose_loss(y_true, y_pred):
    err = y_true[:, 0] - y_pred[:, 0]
    return ops.mean(ops.where(ops.abs(err) < 0.5, 0.5 * err ** 2, 0.5 * ops.abs(err) - 0.125))


inp = layers.Input((3,), name="joints")
h = layers.Dense(48, activation="swish")(inp)
h = layers.Dense(48, activation="swish")(h)
out = layers.Dense(3, name="pose")(h)
model = keras.Model(inp, out)
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss=pose_loss, metrics=["mae"])
model.fit(train_q, train_p, validation_data=(val_q, val_p), epochs=20, batch_size=64, verbose=2)

p = model.predict(test_q, verbose=0)
print("R2 per coordinate:", r2_score(test_p, p, multioutput="raw_values").round(3))
print("mean distance:", np.linalg.norm(test_p[:, :2] - p[:, :2], axis=1).mean())
