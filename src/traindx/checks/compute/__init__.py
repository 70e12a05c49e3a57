"""Checks about compute."""
