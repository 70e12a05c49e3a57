"""What several workers do: real ones under `tf.distribute`, and one process that plays several."""
