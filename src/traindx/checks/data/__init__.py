"""Checks about data."""
