"""What owners sent back, into the evidence store: all of a workbook, or nothing of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

from reviewkit.model import Engagement, InputError

from .returned import Returned, read_workbook


@dataclass
class Filed:
    """What became of one workbook: what it says, and how many rows of each table were new or other."""

    returned: Returned
    progress: int = 0
    actions: int = 0
    batch: str = ""


def file_workbook(
    path: Path, engagement: Engagement, params: Path, *, by: str, dry_run: bool = False
) -> Filed:
    """Read an owners' workbook and write its reports to ``progress`` and what was agreed to ``actions``.

    The same file again changes nothing. A report of the same action and day replaces the earlier
    one; the trail keeps both, and the batch can be undone.

    Parameters
    ----------
    by : who brings it in, by role. dry_run : work everything out and write nothing.

    Raises
    ------
    InputError : it cannot be read, or belongs to another engagement.
    """
    from reviewkit.evidence.store import open_store

    returned = read_workbook(path)
    if returned.engagement and returned.engagement != engagement.id:
        problem = f"is the plan of '{returned.engagement}', not of '{engagement.id}'"
        raise InputError(problem, file=path, fix="Name the params file of its own engagement.")
    filed = Filed(returned, batch=f"owners-{uuid.uuid4().hex[:8]}")
    if returned.faults or dry_run or not (returned.progress or returned.agreed):
        return filed
    why = f"owners' workbook {path.name}"
    with open_store(engagement, params) as store:
        if returned.agreed:
            filed.actions = store.put("actions", returned.agreed, by=by, why=why, batch=filed.batch)
        if returned.progress:
            filed.progress = store.put("progress", returned.progress, by=by, why=why, batch=filed.batch)
    return filed


def told(filed: Filed, params: Path, *, dry_run: bool = False) -> list[str]:
    """Say in plain lines what a workbook held and what became of it; no note is repeated."""
    found = filed.returned
    if found.faults:
        faults = _things(len(found.faults), "fault")
        return [f"{found.path}: nothing was brought in ({faults}). Mend the file and bring it in again."]
    parts = [_things(len(found.progress), "report")]
    parts += [f"{_things(len(found.agreed), 'draft')} agreed"] if found.agreed else []
    parts += [f"{_things(found.silent, 'action')} with nothing new"] if found.silent else []
    lines = [f"{found.path}: {', '.join(parts)}"]
    if found.missing:
        lines.append(f"  not in the file, and left as they were: {', '.join(found.missing)}")
    changed = filed.progress + filed.actions
    if dry_run:
        lines.append("Nothing was written (--dry-run).")
    elif changed:
        lines.append(f"{_things(changed, 'row')} new or changed. Step 4.1 shows them: reviewkit run {params}")
        lines.append(f"To take it back: reviewkit trail {params} --undo {filed.batch}")
    else:
        lines.append("All of it was there already.")
    return lines


def _things(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
