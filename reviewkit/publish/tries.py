"""Params files that were refused before they made a run, kept for the list of engagements."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from reviewkit.model import InputError, read_yaml
from reviewkit.model.files import REFUSED, write_whole


@dataclass(frozen=True)
class Try:
    """The last try of a params file: when, why it made no run, and what the file says it is of.

    ``engagement`` and ``name`` are empty where the file does not say them, or cannot be read.
    """

    params: str
    at: str
    reason: str
    engagement: str = ""
    name: str = ""


def keep_tries(runs: Path, tries: Mapping[Path, str], now: dt.datetime | None = None) -> None:
    """Keep the params files that were refused, and drop those that were not.

    Parameters
    ----------
    runs : folder of results, which is there.
    tries : absolute path of a params file -> why it was refused, without values of data files; empty
        where it was not. now : the time of the call where left out.
    """
    at = (now or dt.datetime.now().astimezone()).isoformat(timespec="seconds")
    for params, reason in tries.items():
        path = runs / REFUSED / f"{hashlib.sha256(str(params).encode()).hexdigest()[:16]}.json"
        if not reason:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(exist_ok=True)
        made = Try(str(params), at, reason, *_of(params))
        write_whole(path, json.dumps(asdict(made)))
    with contextlib.suppress(OSError):  # it is not there, or another file's try is in it
        (runs / REFUSED).rmdir()


def kept_tries(runs: Path) -> list[Try]:
    """Return the tries that were kept, of params files that are still there, by file."""
    found = []
    for path in (runs / REFUSED).glob("*.json"):
        try:
            made = Try(**{key: str(text) for key, text in json.loads(path.read_text("utf-8")).items()})
        except (OSError, ValueError, TypeError, AttributeError):
            continue  # damaged: the next try writes it anew
        if Path(made.params).is_file():
            found.append(made)
    return sorted(found, key=lambda made: made.params)


def _of(params: Path) -> tuple[str, str]:
    """Id and name as a params file has them, whatever else is wrong with it."""
    try:
        written = read_yaml(params)[0]
    except (InputError, OSError):
        return "", ""
    known = [written.get("id"), written.get("name")]
    engagement, name = (text if isinstance(text, str) else "" for text in known)
    return engagement, name
