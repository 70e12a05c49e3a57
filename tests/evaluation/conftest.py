"""Quiet TensorFlow on the CPU."""

from __future__ import annotations

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")


def pytest_configure(config):
    """Register the mark of tests that import TensorFlow."""
    config.addinivalue_line("markers", "keras: needs Keras and TensorFlow")
