"""How to measure: the only code that touches Keras, TensorFlow or the user's data."""
