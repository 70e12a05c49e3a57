"""The words every layer shares: measurements, causes, findings, diagnosis. Standard library and NumPy only."""
