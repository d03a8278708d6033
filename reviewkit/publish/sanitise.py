"""Two allow-lists: one for charts, one for everything else. What is not named is dropped."""

from __future__ import annotations

import re
from functools import cache

import nh3

SVG_TAGS = {
    "svg",
    "g",
    "defs",
    "path",
    "use",
    "rect",
    "circle",
    "line",
    "polyline",
    "text",
    "tspan",
    "clipPath",
}
SVG_ATTRIBUTES = {
    "*": {"id", "style", "class", "transform", "clip-path", "role", "aria-label", "aria-hidden"},
    "svg": {"viewBox"},
    "path": {"d"},
    "use": {"x", "y", "href"},
    "rect": {"x", "y", "width", "height"},
    "circle": {"cx", "cy", "r"},
    "line": {"x1", "x2", "y1", "y2"},
    "polyline": {"points"},
    "text": {"x", "y"},
}
SVG_STYLES = {
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-miterlimit",
    "opacity",
    "font-size",
    "font-style",
    "font-weight",
    "text-anchor",
}
HTML_TAGS = {
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h2",
    "h3",
    "h4",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
}
HTML_ATTRIBUTES = {
    "*": {"id", "class", "role", "aria-label", "aria-hidden", "data-finding", "data-chart", "tabindex"},
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan", "data-label"},
    "ol": {"start"},
}
ALLOWED = {
    "href": r"(?:[\w.-]+\.html)?(?:#[\w.-]+)?",
    "class": r"(?:rk-[\w-]+ ?)+",
    "id": r"[A-Za-z][\w.-]*",
    "role": r"region|group|img|list|note",
    "tabindex": r"0",
    "aria-hidden": r"true",
    "scope": r"col|row|colgroup|rowgroup",
    "data-chart": r"\d+",
}
CHART = re.compile(r"<svg\b.*?</svg\s*>", re.S | re.I)


def sanitise(html: str) -> str:
    """Return a view's HTML with nothing in it but what the two lists allow.

    Charts are cleaned apart from the rest and put back where they stood; the mark that holds
    their place cannot be matched inside an attribute, whose quotes are escaped.

    >>> sanitise('<p onclick="x()">a<script>alert(1)</script></p>')
    '<p>a</p>'
    >>> sanitise('<svg class="rk-svg" onload="x()"><a href="https://x.org"><text>b</text></a></svg>')
    '<svg class="rk-svg"><text>b</text></svg>'
    """
    charts: list[str] = []

    def hold(found: re.Match[str]) -> str:
        charts.append(_svg().clean(found[0]))
        return f'<span data-chart="{len(charts) - 1}"></span>'

    text = _html().clean(CHART.sub(hold, html))
    return re.sub(
        r'<span data-chart="(\d+)"></span>',
        lambda found: charts[int(found[1])] if int(found[1]) < len(charts) else "",
        text,
    )


@cache
def _svg() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=SVG_TAGS,
        attributes=SVG_ATTRIBUTES,
        clean_content_tags={"script", "style"},
        filter_style_properties=SVG_STYLES,
        attribute_filter=_svg_value,
        link_rel=None,
        url_schemes={"https"},
    )


@cache
def _html() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=HTML_TAGS,
        attributes=HTML_ATTRIBUTES,
        clean_content_tags={"script", "style", "svg", "math"},
        attribute_filter=_html_value,
        link_rel=None,
        url_schemes={"https"},
    )


def _svg_value(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if re.fullmatch(r"#[\w.-]+", value) else None
    if name in ("id", "class", "role", "aria-hidden"):
        return _html_value(tag, name, value)
    return None if "url(" in value.lower() and not re.fullmatch(r"url\(#[\w.-]+\)", value) else value


def _html_value(tag: str, name: str, value: str) -> str | None:
    if name in ALLOWED and not re.fullmatch(ALLOWED[name], value):
        return None
    return value
