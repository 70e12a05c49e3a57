"""traindx: why a training run fails, proven, with the fix. Importing it loads no framework."""

__version__ = "0.1.0"
