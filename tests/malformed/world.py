"""A small good engagement on disk, and what a case of spoiling it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

PARAMS = """\
id: tiny
name: Tiny
client: A tiny client
purpose: To answer calls
data_as_of: 2025-06-30
data: data
contracts:
  - id: line
    name: The line
    purpose: To answer
    starts: 2024-01-01
    ends: 2026-12-31
sources:
  targets: targets.csv
  kpis: {file: kpis.csv}
  contacts: contacts.csv
  remarks: remarks.csv
measures:
  - id: csat
    name: Satisfaction
    unit: score
    direction: increase
    table: kpis
    where: measure = 'csat'
    numerator: sum(value)
    denominator: count(value)
"""
TARGETS = "measure,valid_from,target\ncsat,2025-01-01,4.2\n"
KPIS = "period,measure,site,value\n" + "".join(
    f"2025-0{month}-01,csat,North,{4 + month / 10}\n" for month in range(1, 7)
)
CONTACTS = (
    "contact_id,at,site,handle_seconds,resolved,csat\n"
    "C1,2025-06-01 09:00,North,300,true,4\nC2,2025-06-02 10:30,North,240,false,\n"
)
REMARKS = (
    "remark_id,source,level,on_record,text\n"
    "R1,one_to_one,front_line,true,We wait for the system\nR2,observation,team_lead,false,Ask us first\n"
)
FILES = {"targets.csv": TARGETS, "kpis.csv": KPIS, "contacts.csv": CONTACTS, "remarks.csv": REMARKS}
Spoil = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """One way to spoil the engagement.

    Parameters
    ----------
    fault : the class of faults it belongs to; ``name`` tells it from others there.
    spoil : does it, given the folder that holds ``tiny.yaml`` and ``data``.
    place : words that the message must hold, among them the file, and row, column, key or line.
    loads : whether reading the evidence refuses it too, or only ``check`` does.
    never : words that must not be in what is printed.
    """

    fault: str
    name: str
    spoil: Spoil = field(repr=False)
    place: tuple[str, ...]
    loads: bool = True
    never: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.fault}: {self.name}"


def lay_out(folder: Path) -> Path:
    """Write the good engagement; return its params file."""
    (folder / "data").mkdir(parents=True)
    for name, text in FILES.items():
        (folder / "data" / name).write_text(text, encoding="utf-8")
    params = folder / "tiny.yaml"
    params.write_text(PARAMS, encoding="utf-8")
    return params


def params(text: str | bytes) -> Spoil:
    """Write another params file."""

    def spoil(folder: Path) -> None:
        (folder / "tiny.yaml").write_bytes(text.encode() if isinstance(text, str) else text)

    return spoil


def changed(old: str, new: str) -> Spoil:
    """Change one place of the params file."""
    assert PARAMS.count(old) == 1, old
    return params(PARAMS.replace(old, new))


def added(text: str) -> Spoil:
    """Add a line to the params file."""
    return params(PARAMS + text + "\n")


def data(name: str, content: str | bytes) -> Spoil:
    """Write another data file."""

    def spoil(folder: Path) -> None:
        path = folder / "data" / name
        path.unlink(missing_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return spoil


def both(*spoils: Spoil) -> Spoil:
    """Do one after the other."""

    def spoil(folder: Path) -> None:
        for each in spoils:
            each(folder)

    return spoil
