"""Every test: no GPU, quiet TensorFlow, and run logs in a folder of the test session's own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ["TRAINDX_HOME"] = tempfile.mkdtemp(prefix="traindx-tests-")
atexit.register(shutil.rmtree, os.environ["TRAINDX_HOME"], ignore_errors=True)
