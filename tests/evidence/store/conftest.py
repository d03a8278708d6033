"""An engagement with nothing but a store: on SQLite, on PostgreSQL, or on each in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from reviewkit.evidence.store import Store, open_store
from reviewkit.model import Engagement, read_engagement
from tests.postgres import postgres, postgres_server  # noqa: F401 - fixtures are found by name

PARAMS = """\
id: {name}
name: A review
client: A client
purpose: To answer calls
data_as_of: 2025-06-30
data: data
{more}
"""
CODING = {"remark_id": "R1", "code": "training", "coder": "Analyst"}


@dataclass(frozen=True)
class Place:
    """A params file; its store is opened as often as a test likes."""

    params: Path

    @property
    def engagement(self) -> Engagement:
        return read_engagement(self.params)

    def open(self) -> Store:
        return open_store(self.engagement, self.params)

    @property
    def file(self) -> Path:
        return self.params.parent / "data/evidence.sqlite"

    def other(self, name: str) -> Place:
        """Another engagement whose store is in the same database."""
        text = self.params.read_text().replace("id: acme", f"id: {name}")
        path = self.params.with_name(f"{name}.yaml")
        path.write_text(text)
        return Place(path)


def place(folder: Path, more: str = "", name: str = "acme") -> Place:
    path = folder / f"{name}.yaml"
    path.write_text(PARAMS.format(name=name, more=more))
    return Place(path)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Place:
    return place(tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A store that is not made yet, on either kind of database."""
    if request.param == "sqlite":
        return place(tmp_path)
    return place(tmp_path, f"store: {request.getfixturevalue('postgres')}")


@pytest.fixture
def store(anywhere: Place) -> Iterator[Store]:
    """An empty store, open."""
    with anywhere.open() as opened:
        yield opened
