"""Chromium, started by itself for one sheet: a page as PDF, or a picture of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from reviewkit.model import ReviewError

NAMED = "REVIEWKIT_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_SECONDS = 120
_LETTERS = (0, 60, 58, 56)
"""Sizes of letters in per cent, tried one after the other; 0 is that of the page's style, 62."""
_QUIET = ("--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync",
          "--disable-background-networking", "--hide-scrollbars", "--force-color-profile=srgb",
          "--host-resolver-rules=MAP * ~NOTFOUND")  # fmt: skip


def find_chromium() -> Path:
    """Return the Chromium that is named in ``REVIEWKIT_CHROMIUM``, or the first of :data:`NAMES` there is.

    Raises
    ------
    ReviewError : there is none; it says in one line what to install.
    """
    named = os.environ.get(NAMED, "")
    found = next((path for name in ([named] if named else NAMES) if (path := shutil.which(name))), None)
    if found is None:
        what = f"{NAMED} names {named}, which is no program" if named else "Chromium is not installed"
        raise ReviewError(
            f"{what}. PDF and the pictures of charts need it: install it (Debian or Ubuntu: apt-get install "
            f"chromium), or name one in {NAMED}."
        )
    return Path(found)


def print_pdf(page: Path, to: Path) -> None:
    """Print a page as a tagged PDF with bookmarks, by its own print style.

    Raises
    ------
    ReviewError : Chromium is missing, failed, or took longer than two minutes.
    """
    options = ("--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline")
    _run(page, to, *options, f"--print-to-pdf={to}")


def print_within(html: str, to: Path, *, sheets: int = 2) -> None:
    """Print a page on so many sheets, with letters a little smaller where it would run over.

    They get smaller by a tenth at most: a page that is longer still takes another sheet.

    Raises
    ------
    ReviewError : as :func:`print_pdf`.
    """
    with tempfile.TemporaryDirectory(prefix="reviewkit-sheet-") as folder:
        page = Path(folder, "sheet.html")
        for size in _LETTERS:
            smaller = (
                f"<style>@media print{{html{{font-size:{size}%}}}}</style></head>" if size else "</head>"
            )
            page.write_text(html.replace("</head>", smaller, 1), encoding="utf-8")
            print_pdf(page, to)
            if count_sheets(to) <= sheets:
                return


def count_sheets(pdf: Path) -> int:
    """Return how many sheets a PDF that Chromium printed has; it writes their descriptions as they are."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


def take_picture(page: Path, to: Path, *, width: int, height: int, scale: int) -> None:
    """Take a picture of a page as it is on a light screen; sizes in CSS pixels.

    Raises
    ------
    ReviewError : as :func:`print_pdf`.
    """
    size = (f"--window-size={width},{height}", f"--force-device-scale-factor={scale}")
    _run(page, to, *size, "--blink-settings=preferredColorScheme=1", f"--screenshot={to}")


def _run(page: Path, to: Path, *options: str) -> None:
    program = find_chromium()
    with tempfile.TemporaryDirectory(prefix="reviewkit-chromium-", ignore_cleanup_errors=True) as profile:
        # As root its sandbox cannot start; the page is one of ours, holds no script and may load nothing.
        rooted = ("--no-sandbox",) if os.geteuid() == 0 else ()
        command = [str(program), *_QUIET, *rooted, f"--user-data-dir={profile}", *options, page.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise ReviewError(f"{program}: nothing came of {page.name} within {_SECONDS} seconds.") from None
        except OSError as error:
            raise ReviewError(f"{program}: cannot be started ({error.strerror}).") from None
    if done.returncode or not to.is_file() or not to.stat().st_size:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        last = f": {said[-1].strip()[:160]}" if said else ""
        raise ReviewError(f"{program}: {page.name} could not be made (exit status {done.returncode}){last}.")
