import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(31)
X = rng.normal(size=(3000, 12)).astype("float32")
centres = rng.normal(size=(5, 12))
y = np.argmax(X @ centres.T + 0.3 * rng.normal(size=(3000, 5)), axis=1)

model = keras.Sequential([keras.Input((12,)), layers.Dense(32, activation="selu", kernel_initializer="lecun_normal"),
                          layers.Dense(5, activation="softmax")])
opt = keras.optimizers.SGD(learning_rate=0.05, momentum=0.9, nesterov=True, global_clipnorm=1.0, use_ema=True, ema_momentum=0.98)
model.compile(optimizer=opt, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
swap = keras.callbacks.SwapEMAWeights(swap_on_epoch=True)
model.fit(X[:2400], y[:2400], epochs=12, batch_size=32, validation_data=(X[2400:], y[2400:]), callbacks=[swap], verbose=2)
print("test with averaged weights", model.evaluate(X[2400:], y[2400:], verbose=0))
