"""Checks about many workers."""
