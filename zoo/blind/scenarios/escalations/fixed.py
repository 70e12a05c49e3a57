import numpy as np
import pandas as pd
from keras import Input, Model, layers, utils
from sklearn.metrics import classification_report
from sklearn.preprocessing import StandardScaler

utils.set_random_seed(2)
rng = np.random.default_rng(2)
N = 8000
tickets = pd.DataFrame({
    "ticket_id": rng.permutation(100000)[:N],
    "n_messages": rng.poisson(6, N),
    "hours_open": rng.gamma(1.5, 14, N),
    "sentiment": rng.normal(0, 1, N),
    "customer_years": rng.gamma(2, 2, N),
    "prior_tickets": rng.poisson(2, N),
})
s = (0.5 * (tickets.n_messages - 6) + 0.09 * (tickets.hours_open - 20) - 1.6 * tickets.sentiment
     + 0.5 * (tickets.prior_tickets - 2) + 0.9 * tickets.sentiment * (tickets.customer_years < 3))
truth = (s + rng.logistic(0, 0.8, N) > 0).astype(int)

# reviewed tickets only; the audit of the last 2000 is complete
order = np.arange(N)
reviewed = pd.DataFrame({"ticket_id": tickets.ticket_id, "escalate": truth}).iloc[:6000].sample(frac=0.45, random_state=0)
audit = pd.DataFrame({"ticket_id": tickets.ticket_id, "escalate": truth}).iloc[6000:]
labels = pd.concat([reviewed, audit])

data = tickets.merge(labels, on="ticket_id", how="left")
data = data.dropna(subset=["escalate"]).astype({"escalate": int})

features = ["n_messages", "hours_open", "sentiment", "customer_years", "prior_tickets"]
is_test = data.ticket_id.isin(audit.ticket_id)
sc = StandardScaler().fit(data.loc[~is_test, features])
Xtr, ytr = sc.transform(data.loc[~is_test, features]), data.loc[~is_test, "escalate"].values
Xte, yte = sc.transform(data.loc[is_test, features]), data.loc[is_test, "escalate"].values

i = Input((len(features),))
h = layers.Dense(32, activation="relu")(i)
h = layers.Dense(16, activation="relu")(h)
m = Model(i, layers.Dense(1, activation="sigmoid")(h))
m.compile("adam", "binary_crossentropy", metrics=["accuracy"])
m.fit(Xtr, ytr, epochs=20, batch_size=64, verbose=2, validation_data=(Xte, yte))
print(classification_report(yte, (m.predict(Xte, verbose=0)[:, 0] > 0.5).astype(int), digits=3))
