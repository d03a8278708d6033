"""Every page of every sample in Chromium, from disk: it asks for nothing, reads well, prints as promised."""

from __future__ import annotations

import io
import math
import os
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from reviewkit.publish.handover.chromium import count_sheets, print_within

from .conftest import Ran
from .eyes import Watched, watched

pytestmark = [pytest.mark.slow, pytest.mark.browser]
SAMPLES = ("contact_centre", "employment_services", "emergency_care", "patient_voice")
SNAPSHOT = Path(__file__).parent / "snapshots/contact_centre_summary.png"
WIDE = 160
"""Pixels across a snapshot: its layout, not its letters."""
SECONDS = 2.5
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
# What contrast costs axe is most of its time: it is looked at by pixels, and by axe on two summaries.
RULES = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}}
TEXTS = """() => {
  const found = new Map(), met = new Set(), ways = new Map();
  const way = one => {  // what its style hangs on; asked for once where thousands of cells are alike
    if (!one) return '';
    if (!ways.has(one)) ways.set(one, way(one.parentElement) + '>' + one.tagName + '.' + one.getAttribute('class'));
    return ways.get(one);
  };
  const behind = one => {
    for (; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (colour !== 'rgba(0, 0, 0, 0)') return colour;
    }
  };
  for (const one of document.querySelectorAll('h1, h2, h3, p, li, td, th, dt, dd, a, summary, span, strong, small, caption, figcaption, footer, text')) {
    const path = way(one) + (one.getAttribute('style') || '');
    if (met.has(path)) continue;
    const words = [...one.childNodes].filter(node => node.nodeType === 3 && node.textContent.trim().length > 2);
    if (!words.length || one.closest('.rk-hidden, .rk-skip') || !one.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    met.add(path);
    const style = getComputedStyle(one), drawing = one.closest('svg');
    const kind = drawing ? drawing.ariaLabel.split(' ').slice(0, 2).join(' ') + ' ' + style.fill
      : one.className + ' in ' + one.parentElement.className + ' ' + style.color + ' on ' + behind(one);
    const key = [one.tagName, kind, style.fontSize, style.fontWeight].join(' ');
    if (found.has(key)) continue;
    const range = document.createRange(); range.selectNodeContents(words[0]);
    const {x, y, width, height} = range.getBoundingClientRect();
    if (width > 8 && height > 8 && height < 80 && x >= 0 && x + width <= innerWidth)
      found.set(key, [key, x, y + scrollY, width, height, parseFloat(style.fontSize), parseInt(style.fontWeight)]);
  }
  return [...found.values()];
}"""  # noqa: E501
# A drawing is one image with its description: what is in it is nothing to axe, which looks at every point.
BARE = "document.querySelectorAll('svg[role=img] > *').forEach(one => one.remove())"
STOPS = """[...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility()).map((one, place) => one.dataset.place = place).map(String)"""
HERE = """(() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  return [one.dataset.place, shown, one.outerHTML.slice(0, 80)];
})()"""


def folder(name: str, ran: Ran, rest: Ran) -> Path:
    runs = ran.runs if name == "contact_centre" else rest.runs
    return runs / name / "latest/site"


@pytest.fixture(scope="module")
def eyes(browser: Any) -> Any:
    with watched(browser, **DESKTOP) as one:
        yield one


def wrong(eyes: Watched, path: Path, rules: dict[str, Any] = RULES) -> list[str]:
    """Open a page and return what is wrong with it, in words."""
    from axe_playwright_python.sync_playwright import Axe

    eyes.open(path)
    found = eyes.trouble(path)
    load = eyes.page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd / 1000")
    wide, room = eyes.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    found += [f"takes {load:.1f} s to load"] * (load > SECONDS) + ["is too wide"] * (wide > room)
    eyes.page.evaluate(BARE)
    for one in Axe().run(eyes.page, options=rules).response["violations"]:
        found.append(f"{one['id']}: {one['nodes'][0]['html'][:120]}")
    return [f"{path.parent.name}/{path.name}: {what}" for what in found]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_page_asks_for_nothing_and_passes_axe(name: str, ran: Ran, rest: Ran, eyes: Watched) -> None:
    site = folder(name, ran, rest)
    pages = pages_of(site)
    assert len(pages) > 20
    assert [what for page in pages for what in wrong(eyes, page)] == []


def pages_of(site: Path) -> list[Path]:
    """Every page of the team and leadership editions, and what only one of the others has."""
    pages = [page for edition in ("leadership", "team") for page in sorted((site / edition).glob("*.html"))]
    pages += [
        site / "managers/2.5_people_performance.html",
        *sorted((site / "participants").glob("what*.html")),
    ]
    return [page for page in pages if page.is_file()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_of_pages(scheme: str, ran: Ran, rest: Ran, browser: Any) -> None:
    """Each way in which words are set, wherever it first occurs; where there is a new one, by its picture."""
    thin: list[str] = []
    seen: set[str] = set()
    with watched(browser, **DESKTOP, color_scheme=scheme) as eyes:
        # One sample's team pages hold whatever others and the leadership's do, set in the same ways.
        pages = sorted((ran.latest / "site/team").glob("*.html"))
        for page in [*pages, *(folder(name, ran, rest) / "leadership/index.html" for name in SAMPLES)]:
            eyes.open(page)
            thin += [f"{page}: {what}" for what in too_pale(eyes, seen)]
        for name in SAMPLES[:2]:
            page = folder(name, ran, rest) / "leadership/index.html"
            thin += wrong(eyes, page, {"runOnly": ["color-contrast"], "resultTypes": ["violations"]})
    assert len(seen) > 60 and thin == []


def too_pale(eyes: Watched, seen: set[str]) -> list[str]:
    """Return texts whose letters differ too little from what is behind them, measured on the picture."""
    boxes = sorted((box for box in eyes.page.evaluate(TEXTS) if box[0] not in seen), key=lambda box: box[2])
    seen |= {box[0] for box in boxes}
    found, top, image = [], -math.inf, np.empty(0)
    for key, x, y, width, height, size, weight in boxes:
        if y + height > top + DESKTOP["viewport"]["height"] - 2:
            top = eyes.page.evaluate("y => { scrollTo(0, y); return scrollY; }", y - 8)
            image = np.asarray(picture(eyes, whole=False))
        part = image[int(y - top) : int(y - top + height) + 1, int(x) : int(x + width) + 1].reshape(-1, 3)
        least = 3 if size >= 24 or (size >= 18.66 and weight >= 700) else 4.5
        if len(part) and (ratio := contrast(part)) < least:
            found.append(f"{key} has a contrast of {ratio:.1f}")
    return found


def contrast(pixels: np.ndarray) -> float:
    """Return the contrast of the commonest colour and the one furthest from it (WCAG 2.2).

    Edges of letters are mixed with what is behind them: the furthest is the letter itself.
    """
    share = pixels.astype(float) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    light = linear @ [0.2126, 0.7152, 0.0722]
    behind = light[Counter(map(bytes, pixels)).most_common(1)[0][0] == np.array(list(map(bytes, pixels)))][0]
    return float(
        max((max(one, behind) + 0.05) / (min(one, behind) + 0.05) for one in (light.min(), light.max()))
    )


def picture(eyes: Watched, *, whole: bool = True) -> Image.Image:
    return Image.open(io.BytesIO(eyes.page.screenshot(full_page=whole))).convert("RGB")


def test_summary_by_keyboard(ran: Ran, eyes: Watched) -> None:
    """The first stop skips to the content; each place is reached once, in order, and shows that it is."""
    eyes.open(ran.latest / "site/leadership/index.html")
    page = eyes.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "rk-skip"
    wanted = page.evaluate(STOPS)
    reached, unseen = [page.evaluate("document.activeElement.dataset.place")], []
    for _ in wanted[1:]:
        page.keyboard.press("Tab")
        place, shown, name = page.evaluate(HERE)
        reached.append(place)
        unseen += [] if shown else [name]
    assert reached == wanted and unseen == []
    eyes.open(ran.latest / "site/leadership/index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("name", SAMPLES)
def test_summary_is_printed_on_two_sheets(name: str, ran: Ran, rest: Ran, tmp_path: Path) -> None:
    page = folder(name, ran, rest) / "leadership/index.html"
    print_within(page.read_text(encoding="utf-8"), tmp_path / "summary.pdf")
    assert count_sheets(tmp_path / "summary.pdf") == 2


def test_summary_looks_as_it_did(ran: Ran, browser: Any) -> None:
    """Against the picture kept; where a change is meant, ``make snapshots`` writes it anew."""
    with watched(browser, **DESKTOP, reduced_motion="reduce") as eyes:
        eyes.open(ran.latest / "site/leadership/index.html")
        whole = picture(eyes).convert("L")
    now = whole.resize((WIDE, round(whole.height * WIDE / whole.width)), Image.Resampling.BOX)
    if os.environ.get("REVIEWKIT_SNAPSHOTS") == "write":
        SNAPSHOT.parent.mkdir(exist_ok=True)
        now.save(SNAPSHOT, optimize=True)
    kept = Image.open(SNAPSHOT)
    told = "The summary does not look as in tests/e2e/snapshots"
    advice = "Look at both; if the change, or other fonts on this machine, is meant, run `make snapshots`."
    assert abs(now.height - kept.height) <= 0.06 * kept.height, f"{told}: its length changed. {advice}"
    apart = far(now, kept)
    assert apart < 0.12, f"{told}: {apart:.0%} of it differs. {advice}"


def far(one: Image.Image, other: Image.Image) -> float:
    """Return the share of the area that differs: blocks of 8 pixels, so that fonts may."""
    size = (WIDE // 8, other.height // 8)
    pair = [np.asarray(each.resize(size, Image.Resampling.BOX), dtype=float) for each in (one, other)]
    return float((np.abs(pair[0] - pair[1]) > 16).mean())
