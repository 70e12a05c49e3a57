"""HTML and SVG as text: every child that is not already markup is escaped, so nothing from the data can become code."""

from __future__ import annotations

from html import escape

from traindx.reporters.words import clean

LONGEST = 2000  # characters of one text; keeps the page small whatever the data holds
VOID = {"meta", "img", "br", "hr", "line", "rect", "circle", "path", "polyline"}


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Child = Html | str | int | float | None


def tag(name: str, /, *children: Child, **attributes: str | float | bool | None) -> Html:
    """`tag("p", "a < b", class_="note")` gives `<p class="note">a &lt; b</p>`; None leaves an attribute out."""
    opened = f"<{name}{''.join(_attribute(k, v) for k, v in attributes.items())}"
    if name in VOID and not children:
        return Html(f"{opened}/>")
    return Html(f"{opened}>{join(*children)}</{name}>")


def join(*children: Child) -> Html:
    """The children one after another, escaped where they are plain text."""
    return Html("".join(child if isinstance(child, Html) else text(child) for child in children))


def text(value: Child) -> Html:
    """A plain value as markup: control characters visible, at most `LONGEST` characters, escaped."""
    if value is None:
        return Html("")
    said = str(value)
    if len(said) > LONGEST:
        said = said[:LONGEST] + "…"
    return Html(escape(clean(said)))


def _attribute(name: str, value: str | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    if isinstance(value, float):
        value = f"{value:.2f}".rstrip("0").rstrip(".")
    said = value if isinstance(value, Html) else text(str(value))
    return f' {name}="{said}"'
