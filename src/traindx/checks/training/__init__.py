"""Checks about training."""
