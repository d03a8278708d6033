from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.evidence.notes import Import, import_notes
from reviewkit.evidence.store import open_store
from reviewkit.model import read_engagement

PARAMS = """\
id: acme
name: Acme review
client: Acme
purpose: Serve customers well.
data_as_of: 2026-02-28
data: data
sources:
  stakeholders: stakeholders.csv
  interviews: interviews.csv
  participants: participants.csv
"""
STAKEHOLDERS = """\
stakeholder_id,name,department,level,site,role
P001,Priya Shah,Operations,team_lead,North,Team lead
P002,Tomasz Nowak,Operations,front_line,North,Adviser
P003,Morag Sinclair,Finance,department_head,Head Office,Head of finance
P004,Anna Berg,Sales,front_line,South,Seller
P005,Anna Berger,Sales,front_line,South,Seller
"""
INTERVIEWS = """\
interview_id,kind,site,interviewer,status
I001,one_to_one,North,Analyst,held
I002,group,North,Analyst,held
"""
PARTICIPANTS = """\
interview_id,stakeholder_id,on_record,attribution
I001,P001,true,role
I002,P001,true,broad
I002,P002,false,none
"""


class Desk:
    """An engagement in a folder of its own, and its store."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.params, self.notes = folder, folder / "acme.yaml", folder / "notes"
        self.params.write_text(PARAMS, encoding="utf-8")
        (folder / "data").mkdir()
        self.notes.mkdir()
        for name, text in (
            ("stakeholders", STAKEHOLDERS),
            ("interviews", INTERVIEWS),
            ("participants", PARTICIPANTS),
        ):
            (folder / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
        self.engagement = read_engagement(self.params)

    def write(self, name: str, text: str) -> Path:
        path = self.notes / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def take(self, *paths: Path, **options: object) -> Import:
        return import_notes(self.engagement, self.params, paths, by="Analyst", **options)  # type: ignore[arg-type]

    def rows(self, table: str = "remarks") -> list[dict[str, str]]:
        with open_store(self.engagement, self.params) as store:
            return [dict(row.values) for row in store.rows(table)]

    def changes(self) -> int:
        with open_store(self.engagement, self.params) as store:
            return len(store.changes())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    """Write a file of some bytes and return where it is."""

    def written(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written
