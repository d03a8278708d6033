"""In a real JupyterLab: a scenario is kept as a draft; a note is there after the kernel was restarted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

from reviewkit.steps.workbench import open_review
from reviewkit.widgets.desk import Desk
from reviewkit.widgets.scenario.inputs import inputs_of

from ..lab import jupyterlab, open_notebook, restart, run_all
from .conftest import written

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SHOTS = os.environ.get("REVIEWKIT_SHOTS", "")
ALIVE = ":not(.jupyter-widgets-disconnected)"


@pytest.fixture(scope="module")
def engagement(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The params file of a small engagement, its steps worked out, the notebooks beside it."""
    home = tmp_path_factory.mktemp("lab")
    params = written(home)
    (params.parent / "data/targets.csv").write_text("measure,valid_from,target\nfcr,2023-01-01,85\n")
    inputs_of(open_review(params))
    (home / "notebooks").mkdir()
    for name in ("explore", "scenario"):
        book = nbformat.read(root / f"notebooks/workbench/{name}.ipynb", 4)
        for cell in book.cells:
            cell.source = cell.source.replace('"contact_centre"', '"acme"')
        nbformat.write(book, home / f"notebooks/{name}.ipynb")
    return params


@pytest.fixture(scope="module")
def lab(engagement: Path, root: Path) -> Iterator[str]:
    folder = engagement.parents[1] / "notebooks"
    with jupyterlab(folder, PYTHONPATH=str(root), REVIEWKIT_ANALYST="Analyst A") as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    made = context.new_page()
    made.set_default_timeout(30_000)
    yield made
    context.close()


def rows(params: Path, table: str) -> list[dict[str, Any]]:
    return Desk(params).store().frame(table).to_dict("records")


def press(page: Page, text: str) -> None:
    page.locator(f".rkw button{ALIVE}", has_text=text).locator("visible=true").first.click()


def said(page: Page, text: str) -> None:
    page.locator(".rkw .rkw-said", has_text=text).locator("visible=true").first.wait_for()


def field(page: Page, label: str) -> Any:
    return page.locator(".rkw").last.get_by_label(label, exact=True).locator("visible=true").first


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png")


def test_a_scenario_is_kept_and_a_note_survives_a_restart(page: Page, lab: str, engagement: Path) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_notebook(page, lab, "scenario.ipynb")
    field(page, "Cost").fill("1,500")
    field(page, "Cost").press("Enter")
    page.locator(".rks-box", has_text="£1,500").first.wait_for()
    press(page, "Keep as a draft")
    said(page, "Nobody has agreed it yet")
    shot(page, "scenario")
    (draft,) = rows(engagement, "actions")
    assert (draft["cost"], draft["agreed"]) == ("1500", "false")

    open_notebook(page, lab, "explore.ipynb")
    page.locator(".rkx-chart .rk-svg").wait_for()
    height = page.locator(".rkw").last.bounding_box()
    field(page, "Broken down by").select_option("site")
    page.locator(".rkw", has_text="30 points at 2 sites").last.wait_for()
    field(page, "Which").focus()
    page.keyboard.press("ArrowDown")  # the list is reached and moved in by keys alone
    page.locator(".rkx-chart", has_text="Resolved at once, North").wait_for()
    press(page, "Rows behind this point")
    page.locator(".rkx-found caption", has_text="10 rows behind June 2025").wait_for()
    after = page.locator(".rkw").last.bounding_box()
    assert height and after and abs(height["height"] - after["height"]) < 40  # nothing jumps
    field(page, "Day").fill("2024-01-01")
    field(page, "It means").select_option("the process changed; limits begin anew")
    field(page, "What happened").fill("New system <b>at</b> North, $x$.")
    field(page, "What happened").blur()
    press(page, "Save note")
    said(page, "Saved: note of 2024-01-01")
    page.locator(".rkx-chart", has_text="limits start anew: New system <b>at</b> North").wait_for()
    shot(page, "explore")
    (note,) = rows(engagement, "annotations")
    assert [note[name] for name in ("measure", "site", "effect")] == ["fcr", "North", "process_changed"]
    restart(page)
    run_all(page)
    page.locator(f".rkw select{ALIVE}").first.wait_for()
    field(page, "Measure").wait_for()
    page.locator(".rkx-chart .rk-svg").wait_for()
    field(page, "Site").select_option("North")
    page.locator(".rkx-chart", has_text="limits start anew: New system").wait_for()
    press(page, "Undo: note of 2024-01-01")
    said(page, "Undone")
    assert rows(engagement, "annotations") == [] and errors == []
