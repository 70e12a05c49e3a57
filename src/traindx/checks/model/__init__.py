"""Checks about model."""
