"""Tests in headless Chromium; they need playwright, a chromium binary and axe-core, and install nothing."""
