"""Experiments that need no re-training: one file for each question."""
