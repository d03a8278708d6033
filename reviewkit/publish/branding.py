"""A client's logo and accent as they stand in a page."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nh3
from markupsafe import Markup

from reviewkit.model import Engagement, InputError
from reviewkit.model.brand import read_logo

_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"}
_TAGS = _SHAPES | {"svg", "g", "defs", "use", "clipPath", "linearGradient", "radialGradient", "stop", "title"}
_LOOKS = {
    "fill", "fill-rule", "fill-opacity", "clip-rule", "clip-path", "stroke", "stroke-width", "stroke-linecap",
    "stroke-linejoin", "stroke-opacity", "stroke-miterlimit", "opacity", "stop-color", "stop-opacity",
    "font-size", "font-weight", "font-family", "text-anchor", "letter-spacing",
}  # fmt: skip
_PLACES = {
    "id", "transform", "style", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r", "rx",
    "ry", "fx", "fy", "d", "points", "dx", "dy", "offset", "gradientUnits", "gradientTransform", "href",
}  # fmt: skip
_NAMESPACE = "http://www.w3.org/2000/svg"


def branding(engagement: Engagement, evidence: Path | None) -> dict[str, Any]:
    """Return what the template of a page is told: ``logo`` as a data URI, ``accent`` as style.

    Parameters
    ----------
    evidence : folder of the run's evidence, in which the logo is kept; None where there is no run.

    Examples
    --------
    >>> import datetime as dt
    >>> made = Engagement(id="a", name="A", client="A", purpose="P", data=".", brand={"accent": "#123456"},
    ...                   data_as_of=dt.date(2025, 1, 31))
    >>> print(branding(made, None)["accent"])
    :root{--link:#123456;--accent:#123456}
    @media screen and (prefers-color-scheme:dark){:root{--link:#6e8398;--accent:#6e8398}}
    """
    brand = engagement.brand
    if brand is None:
        return {}
    logo = evidence / logo_name(brand.logo) if brand.logo and evidence else None
    return {
        "logo": data_uri(logo) if logo and logo.is_file() else "",
        "accent": _style({"light": brand.accent, "dark": brand.dark}),
    }


def logo_name(logo: str) -> str:
    """Return the name a logo is kept by in a run.

    >>> logo_name("pictures/Acme Mark.SVG")
    'logo.svg'
    """
    return f"logo{Path(logo).suffix.lower()}"


def data_uri(path: Path) -> str:
    """Return a logo as an address that holds it; of an SVG nothing but shapes, colours and text is kept.

    Raises
    ------
    InputError : the file is no logo, or nothing is left of it.
    """
    made = read_logo(path)
    kind = "png"
    if path.suffix.lower() == ".svg":
        made, kind = clean_svg(made.decode("utf-8", "replace")).encode(), "svg+xml"
    return f"data:image/{kind};base64,{base64.b64encode(made).decode()}"


def clean_svg(text: str) -> str:
    """Return an SVG with its shapes, colours and text, and nothing that could run or load.

    >>> clean_svg('<svg viewBox="0 0 1 1" onload="x()"><script>1</script><rect width="1" fill="red"/></svg>')
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" fill="red"></rect></svg>'
    """
    found = re.search(r"<svg\b.*</svg\s*>", text, re.S | re.I)
    cleaned = _cleaner().clean(found[0] if found else "").replace("&nbsp;", "&#160;")
    cleaned = re.sub(r"^<svg", f'<svg xmlns="{_NAMESPACE}"', cleaned.strip())
    try:
        root = ElementTree.fromstring(cleaned)
    except ElementTree.ParseError:
        root = None
    if root is None or not any(part.tag.partition("}")[2] in _SHAPES for part in root.iter()):
        problem = "nothing of the logo can be shown: shapes, colours and text are, pictures in it are not"
        raise InputError(problem, key="brand.logo", fix="Save it as PNG.")
    return cleaned


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes={"*": _LOOKS | _PLACES, "svg": {"viewBox", "preserveAspectRatio"}},
        clean_content_tags={"script", "style"},
        filter_style_properties=_LOOKS,
        attribute_filter=_value,
        link_rel=None,
        url_schemes=set(),
    )


def _value(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if tag == "use" and re.fullmatch(r"#[\w.-]+", value) else None
    return None if re.search(r"url\((?!\s*[\"']?#[\w.-]+[\"']?\s*\))", value, re.I) else value


def _style(accents: Mapping[str, str | None]) -> Markup:
    """Only ``#rrggbb`` gets this far, so that the text is safe in a style sheet."""
    light, dark = accents["light"], accents["dark"]
    if not light:
        return Markup("")
    rule = ":root{{--link:{0};--accent:{0}}}"
    return Markup(
        f"{rule.format(light)}\n@media screen and (prefers-color-scheme:dark){{{rule.format(dark)}}}"
    )
