"""How much memory there is: of the machine, of the control group this process runs in, of the graphics card."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

UNLIMITED = 1 << 60
"""Control groups spell "no limit" as a number near 2**63."""


def resident() -> int:
    """Bytes of this process in memory now; 0 where the system does not tell (no /proc)."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def host_limit(root: Path = Path("/")) -> int | None:
    """Bytes this process may use: the least of physical memory and the limits of its control groups (v1 and v2)."""
    found = [n for n in (_physical(root), *_groups(root)) if n is not None and 0 < n < UNLIMITED]
    return min(found, default=None)


def host_free(root: Path = Path("/")) -> int | None:
    """Bytes that can still be had without swapping (`MemAvailable`), within `host_limit`."""
    available = _meminfo(root, "MemAvailable")
    limit = host_limit(root)
    if available is None or limit is None:
        return available if limit is None else limit
    return min(available, limit)


def _meminfo(root: Path, name: str) -> int | None:
    try:
        for line in (root / "proc/meminfo").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) << 10
    except (OSError, ValueError, IndexError):
        return None
    return None


def _physical(root: Path) -> int | None:
    total = _meminfo(root, "MemTotal")
    if total is not None:
        return total
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return None


def _groups(root: Path) -> list[int | None]:
    """Limits of this process's control group and of all groups above it."""
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:
        return []
    found: list[int | None] = []
    for line in lines:
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if controllers not in ("", "memory"):
            continue
        top = root / ("sys/fs/cgroup" if not controllers else "sys/fs/cgroup/memory")
        name = "memory.max" if not controllers else "memory.limit_in_bytes"
        parts = [p for p in path.split("/") if p]
        found += [_number(top.joinpath(*parts[:n]) / name) for n in range(len(parts) + 1)]
    return found


def _number(file: Path) -> int | None:
    try:
        return int(file.read_text())
    except (OSError, ValueError):  # no such group, or "max"
        return None


def device() -> tuple[str, int | None]:
    """(name, bytes) of the memory in which TensorFlow trains: the first visible graphics card, else the host's."""
    import tensorflow as tf

    cards = tf.config.list_logical_devices("GPU")
    if not cards:
        return "host", host_limit()
    return cards[0].name, _card_limit(tf, cards[0])


def _card_limit(tf: Any, card: Any) -> int | None:
    configured = tf.config.get_logical_device_configuration(tf.config.list_physical_devices("GPU")[0])
    if configured and configured[0].memory_limit:
        return int(configured[0].memory_limit) << 20
    try:
        import pynvml

        pynvml.nvmlInit()
        return int(pynvml.nvmlDeviceGetMemoryInfo(pynvml.nvmlDeviceGetHandleByIndex(0)).total)
    except Exception:  # noqa: BLE001 - without NVML the limit is unknown
        return None
