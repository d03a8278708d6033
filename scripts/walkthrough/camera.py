"""Pictures of pages and notebooks, small, and the same on whatever day they are taken."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

from PIL import Image

DAY = dt.date(2025, 9, 22)
"""What pictures show as the day on which the walk is made."""
COLOURS = 48
TALLEST = 900
_DATES = """day => { const today = new Date(), two = n => String(n).padStart(2, "0");
  const iso = `${today.getFullYear()}-${two(today.getMonth() + 1)}-${two(today.getDate())}`;
  const month = d => d.toLocaleString("en-GB", {month: "short"}).slice(0, 3);
  const then = new Date(day), short = d => `${two(d.getDate())} ${month(d)} ${d.getFullYear()}`;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) { const node = walk.currentNode; if (!node.data.trim()) continue;
    const made = node.data.replaceAll(iso, day).replaceAll(short(today), short(then))
      .replace(/( at )\\d\\d:\\d\\d/g, "$109:00");
    if (made !== node.data) node.data = made; } }"""


def shoot(page: Any, image: Path, place: Any, *, tallest: int = TALLEST) -> None:
    """Take the picture of a part of a page, from its top and no taller than said.

    Today's date is shown as :data:`DAY`, so that the picture changes only where the page does.
    """
    page.wait_for_timeout(400)
    page.evaluate(_DATES, DAY.isoformat())
    box = place.bounding_box()
    assert box is not None, "there is nothing to take a picture of"
    clip = {**box, "height": min(box["height"], tallest)}
    taken = page.screenshot(clip=clip, animations="disabled", full_page=True)
    keep(taken, image)


def keep(taken: bytes, image: Path) -> None:
    """Write a picture in few colours, so that it stays small."""
    image.parent.mkdir(parents=True, exist_ok=True)
    small = Image.open(io.BytesIO(taken)).convert("RGB")
    small.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        image, optimize=True
    )
