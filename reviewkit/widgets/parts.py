"""What all widgets are made of: safe text, labelled fields, buttons, a line that says what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as w
from markupsafe import Markup, escape

from reviewkit.model import InputError

from .arriving import heard, once_arrived
from .keys import keep_keys


def safe(markup: str, *texts: object) -> str:
    """Return HTML with texts put in as text: what people said never becomes markup.

    >>> safe("<p>{}</p>", "<b>")
    '<p>&lt;b&gt;</p>'
    """
    return str(Markup(markup).format(*(text if isinstance(text, Markup) else escape(text) for text in texts)))


def words(text: str, kind: str = "rkw-words") -> str:
    """Return a remark as HTML: as it was written, its direction its own.

    >>> words("1 < 2")
    '<p class="rkw-words" dir="auto">1 &lt; 2</p>'
    """
    return safe('<p class="{}" dir="auto">{}</p>', kind, text)


def note(text: str) -> str:
    """Return a quiet line as HTML."""
    return safe('<p class="rkw-quiet" dir="auto">{}</p>', text)


def shortened(text: str, most: int) -> str:
    """Return a text as one line of a list, which cannot be scrolled sideways with comfort.

    >>> shortened("They never tell us anything", 15)
    'They never tel…'
    """
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


class Said:
    """The line that tells what happened; screen readers read it out when it changes."""

    def __init__(self) -> None:
        self.widget = w.HTML()
        self.say("")

    def say(self, text: str, *, trouble: bool = False) -> None:
        """Tell that something went well, or did not."""
        self.text, self.trouble = text, trouble
        kind = "rkw-said rkw-trouble" if trouble else "rkw-said"
        self.widget.value = safe('<p class="{}" role="status" dir="auto">{}</p>', kind, text)


def button(
    text: str,
    does: Callable[[], object],
    *,
    main: bool = False,
    hint: str = "",
    icon: str = "",
    at_once: bool = False,
) -> Any:
    """Return a button; Tab reaches it, Enter and Space press it, and what was typed before counts.

    Parameters
    ----------
    at_once : do not wait for what was typed, such as to give something up.
    """
    made = w.Button(
        description=text,
        tooltip=hint or text,
        icon=icon,
        button_style="primary" if main else "",
        layout=w.Layout(width="auto", min_width="4rem"),
    )
    made.on_click(lambda _: does() if at_once else once_arrived(does))
    return made


def field(kind: Any, label: str, *, width: str = "auto", **more: Any) -> Any:
    """Return a field with its label before it, as wide as the words need."""
    made = kind(
        description=label,
        style={"description_width": "initial"},
        layout=w.Layout(width=width, **more.pop("layout", {})),
        **more,
    )
    heard(made, written=kind not in (w.Dropdown, w.Select, w.Checkbox))
    return made


def area(label: str, *, rows: int = 2, value: str = "", hint: str = "") -> Any:
    """Return a field for several lines, told of at every key."""
    return field(w.Textarea, label, rows=rows, value=value, placeholder=hint, continuous_update=True)


def offer(chooser: Any, options: Sequence[tuple[str, Any]]) -> None:
    """Offer other options in a list; what was chosen stays chosen where it is still there."""
    if list(chooser.options) != list(options):
        chosen = chooser.value
        chooser.options = options
        chooser.value = chosen if chosen in [value for _, value in options] else None


def panel(*children: Any, width: str = "100%") -> Any:
    """Return widgets one below the other."""
    return w.VBox(list(children), layout=w.Layout(width=width))


def columns(left: Any, right: Any, *, least: str) -> Any:
    """Return two panels side by side, or one below the other where there is no room."""
    left.layout = w.Layout(width="61%", min_width=least, flex=f"1 1 {least}", padding="0 .8rem 0 0")
    right.layout = w.Layout(width="36%", min_width="18rem", flex="1 1 18rem")
    return w.HBox([left, right], layout=w.Layout(flex_flow="row wrap", align_items="flex-start"))


def row(*children: Any) -> Any:
    """Return widgets side by side, on more lines where there is no room."""
    return w.HBox(
        list(children), layout=w.Layout(flex_flow="row wrap", align_items="center", grid_gap="2px 6px")
    )


def in_words(make: Callable[[], Any]) -> Any:
    """Return a widget, or the line that says why there can be none."""
    try:
        return make()
    except InputError as error:
        said = Said()
        said.say(str(error), trouble=True)  # a file of the engagement is at fault: it is named
        return root(said.widget)


def shown(widget: Any, visible: bool) -> None:
    """Show or hide a widget."""
    widget.layout.display = None if visible else "none"


def root(*children: Any) -> Any:
    """Return the outermost widget, with the style of all; keys pressed in its lists stay there."""
    keep_keys()
    style = (Path(__file__).parent / "widgets.css").read_text(encoding="utf-8")
    made = panel(w.HTML(f"<style>{style}</style>", layout=w.Layout(display="none")), *children)
    made.add_class("rkw")
    return made
