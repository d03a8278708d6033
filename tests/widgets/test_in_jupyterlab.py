"""In a real JupyterLab: what is typed, coded and decided is kept, also after a restart and by two at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from reviewkit.evidence.store import open_store
from reviewkit.model import read_engagement
from reviewkit.steps.workbench import open_review
from reviewkit.widgets.scenario.inputs import inputs_of

from .conftest import written
from .deciding.conftest import HEADLINE, OPINION, made
from .explore.conftest import written as explored
from .lab import ALIVE, Book, jupyterlab, open_notebook, restart, run_all, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
_OPENED = """() => { const w = window.jupyterapp.shell.currentWidget;
  return w?.context?.path?.endsWith('workbench/decide.ipynb') && w.sessionContext?.session?.kernel }"""
_READY = """async () => { const s = window.jupyterapp.shell.currentWidget.sessionContext; await s.ready;
  await s.session.kernel.info }"""
_FOCUS = """() => { const on = document.activeElement, style = getComputedStyle(on);
  const label = on.getAttribute('aria-label') || [...(on.labels || [])].map(one => one.innerText).join(' ')
    || on.innerText || '';
  return {label, inside: !!on.closest('.rkw'), ring: `${style.outlineStyle} ${style.outlineWidth}`} }"""
_SHEETS = {
    "talk": ("coding", "capture", "quotes"),
    "keys": ("coding",),
    "pair": ("coding", "coding_too", "coding_blind"),
    "found": ("start", "decide", "decide_too", "quotes_too"),
    "counted": ("explore", "explore_too", "scenario"),
}


@pytest.fixture(scope="module")
def homes(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Params files of three small engagements, the workbench notebooks beside each."""
    top = tmp_path_factory.mktemp("lab")
    params = {name: (explored if name == "counted" else written)(top / name) for name in _SHEETS}
    made(params["found"])
    data = params["counted"].parent / "data"
    (data / "targets.csv").write_text("measure,valid_from,target\nfcr,2023-01-01,85\n")
    inputs_of(open_review(params["counted"]))
    for name, sheets in _SHEETS.items():
        folder = top / name / "notebooks/workbench"
        folder.mkdir(parents=True)
        for sheet in sheets:
            book = nbformat.read(root / f"notebooks/workbench/{sheet.partition('_')[0]}.ipynb", 4)
            for cell in book.cells:
                cell.source = cell.source.replace('"contact_centre"', '"acme"')
                if sheet.endswith("_blind"):
                    cell.source = cell.source.replace("blind = False", "blind = True")
            nbformat.write(book, folder / f"{sheet}.ipynb")
    return params


@pytest.fixture(scope="module")
def lab(homes: dict[str, Path], root: Path) -> Iterator[str]:
    with jupyterlab(homes["talk"].parents[2], PYTHONPATH=str(root)) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    made = context.new_page()
    made.set_default_timeout(30_000)
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    yield made
    context.close()
    assert errors == []


def opened(page: Page, lab: str, engagement: str, sheet: str, place: int = 0) -> Book:
    """Open a notebook of an engagement, run it, and return its widget."""
    open_notebook(page, lab, f"{engagement}/notebooks/workbench/{sheet}.ipynb")
    return Book(page, place)


def well_made(book: Book) -> None:
    """See that everything has a label and contrast, and that nothing is wider than a laptop."""
    checked(book.page, book.widget)


def checked(page: Page, widget: Locator) -> None:
    widget.evaluate("one => one.id = 'rkw-looked-at'")
    found = Axe().run(page, context="#rkw-looked-at").response["violations"]
    grave = [
        (one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("critical", "serious")
    ]
    assert grave == []
    assert widget.evaluate("one => one.scrollWidth <= one.clientWidth + 1")
    widget.evaluate("one => one.removeAttribute('id')")


def rows(params: Path, table: str) -> list[dict[str, Any]]:
    with open_store(read_engagement(params), params) as store:
        return store.frame(table).to_dict("records")


def test_five_remarks_coded_survive_a_restart_of_the_kernel(
    page: Page, lab: str, homes: dict[str, Path]
) -> None:
    book = opened(page, lab, "talk", "coding")
    book.be("Analyst A")
    well_made(book)
    where = book.widget.locator(".rkw-card").first.locator(".rkw-quiet").first
    for number in range(5):
        text = book.widget.locator(".rkw-words").inner_text()
        if "<img" in text:  # shown as it was typed, and not run
            assert "$x^$ and $y$" in text
            book.shot("coding-hostile")
        book.press("Give this code")
        book.widget.get_by_text(f"{number + 2} of 7 remarks done").first.wait_for()
        if number == 0:
            book.press("Concern")
            book.says("Saved: stance concern")
            book.field("Memo").fill("said with feeling")
            book.says("Saved: memo")
            book.shot("coding-given")
        before = where.inner_text()
        book.press("Next remark")
        until(lambda before=before: where.inner_text() != before)
    assert page.title() != "hit"
    coded = rows(homes["talk"], "codings")
    assert len({row["remark_id"] for row in coded}) == 5
    assert {row["coder"] for row in coded} == {"Analyst A"}
    assert [row["memo"] for row in coded if row["stance"] == "concern"][:1] == ["said with feeling"]
    restart(page)
    run_all(page)
    book.widget.get_by_text("6 of 7 remarks done").first.wait_for()
    book.press("I am Analyst A")  # whoever starts says who they are
    book.says("You are Analyst A")
    assert rows(homes["talk"], "codings") == coded
    book.press("Undo: ")
    book.says("Undone")
    assert len(rows(homes["talk"], "codings")) == 4
    book.shot("coding-after")


def test_notes_are_saved_while_typed_and_forms_too(page: Page, lab: str, homes: dict[str, Path]) -> None:
    params = homes["talk"]
    book = opened(page, lab, "talk", "capture")
    book.field("Interview").select_option(index=1)
    book.says("I3 is open")
    assert book.field("What was said").is_disabled()
    book.be("Analyst A")
    book.widget.locator(f"textarea{ALIVE}:enabled").first.wait_for()
    book.field("What was said").press_sequentially("Nobody tells us <b>anything</b>, $ever$.", delay=15)
    until(lambda: any("$ever$." in row["text"] for row in rows(params, "remarks")))
    assert page.locator(".jp-Cell").count() == 5  # no key was taken for a command of JupyterLab
    (note,) = rows(params, "remarks")
    assert (note["interview_id"], note["stakeholder_id"], note["department"]) == ("I3", "P3", "IT")
    assert note["on_record"] == "true" and note["source"] == "group_work"
    well_made(book)
    book.shot("capture-interview")
    restart(page)
    run_all(page)
    book.widget.locator(f"button{ALIVE}").first.wait_for()
    page.wait_for_timeout(500)
    book.press("I am Analyst A")
    book.field("Interview").select_option("I3 · held · IT front line · North · 2025-06-04 · group")
    book.says("I3 is open")
    book.widget.locator("option", has_text="Nobody tells us").first.wait_for(state="attached")
    book.press("Observation")
    book.field("What was seen").fill("Two advisers shared one screen.")
    until(lambda: rows(params, "observations"))
    book.shot("capture-observation")
    book.press("Walk-through")
    book.field("Step").fill("Find the number")
    until(lambda: rows(params, "walkthroughs"))
    book.shot("capture-walk")


def test_a_quote_is_approved_and_taken_back(page: Page, lab: str, homes: dict[str, Path]) -> None:
    params = homes["talk"]
    book = opened(page, lab, "talk", "quotes")
    # Of the others one person alone could have said it, or it was off the record: they do not wait.
    card = book.widget.locator(".rkw-card", has_text="F1")
    card.wait_for()
    book.be("Analyst A")
    book.field("Words as they would appear").fill("I waited an hour.")
    book.says("“I waited an hour.” — a customer")
    well_made(book)
    book.shot("quotes")
    book.field("Words as they would appear").focus()
    for _ in range(6):  # by keys alone: attributed to, why, approve
        page.keyboard.press("Tab")
        if "Approve" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")
    until(lambda: rows(params, "quotes"))
    (quote,) = rows(params, "quotes")
    assert [quote[name] for name in ("remark_id", "words", "status")] == [
        "F1",
        "I waited an hour.",
        "approved",
    ]
    book.press("Undo")
    until(lambda: not rows(params, "quotes"))
    card.wait_for()


def test_pick_open_decide_edit_words_and_restart(page: Page, lab: str, homes: dict[str, Path]) -> None:
    params = homes["found"]
    open_notebook(page, lab, "found/notebooks/workbench/start.ipynb")
    page.locator(".rkw-table").wait_for()
    assert page.locator(".rkw-table tbody tr").count() == 16
    checked(page, page.locator(".rkw"))
    page.locator("button[aria-label='Open Decide, and edit words']").press("Enter")  # the keyboard reaches it
    page.wait_for_function(_OPENED)
    page.evaluate(_READY)
    run_all(page)
    first, words = Book(page, 0), Book(page, 1)
    for one in (first, words):
        one.be("Analyst A")
        well_made(one)
    first.choose("Decision", "Confirmed")
    first.type("Decided by (role)", "Head of Service")
    first.type("Why", "Seen on <b>site</b>.")
    first.shot("decide-typed")
    first.press("Save decision")
    first.says("Saved: Resolution: confirmed")
    words.type("Your words", "Resolution is down to 70%.")
    words.type("Worded by", "Editor")
    words.press("Save words")
    words.says("in your words")
    words.field("List").select_option(index=1)
    words.field("Your words").fill("A draft that nobody saved")
    drafts = params.parents[1] / "runs/acme/workbench/drafts.json"
    until(lambda: drafts.is_file() and "nobody saved" in drafts.read_text(encoding="utf-8"))
    words.shot("words")
    (opinion,) = rows(params, "opinions")
    assert (opinion["opinion_id"], opinion["reason"]) == (OPINION, "Seen on <b>site</b>.")
    (edited,) = rows(params, "decisions")
    assert (edited["finding_id"], edited["words"]) == (HEADLINE, "Resolution is down to 70%.")
    restart(page)
    run_all(page)
    first.widget.locator("option", has_text="[confirmed] Resolution").wait_for(state="attached")
    words.widget.locator("option", has_text="[your words]").wait_for(state="attached")
    assert words.field("Your words").input_value() == "Resolution is down to 70%."
    words.field("List").select_option(index=1)
    assert (
        words.field("Your words").input_value() != "A draft that nobody saved"
    )  # nobody said who sits there
    words.press("I am Analyst A")
    until(lambda: words.field("Your words").input_value() == "A draft that nobody saved")


def test_two_analysts_at_once_lose_nothing_and_are_told(
    page: Page, browser: Browser, lab: str, homes: dict[str, Path]
) -> None:
    params = homes["found"]
    other = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    other.set_default_timeout(30_000)
    one, two = opened(page, lab, "found", "decide"), opened(other, lab, "found", "decide_too")
    for book, who, why in ((one, "Analyst A", "From A."), (two, "Analyst B", "From B.")):
        book.be(who)
        book.choose("Decide on", "Causes")
        book.choose("Decision", "agree")
        book.type("Decided by (role)", f"Head of {who}")
        book.type("Why", why)
    one.press("Save decision")
    one.says("Saved: ")
    two.press("Save decision")
    two.says("the Head of Analyst A decided on this meanwhile")
    assert two.field("Why").input_value() == "From B."  # what was typed waits
    two.shot("two-decide")
    two.press("Save decision")
    two.says("Saved: ")
    causes = [row for row in rows(params, "decisions") if row["finding_id"].startswith("2.1/")]
    assert sorted(row["reason"] for row in causes) == ["From A.", "From B."]
    other.context.close()


def test_two_who_code_at_once_keep_both_codings(
    page: Page, browser: Browser, lab: str, homes: dict[str, Path]
) -> None:
    params = homes["pair"]
    other = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    other.set_default_timeout(30_000)
    one, two = opened(page, lab, "pair", "coding"), opened(other, lab, "pair", "coding_too")
    for book, who in ((one, "Analyst A"), (two, "Analyst C")):
        book.be(who)
    where = two.widget.locator(".rkw-card").first.locator(".rkw-quiet").first
    same = where.inner_text()
    assert one.widget.locator(".rkw-card").first.locator(".rkw-quiet").first.inner_text() == same
    one.choose("Codes", "Morale")
    one.press("Give this code")
    one.says("Saved: Morale")
    two.field("Find a code").fill("culture")
    two.choose("Codes", "Culture")
    two.press("Give this code")
    two.says("Analyst A: Morale")
    two.says("2 of 7 remarks done")
    two.field("Memo").fill("heard twice")
    two.says("Saved: memo")
    one.press("Next remark")
    until(lambda: one.widget.locator(".rkw-card").first.inner_text() not in ("", same))
    one.press("Back")
    one.says("Analyst C: Culture · heard twice")
    one.shot("two-code")
    one.press("Undo: ")
    one.says("Undone")
    one.says("Analyst C: Culture")
    (left,) = rows(params, "codings")
    assert (left["coder"], left["code"], left["memo"]) == ("Analyst C", "culture", "heard twice")
    one.press("Next remark")
    one.says("2 of 7 remarks done")  # another coded it: it does not come again
    third = opened(other, lab, "pair", "coding_blind")
    third.be("Analyst B")
    third.press("Draw the sample")
    third.says("remarks done (blind sample)")
    assert "Analyst C" not in third.widget.inner_text() and "Suggested" not in third.widget.inner_text()
    other.context.close()


def reached(page: Page, words: str, key: str = "Tab") -> None:
    """Go by one key to what is labelled so; all on the way is in the widget, labelled and ringed."""
    for _ in range(30):
        page.keyboard.press(key)
        on = page.evaluate(_FOCUS)
        assert on["inside"] and on["label"] and on["ring"] == "solid 3px", on
        if words in on["label"]:
            return
    raise AssertionError(f"not reached: {words}")


def pressed(page: Page, book: Book, says: str, stays: str) -> None:
    """Press what has the focus; the keyboard keeps a place, whatever goes or is greyed."""
    page.keyboard.press("Enter")
    book.says(says)
    until(lambda: (on := page.evaluate(_FOCUS))["inside"] and stays in on["label"], 5)


def test_a_remark_is_coded_and_all_undone_by_keyboard_alone(
    page: Page, lab: str, homes: dict[str, Path]
) -> None:
    params = homes["keys"]
    book = opened(page, lab, "keys", "coding")
    book.field("You are").focus()
    page.keyboard.type("Analyst K")
    pressed(page, book, "You are Analyst K", "You are")
    top = book.widget.bounding_box()
    reached(page, "Codes")
    page.keyboard.type("Mor")  # a list is searched by its first letters
    reached(page, "Give this code")
    pressed(page, book, "Saved: Morale", "Give this code")
    reached(page, "Memo", "Shift+Tab")
    page.keyboard.type("said twice")
    book.says("Saved: memo")
    reached(page, "Concern", "Shift+Tab")
    page.keyboard.press("Space")
    book.says("Saved: stance concern")
    assert page.locator(".rkw button[aria-pressed=true]").inner_text() == "Concern"
    (coding,) = rows(params, "codings")
    assert (coding["code"], coding["memo"], coding["stance"]) == ("morale", "said twice", "concern")
    reached(page, "Undo: stance")
    page.keyboard.type("mdd")  # on a button these are no commands to make text of the cell, or to delete it
    book.shot("keys")
    pressed(page, book, "Undone: stance", "Undo: memo")
    pressed(page, book, "Undone: memo", "Undo: Morale")
    pressed(
        page, book, "Undone: Morale", "Find a code"
    )  # nothing is left to undo: the next one has the focus
    assert rows(params, "codings") == []
    assert page.locator(".jp-Cell").count() == 5  # no key was taken for a command of JupyterLab
    after = book.widget.bounding_box()
    assert top and after and after["height"] - top["height"] < 40
    restart(page)
    run_all(page)
    again = book.widget.locator(f"button{ALIVE}", has_text="I am Analyst K")
    again.focus()
    pressed(page, book, "You are Analyst K", "Learn from")


def test_a_locked_store_and_a_deleted_engagement_are_told_and_the_words_wait(
    page: Page, lab: str, homes: dict[str, Path]
) -> None:
    params = homes["found"]
    book = opened(page, lab, "found", "quotes_too")
    book.be("Analyst A")
    book.field("Words as they would appear").fill("I waited.")
    with sqlite3.connect(params.parent / "data/evidence.sqlite", isolation_level=None) as held:
        held.execute("BEGIN IMMEDIATE")
        book.press("Approve")
        book.says("Somebody else has been writing")
        book.shot("locked")
        held.execute("ROLLBACK")
    aside = params.parents[1] / "aside"
    params.parent.rename(aside)
    book.press("Approve")
    book.says("no longer there")
    book.shot("deleted")
    assert book.field("Words as they would appear").input_value() == "I waited."
    assert not params.parent.exists()  # nothing was made anew in its place
    aside.rename(params.parent)
    book.press("Approve")
    book.says("Saved: F1 approved")
    assert [row["words"] for row in rows(params, "quotes")] == ["I waited."]


def test_a_scenario_is_kept(page: Page, lab: str, homes: dict[str, Path]) -> None:
    book = opened(page, lab, "counted", "scenario")
    book.be("Analyst A")
    book.type("Cost", "1,500", "Enter")
    page.locator(".rks-box", has_text="£1,500").first.wait_for()
    book.type("Effort, 1 to 5", "5", "Enter")
    well_made(book)
    book.press("Keep as a draft")
    book.says("Nobody said why")
    book.type("Why", "Needs a second team", "Enter")
    book.press("Keep as a draft")
    book.says("Nobody has agreed it yet")
    book.shot("scenario")
    (draft,) = rows(homes["counted"], "actions")
    assert (draft["cost"], draft["agreed"]) == ("1500", "false")
    (estimate,) = rows(homes["counted"], "estimates")
    assert (estimate["effort"], estimate["reason"]) == ("5", "Needs a second team")


def test_two_explore_at_once_and_a_note_survives_a_restart(
    page: Page, browser: Browser, lab: str, homes: dict[str, Path]
) -> None:
    params = homes["counted"]
    other = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    other.set_default_timeout(30_000)
    book, two = opened(page, lab, "counted", "explore"), opened(other, lab, "counted", "explore_too")
    for one, who in ((book, "Analyst A"), (two, "Analyst B")):
        one.be(who)
        one.widget.locator(".rkx-chart .rk-svg").wait_for()
    height = book.widget.bounding_box()
    book.field("Broken down by").select_option("site")
    book.says("30 points at 2 sites")
    book.field("Which").focus()
    page.keyboard.press("ArrowDown")  # the list is reached and moved in by keys alone
    chart = book.widget.locator(".rkx-chart")
    chart.get_by_text("Resolved at once, North").first.wait_for()
    book.press("Rows behind this point")
    book.widget.locator(".rkx-found caption", has_text="10 rows behind June 2025").wait_for()
    after = book.widget.bounding_box()
    assert height and after and abs(height["height"] - after["height"]) < 40  # nothing jumps
    well_made(book)
    book.field("Day").fill("2024-01-01")
    book.field("It means").select_option("the process changed; limits begin anew")
    book.type("What happened", "New system <b>at</b> North, $x$.")
    two.field("Day").fill("2024-03-01")
    two.type("What happened", "A strike.")
    book.press("Save note")
    two.press("Save note")
    book.says("Saved: note of 2024-01-01")
    two.says("Saved: note of 2024-03-01")
    chart.get_by_text("limits start anew: New system <b>at</b> North").first.wait_for()
    book.shot("explore")
    assert {row["text"] for row in rows(params, "annotations")} == {
        "New system <b>at</b> North, $x$.",
        "A strike.",
    }
    other.context.close()
    contacts = params.parent / "data/contacts.csv"
    contacts.write_text(contacts.read_text().replace("S29", "T29"))  # the evidence changes under the widget
    book.field("Broken down by").select_option("team")
    book.says("have changed since they were read: press Read again")
    book.press("Read again")
    book.says("points at 4 teams")
    restart(page)
    run_all(page)
    book.widget.locator(f"select{ALIVE}").first.wait_for()
    chart.locator(".rk-svg").wait_for()
    book.press("I am Analyst")
    until(lambda: book.field("You are").input_value())
    book.field("Site").select_option("North")
    chart.get_by_text("limits start anew: New system").first.wait_for()
    book.be("Analyst A")
    book.press("Undo: note of 2024-01-01")
    book.says("Undone")
    assert [row["text"] for row in rows(params, "annotations")] == ["A strike."]
