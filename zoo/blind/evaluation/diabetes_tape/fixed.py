import numpy as np
import tensorflow as tf
from tensorflow import keras
from sklearn.datasets import load_diabetes
from sklearn.model_selection import KFold

keras.utils.set_random_seed(123)
X, y = load_diabetes(return_X_y=True)
X = (X / X.std(axis=0)).astype(np.float32)


def fit_fold(tr, te):
    y_mean, y_std = y[tr].mean(), y[tr].std()
    t = ((y - y_mean) / y_std).astype(np.float32)
    model = keras.Sequential([
        keras.layers.Input((10,)),
        keras.layers.Dense(12, activation="relu", kernel_regularizer=keras.regularizers.L2(1e-3)),
        keras.layers.Dense(1),
    ])
    opt = keras.optimizers.Adam(0.004)

    @tf.function(reduce_retracing=True)
    def step(a, b):
        with tf.GradientTape() as tape:
            yhat = model(a, training=True)
            loss = tf.reduce_mean(tf.square(b[:, None] - yhat)) + sum(model.losses)
        grad = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grad, model.trainable_variables))
        return loss

    for epoch in range(30):
        perm = np.random.permutation(tr)
        for s in range(0, len(perm), 32):
            b = perm[s:s + 32]
            loss = step(tf.constant(X[b]), tf.constant(t[b]))
    pred = model(X[te]).numpy()[:, 0]
    r2 = 1 - np.mean((pred - t[te]) ** 2) / np.var(t[te])
    return float(loss), r2


scores = []
for k, (tr, te) in enumerate(KFold(3, shuffle=True, random_state=0).split(X)):
    l, r = fit_fold(tr, te)
    print("fold", k, "last loss", round(l, 3), "R2", round(r, 3))
    scores.append(r)
print("mean R2", np.mean(scores))
