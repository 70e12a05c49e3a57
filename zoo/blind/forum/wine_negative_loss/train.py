from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler
import keras

keras.utils.set_random_seed(1)
wine = load_wine()
x_tr, x_te, y_tr, y_te = train_test_split(wine.data, wine.target, test_size=.3, random_state=1, stratify=wine.target)
mm = MinMaxScaler().fit(x_tr)
x_tr, x_te = mm.transform(x_tr), mm.transform(x_te)

model = keras.models.Sequential()
model.add(keras.layers.Input(shape=(13,)))
model.add(keras.layers.Dense(32, activation='relu'))
model.add(keras.layers.Dense(16, activation='relu'))
model.add(keras.layers.Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer=keras.optimizers.Adam(0.005), metrics=['accuracy'])
model.fit(x_tr, y_tr, epochs=60, batch_size=8, verbose=2, validation_data=(x_te, y_te))
print('Test loss, accuracy:', model.evaluate(x_te, y_te, verbose=0))
