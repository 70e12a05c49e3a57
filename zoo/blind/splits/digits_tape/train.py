import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

tf.keras.utils.set_random_seed(54)
X, y = load_digits(return_X_y=True)
X = (X / 16).astype("float32").reshape(-1, 8, 8, 1)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, stratify=y, random_state=54)
X_train, X_val, y_train, y_val = train_test_split(X_train, y_train, test_size=0.15, stratify=y_train, random_state=54)

train_ds = tf.data.Dataset.from_tensor_slices((X_train, y_train)).shuffle(len(y_train)).batch(32, drop_remainder=True)
val_ds = tf.data.Dataset.from_tensor_slices((X_val, y_val)).batch(64)

net = tf.keras.Sequential([
    tf.keras.layers.Input((8, 8, 1)),
    tf.keras.layers.Conv2D(24, 3, padding="same", use_bias=False),
    tf.keras.layers.BatchNormalization(momentum=0.9),
    tf.keras.layers.ReLU(),
    tf.keras.layers.MaxPooling2D(),
    tf.keras.layers.Conv2D(32, 3, activation="relu"),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dropout(0.3),
    tf.keras.layers.Dense(10),
])
schedule = tf.keras.optimizers.schedules.CosineDecay(2e-3, 15 * len(train_ds))
opt = tf.keras.optimizers.AdamW(schedule, weight_decay=1e-4)
ce = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
train_loss, val_acc = tf.keras.metrics.Mean(), tf.keras.metrics.SparseCategoricalAccuracy()


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = ce(yb, net(xb, training=True))
    grads, _ = tf.clip_by_global_norm(tape.gradient(loss, net.trainable_variables), 5.0)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    train_loss.update_state(loss)


@tf.function
def val_step(xb, yb):
    val_acc.update_state(yb, net(xb, training=False))


best, best_weights = 0.0, None
for epoch in range(15):
    train_loss.reset_state()
    val_acc.reset_state()
    for xb, yb in train_ds:
        train_step(xb, yb)
    for xb, yb in val_ds:
        val_step(xb, yb)
    if float(val_acc.result()) >= best:
        best, best_weights = float(val_acc.result()), net.get_weights()
    print(f"epoch {epoch + 1} loss {float(train_loss.result()):.4f} val acc {float(val_acc.result()):.4f}")

net.set_weights(best_weights)
print("test accuracy", np.mean(net.predict(X_test, verbose=0).argmax(1) == y_test))
