"""A published page in Chromium: nothing requested, nothing wrong for axe, nothing too wide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from reviewkit.present.blocks import Beside, Bottom, Quote, Stack, Table, Tile, Tiles
from reviewkit.present.charts import dot_chart

CHROMIUM = Path("/usr/bin/chromium")
VIEWS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True},
    "dark": {"color_scheme": "dark"},
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed at /usr/bin/chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=str(CHROMIUM))
        yield made
        made.close()


def content() -> str:
    frame = pd.DataFrame(
        {"site": ["North", "South"], "rate": [61.0, 72.5], "lower": [58.0, 70.0], "upper": [64.0, 75.0]}
    )
    chart = dot_chart(
        frame, "site", "rate", title="North resolves fewer contacts first time", unit="percent", key="d"
    )
    table = Table(
        frame, caption="Rates", headings={"site": "Site", "rate": "Rate", "lower": "Lower", "upper": "Upper"}
    )
    tiles = Tiles(
        [Tile("Resolved first time", "61.0%", "down 8 points", "concern"), Tile("Waiting", "4 min", "", "")]
    )
    return Stack(Bottom(["It fell."]), tiles, Beside(Quote("We wait.", "front line"), chart), table).html()


@pytest.mark.browser
@pytest.mark.parametrize("name", VIEWS)
def test_published_page_in_chromium(
    name: str, browser: Any, site: Callable[..., Path], make: SimpleNamespace
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    book = make.book(make.text("## How far apart?"), make.cell(make.shown(team=content())))
    url = (site(step1_1=book) / "team" / "1.1_performance_data.html").as_uri()
    context, asked = browser.new_context(**VIEWS[name]), []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(url)
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    found = Axe().run(page).response["violations"]
    context.close()
    assert asked == [url] and wide <= room and found == []
