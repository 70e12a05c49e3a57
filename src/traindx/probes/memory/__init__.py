"""How much memory a training step needs, how much there is, and what an allocation that failed asked for."""
