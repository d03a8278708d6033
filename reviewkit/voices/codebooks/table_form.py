"""A codebook as a CSV table, one row a heading or code, and back."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from reviewkit.content import Code, Codebook, Heading
from reviewkit.model import InputError
from reviewkit.model.plain import plain

from .change import ANOTHER, SOMEBODY

_LISTS = ("cues", "strengths", "measures", "causes", "action_areas")
_TEXTS = ("name", "definition", "use_when", "not_when", "example")
COLUMNS = ("id", "parent", *_TEXTS, *_LISTS, "retired")
_BETWEEN = " | "
T = TypeVar("T", Code, Heading)


def as_csv(codebook: Codebook) -> str:
    """Return a codebook as CSV: headings first, each code beneath the ``parent`` it names.

    Phrases stand in one cell with " | " between them.

    >>> from reviewkit.content import load_codebook
    >>> as_csv(load_codebook()).splitlines()[1][:40]
    'customer_experience,,Customer experience'
    """
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for heading in codebook.headings.values():
        writer.writerow(heading.model_dump())
    for code in codebook.codes.values():
        row = code.model_dump()
        row |= {name: _BETWEEN.join(each.replace("|", "\\|") for each in row[name]) for name in _LISTS}
        row |= {"parent": row.pop("heading"), "retired": "yes" if code.retired else ""}
        writer.writerow(row)
    return out.getvalue()


def from_csv(path: Path) -> Codebook:
    """Return the codebook that a CSV table holds; of its columns ``id`` and ``name`` must be there.

    A row without a parent that others name, or without cue phrases and rules, is a heading. A code beneath
    a code comes under the heading at the top.

    Raises
    ------
    InputError : the file, row and column at fault: an id twice, a parent unknown, a code beneath itself.
    """
    rows = _rows(path)
    place = {row["id"]: number for number, row in rows}
    parents = {row["id"]: row["parent"] for _, row in rows}
    above = set(parents.values()) - {""}
    headings: dict[str, Heading] = {}
    codes: dict[str, Code] = {}
    for number, row in rows:
        if not row["parent"] and (row["id"] in above or not row["cues"] + row["use_when"]):
            words = {name: row[name] for name in ("id", "name")} | {
                "definition": row["definition"] or row["name"]
            }
            headings[row["id"]] = _made(Heading, words, path, number)
    for number, row in rows:
        if row["id"] not in headings:
            top = _top(row["id"], parents, path, place)
            if top not in headings:
                raise InputError(
                    f"'{row['id']}' stands beneath no heading",
                    file=path,
                    row=number,
                    column="parent",
                    fix=f"Headings are {', '.join(headings) or 'the rows without a parent'}.",
                )
            codes[row["id"]] = _code(row, top, path, number)
    if not codes:
        raise InputError(
            "there is no code in it", file=path, fix="Give each code a row that names its parent."
        )
    return Codebook(headings=headings, codes=codes)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", file=path) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", file=path, fix="Save it as CSV UTF-8.") from None
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = [name.strip() for name in next(reader, [])]
        cells = [(number, row) for number, row in enumerate(reader, start=2) if any(map(str.strip, row))]
    except csv.Error as error:
        raise InputError(f"is no CSV table ({error})", file=path) from None
    for name in ("id", "name"):
        if name not in header:
            raise InputError("this column is missing", file=path, row=1, column=name)
    if strange := [name for name in header if name and name not in COLUMNS]:
        raise InputError(
            "no such column", file=path, row=1, column=strange[0], fix=f"Columns are {', '.join(COLUMNS)}."
        )
    found, seen = [], set()
    for number, row in cells:
        given = dict.fromkeys(COLUMNS, "") | dict(zip(header, (cell.strip() for cell in row), strict=False))
        if given["id"] in seen:
            problem = f"'{given['id']}' is used twice"
            raise InputError(problem, file=path, row=number, column="id", fix="Give each code its own id.")
        seen.add(given["id"])
        found.append((number, given))
    return found


def _top(id: str, parents: dict[str, str], path: Path, place: dict[str, int]) -> str:
    """The id at the top of the branch that a row is on."""
    way = [id]
    while parent := parents[way[-1]]:
        if parent not in parents:
            problem = f"there is no row '{parent}'"
            raise InputError(problem, file=path, row=place[way[-1]], column="parent", fix="Mend the parent.")
        if parent in way:
            loop = " > ".join([*way[way.index(parent) :], parent])
            problem = f"a code stands beneath itself ({loop})"
            raise InputError(problem, file=path, row=place[way[-1]], column="parent", fix="Mend the parent.")
        way.append(parent)
    return way[-1]


def _code(row: dict[str, str], heading: str, path: Path, number: int) -> Code:
    words: dict[str, Any] = {name: row[name] for name in ("id", *_TEXTS)}
    words |= {name: _parts(row[name]) for name in _LISTS}
    words["definition"] = row["definition"] or row["name"]
    words["use_when"], words["not_when"] = row["use_when"] or SOMEBODY, row["not_when"] or ANOTHER
    words |= {"heading": heading, "retired": row["retired"].casefold() in ("yes", "true", "1", "x")}
    return _made(Code, words, path, number)


def _parts(text: str) -> tuple[str, ...]:
    hidden = text.replace("\\|", "\x00")
    return tuple(part.strip().replace("\x00", "|") for part in hidden.split("|") if part.strip())


def _made(model: type[T], words: dict[str, Any], path: Path, row: int) -> T:
    try:
        return model.model_validate(words)
    except ValidationError as error:
        first = dict(error.errors(include_url=False)[0])
        problem, fix = plain(first)
        column = str(error.errors(include_url=False)[0]["loc"][0])
        raise InputError(problem, file=path, row=row, column=column, fix=fix) from None
