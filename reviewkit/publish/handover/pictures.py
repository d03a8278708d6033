"""Charts as pictures for slides and documents: drawn by Chromium, all of a page at once."""

from __future__ import annotations

import html
import io
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

from .chromium import take_picture
from .document import Page

SCALE = 3
"""Dots of a picture for each CSS pixel: a chart 16 cm wide then has some 260 dots an inch."""
_WIDTH, _TALL, _EDGE = 560, 620, 10
_BATCH = 8  # a picture of more would be taller than Chromium draws


def pictures(page: Page) -> dict[str, bytes]:
    """Return the PNG of every chart of a page, by the HTML of the chart.

    Raises
    ------
    ReviewError : Chromium is missing or failed.
    """
    found: dict[str, bytes] = {}
    charts = list(dict.fromkeys(figure.html for figure in page.figures()))
    for start in range(0, len(charts), _BATCH):
        some = charts[start : start + _BATCH]
        found |= zip(some, _drawn(some, page), strict=True)
    return found


def _drawn(charts: list[str], page: Page) -> list[bytes]:
    with tempfile.TemporaryDirectory(prefix="reviewkit-charts-") as folder:
        sheet, picture = Path(folder, "charts.html"), Path(folder, "charts.png")
        sheet.write_text(_sheet(charts, page), encoding="utf-8")
        take_picture(sheet, picture, width=_WIDTH, height=_TALL * len(charts), scale=SCALE)
        with Image.open(picture) as whole:
            drawn = whole.convert("RGB")
    return [_cut(drawn, number) for number in range(len(charts))]


def _sheet(charts: list[str], page: Page) -> str:
    """One chart below the other, each in a box of the same height."""
    boxes = "".join(f'<div class="rk-box">{chart}</div>' for chart in charts)
    own = (
        f"html{{font-size:16px}}body::before,body::after{{display:none}}"
        f".rk-box{{height:{_TALL}px;width:{_WIDTH}px;padding:{_EDGE}px;overflow:hidden}}"
        ".rk-canvas{overflow:hidden}.rk-svg{min-width:0}"
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        f'<!DOCTYPE html><html lang="{html.escape(page.language)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>Charts</title><style>{page.style}</style><style>{own}</style></head><body>{boxes}</body></html>"
    )


def _cut(drawn: Image.Image, number: int) -> bytes:
    """One chart's box, without the white below and beside it."""
    top = number * _TALL * SCALE
    box = drawn.crop((0, top, _WIDTH * SCALE, top + _TALL * SCALE))
    inked = ImageChops.difference(box, Image.new("RGB", box.size, "white")).getbbox()
    edge = _EDGE * SCALE
    right, bottom = (inked[2], inked[3]) if inked else box.size
    box = box.crop((0, 0, min(box.width, right + edge), min(box.height, bottom + edge)))
    held = io.BytesIO()
    box.save(held, "PNG", optimize=True)
    return held.getvalue()
