import tensorflow as tf
from sklearn.datasets import make_classification
from sklearn.model_selection import train_test_split

X, y = make_classification(4000, 20, n_informative=12, n_redundant=2, n_classes=4, class_sep=1.5, random_state=23)
X = X.astype("float32")
X_tr, X_te, y_tr, y_te = train_test_split(X, y, test_size=0.2, random_state=23)


def block(x, units):
    h = tf.keras.layers.BatchNormalization()(x)
    h = tf.keras.layers.Activation("relu")(h)
    h = tf.keras.layers.Dense(units)(h)
    h = tf.keras.layers.Dropout(0.1)(h)
    return tf.keras.layers.Add()([x, h])


inputs = tf.keras.Input((20,))
x = tf.keras.layers.Dense(64)(inputs)
for _ in range(4):
    x = block(x, 64)
x = tf.keras.layers.LayerNormalization()(x)
outputs = tf.keras.layers.Dense(4)(x)
net = tf.keras.Model(inputs, outputs, name="tabular_resnet")
net.compile(tf.keras.optimizers.AdamW(1e-3, weight_decay=1e-4),
            tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
net.fit(X_tr, y_tr, batch_size=64, epochs=12, validation_data=(X_te, y_te), verbose=2)
