"""traindx: why a training run fails, proven, with the fix. Importing it loads no framework."""

from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "Callback":
        from traindx.entry.callback import callback_class

        return callback_class()
    if name in ("check_splits", "diagnose", "step_memory"):
        from traindx.entry import api

        return getattr(api, name)
    raise AttributeError(f"module 'traindx' has no attribute '{name}'")
