"""The walk's page tells the commands that its script runs, and shows the pictures that it takes."""

from __future__ import annotations

import datetime as dt
import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from reviewkit.cli import app


@pytest.fixture(scope="module")
def walk(root: Path) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(root))
        yield importlib.import_module("scripts.walkthrough.page")


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "docs/walkthrough.md").read_text(encoding="utf-8")


def taken(root: Path, walk: Any) -> list[str]:
    """Names of the pictures that the script takes."""
    desk = (root / "scripts/walkthrough/desk.py").read_text(encoding="utf-8")
    main = (root / "scripts/walkthrough/__main__.py").read_text(encoding="utf-8")
    names = re.findall(r'take\("(\w+)"', desk) + re.findall(r'_start\(browser, address, "(\w+)"\)', main)
    return names + [image for pages in walk.PAGES.values() for image in pages]


def test_its_commands_are_those_that_are_run(walk: Any, text: str) -> None:
    assert walk.commands(text) == walk.COMMANDS
    known = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert {line.split()[1] for line in walk.COMMANDS} <= known


def test_its_pictures_are_those_that_are_taken_and_small(walk: Any, text: str, root: Path) -> None:
    shown = [name for name, _ in walk.pictures(text)]
    files = sorted(walk.IMAGES.glob("*.png"))
    assert sorted(shown) == sorted(taken(root, walk)) == [file.stem for file in files]
    assert all(len(told) > 30 for _, told in walk.pictures(text))
    assert sum(file.stat().st_size for file in files) < 1_500_000
    for file in files:
        with Image.open(file) as picture:
            assert picture.mode == "P" and picture.width <= 1280 and not picture.info.get("Comment")


def test_what_it_shows_is_looked_for_in_what_was_printed(walk: Any, text: str) -> None:
    lines = walk.shown(text)
    assert len(lines) > 5 and walk.missing(text, "\n".join(lines)) == []
    assert walk.missing(text, "\n".join(lines[1:])) == [lines[0]]


def test_the_client_sends_what_the_page_says_and_the_answers_fit(
    root: Path, tmp_path: Path, text: str
) -> None:
    client = importlib.import_module("scripts.walkthrough.client")
    client.send(root / "data/sample/contact_centre", tmp_path / "sent")
    desk = (root / "scripts/walkthrough/desk.py").read_text(encoding="utf-8")
    looked_at = re.search(r"^LOOKED_AT = (\d+)$", desk, re.MULTILINE)
    assert looked_at and f"Here {looked_at[1]} are looked at" in text
    assert f"sent {len(list((tmp_path / 'sent').iterdir()))} files" in text
    with pytest.raises(ValueError, match="stands there 0 times"):
        client.answered("id: harbour\n")


def test_its_day_is_the_one_that_pictures_show(text: str) -> None:
    camera = importlib.import_module("scripts.walkthrough.camera")
    assert f"{camera.DAY:%d %B %Y}" in text and dt.date(2026, 1, 1) > camera.DAY
