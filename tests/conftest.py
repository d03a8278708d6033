"""What all tests share: the project's folder, Chromium, and settings of hypothesis."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Two busy cores make single examples slow; a failing example is printed, so runs may differ.
settings.register_profile("reviewkit", deadline=None, max_examples=50, print_blob=True)
settings.load_profile("reviewkit")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Workers begin with the files that hold slow tests: begun last, each would be waited for alone."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        marks = ("slow", "browser")
        slow = {item.path for item in items if any(map(item.get_closest_marker, marks))}
        items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium, started once a file: its event loop is in the way of tests that run their own."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "google-chrome")  # else the one that Playwright fetched
    found = next((path for name in names if (path := shutil.which(name))), None)
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=found)
        yield chromium
        chromium.close()
