import numpy as np
import tensorflow as tf
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

tf.keras.utils.set_random_seed(82)
x, y = load_breast_cancer(return_X_y=True)
xa, xb, ya, yb = train_test_split(x, y.astype("float32"), test_size=0.3, random_state=82, stratify=y)
sc = StandardScaler().fit(xa)
xa, xb = sc.transform(xa).astype("float32"), sc.transform(xb).astype("float32")


def train_member(seed):
    init = tf.keras.initializers.GlorotUniform(seed=seed)
    net = tf.keras.Sequential([tf.keras.Input((30,)), tf.keras.layers.Dense(16, activation="relu", kernel_initializer=init), tf.keras.layers.Dense(1)])
    opt = tf.keras.optimizers.Adam(3e-3)
    pick = np.random.default_rng(seed).integers(0, len(xa), len(xa))

    @tf.function
    def step(a, b):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(b[:, None], net(a, training=True)))
        opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
        return loss

    ds = tf.data.Dataset.from_tensor_slices((xa[pick], ya[pick])).shuffle(500, seed=seed).batch(16)
    for _ in range(15):
        last = np.mean([float(step(a, b)) for a, b in ds])
    print("member", seed, "loss", round(float(last), 4))
    return net


members = [train_member(s) for s in range(3)]
votes = np.mean([tf.sigmoid(m(xb)).numpy()[:, 0] for m in members], axis=0)
print("accuracy", np.mean((votes > 0.5) == (yb > 0.5)), "auc", roc_auc_score(yb, votes))
