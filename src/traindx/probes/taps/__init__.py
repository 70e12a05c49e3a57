"""Inside the training step: an instrumented twin, kept states and batches, and the first bad step by repetition."""
