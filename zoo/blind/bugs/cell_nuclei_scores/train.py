# benign / malignant from the nine cytology style scores (1..10)
import io
import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.datasets import load_breast_cancer

keras.utils.set_random_seed(3)


def read_table():
    raw = load_breast_cancer()
    df = pd.DataFrame(raw.data[:, :9], columns=[c.replace(' ', '_') for c in raw.feature_names[:9]])
    # ten point scores as the pathologists give them
    for c in df.columns:
        df[c] = pd.qcut(df[c], 10, labels=False, duplicates='drop') + 1
    df['class'] = np.where(raw.target == 1, 2, 4)
    df.insert(0, 'id', np.arange(1000000, 1000000 + len(df)))
    return df.to_csv(index=False)


df = pd.read_csv(io.StringIO(read_table()))
df.drop(['id'], axis=1, inplace=True)
df = df.sample(frac=1, random_state=11).reset_index(drop=True)
print(df['class'].value_counts())

X = np.array(df.drop(['class'], axis=1)).astype('float32') / 10.
y = np.array(df['class'])

n = int(len(X) * 0.8)
X_train, y_train = X[:n], y[:n]
X_test, y_test = X[n:], y[n:]

inp = keras.Input(shape=(X.shape[1],))
h = layers.Dense(32, activation='relu')(inp)
h = layers.Dense(16, activation='relu')(h)
out = layers.Dense(1, activation='sigmoid')(h)
model = keras.Model(inp, out)
model.compile(optimizer=keras.optimizers.Adam(0.003), loss='binary_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, batch_size=16, epochs=25, validation_data=(X_test, y_test), verbose=2)

loss, acc = model.evaluate(X_test, y_test, verbose=0)
print('loss', loss, 'accuracy', acc)
example = X_test[:5]
print(model.predict(example, verbose=0).round(3), y_test[:5])
