import numpy as np
import tensorflow as tf
import keras

tf.random.set_seed(1)
keras.utils.set_random_seed(1)
rng = np.random.default_rng(1)

TOPICS = {
    'sport': 'match goal team coach league win season player stadium injury fans transfer'.split(),
    'tech': 'phone app update battery screen code bug laptop cloud data release chip'.split(),
    'food': 'recipe sauce oven taste salt dinner bread cheese spicy menu chef kitchen'.split(),
    'travel': 'flight hotel beach ticket luggage island train map border visa hostel sun'.split(),
}
COMMON = 'the a to and is in my of for so this very just today again new good bad really with on'.split()
ALL_TOPIC = sum(TOPICS.values(), [])


def tweet(topic):
    n = rng.integers(6, 15)
    out = []
    for _ in range(n):
        u = rng.random()
        if u < .62:
            out.append(rng.choice(COMMON))
        elif u < .86:
            out.append(rng.choice(TOPICS[topic]))
        else:
            out.append(rng.choice(ALL_TOPIC))
    return ' '.join(out)


keys = list(TOPICS)
y_all = rng.integers(0, 4, 4000)
x_all = np.array([tweet(keys[i]) for i in y_all])
print(x_all[:3], y_all[:3])

vec = keras.layers.TextVectorization(max_tokens=500, output_sequence_length=15)
vec.adapt(x_all[:3200])

train_x = tf.data.Dataset.from_tensor_slices(x_all[:3200])
train_y = tf.data.Dataset.from_tensor_slices(y_all[:3200])
train = tf.data.Dataset.zip((train_x, train_y)).shuffle(3200).batch(64).map(lambda t, l: (vec(t), l)).prefetch(tf.data.AUTOTUNE)
test = tf.data.Dataset.from_tensor_slices((x_all[3200:], y_all[3200:])).batch(64).map(lambda t, l: (vec(t), l))

m = keras.Sequential([
    keras.layers.Embedding(500, 32),
    keras.layers.GlobalAveragePooling1D(),
    keras.layers.Dense(32, activation='relu'),
    keras.layers.Dense(4),
])
m.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=['accuracy'])
m.fit(train, validation_data=test, epochs=14, verbose=2)
print('test', m.evaluate(test, verbose=0))
