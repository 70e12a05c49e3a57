"""An exception in a sentence."""

from __future__ import annotations


def harmless(text: str) -> str:
    """The text without what a terminal would obey; lines and tabs stay."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)


def said(fault: BaseException) -> str:
    """Type and text of an exception on one line of at most 300 characters."""
    try:
        text = " ".join(str(fault).split())
    except Exception:  # noqa: BLE001 - an exception may not know its own text
        text = ""
    return f"{type(fault).__name__}: {text[:280]}" if text else type(fault).__name__
