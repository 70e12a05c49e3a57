import numpy as np
import keras
from sklearn.datasets import load_breast_cancer
from sklearn.preprocessing import RobustScaler
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(38)
X, y = load_breast_cancer(return_X_y=True)
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.3, random_state=38)
rs = RobustScaler().fit(X_train)
X_train, X_val = rs.transform(X_train), rs.transform(X_val)


class Score(keras.callbacks.Callback):
    def __init__(self, x, y):
        super().__init__()
        self.x, self.y = x, y

    def on_epoch_end(self, epoch, logs=None):
        answer = (self.model.predict(self.x, verbose=0) > 0.5).astype(int)
        score = np.mean(answer == self.y)
        logs["val_score"] = score
        print(f" - my accuracy {score:.4f}")


model = keras.Sequential([keras.layers.Input((30,)), keras.layers.Dense(16, activation="relu"),
                          keras.layers.Dropout(0.2), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy")
model.fit(X_train, y_train, epochs=20, batch_size=16, validation_data=(X_val, y_val), callbacks=[Score(X_val, y_val)], verbose=2)
