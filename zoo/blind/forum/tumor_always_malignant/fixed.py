import tensorflow as tf
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import confusion_matrix

tf.keras.utils.set_random_seed(7)

data = load_breast_cancer()
X_train, X_test, y_train, y_test = train_test_split(
    data.data, data.target, test_size=0.25, stratify=data.target, random_state=7)
sc = StandardScaler()
X_train = sc.fit_transform(X_train)
X_test = sc.transform(X_test)

classifier = tf.keras.models.Sequential()
classifier.add(tf.keras.layers.Input(shape=(30,)))
classifier.add(tf.keras.layers.Dense(16, kernel_initializer='uniform', activation='relu'))
classifier.add(tf.keras.layers.Dense(16, kernel_initializer='uniform', activation='relu'))
classifier.add(tf.keras.layers.Dense(1, kernel_initializer='uniform', activation='sigmoid'))
classifier.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
classifier.fit(X_train, y_train, batch_size=16, epochs=40, validation_data=(X_test, y_test), verbose=2)

y_pred = (classifier.predict(X_test, verbose=0) > 0.5).astype(int)
print(confusion_matrix(y_test, y_pred))
print('test accuracy', (y_pred[:, 0] == y_test).mean())
