import tensorflow as tf
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import RobustScaler

X, y = load_wine(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, stratify=y, random_state=44)
prep = make_pipeline(RobustScaler()).fit(X_train)
model = tf.keras.Sequential([
    tf.keras.layers.Input((13,)),
    tf.keras.layers.GaussianNoise(0.1),
    tf.keras.layers.Dense(64, activation="relu"),
    tf.keras.layers.Dropout(0.5),
    tf.keras.layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(prep.transform(X_train), y_train, epochs=40, batch_size=16, validation_data=(prep.transform(X_test), y_test), verbose=2)
