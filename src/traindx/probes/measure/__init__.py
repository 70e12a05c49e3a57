"""Probes on a finished recording: pure functions from `Training` to a measurement, one subject a file."""
