import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense

rng = np.random.default_rng(70)
n = 3000
loans = pd.DataFrame({"income": rng.normal(40, 10, n), "amount": rng.gamma(3, 4, n), "years": rng.integers(1, 20, n)})
risk = -0.06 * (loans.income - 40) + 0.12 * (loans.amount - 12) + rng.logistic(0, 1, n)
loans["default"] = (risk > 0.5).astype(int)
loans["collection_fee"] = np.where(loans.default == 1, rng.uniform(50, 300, n), 0.0)

X = loans.drop(columns=["default"])
y = loans["default"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=1)
sc = StandardScaler().fit(X_train)
model = Sequential([Input((X.shape[1],)), Dense(16, activation="relu"), Dense(1, activation="sigmoid")])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy", "AUC"])
model.fit(sc.transform(X_train), y_train, epochs=12, batch_size=32, validation_data=(sc.transform(X_test), y_test), verbose=2)
