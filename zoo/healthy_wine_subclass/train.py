import keras
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


class WineNet(keras.Model):
    def __init__(self, units=24, n_classes=3):
        super().__init__()
        self.hidden = keras.layers.Dense(units, activation="gelu")
        self.drop = keras.layers.Dropout(0.2)
        self.head = keras.layers.Dense(n_classes)

    def call(self, inputs, training=False):
        h = self.hidden(inputs)
        h = self.drop(h, training=training)
        return self.head(h)


x, y = load_wine(return_X_y=True)
x_tr, x_te, y_tr, y_te = train_test_split(x, y, test_size=0.25, random_state=3, stratify=y)
sc = StandardScaler().fit(x_tr)
x_tr, x_te = sc.transform(x_tr).astype("float32"), sc.transform(x_te).astype("float32")

net = WineNet()
opt = keras.optimizers.Adam(5e-3)
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
ds = tf.data.Dataset.from_tensor_slices((x_tr, y_tr)).shuffle(200).batch(16)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = loss_fn(yb, net(xb, training=True))
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    return loss


for epoch in range(30):
    losses = [float(step(xb, yb)) for xb, yb in ds]
    if epoch % 10 == 9:
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}")

pred = tf.argmax(net(x_te, training=False), axis=1).numpy()
print("test accuracy", (pred == y_te).mean())
