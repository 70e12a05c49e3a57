import numpy as np
import tensorflow as tf
import keras
from keras import layers
from sklearn.datasets import make_classification
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import roc_auc_score

keras.utils.set_random_seed(2024)


class Trainer:
    def __init__(self, cfg):
        self.cfg = cfg

    def data(self):
        X, y = make_classification(n_samples=9000, n_features=24, n_informative=12, n_redundant=4, n_clusters_per_class=4,
                                   weights=[.7], class_sep=1.3, flip_y=.04, random_state=9)
        self.sc = StandardScaler().fit(X[:6000])
        X = self.sc.transform(X).astype('float32')
        self.train = tf.data.Dataset.from_tensor_slices((X[:6000], y[:6000])).shuffle(6000, seed=0).batch(128)
        self.val = tf.data.Dataset.from_tensor_slices((X[6000:7500], y[6000:7500])).batch(500)
        self.test = (X[7500:], y[7500:])

    def build(self):
        i = layers.Input((24,))
        h = i
        for u in self.cfg['units']:
            h = layers.Dense(u, activation='relu')(h)
        o = layers.Dense(1, activation='sigmoid')(h)
        self.model = keras.Model(i, o)
        self.model.compile(optimizer=keras.optimizers.Adam(self.cfg['lr']), loss='binary_crossentropy',
                           metrics=[keras.metrics.AUC(name='auc')])

    def run(self):
        self.data()
        self.build()
        es = keras.callbacks.EarlyStopping(monitor='val_auc', mode='max', patience=self.cfg['patience'],
                                           restore_best_weights=True, verbose=1)
        h = self.model.fit(self.train, validation_data=self.val, epochs=self.cfg['epochs'], callbacks=[es], verbose=2)
        print('epochs run', len(h.history['loss']))
        X, y = self.test
        print('test auc', roc_auc_score(y, self.model.predict(X, verbose=0)))


Trainer({'units': [64, 32], 'lr': 5e-4, 'epochs': 60, 'patience': 3}).run()
