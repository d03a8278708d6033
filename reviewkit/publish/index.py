"""``runs/index.html``: the engagements, for the team."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reviewkit.model import EDITIONS
from reviewkit.model.files import write_whole

from .ages import STALE, age, time_of
from .gate import check_page
from .templates import render
from .tries import Try, kept_tries

LATEST, PARAMS = "latest", "engagement.yaml"


def publish_index(runs_folder: Path, now: dt.datetime | None = None) -> Path:
    """Write ``index.html`` with one row an engagement: last run, age, headline, status, failures, pages.

    Each engagement's row is made from its own manifests and links to its own pages only. A run
    that failed after the latest published one is told beside it, and so is a later try that was refused; a
    params file that never made a run has a row of its own. Days are counted to ``now``, the time
    of the call where left out, and the page says so.
    """
    now = now or dt.datetime.now(dt.UTC)
    folders = [folder for folder in sorted(runs_folder.iterdir()) if folder.is_dir()]
    tries = kept_tries(runs_folder)
    rows = [row for folder in folders for row in _rows(folder, now, tries)]
    listed = {folder.name for folder in folders if _has_runs(folder)}
    never = [_never(made, now) for made in tries if made.engagement not in listed]
    failed = sum(bool(row["failures"]) for row in rows)
    stale = sum(row["age"].stale for row in rows)
    rows += never
    counted = [f"{len(rows)} {'engagement' if len(rows) == 1 else 'engagements'}"]
    counted += [f"{failed} with a failure in the last run"] if failed else []
    counted += [f"{len(never)} never published"] if never else []
    counted += [f"{stale} stale"] if stale else []
    lead = f"{', '.join(counted)}. Days are counted to {now.day} {now:%B %Y}. {STALE}"
    html = render(
        "runs.html.j2", rows=rows, lead=lead, about={"status": "agreed", "client": "Performance reviews"}
    )
    html = html.replace("<p>Status: Agreed.</p>", "").replace('<span class="rk-badge">Agreed</span>', "")
    check_page("index.html", html)
    path = runs_folder / "index.html"
    write_whole(path, html)
    return path


def _rows(folder: Path, now: dt.datetime, tries: Iterable[Try]) -> list[dict[str, Any]]:
    manifests = [
        made
        for path in folder.glob("*/manifest.json")
        if not path.parent.is_symlink()
        for made in _read(path)
    ]
    latest = next(iter(_read(folder / LATEST / "manifest.json")), None)
    newest = max(manifests, key=lambda made: str(made.get("started", "")), default=latest)
    if newest is None:
        return [_unreadable(folder, now)] if _has_runs(folder) else []
    shown = latest or newest
    newer_failed = newest.get("run") != shown.get("run") and newest.get("status") == "failed"
    failures = list(shown.get("failures") or []) + (
        list(newest.get("failures") or []) if newer_failed else []
    )
    refused = [made for made in tries if made.engagement == folder.name and _later(made, newest)]
    failures += [f"tried {_when(made.at)}: {made.reason}" for made in refused]
    later = "; a later run failed" * newer_failed + "; a later try was refused" * bool(refused)
    return [
        {
            "name": str(shown.get("name") or folder.name),
            "simulated": bool(shown.get("simulated")),
            "headline": str(shown.get("headline") or ""),
            "finished": _when(shown.get("finished") or shown.get("started")),
            "run": str(shown.get("run") or ""),
            "age": age(shown, folder / LATEST / PARAMS, now),
            "status": f"{shown.get('status', '')}{later}",
            "failures": [_one_line(text) for text in failures],
            "pages": _pages(folder),
        }
    ]


def _unreadable(folder: Path, now: dt.datetime) -> dict[str, Any]:
    """The row of an engagement that has runs, of which none can be read: nobody shall miss it."""
    return {
        "name": folder.name,
        "simulated": False,
        "headline": "",
        "finished": "–",
        "run": "",
        "age": age({}, folder / LATEST / PARAMS, now),
        "status": "damaged",
        "failures": ["the manifest of its runs cannot be read. Run the engagement again with --force."],
        "pages": _pages(folder),
    }


def _never(made: Try, now: dt.datetime) -> dict[str, Any]:
    """The row of a params file that never made a run."""
    file = Path(made.params).name
    return {
        "name": made.name or made.engagement or file,
        "simulated": False,
        "headline": "",
        "finished": f"tried {_when(made.at)}",
        "run": file,
        "age": age({}, Path(made.params), now),
        "status": "never published",
        "failures": [_one_line(made.reason)],
        "pages": [],
    }


def _has_runs(folder: Path) -> bool:
    return any(folder.glob("*/manifest.json"))


def _later(made: Try, newest: Mapping[str, Any]) -> bool:
    """Whether a try was made after the newest run began."""
    tried, began = time_of(made.at), time_of(newest.get("started"))
    return tried is not None and (began is None or tried > began)


def _pages(folder: Path) -> list[dict[str, str]]:
    if not re.fullmatch(r"[\w.-]+", folder.name):
        return []
    pages = {edition: Path(LATEST) / "site" / edition / "index.html" for edition in EDITIONS}
    return [
        {"name": edition, "href": f"{folder.name}/{page.as_posix()}"}
        for edition, page in pages.items()
        if (folder / page).is_file()
    ]


def _read(path: Path) -> list[dict[str, Any]]:
    """The manifest in a list, or nothing where there is none that can be read."""
    try:
        made = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [made] if isinstance(made, dict) else []


def _when(text: Any) -> str:
    try:
        at = dt.datetime.fromisoformat(str(text))
    except ValueError:
        return "–"
    return f"{at.day} {at:%B %Y, %H:%M}"


def _one_line(text: Any) -> str:
    line = " ".join(str(text).split())
    return line if len(line) <= 300 else f"{line[:299]}…"
