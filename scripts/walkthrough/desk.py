"""What an analyst does in JupyterLab on the walk: each screen used, then its picture taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.widgets.lab import ALIVE, Book

LOOKED_AT = 16
WHO = "Lead analyst"
Take = Callable[[str, Any], None]


def capture(page: Any, take: Take) -> None:
    """Note what somebody says in an interview."""
    book = Book(page)
    book.be(WHO)
    book.type("Find", "planned")
    book.field("Interview").select_option(index=1)
    book.says("is open")
    book.widget.locator(f"textarea{ALIVE}:enabled").first.wait_for()
    book.type("What was said", "The system asks for the same details on three screens.")
    book.says("Saved")
    take("capture", book.widget)


def coding(page: Any, take: Take) -> None:
    """Give a remark its code."""
    book = Book(page)
    book.be(WHO)
    book.press("Give this code")
    book.says("Saved")
    book.press("Concern")
    book.says("stance concern")
    take("coding", book.widget)


def quotes(page: Any, take: Take) -> None:
    """Approve the quotes that tell their themes best."""
    book = Book(page)
    book.be(WHO)
    take("quotes", book.widget)
    counts = book.widget.locator(".rkw-quiet", has_text="approved,").first
    for _ in range(LOOKED_AT):
        before = counts.inner_text()
        book.press("Approve")
        book.widget.locator(".rkw-said", has_text="approved.").or_(
            book.widget.locator(".rkw-trouble")
        ).first.wait_for()
        page.wait_for_timeout(300)
        if counts.inner_text() == before:  # it may tell who spoke: not ours to approve in a hurry
            book.press("Later")


def explore(page: Any, take: Take) -> None:
    """Look at a measure by site, and note what people know of it."""
    book = Book(page)
    book.be(WHO)
    page.locator(".rkx-chart .rk-svg").wait_for(timeout=180_000)
    book.choose("Measure", "First-contact resolution")
    page.locator(".rkx-chart", has_text="First-contact resolution").wait_for()
    book.choose("Broken down by", "site")
    book.says("sites")
    book.choose("Which", "Castle Quay")
    page.locator(".rkx-chart", has_text="Castle Quay").wait_for()
    book.type("Day", "2025-02-10")
    book.type("What happened", "Training sessions here were struck out of the calendar.")
    book.type("Said by", "Head of Operations")
    book.press("Save note")
    book.says("Saved: note of")
    take("explore", book.widget)


def decide(page: Any, take: Take) -> None:
    """Confirm an opinion, agree a recommendation, word a headline."""
    book = Book(page)
    book.be(WHO)
    for place in range(3):
        book.field("List").select_option(index=place)
        book.choose("Decision", "Confirmed")
        book.type("Decided by", "Head of Operations")
        book.type("Why", "Seen on the floor, and in the monthly report.")
        book.day("2025-09-22")
        if place == 0:
            take("decide", book.widget)
        book.press("Save decision")
        decided = book.field("List").locator("option", has_text="[confirmed]")
        decided.nth(place).wait_for(state="attached")
        page.wait_for_timeout(500)
    book.choose("Decide on", "Recommendations")
    book.widget.locator(".rkw-card", has_text="step 3.1").wait_for()
    book.field("List").select_option(index=0)
    book.choose("Decision", "Agreed")
    book.type("Decided by", "Executive sponsor")
    book.type("Why", "It pays within the contract.")
    book.type("Dissent", "Head of Sales: too much at once.")
    book.day("2025-09-22")
    book.press("Save decision")
    book.says("Saved: ")
    book.field("List").locator("option", has_text="[agreed]").first.wait_for(state="attached")
    words = Book(page, 1)
    words.be(WHO)
    words.field("List").select_option(index=0)
    told = words.widget.locator(".rkw-words").first.inner_text()
    words.type("Your words", f"What matters most: {told}")
    words.type("Worded by", "Lead analyst")
    take("words", words.widget)
    words.press("Save words")
    words.says("in your words")


def scenario(page: Any, take: Take) -> None:
    """Try another start and cost of the first recommendation, and keep it as a draft."""
    book = Book(page)
    book.widget.locator(".rks-box table").first.wait_for(timeout=180_000)
    book.be(WHO)
    book.type("Budget", "60000", "Enter")
    book.type("Cost", "12,000", "Enter")
    book.type("In place after (weeks)", "12", "Enter")
    book.type("Why", "The sites begin one after the other", "Enter")
    page.wait_for_timeout(800)
    book.press("Keep all that changed")
    book.says("Nobody has agreed")
    take("scenario", book.widget)


SCREENS: dict[str, Callable[[Any, Take], None]] = {
    "capture": capture,
    "coding": coding,
    "quotes": quotes,
    "explore": explore,
    "decide": decide,
    "scenario": scenario,
}
"""Notebooks of the workbench in the order of the walk, and what is done in each."""
