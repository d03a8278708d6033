"""A change, and a codebook, in words."""

from __future__ import annotations

import pandas as pd

from reviewkit.content import Codebook

from .change import Change
from .recode import recoded


def told(change: Change, before: Codebook, after: Codebook, codings: pd.DataFrame) -> list[str]:
    """Return what a change does, and to how many codings, a sentence a line.

    Parameters
    ----------
    codings : as analysts gave them, ``remark_id, code, coder``.
    """
    first, then = recoded(codings, before), recoded(codings, after)
    lines = [
        _what(change, before, after),
        f"The codebook goes from version {before.version} to {after.version}.",
    ]
    touched = first[first["code"].isin(list(change.codes))]
    said = f"{_many(len(touched), 'coding')} of {_many(touched['remark_id'].nunique(), 'remark')}"
    if change.kind == "merge":
        lines.append(f"{said} count as '{change.into[0]}' from now on; the code first given is kept.")
        if joined := len(first) - len(then):
            lines.append(f"{joined} of them had both codes from one coder: they become one, with both memos.")
    elif change.kind == "split":
        lines += _parts(change, touched)
    elif change.kind != "edit":
        lines.append(f"{said} stay with it.")
    return lines


def listed(codebook: Codebook, codings: pd.DataFrame) -> list[str]:
    """Return the codebook as lines: each heading, its codes with their number of codings."""
    now = recoded(codings, codebook)
    counts = now["code"].value_counts()
    in_use = len(codebook.active.codes)
    lines = [f"Version {codebook.version}: {len(codebook.headings)} headings, {in_use} codes in use."]
    for heading in codebook.headings.values():
        lines += ["", f"{heading.name} ({heading.id})"]
        for code in codebook.codes.values():
            if code.heading == heading.id:
                end = ", retired" if code.retired else ""
                lines.append(
                    f"  {code.id:<28} {code.name}: {_many(int(counts.get(code.id, 0)), 'coding')}{end}"
                )
    made = now["codebook_version"].dropna() if "codebook_version" in now else pd.Series(dtype="object")
    if len(made := made[made.astype("str") != ""]):
        under = made.astype("int64").value_counts().sort_index()
        spread = ", ".join(f"{count} under version {version}" for version, count in under.items())
        lines += ["", f"Codings that say under which version they were made: {spread}."]
    return lines


def _what(change: Change, before: Codebook, after: Codebook) -> str:
    codes = ", ".join(f"'{code}'" for code in change.codes)
    if change.kind == "rename":
        name = before.codes[change.codes[0]].name
        return f"{codes} is called '{change.name}' in place of '{name}'; its id stays."
    if change.kind == "merge":
        return f"{codes} {'go' if len(change.codes) > 1 else 'goes'} into '{change.into[0]}'."
    if change.kind == "move":
        return f"{codes} moves beneath '{after.headings[change.into[0]].name}'."
    if change.kind == "retire":
        return f"{codes} takes no new codings and is no longer suggested."
    if change.kind == "split":
        return f"{codes} is split into {', '.join(repr(part) for part in change.into)} and retired."
    new = [code for code in change.codes if code not in before.codes]
    other = [code for code in change.codes if code in before.codes]
    return f"New codes: {', '.join(new) or 'none'}. Codes with other words: {', '.join(other) or 'none'}."


def _parts(change: Change, touched: pd.DataFrame) -> list[str]:
    to = touched["remark_id"].map(dict(change.remarks))
    lines = [f"To '{part}': {_many(int((to == part).sum()), 'coding')}." for part in change.into]
    left = int(to.isna().sum())
    if left:
        lines.append(f"{left} stay with '{change.codes[0]}' until somebody says where they belong.")
    strangers = len(set(change.remarks) - set(touched["remark_id"]))
    if strangers:
        lines.append(
            f"{_many(strangers, 'remark')} named do not carry '{change.codes[0]}' and are not touched."
        )
    return lines


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
