"""What an import did, in plain lines. No remark and no name is in them but what a dry run shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reviewkit.model.errors import printable

from .importing import Import, Imported

SHOWN = 5
"""Remarks a dry run shows of each file."""


def lines(done: Import, params: Path, *, dry_run: bool = False) -> Iterator[str]:
    """Give the lines of the summary: each file that was read, the whole, what to do next."""
    read = [file for file in done.files if file.plan]
    for file in read:
        yield from _of_file(file, dry_run)
    if done.passed:
        yield f"Passed over: files of other kinds ({', '.join(done.passed)})."
    yield _whole(done, dry_run)
    yield from _next(read, done, params, dry_run)


def counted(number: int, thing: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "remark"), counted(12, "remark")
    ('1 remark', '12 remarks')
    """
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _of_file(file: Imported, dry_run: bool) -> Iterator[str]:
    made, plan = file.made, file.plan
    assert made is not None and plan is not None
    thing = "comment" if made.table == "customer_feedback" else "remark"
    parts = [f"{plan.new} new"]
    parts += [f"{plan.corrected} corrected"] if plan.corrected else []
    parts += [f"{len(plan.remove)} gone"] if plan.remove else []
    parts += [f"{plan.already} already there"] if plan.already else []
    parts += [f"{plan.elsewhere} already there from another file"] if plan.elsewhere else []
    parts += [f"{plan.sourced} already there from {printable(plan.source)}"] if plan.sourced else []
    asked = f"; {counted(made.asked, 'question')} recognised" if made.asked else ""
    unknown = f", {counted(made.unknown, 'question')} not in the bank" if made.unknown else ""
    yield f"{printable(str(file.path))}: {counted(len(made.rows), thing)}: {', '.join(parts)}{asked}{unknown}"
    for told in _remarks_on(file):
        yield f"  {told}"
    if dry_run:
        for row in made.rows[:SHOWN]:
            question = f"[{row['question']}] " if row.get("question") else ""
            yield f"  - {question}{row['text']}"


def _remarks_on(file: Imported) -> Iterator[str]:
    made, plan = file.made, file.plan
    assert made is not None and plan is not None
    yield from file.told
    if made.guessed:
        yield f"who speaks at {made.guessed} was taken for the interviewer; if not, say --interviewer NAME"
    if made.strangers:
        places = ", ".join(made.strangers[:3]) + (", ..." if len(made.strangers) > 3 else "")
        who = counted(len(made.strangers), "speaker")
        yield f"{who} not (surely) in the register, first at {places}: who spoke is left empty"
    if made.no_consent:
        yield f"{counted(made.no_consent, 'remark')} without known consent: off the record"
    if made.passed:
        yield f"{made.passed} passed over that say nothing, such as 'Yes'"
    if plan.edited:
        yield f"{plan.edited} stay as people changed them in the store"
    if plan.left_out:
        yield f"{plan.left_out} stay out, as people took them out of the store"
    if file.orphans:
        yield f"{file.orphans} of those gone had been coded; their codings are still there"


def _whole(done: Import, dry_run: bool) -> str:
    plans = [file.plan for file in done.files if file.plan]
    faults = sum(file.fault is not None for file in done.files)
    new, corrected = sum(plan.new for plan in plans), sum(plan.corrected for plan in plans)
    gone = sum(len(plan.remove) for plan in plans)
    read = f"{counted(len(plans), 'file')} read" + (f", {faults} not" if faults else "")
    would = "would be " if dry_run else ""
    return f"{read}: {new} {would}new, {corrected} corrected, {gone} gone."


def _next(read: list[Imported], done: Import, params: Path, dry_run: bool) -> Iterator[str]:
    if not read:
        return
    if dry_run:
        yield "Nothing was written. Next: the same without --dry-run."
    elif any(file.plan and (file.plan.put or file.plan.remove) for file in read):
        yield f"To take it back: reviewkit trail {params} --undo {done.batch}"
        yield f"Next: reviewkit run {params}, then code the remarks in step 1.4."
    elif len(read) == len(done.files):
        yield "Nothing to do: all of it is there already."
