import numpy as np
import keras
from keras import layers
from sklearn.metrics import r2_score

keras.utils.set_random_seed(23)


def forward(q):
    # planar arm with three links, end point and height of the wrist
    l = [1.0, .8, .4]
    s = np.cumsum(q, axis=1)
    x = sum(l[i] * np.cos(s[:, i]) for i in range(3))
    y = sum(l[i] * np.sin(s[:, i]) for i in range(3))
    w = sum(l[i] * np.sin(s[:, i]) for i in range(2))
    return np.stack([x, y, w], 1)


rng = np.random.default_rng(23)
q = rng.uniform(-1.6, 1.6, (8000, 3)).astype('float32')
pos = (forward(q) + rng.normal(0, .03, (8000, 3))).astype('float32')
q_train, q_test, p_train, p_test = q[:6400], q[6400:], pos[:6400], pos[6400:]


class Kinematics(keras.Model):
    def __init__(self, hidden=(128, 128, 64)):
        super().__init__()
        self.hidden = [layers.Dense(h, kernel_initializer='he_normal') for h in hidden]
        self.head = layers.Dense(3)

    def call(self, x):
        for h in self.hidden:
            x = h(x)
        return self.head(x)


model = Kinematics()
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss='mse', metrics=['mae'])
model.fit(q_train, p_train, epochs=25, batch_size=64, validation_split=0.1, verbose=2)
pred = model.predict(q_test, verbose=0)
print('r2 per output', r2_score(p_test, pred, multioutput='raw_values'))
print('mean distance', np.linalg.norm(pred[:, :2] - p_test[:, :2], axis=1).mean())
