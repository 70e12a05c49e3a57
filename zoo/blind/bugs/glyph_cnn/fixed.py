import os, tempfile
import numpy as np
import pandas as pd
import keras
from keras.callbacks import ModelCheckpoint, CSVLogger
from sklearn.datasets import load_digits

keras.utils.set_random_seed(55)
data = load_digits(as_frame=True)
df = data.frame.sample(frac=1, random_state=3)
print(df.shape, df.target.value_counts().to_dict())
X = df.drop(columns='target').values.reshape(-1, 8, 8, 1).astype('float32') / 16
y = pd.get_dummies(df.target).values.astype('float32')
tr, va, te = slice(0, 1100), slice(1100, 1400), slice(1400, None)

work = tempfile.mkdtemp()
ckpt = os.path.join(work, 'best.weights.h5')


def get_model():
    m = keras.Sequential([keras.Input((8, 8, 1)),
                          keras.layers.Conv2D(16, 3, activation='tanh'),
                          keras.layers.MaxPooling2D(),
                          keras.layers.Flatten(),
                          keras.layers.Dropout(.2),
                          keras.layers.Dense(48, activation='tanh'),
                          keras.layers.Dense(10, activation='softmax')])
    m.compile(optimizer=keras.optimizers.Adam(0.001), loss='categorical_crossentropy', metrics=['accuracy'])
    return m


model = get_model()
cbs = [ModelCheckpoint(ckpt, monitor='val_accuracy', mode='max', save_best_only=True, save_weights_only=True, verbose=0),
       CSVLogger(os.path.join(work, 'log.csv'))]
hist = model.fit(X[tr], y[tr], validation_data=(X[va], y[va]), epochs=25, batch_size=32, callbacks=cbs, verbose=2)
print('last epochs val acc', hist.history['val_accuracy'][-3:])

model = get_model()
model.load_weights(ckpt)
print('TEST loss/acc', model.evaluate(X[te], y[te], verbose=0))
p = model.predict(X[te], verbose=0).argmax(1)
print(pd.crosstab(df.target.values[te], p))
