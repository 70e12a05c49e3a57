import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split

tf.keras.utils.set_random_seed(55)
data = load_breast_cancer(as_frame=True).frame
features = [c for c in data.columns if c.startswith("mean")]
tr, te = train_test_split(data, test_size=0.25, random_state=55, stratify=data.target)
norm = tf.keras.layers.Normalization()
norm.adapt(tr[features].values)

model = tf.keras.Sequential([
    tf.keras.Input((len(features),)),
    norm,
    tf.keras.layers.Dense(12, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.005),
              loss=tf.keras.losses.BinaryCrossentropy(),
              metrics=[tf.keras.metrics.BinaryAccuracy()])
history = model.fit(tr[features].values, tr.target.values, epochs=25, batch_size=32,
                    validation_data=(te[features].values, te.target.values), verbose=0)
print(pd.DataFrame(history.history).iloc[::4].round(4))
print(model.evaluate(te[features].values, te.target.values, verbose=0))
