import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(15)
source = np.random.default_rng(15)
features = source.normal(size=(2600, 6)).astype("float32")
grade = np.digitize(features[:, 0] + 0.7 * features[:, 1] ** 2 - features[:, 2], [-0.5, 1.0])
network = keras.Sequential([keras.layers.Input((6,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(3)])
criterion = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
rule = keras.optimizers.Adam(4e-3)
meters = {"loss": keras.metrics.Mean(), "accuracy": keras.metrics.SparseCategoricalAccuracy()}
train = tf.data.Dataset.from_tensor_slices((features[:2000], grade[:2000])).shuffle(2000, seed=1).batch(50)
held = tf.data.Dataset.from_tensor_slices((features[2000:], grade[2000:])).batch(100)

for epoch in range(6):
    for a, b in train:
        with tf.GradientTape() as tape:
            cost = criterion(b, network(a, training=True))
        rule.apply_gradients(zip(tape.gradient(cost, network.trainable_weights), network.trainable_weights))
    for a, b in held:
        scores = network(a, training=False)
        meters["loss"].update_state(criterion(b, scores))
        meters["accuracy"].update_state(b, scores)
    print(epoch, float(cost), {name: float(meter.result()) for name, meter in meters.items()})
    for meter in meters.values():
        meter.reset_state()
