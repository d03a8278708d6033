"""Take the README's picture of the leadership page: python scripts/picture.py PAGE IMAGE."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

page_file, image = Path(sys.argv[1]), Path(sys.argv[2])
with sync_playwright() as play:
    browser = play.chromium.launch(executable_path="/usr/bin/chromium")
    page = browser.new_page(viewport={"width": 1180, "height": 900})
    page.goto(page_file.resolve().as_uri())
    image.parent.mkdir(parents=True, exist_ok=True)
    second = page.locator(".rk-joint").nth(1).bounding_box()
    bottom = second["y"] if second else 1800
    page.screenshot(path=str(image), full_page=True, clip={"x": 0, "y": 0, "width": 1180, "height": bottom})
    browser.close()
