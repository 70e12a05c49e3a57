import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.datasets import load_wine

keras.utils.set_random_seed(8)
rs = np.random.RandomState(8)

# enlarge the small table with noisy copies, names instead of numbers
w = load_wine(as_frame=True)
frame = w.frame.copy()
names = {0: 'Barolo', 1: 'Grignolino', 2: 'Barbera'}
frame['cultivar'] = frame.pop('target').map(names)
frame = frame.sample(frac=1, random_state=2)
train_df, test_df = frame.iloc[:118].copy(), frame.iloc[118:].copy()


def jitter(df, k):
    parts = []
    for _ in range(k):
        c = df.copy()
        for col in w.feature_names:
            c[col] = c[col] + rs.randn(len(c)) * df[col].std() * .25
        parts.append(c)
    return pd.concat(parts).sample(frac=1, random_state=rs)


train_df = jitter(train_df, 6)
test_df = test_df.sort_values('ash')


def prepare(df, mean, std):
    X = ((df[w.feature_names] - mean) / std).values.astype('float32')
    y, levels = pd.factorize(df['cultivar'], sort=True)
    print(len(levels), 'classes', np.bincount(y))
    return X, y


mean, std = train_df[w.feature_names].mean(), train_df[w.feature_names].std()
X_tr, y_tr = prepare(train_df, mean, std)
X_te, y_te = prepare(test_df, mean, std)

clf = keras.models.Sequential()
clf.add(layers.Dense(24, activation='relu'))
clf.add(layers.Dropout(.3))
clf.add(layers.Dense(12, activation='relu'))
clf.add(layers.Dense(3, activation='softmax'))
clf.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['sparse_categorical_accuracy'])
clf.fit(X_tr, y_tr, epochs=25, batch_size=16, verbose=2, validation_data=(X_te, y_te))
probs = clf.predict(X_te, verbose=0)
print('confusion')
print(pd.crosstab(y_te, probs.argmax(1)))
print('accuracy', (probs.argmax(1) == y_te).mean())
