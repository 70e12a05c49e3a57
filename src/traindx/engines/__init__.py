"""Fold measurements over data that may not fit in memory."""
