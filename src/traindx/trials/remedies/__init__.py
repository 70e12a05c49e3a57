"""One change a file; every function that `treats` a cause is found by itself."""
