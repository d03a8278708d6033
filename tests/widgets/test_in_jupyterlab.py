"""In a real JupyterLab: what is coded and typed is in the store, also after the kernel was restarted."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

from reviewkit.evidence.store import open_store
from reviewkit.model import read_engagement

from .conftest import written
from .lab import jupyterlab, open_notebook, restart, run_all

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SHOTS = os.environ.get("REVIEWKIT_SHOTS", "")
ALIVE = ":not(.jupyter-widgets-disconnected)"


@pytest.fixture(scope="module")
def engagement(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The params file of a small engagement with the workbench notebooks beside it."""
    home = tmp_path_factory.mktemp("lab")
    params = written(home)
    for name in ("coding", "capture", "quotes"):
        book = nbformat.read(root / f"notebooks/workbench/{name}.ipynb", 4)
        for cell in book.cells:
            cell.source = cell.source.replace('"contact_centre"', '"acme"')
        (home / "notebooks").mkdir(exist_ok=True)
        nbformat.write(book, home / f"notebooks/{name}.ipynb")
    return params


@pytest.fixture(scope="module")
def lab(engagement: Path, root: Path) -> Iterator[str]:
    with jupyterlab(engagement.parents[1] / "notebooks", PYTHONPATH=str(root)) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    made = context.new_page()
    made.set_default_timeout(30_000)
    yield made
    context.close()


def rows(params: Path, table: str) -> list[dict[str, Any]]:
    with open_store(read_engagement(params), params) as store:
        return store.frame(table).to_dict("records")


def until(condition: Any, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def press(page: Page, text: str) -> None:
    page.locator(f".rkw button{ALIVE}", has_text=text).locator("visible=true").first.click()


def said(page: Page, text: str) -> None:
    page.locator(".rkw .rkw-said", has_text=text).locator("visible=true").first.wait_for()


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.wait_for_timeout(300)
        page.screenshot(path=f"{SHOTS}/{name}.png")


def field(page: Page, label: str) -> Any:
    return page.locator(".rkw").last.get_by_label(label, exact=False).locator("visible=true").last


def test_five_remarks_coded_survive_a_restart_of_the_kernel(page: Page, lab: str, engagement: Path) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_notebook(page, lab, "coding.ipynb")
    page.locator(".rkw .rkw-words").wait_for()
    shot(page, "coding-first")
    field(page, "You are").fill("Analyst A")
    field(page, "You are").press("Enter")
    said(page, "You are Analyst A")
    where = page.locator(".rkw .rkw-card").first.locator(".rkw-quiet").first
    for number in range(5):
        text = page.locator(".rkw .rkw-words").inner_text()
        if "<img" in text:  # shown as it was typed, and not run
            assert "$x^$ and $y$" in text
            shot(page, "coding-hostile")
        press(page, "Give this code")
        page.locator(".rkw", has_text=f"{number + 2} of 7 remarks done").wait_for()
        if number == 0:
            press(page, "Concern")
            said(page, "Saved: stance concern")
            field(page, "Memo").fill("said with feeling")
            said(page, "Saved: memo")
            shot(page, "coding-given")
        before = where.inner_text()
        press(page, "Next remark")
        until(lambda before=before: where.inner_text() != before)
    assert page.title() != "hit" and errors == []
    coded = rows(engagement, "codings")
    assert len({row["remark_id"] for row in coded}) == 5
    assert {row["coder"] for row in coded} == {"Analyst A"}
    assert [row["memo"] for row in coded if row["stance"] == "concern"][:1] == ["said with feeling"]
    restart(page)
    run_all(page)
    page.locator(".rkw", has_text="6 of 7 remarks done").wait_for()
    press(page, "I am Analyst A")  # whoever starts says who they are
    said(page, "You are Analyst A")
    assert rows(engagement, "codings") == coded
    press(page, "Undo: ")
    said(page, "Undone")
    assert len(rows(engagement, "codings")) == 4
    shot(page, "coding-after")


def test_notes_are_saved_while_typed_and_forms_too(page: Page, lab: str, engagement: Path) -> None:
    open_notebook(page, lab, "capture.ipynb")
    page.locator(".rkw").wait_for()
    field(page, "Interview").select_option(index=1)
    said(page, "I3 is open")
    assert field(page, "What was said").is_disabled()
    field(page, "You are").fill("Analyst A")
    field(page, "You are").press("Enter")
    page.locator(f".rkw textarea{ALIVE}:enabled").first.wait_for()
    field(page, "What was said").press_sequentially("Nobody tells us <b>anything</b>, $ever$.", delay=15)
    until(lambda: any("$ever$." in row["text"] for row in rows(engagement, "remarks")))
    assert page.locator(".jp-Cell").count() == 5  # no key was taken for a command of JupyterLab
    (note,) = rows(engagement, "remarks")
    assert (note["interview_id"], note["stakeholder_id"], note["department"]) == ("I3", "P3", "IT")
    assert note["on_record"] == "true" and note["source"] == "group_work"
    shot(page, "capture-interview")
    restart(page)
    run_all(page)
    page.locator(f".rkw button{ALIVE}").first.wait_for()
    page.wait_for_timeout(500)
    press(page, "I am Analyst A")
    field(page, "Interview").select_option("I3 · held · IT front line · North · 2025-06-04 · group")
    said(page, "I3 is open")
    page.locator(".rkw option", has_text="Nobody tells us").first.wait_for(state="attached")
    press(page, "Observation")
    field(page, "What was seen").fill("Two advisers shared one screen.")
    until(lambda: rows(engagement, "observations"))
    shot(page, "capture-observation")
    press(page, "Walk-through")
    page.locator(".rkw").last.get_by_label("Step", exact=True).locator("visible=true").fill("Find the number")
    until(lambda: rows(engagement, "walkthroughs"))
    shot(page, "capture-walk")


def test_a_quote_is_approved_and_taken_back(page: Page, lab: str, engagement: Path) -> None:
    open_notebook(page, lab, "quotes.ipynb")
    # Of the others one person alone could have said it, or it was off the record: they do not wait.
    page.locator(".rkw .rkw-card", has_text="F1").wait_for()
    field(page, "You are").fill("Analyst A")
    field(page, "You are").press("Enter")
    said(page, "You are Analyst A")
    field(page, "Words as they would appear").fill("I waited an hour.")
    page.locator(".rkw", has_text="“I waited an hour.” — a customer").wait_for()
    shot(page, "quotes")
    press(page, "Approve")
    until(lambda: rows(engagement, "quotes"))
    (quote,) = rows(engagement, "quotes")
    assert [quote[name] for name in ("remark_id", "words", "status")] == [
        "F1",
        "I waited an hour.",
        "approved",
    ]
    press(page, "Undo")
    until(lambda: not rows(engagement, "quotes"))
    page.locator(".rkw .rkw-card", has_text="F1").wait_for()
