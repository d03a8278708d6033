"""Walk through one review and take its pictures: ``python -m scripts.walkthrough [DOC]``.

Every command in the walk's page is run in a folder of its own, what the page shows of their output is
looked for in what they print, what was written at the desk is looked for on the pages, and every picture
is taken anew.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from reviewkit.publish.handover.chromium import find_chromium
from tests.widgets.lab import open_notebook, served

from .camera import shoot
from .client import answered, send
from .desk import SCREENS
from .page import COMMANDS, DOC, IMAGES, LAB, PAGES, missing, not_kept

ROOT = Path(__file__).resolve().parents[2]
NAME = "harbour"
WIDE = {"width": 1280, "height": 1100}


def main() -> int:
    """Run the walk; return how many lines nothing printed, and how much that was written is on no page."""
    with tempfile.TemporaryDirectory(prefix="walk") as folder:
        home = Path(folder)
        send(ROOT / "data/sample/contact_centre", home / "sent")
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=str(find_chromium()), args=["--no-sandbox"])
            printed = "".join(_walked(home, browser))
            browser.close()
        wrong = [f"not printed by any command: {line}" for line in missing(DOC.read_text("utf-8"), printed)]
        wrong += [f"not on the page: {line}" for line in not_kept(home / f"runs/{NAME}/latest/site")]
    print(*wrong, sep="\n", file=sys.stderr)
    return len(wrong)


def _walked(home: Path, browser: Any) -> list[str]:
    printed = []
    for number, command in enumerate(COMMANDS):
        print(f"$ {command}", flush=True)
        if command == LAB:
            _in_lab(home, browser)
        else:
            printed.append(_run(command, home))
        if command.startswith("reviewkit new"):
            params = home / f"params/{NAME}.yaml"
            params.write_text(answered(params.read_text(encoding="utf-8")), encoding="utf-8")
        for image, page in PAGES.get(number, {}).items():
            _page(browser, home / f"runs/{NAME}/latest/site/{page}", image)
    return printed


def _run(command: str, home: Path) -> str:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "reviewkit"), *shlex.split(command)[1:]],
        cwd=home, env=_environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{command}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def _environment() -> dict[str, str]:
    return {**os.environ, "COLUMNS": "110", "PYTHONPATH": str(ROOT)}


def _in_lab(home: Path, browser: Any) -> None:
    command = [str(Path(sys.executable).parent / "reviewkit"), *shlex.split(LAB)[1:]]
    with served(command, home, PYTHONPATH=str(ROOT)) as address:
        _start(browser, address, "start")
        for name, used in SCREENS.items():
            page = _opened(browser, address, f"runs/{NAME}/workbench/notebooks/workbench/{name}.ipynb")
            used(page, lambda image, place, page=page: _take(page, image, place))
            page.context.close()
        _start(browser, address, "tracker")


def _start(browser: Any, address: str, image: str) -> None:
    page = _opened(browser, address, "runs/start.ipynb")
    page.locator(".rkw-table").wait_for()
    _take(page, image, page.locator(".jp-NotebookPanel .rkw").first)
    page.context.close()


def _opened(browser: Any, address: str, notebook: str) -> Any:
    page = browser.new_context(viewport=WIDE, locale="en-GB").new_page()
    page.set_default_timeout(60_000)
    open_notebook(page, address, notebook)
    page.locator(".rkw").first.wait_for()
    return page


def _take(page: Any, image: str, place: Any) -> None:
    place.evaluate("one => one.scrollIntoView({block: 'start'})")
    shoot(page, IMAGES / f"{image}.png", place)
    print(f"  {image}.png", flush=True)


def _page(browser: Any, file: Path, image: str) -> None:
    page = browser.new_context(viewport={"width": 1060, "height": 900}, color_scheme="light").new_page()
    page.goto(file.as_uri())
    shoot(page, IMAGES / f"{image}.png", page.locator("body"), tallest=1100)
    print(f"  {image}.png", flush=True)
    page.context.close()


if __name__ == "__main__":
    sys.exit(main())
