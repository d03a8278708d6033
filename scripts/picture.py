"""Take the README's picture of a leadership page: python scripts/picture.py PAGE IMAGE.

Top of the page to the end of the first theme beside its measure, in 64 colours, so that it stays small.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from reviewkit.publish.handover.chromium import find_chromium

page_file, image = Path(sys.argv[1]), Path(sys.argv[2])
with sync_playwright() as play:
    browser = play.chromium.launch(executable_path=str(find_chromium()), args=["--no-sandbox"])
    page = browser.new_page(viewport={"width": 1060, "height": 900}, color_scheme="light")
    page.goto(page_file.resolve().as_uri())
    image.parent.mkdir(parents=True, exist_ok=True)
    second = page.locator(".rk-joint").nth(1).bounding_box()
    bottom = second["y"] - 10 if second else 1800
    taken = page.screenshot(
        full_page=True, clip={"x": 0, "y": 0, "width": 1060, "height": bottom}, animations="disabled"
    )
    browser.close()
Image.open(io.BytesIO(taken)).convert("RGB").quantize(
    64, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
).save(image, optimize=True)
