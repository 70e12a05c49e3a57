"""The second engine: Spark brings Arrow batches to many workers; what is computed is the same code as in process."""
