"""One layer, one unit: how far does it get?"""
import keras
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.linear_model import LogisticRegression

keras.utils.set_random_seed(3)
x, y = load_breast_cancer(return_X_y=True)
xa, xb, ya, yb = train_test_split(x, y, test_size=0.3, stratify=y, random_state=3)
s = StandardScaler().fit(xa)
inp = keras.Input((30,))
model = keras.Model(inp, keras.layers.Dense(1, activation="sigmoid")(inp))
model.compile(optimizer=keras.optimizers.RMSprop(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(s.transform(xa), ya, batch_size=16, epochs=20, validation_data=(s.transform(xb), yb), verbose=2)
print("logistic regression:", make_pipeline(StandardScaler(), LogisticRegression()).fit(xa, ya).score(xb, yb))
