"""What a params file says that its codebook, its folder or its own dates do not bear out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from reviewkit.content import load_codebook
from reviewkit.model import Engagement, InputError, paths, read_yaml, sources_of
from reviewkit.model.files import DATA_REQUEST

from .suspicion import Suspicion

DATA_FILES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet")


def disagreements(engagement: Engagement, params: Path) -> list[InputError]:
    """Return what is wrong with a params file that can be seen only beside other things.

    Each names the line and the key: a folder that is not there, codes that the codebook does not have,
    what ends before it begins.
    """
    place = read_yaml(params)[1]
    return [
        InputError(
            problem, file=params, line=place(location), key=".".join(str(part) for part in location), fix=fix
        )
        for location, problem, fix in (*_folders(engagement, params), *_dates(engagement))
    ] + _codes(engagement, params)


def left_over(engagement: Engagement, params: Path) -> list[Suspicion]:
    """Return what the params file leaves open: data files no source names, secrets that are not set."""
    folder = params.parent / engagement.data
    listed = {
        os.path.normpath(path)
        for source in sources_of(engagement, params).values()
        for path in paths(source, engagement, params)
    }
    there = sorted(path for path in folder.glob("*") if path.suffix.lower() in DATA_FILES)
    what, fix = "is not listed under 'sources'", "List it, or take it away."
    found = [
        Suspicion("not_read", "", what, "it is not read", fix, file=path)
        for path in there
        if os.path.normpath(path) not in listed and path.name != DATA_REQUEST
    ]
    for name in engagement.needed_secrets:
        if name not in os.environ:
            what = f"the environment variable {name} is not set here"
            fix = "Set it where reviewkit is started."
            found.append(Suspicion("secret_not_set", "", what, "a run would be refused", fix, file=params))
    names = {contract.id for contract in engagement.contracts} | {"all"}
    for strange in [contract for contract in engagement.journey if contract not in names]:
        what = f"'{strange}' under 'journey' is neither a contract nor 'all'"
        fix = f"Write one of {', '.join(sorted(names))}."
        found.append(Suspicion("unmatched", "", what, "its steps are not used", fix, file=params))
    return found


Problem = tuple[tuple[str | int, ...], str, str]


def _folders(engagement: Engagement, params: Path) -> Iterator[Problem]:
    if not (params.parent / engagement.data).is_dir():
        yield (
            ("data",),
            f"there is no folder '{engagement.data}' beside this file",
            "Make it, or mend the path.",
        )
    if engagement.notebooks and not (params.parent / engagement.notebooks).is_dir():
        yield (
            ("notebooks",),
            f"there is no folder '{engagement.notebooks}' beside this file",
            "Mend the path.",
        )


def _dates(engagement: Engagement) -> Iterator[Problem]:
    for number, contract in enumerate(engagement.contracts):
        if contract.starts and contract.ends and contract.ends < contract.starts:
            told = f"the contract ends ({contract.ends}) before it starts ({contract.starts})"
            yield ("contracts", number, "ends"), told, "Mend one of the two."
    if engagement.plan_starts and engagement.plan_ends and engagement.plan_ends < engagement.plan_starts:
        told = f"the plan ends ({engagement.plan_ends}) before it starts ({engagement.plan_starts})"
        yield ("plan_ends",), told, "Mend one of the two."


def _codes(engagement: Engagement, params: Path) -> list[InputError]:
    import difflib

    own = params.parent / engagement.codebook if engagement.codebook else None
    try:
        known = list(load_codebook(own).codes)
    except InputError as error:
        return [error]
    place, found = read_yaml(params)[1], []
    for number, measure in enumerate(engagement.measures):
        for code in [code for code in measure.codes if code not in known]:
            near = difflib.get_close_matches(code, known, n=1)
            fix = f"Did you mean '{near[0]}'?" if near else f"Codes are {', '.join(known)}."
            problem, location = f"'{code}' is no code of the codebook", ("measures", number, "codes")
            key = f"measures.{number}.codes"
            found.append(InputError(problem, file=params, line=place(location), key=key, fix=fix))
    return found
