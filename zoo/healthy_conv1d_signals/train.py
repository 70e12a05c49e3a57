import numpy as np
import tensorflow as tf

np.random.seed(8)
N, T = 1500, 64
kinds = np.random.randint(0, 3, N)
grid = np.linspace(0, 1, T)
signals = np.zeros((N, T, 1), dtype="float32")
for i, k in enumerate(kinds):
    freq, phase = np.random.uniform(2, 5), np.random.uniform(0, 1)
    u = (grid * freq + phase) % 1.0
    wave = (np.sin(2 * np.pi * u), np.sign(u - 0.5), 2 * u - 1)[k]
    signals[i, :, 0] = wave + np.random.normal(0, 0.25, T)

x_train, x_val, x_test = np.split(signals, [1000, 1200])
y_train, y_val, y_test = np.split(kinds, [1000, 1200])

inputs = tf.keras.layers.Input(shape=(T, 1))
x = tf.keras.layers.Conv1D(16, 7, padding="same")(inputs)
x = tf.keras.layers.BatchNormalization()(x)
x = tf.keras.layers.ReLU()(x)
x = tf.keras.layers.Conv1D(32, 5, padding="same")(x)
x = tf.keras.layers.BatchNormalization()(x)
x = tf.keras.layers.ReLU()(x)
x = tf.keras.layers.GlobalAveragePooling1D()(x)
outputs = tf.keras.layers.Dense(3, activation="softmax")(x)
model = tf.keras.Model(inputs, outputs)

callbacks = [
    tf.keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=4, min_lr=1e-4),
    tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=10, restore_best_weights=True),
]
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["sparse_categorical_accuracy"])
model.fit(x_train, y_train, batch_size=32, epochs=30, callbacks=callbacks, validation_data=(x_val, y_val), verbose=2)
print("test", model.evaluate(x_test, y_test, verbose=0))
