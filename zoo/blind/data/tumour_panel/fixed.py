import keras
import pandas as pd
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

keras.utils.set_random_seed(4)
data = load_breast_cancer(as_frame=True)
frame = data.frame
features = list(data.feature_names)
train, test = train_test_split(frame, test_size=0.3, random_state=4, stratify=frame["target"])

scaler = StandardScaler().set_output(transform="pandas")
x_train = scaler.fit_transform(train[features])
x_test = scaler.transform(test[features])

model = keras.Sequential([
    keras.layers.Input((len(features),)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(8, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy", keras.metrics.AUC(name="auc")])
model.fit(x_train.to_numpy(), train["target"].to_numpy(), epochs=30, batch_size=16,
          validation_data=(x_test.to_numpy(), test["target"].to_numpy()), verbose=2)
print(pd.Series(model.evaluate(x_test.to_numpy(), test["target"].to_numpy(), verbose=0, return_dict=True)))
