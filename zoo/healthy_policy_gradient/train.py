import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(11)
keras.utils.set_random_seed(11)
ARMS, STATE = 4, 3
PREFER = rng.normal(size=(STATE, ARMS))
policy = keras.Sequential([keras.Input((STATE,)), keras.layers.Dense(24, activation="tanh"), keras.layers.Dense(ARMS)])
optimizer = keras.optimizers.Adam(0.01)
baseline = 0.0


@tf.function
def improve(states, actions, advantages):
    with tf.GradientTape() as tape:
        log_prob = -tf.nn.sparse_softmax_cross_entropy_with_logits(labels=actions, logits=policy(states))
        loss = -tf.reduce_mean(log_prob * advantages)
    optimizer.apply_gradients(zip(tape.gradient(loss, policy.trainable_variables), policy.trainable_variables))
    return loss


for episode in range(400):
    states = rng.normal(size=(64, STATE)).astype("float32")
    probs = tf.nn.softmax(policy(states)).numpy().astype("float64")
    actions = np.array([rng.choice(ARMS, p=p / p.sum()) for p in probs])
    reward = (states @ PREFER)[np.arange(64), actions] + rng.normal(0, 0.3, 64)
    improve(states, actions, (reward - baseline).astype("float32"))
    baseline = 0.9 * baseline + 0.1 * reward.mean()
    if episode % 100 == 99:
        print("episode", episode + 1, "average reward", baseline)
states = rng.normal(size=(2000, STATE)).astype("float32")
best = (states @ PREFER).max(1).mean()
print("greedy", (states @ PREFER)[np.arange(2000), policy(states).numpy().argmax(1)].mean(), "best possible", best)
