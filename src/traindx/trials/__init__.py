"""Proof: paired experiments in a child process, one file for each change."""
