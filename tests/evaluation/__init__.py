"""Tests of the losses, metrics and evaluation on trial."""
