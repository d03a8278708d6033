"""A matplotlib figure as a small, safe, themable piece of SVG inside a page."""

from __future__ import annotations

import hashlib
import io
import re
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Literal

import matplotlib
from markupsafe import Markup, escape

from .palette import INK, MUTED, RULE, VARIABLES
from .words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

WIDTH = 480
"""Width of a chart in pixels before the page scales it, unless it is drawn narrower."""
NARROW = 380
"""Width up to which a phone shows a chart whole and its words can be read; a wider one is scrolled."""

SETTINGS: dict[Any, Any] = {
    "text.parse_math": False,  # a "$" in somebody's remark is no mathematics
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 11.0,
    "axes.linewidth": 0.8,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": MUTED,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelsize": 10.5,
    "ytick.labelsize": 10.5,
    "axes.unicode_minus": True,
    "path.simplify": True,
}


def figure(
    height: float = 240, width: float = WIDTH, layout: Literal["constrained"] | None = "constrained"
) -> Figure:
    """Return an empty figure of that many pixels; draw on it inside :func:`drawing`.

    Without a ``layout`` whoever draws places the axes.
    """
    from matplotlib.figure import Figure

    made = Figure(figsize=(width / 72, height / 72), dpi=72, layout=layout)
    if layout:
        made.get_layout_engine().set(w_pad=3 / 72, h_pad=3 / 72)  # type: ignore[union-attr, call-arg]
    return made


def drawing() -> AbstractContextManager[None]:
    """Return the context in which every chart is drawn: fonts, colours, no mathematics in text."""
    return matplotlib.rc_context(SETTINGS)


def value_axis(axis: Axis, unit: str, most: int = 5, currency: str = "GBP") -> None:
    """Write the figures along an axis with their unit, at round steps and with the decimals these need."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    def write(value: float, _: int | None = None) -> str:
        places = axis.get_majorticklocs()
        step = float(places[1] - places[0]) if len(places) > 1 else 1.0
        return number(
            value, unit, 0 if step >= 1 else (1 if step >= 0.1 else 2), short=True, currency=currency
        )

    axis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(write))


def quiet(axes: Axes, grid: str = "y") -> None:
    """Take away what a reader does not need: three spines, ticks, all but a faint grid."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(RULE if grid == "x" else MUTED)
    # Ticks without length are left out, not drawn as nothing.
    axes.tick_params(length=0, left=False, bottom=False)
    axes.set_axisbelow(True)
    if grid:
        axes.grid(axis=grid, color=RULE, linewidth=0.7)  # type: ignore[arg-type]


def svg(drawn: Figure, *, key: str, alt: str) -> Markup:
    """Return the figure as inline SVG: unique ids, colours as variables, the page's font.

    Parameters
    ----------
    drawn : the figure.
    key : unique on the page; small letters, digits and hyphens.
    alt : what kind of chart it is and what it says.
    """
    with matplotlib.rc_context({**SETTINGS, "svg.hashsalt": key}):
        text = _written(drawn)
    text = _small(text[text.index("<svg") :])
    text = _own_ids(text, key)
    text = re.sub(r"(fill|stroke): (#[0-9a-f]{6})", _variable, text)
    width, height = drawn.get_size_inches() * 72
    size = "rk-svg" if width <= NARROW else "rk-svg rk-wide"
    head = (
        f'<svg class="{size}" role="img" aria-label="{escape(alt)}" xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {width:g} {height:g}">'
    )
    return Markup(re.sub(r"^<svg[^>]*>", lambda _: head, text, count=1))


def _written(drawn: Figure) -> str:
    """Return the figure as matplotlib writes it, on a transparent ground.

    ``savefig`` would draw everything twice (once only to lay it out) and measure every text for each.
    """
    from matplotlib.backends.backend_svg import RendererSVG

    drawn.patch.set_visible(False)
    for axes in drawn.axes:
        axes.patch.set_visible(False)
        _settle(axes)
    buffer = io.StringIO()
    width, height = drawn.get_size_inches() * 72
    renderer = RendererSVG(width, height, buffer, metadata={"Date": None, "Creator": None})
    # The layout asks the canvas for something to measure with: the same renderer remembers what it measured.
    drawn.canvas.get_renderer = lambda: renderer  # type: ignore[attr-defined]
    drawn.draw(renderer)
    renderer.finalize()
    return buffer.getvalue()


def _settle(axes: Axes) -> None:
    """Work out ticks and their words once: laying out and drawing would ask for them twenty times.

    They hang on the limits of the axes alone, which are known when a chart is finished.
    """
    from matplotlib.ticker import FixedFormatter, FixedLocator

    for axis in (axes.xaxis, axes.yaxis):
        at = axis.get_majorticklocs().tolist()
        words = axis.get_major_formatter().format_ticks(at)
        axis.set_major_locator(FixedLocator(at))
        axis.set_major_formatter(FixedFormatter(words))
        if not axis.get_label_text():
            # Nothing stands there, so nobody needs to know where it would clear the ticks.
            axis.set_label_coords(0, 0)


def _small(text: str) -> str:
    """Drop what a browser does not need; words in the drawing are left exactly as they are."""
    text = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", "", text, flags=re.S)
    text = re.sub(r"<[^>]+>", lambda found: _small_tag(found[0]), text)
    text = re.sub(r">\s*\n\s*<", "><", text)
    text = re.sub(r"<g([^>]*)>((?:<use [^>]*/>)+)</g>", _shared_style, text)
    before = ""
    while before != text:
        before, text = text, re.sub(r"<g[^>]*/>|<g[^>]*></g>|<defs></defs>", "", text)
        text = re.sub(r"<g>(<(?:text|path|use)[^<]*(?:</text>)?)</g>", r"\1", text)
    return text.strip()


def _shared_style(found: re.Match[str]) -> str:
    """Write the style that all points of a series share once, on their group."""
    styles = set(re.findall(r' style="([^"]*)"', found[2]))
    if len(styles) != 1:
        return found[0]
    points = re.sub(r' style="[^"]*"', "", found[2])
    return f'<g{found[1]} style="{styles.pop()}">{points}</g>'


def _small_tag(tag: str) -> str:
    """Shorten one tag: coordinates to a tenth of a pixel, the page's font, no empty rotation."""
    tag = re.sub(r"\s+", " ", tag).replace("xlink:href", "href")
    tag = re.sub(r"font:[^;\"]*?([\d.]+)px [^;\"]*", _font, tag)
    tag = re.sub(r" ?font-family:[^;\"]*;?", "", tag)
    tag = re.sub(r' transform="rotate\(-?0 [^"]*"', "", tag)
    return re.sub(r"-?\d+\.\d{2,}", lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), tag)


def _font(found: re.Match[str]) -> str:
    weight = re.search(r"\b(bold|[5-9]00)\b", found[0])
    return f"font-size: {found[1]}px" + (f"; font-weight: {weight[0]}" if weight else "")


def _variable(found: re.Match[str]) -> str:
    """Return a colour as a variable of the style sheet, with itself as the fallback."""
    if found[2] not in VARIABLES:
        return found[0]
    return f"{found[1]}: var({VARIABLES[found[2]]}, {found[2]})"


def _own_ids(text: str, key: str) -> str:
    """Keep only ids that something refers to, and make them the chart's own: short, each point names one."""
    used = dict.fromkeys(re.findall(r'(?:href="#|url\(#)([^")]+)', text))
    start = "k" + hashlib.sha256(key.encode()).hexdigest()[:6]
    short = {name: f"{start}{number}" for number, name in enumerate(used)}

    def rename(found: re.Match[str]) -> str:
        return f' id="{short[found[1]]}"' if found[1] in short else ""

    text = re.sub(r'\s+id="([^"]+)"', rename, text)
    return re.sub(r'(href="#|url\(#)([^")]+)', lambda found: f"{found[1]}{short[found[2]]}", text)
