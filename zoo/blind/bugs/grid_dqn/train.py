import random
from collections import deque
import numpy as np
import tensorflow as tf
import keras

random.seed(0)
keras.utils.set_random_seed(0)


class Grid:
    """walk to the corner, every step costs one"""
    SIZE = 5
    WALLS = {(1, 1), (1, 2), (3, 3), (3, 2)}
    MOVES = [(0, 1), (1, 0), (0, -1), (-1, 0)]

    def reset(self):
        while True:
            self.p = (random.randrange(self.SIZE), random.randrange(self.SIZE))
            if self.p not in self.WALLS and self.p != (4, 4):
                break
        self.t = 0
        return self.obs()

    def obs(self):
        o = np.zeros(25, 'float32')
        o[self.p[0] * 5 + self.p[1]] = 1
        return o

    def step(self, a):
        q = (self.p[0] + self.MOVES[a][0], self.p[1] + self.MOVES[a][1])
        if 0 <= q[0] < 5 and 0 <= q[1] < 5 and q not in self.WALLS:
            self.p = q
        self.t += 1
        done = self.p == (4, 4)
        return self.obs(), -1.0, done


class DQNAgent:
    def __init__(self):
        self.gamma = 0.9
        self.eps = 1.0
        self.memory = deque(maxlen=5000)
        self.model = self._build()
        self.target = self._build()
        self.target.set_weights(self.model.get_weights())
        self.opt = keras.optimizers.Adam(2e-3)
        self.train = tf.function(self._train)

    def _build(self):
        return keras.Sequential([keras.Input((25,)),
                                 keras.layers.Dense(48, activation='relu'),
                                 keras.layers.Dense(4, activation='softmax')])

    def act(self, s):
        if random.random() < self.eps:
            return random.randrange(4)
        return int(np.argmax(self.model(s[None]).numpy()[0]))

    def _train(self, s, a, r, s2, d):
        best = tf.reduce_max(self.target(s2), axis=1)
        y = r + self.gamma * best * (1. - d)
        with tf.GradientTape() as tape:
            q = tf.reduce_sum(self.model(s) * tf.one_hot(a, 4), axis=1)
            loss = tf.reduce_mean(tf.square(y - q))
        v = self.model.trainable_variables
        self.opt.apply_gradients(zip(tape.gradient(loss, v), v))
        return loss

    def replay(self, n=64):
        b = random.sample(self.memory, n)
        s, a, r, s2, d = map(np.array, zip(*b))
        return self.train(s, a.astype('int32'), r.astype('float32'), s2, d.astype('float32'))


env, agent = Grid(), DQNAgent()
steps = 0
rewards, losses = [], []
for e in range(120):
    s = env.reset()
    total = 0
    for _ in range(40):
        a = agent.act(s)
        s2, r, done = env.step(a)
        agent.memory.append((s, a, r, s2, done))
        s = s2
        total += r
        steps += 1
        if len(agent.memory) > 200:
            losses.append(float(agent.replay()))
        if steps % 100 == 0:
            agent.target.set_weights(agent.model.get_weights())
        if done:
            break
    agent.eps = max(0.1, agent.eps * 0.975)
    rewards.append(total)
    if e % 20 == 19:
        print('episode', e + 1, 'mean reward', np.mean(rewards[-20:]), 'loss', np.mean(losses[-200:]), 'eps', round(agent.eps, 2))

agent.eps = 0
res = []
for _ in range(30):
    s, n = env.reset(), 0
    for n in range(1, 31):
        s, r, done = env.step(agent.act(s))
        if done:
            break
    res.append(done)
print('greedy policy reaches the goal in', np.mean(res))
