import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

cpu, = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration() for _ in range(4)])
strategy = tf.distribute.MirroredStrategy([f"/cpu:{i}" for i in range(4)])
tf.keras.utils.set_random_seed(11)

images, digits = load_digits(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split((images / 16).astype("float32"), digits.astype("int64"), test_size=397, random_state=0)
GLOBAL_BATCH = 80
EPOCHS = 12


def batches(context):
    rows = tf.data.Dataset.from_tensor_slices((x_train, y_train)).shuffle(1400, seed=3).repeat()
    return rows.batch(context.get_per_replica_batch_size(GLOBAL_BATCH))


train = iter(strategy.distribute_datasets_from_function(batches))
with strategy.scope():
    model = tf.keras.Sequential([
        tf.keras.layers.Input((64,)),
        tf.keras.layers.Dense(48, activation="relu"),
        tf.keras.layers.Dense(48, activation="relu"),
        tf.keras.layers.Dense(10),
    ])
    optimizer = tf.keras.optimizers.SGD(0.3, momentum=0.9)
    optimizer.build(model.trainable_variables)
    loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="none")


def replica_step(x, y):
    with tf.GradientTape() as tape:
        each = loss_object(y, model(x, training=True))
        loss = tf.nn.compute_average_loss(each, global_batch_size=GLOBAL_BATCH)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


@tf.function
def train_step(x, y):
    return strategy.reduce("SUM", strategy.run(replica_step, args=(x, y)), axis=None)


steps = len(x_train) // GLOBAL_BATCH
for epoch in range(EPOCHS):
    losses = [float(train_step(*next(train))) for _ in range(steps)]
    print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}")
print("test accuracy", np.mean(model(x_test).numpy().argmax(axis=1) == y_test))
