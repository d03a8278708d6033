"""What two runs were made from, compared: evidence, parameters, library, packages."""

from __future__ import annotations

from collections.abc import Mapping

from reviewkit.model import TABLES, InputError
from reviewkit.model.words import listing

from .manifest import Manifest

MOST = 6
"""Packages of other versions that are named; the rest are counted."""
ENDED: Mapping[str, str] = {
    "failed": "failed",
    "running": "has not ended",
    "interrupted": "was interrupted",
}


def basis(earlier: Manifest, later: Manifest) -> str:
    """Return in one sentence what differs in what two runs were made from.

    Packages are compared where both runs recorded them.

    Raises
    ------
    InputError : the runs are of different engagements.

    Examples
    --------
    >>> import datetime as dt
    >>> one = Manifest(engagement="e", name="E", run="1", simulated=True, data_as_of=dt.date(2025, 1, 31),
    ...                started=dt.datetime(2025, 2, 1), library="a", inputs={"params": "1", "kpis": "2"})
    >>> two = one.model_copy(update={"run": "2", "library": "b", "inputs": {"params": "1", "kpis": "3"}})
    >>> basis(one, two)
    'The runs differ in the table kpis and in the library.'
    >>> basis(one, one)
    'Both runs were made from the same evidence and parameters with the same library and packages.'
    """
    if earlier.engagement != later.engagement:
        raise InputError(
            f"a run of '{earlier.engagement}' cannot be compared with one of '{later.engagement}'",
            fix="Name two runs of one engagement.",
        )
    parts = [*_inputs(earlier.inputs, later.inputs), *_code(earlier, later)]
    if parts:
        return f"The runs differ {listing(f'in {part}' for part in parts)}."
    return "Both runs were made from the same evidence and parameters with the same library and packages."


def caveats(earlier: Manifest, later: Manifest) -> list[str]:
    """Return what to bear in mind: a run that did not end well, or two runs in the wrong order."""
    said = [
        f"The {which} run {ENDED[state.status]}: findings of steps it did not end are missing from it."
        for which, state in (("earlier", earlier), ("later", later))
        if state.status in ENDED
    ]
    if later.started < earlier.started:
        said.append("The run named first is the newer one: what is called new here is old, and gone is new.")
    return said


def _inputs(earlier: Mapping[str, str], later: Mapping[str, str]) -> list[str]:
    """The tables whose rows, and the other files whose content, are not the same."""
    changed = [name for name in {**earlier, **later} if earlier.get(name) != later.get(name)]
    names = [
        f"{name}{'' if name in earlier else ' (not there before)'}"
        f"{'' if name in later else ' (not there any more)'}"
        for name in changed
        if name in TABLES
    ]
    tables = [f"the table{'s' if len(names) > 1 else ''} {listing(names)}"] if names else []
    others = ["parameters" if name == "params" else name for name in changed if name not in TABLES]
    return tables + others


def _code(earlier: Manifest, later: Manifest) -> list[str]:
    moved = [
        f"{name} ({earlier.versions[name]}, then {version})"
        for name, version in later.versions.items()
        if earlier.versions.get(name, version) != version
    ]
    library = ["the library"] if earlier.library != later.library else []
    return library + ([listing(moved, limit=MOST)] if moved else [])
