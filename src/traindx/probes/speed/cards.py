"""Graphics cards: what the driver shows, what TensorFlow uses, and how busy the card is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from traindx.facts.compute import Accelerators

DRIVER = Path("/proc/driver/nvidia/gpus")


def open_card() -> Callable[[], float | None]:
    """A function that tells the utilisation of the first card now (0 to 1), or None without card or pynvml."""
    if not driver_cards():
        return lambda: None
    try:
        import pynvml

        pynvml.nvmlInit()
        handle = pynvml.nvmlDeviceGetHandleByIndex(0)
    except Exception:  # noqa: BLE001 - no NVML: utilisation stays unknown
        return lambda: None

    def busy() -> float | None:
        try:
            return pynvml.nvmlDeviceGetUtilizationRates(handle).gpu / 100
        except Exception:  # noqa: BLE001 - the card does not tell
            return None

    return busy


def driver_cards(root: Path = DRIVER) -> tuple[str, ...]:
    """Names of the cards that NVIDIA's driver shows to this process."""
    found: list[str] = []
    for folder in sorted(root.glob("*")) if root.is_dir() else ():
        try:
            lines = (folder / "information").read_text().splitlines()
        except OSError:
            continue
        found += [line.partition(":")[2].strip() for line in lines if line.startswith("Model")]
    return tuple(found)


def accelerators(model: Any, utilisation: list[float]) -> Accelerators:
    """What there is and what this model used."""
    tensorflow = sys.modules["tensorflow"]
    hidden = os.environ.get("CUDA_VISIBLE_DEVICES")
    placed = {str(v.value.device).rpartition("device:")[2] for v in model.trainable_variables[:8]} if model is not None else set()
    return Accelerators(
        cards=driver_cards(), visible=len(tensorflow.config.list_physical_devices("GPU")),
        gpu_build=bool(tensorflow.test.is_built_with_cuda()), weights_on=",".join(sorted(placed)),
        utilisation=sum(utilisation) / len(utilisation) if utilisation else None, samples=len(utilisation),
        hidden=hidden is not None and hidden.strip() in ("", "-1"),
    )  # fmt: skip
