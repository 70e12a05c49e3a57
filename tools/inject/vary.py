"""Variants of a base program: its constants and its names, drawn by a seed."""

from __future__ import annotations

import random
import re

STYLES = (
    {},
    {"x_train": "X_train", "x_test": "X_test"},
    {"x_train": "train_x", "x_test": "test_x", "y_train": "train_y", "y_test": "test_y"},
    {"x_train": "X_tr", "x_test": "X_te", "y_train": "y_tr", "y_test": "y_te", "model": "net"},
    {"x_train": "inputs_train", "x_test": "inputs_val", "y_train": "targets_train", "y_test": "targets_val"},
    {"x_train": "xs", "x_test": "xs_val", "y_train": "ys", "y_test": "ys_val", "model": "network"},
)


def constants(source: str, rng: random.Random) -> str:
    """Choose each constant whose line ends with a comment of alternatives: `UNITS = 32  # 24 48` or `# 0..40`."""

    def choose(match: re.Match[str]) -> str:
        name, value, options = match.groups()
        if ".." in options:
            low, _, high = options.partition("..")
            return f"{name} = {rng.randint(int(low), int(high))}"
        return f"{name} = {rng.choice([value, *options.split()])}"

    return re.sub(r"^([A-Z]+) = (\S+)  # (.+)$", choose, source, flags=re.MULTILINE)


def renamed(text: str, style: int) -> str:
    """The program with the names of style number `style` in the place of the base's."""
    for old, new in STYLES[style % len(STYLES)].items():
        text = re.sub(rf"\b{old}\b", new, text)
    return text
