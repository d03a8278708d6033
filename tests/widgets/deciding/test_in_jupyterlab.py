"""In a real JupyterLab: pick, open, decide, edit words, restart the kernel, and it is all there."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reviewkit.evidence.store import open_store
from reviewkit.model import read_engagement

from ..conftest import written
from ..lab import jupyterlab, open_notebook, restart, run_all
from .conftest import HEADLINE, OPINION, made

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SHOTS = os.environ.get("REVIEWKIT_SHOTS", "")
ALIVE = ":not(.jupyter-widgets-disconnected)"
_OPENED = """() => { const w = window.jupyterapp.shell.currentWidget;
  return w?.context?.path?.endsWith('workbench/decide.ipynb') && w.sessionContext?.session?.kernel }"""
_READY = """async () => { const s = window.jupyterapp.shell.currentWidget.sessionContext; await s.ready;
  await s.session.kernel.info }"""


@pytest.fixture(scope="module")
def engagement(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The params file of a small engagement that was run, the start notebook beside it."""
    home = tmp_path_factory.mktemp("decide")
    params = written(home)
    made(params)
    (home / "notebooks/workbench").mkdir(parents=True)
    shutil.copyfile(root / "notebooks/workbench/start.ipynb", home / "notebooks/workbench/start.ipynb")
    return params


@pytest.fixture(scope="module")
def lab(engagement: Path, root: Path) -> Iterator[str]:
    with jupyterlab(engagement.parents[1], PYTHONPATH=str(root)) as address:
        yield address


def rows(params: Path, table: str) -> list[dict[str, Any]]:
    with open_store(read_engagement(params), params) as store:
        return store.frame(table).to_dict("records")


def until(condition: Any, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_pick_open_decide_edit_words_and_restart(browser: Browser, lab: str, engagement: Path) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.set_default_timeout(30_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def shot(name: str) -> None:
        if SHOTS:
            page.wait_for_timeout(300)
            page.screenshot(path=f"{SHOTS}/{name}.png")

    def said(text: str) -> None:
        page.locator(".rkw .rkw-said", has_text=text).locator("visible=true").first.wait_for()

    open_notebook(page, lab, "notebooks/workbench/start.ipynb")
    page.locator(".rkw-table").wait_for()
    assert page.locator(".rkw-table tbody tr").count() == 16
    shot("start")
    page.locator("button[aria-label='Open Decide, and edit words']").press("Enter")  # the keyboard reaches it
    page.wait_for_function(_OPENED)
    page.evaluate(_READY)
    run_all(page)
    book = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    book.locator(".rkw .rkw-words").nth(1).wait_for()
    for place in range(2):
        who = book.locator(".rkw").nth(place).get_by_label("You are", exact=False).locator("visible=true")
        who.fill("Analyst A")
        who.press("Enter")
        book.locator(".rkw").nth(place).locator(".rkw-said", has_text="You are Analyst A").wait_for()
    first, words = book.locator(".rkw").nth(0), book.locator(".rkw").nth(1)
    first.get_by_label("Decision").select_option(label="Confirmed")
    first.get_by_label("Decided by").fill("Head of Service")
    first.get_by_label("Why").fill("Seen on <b>site</b>.")
    shot("decide-typed")
    first.locator("button", has_text="Save decision").click()
    said("Saved: Resolution: confirmed")
    words.get_by_label("Your words").fill("Resolution is down to 70%.")
    words.get_by_label("Worded by").fill("Editor")
    words.locator("button", has_text="Save words").click()
    said("in your words")
    words.get_by_label("List").select_option(index=1)
    words.get_by_label("Your words").fill("A draft that nobody saved")
    until(lambda: "nobody saved" in _drafts(engagement))
    shot("words")
    (opinion,) = rows(engagement, "opinions")
    assert (opinion["opinion_id"], opinion["reason"]) == (OPINION, "Seen on <b>site</b>.")
    (edited,) = rows(engagement, "decisions")
    assert (edited["finding_id"], edited["words"]) == (HEADLINE, "Resolution is down to 70%.")
    restart(page)
    run_all(page)
    book.locator(".rkw option", has_text="[confirmed] Resolution").wait_for(state="attached")
    book.locator(".rkw option", has_text="[your words]").wait_for(state="attached")
    until(lambda: book.locator(".rkw").count() == 2)
    assert words.get_by_label("Your words").input_value() == "Resolution is down to 70%."
    words.get_by_label("List").select_option(index=1)
    until(lambda: words.get_by_label("Your words").input_value() == "A draft that nobody saved")
    shot("decide-after")
    assert errors == []
    page.context.close()


def _drafts(params: Path) -> str:
    file = params.parents[1] / "runs/acme/workbench/drafts.json"
    return file.read_text(encoding="utf-8") if file.is_file() else ""
