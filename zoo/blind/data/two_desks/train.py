import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
tf.keras.utils.set_random_seed(61)
x, y = load_digits(return_X_y=True)
x_tr, x_te, y_tr, y_te = train_test_split((x / 16).astype("float32"), y.astype("int64"), test_size=0.25, random_state=61)


class Trainer:
    def __init__(self, batch):
        self.strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
        self.batch = batch
        with self.strategy.scope():
            self.model = tf.keras.Sequential([tf.keras.Input((64,)), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(64, activation="relu"), tf.keras.layers.Dense(10)])
            self.optimizer = tf.keras.optimizers.SGD(0.1, momentum=0.9)
            self.optimizer.build(self.model.trainable_variables)
            self.loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum")

    def replica_step(self, a, b):
        with tf.GradientTape() as tape:
            value = self.loss(b, self.model(a, training=True))
        grads = tape.gradient(value, self.model.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.model.trainable_variables))
        return value

    @tf.function
    def step(self, a, b):
        return self.strategy.reduce("SUM", self.strategy.run(self.replica_step, args=(a, b)), axis=None)

    def fit(self, x, y, epochs):
        ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x), seed=1).batch(self.batch, drop_remainder=True)
        ds = self.strategy.experimental_distribute_dataset(ds)
        for epoch in range(epochs):
            values = [float(self.step(a, b)) for a, b in ds]
            print("epoch", epoch, "loss", round(float(np.mean(values)), 4))


trainer = Trainer(64)
trainer.fit(x_tr, y_tr, 10)
print("test accuracy", np.mean(trainer.model(x_te).numpy().argmax(-1) == y_te))
