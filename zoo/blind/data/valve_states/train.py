import keras
import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(51)
x, y = load_breast_cancer(return_X_y=True)
p = np.random.permutation(len(x))
x, y = x[p], y[p]
scaler = StandardScaler().fit(x[:400])
x = scaler.transform(x).astype("float32")
model = keras.Sequential([keras.Input((30,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")


class Report(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        out = self.model.predict(x[400:], verbose=0)
        guess = out.argmax(axis=1)
        truth = y[400:]
        hits = np.sum((guess == 1) & (truth == 1))
        precision = hits / max(np.sum(guess == 1), 1)
        recall = hits / max(np.sum(truth == 1), 1)
        print(f"epoch {epoch} loss {logs['loss']:.3f} val_loss {logs['val_loss']:.3f} precision {precision:.3f} recall {recall:.3f}")


model.fit(x[:400], y[:400], epochs=20, batch_size=16, validation_data=(x[400:], y[400:]), callbacks=[Report()], verbose=0)
