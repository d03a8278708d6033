"""Where a store is, how it is made and kept up to date, and how it refuses."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
import typer
from typer.testing import CliRunner

from reviewkit.cli.trail import trail
from reviewkit.evidence.store import Store, existing_store, open_store, versions
from reviewkit.evidence.store.engine import fault
from reviewkit.evidence.store.migrating import FOLDER, REVISIONS
from reviewkit.evidence.store.schema import METADATA, VERSION_TABLE
from reviewkit.model import InputError

from .conftest import CODING, Place, place

TRAIL = typer.Typer()
TRAIL.command()(trail)


def test_a_store_is_made_when_it_is_opened_and_only_its_owner_may_read_it(on_sqlite: Place) -> None:
    assert versions(on_sqlite.engagement, on_sqlite.params) == {}
    assert not on_sqlite.file.parent.exists()
    with on_sqlite.open() as store:
        store.put("codings", [CODING], by="Analyst")
        beside = {path.name: path.stat().st_mode & 0o077 for path in on_sqlite.file.parent.iterdir()}
        assert set(beside.values()) == {0} and "evidence.sqlite" in beside
    assert [path.name for path in on_sqlite.file.parent.iterdir()] == ["evidence.sqlite"]


def test_sqlite_keeps_what_was_acknowledged_and_overwrites_what_was_deleted(on_sqlite: Place) -> None:
    with on_sqlite.open() as store, store.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


@pytest.mark.parametrize(
    ("given", "file"),
    [
        ("sqlite:own.sqlite", "data/own.sqlite"),
        ("sqlite:///own.sqlite", "data/own.sqlite"),
        ("sqlite:///{folder}/elsewhere.sqlite", "elsewhere.sqlite"),
    ],
)
def test_a_store_of_another_name_is_in_the_data_folder_or_where_its_whole_path_says(
    on_sqlite: Place, given: str, file: str
) -> None:
    folder = on_sqlite.params.parent
    engagement = on_sqlite.engagement.model_copy(update={"store": given.format(folder=folder)})
    with open_store(engagement, on_sqlite.params):
        assert (folder / file).is_file()


def test_schema_of_the_migrations_is_the_schema_in_use(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with store.engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []
        assert context.get_current_revision() == REVISIONS[-1]
    scripts = ScriptDirectory(str(FOLDER))
    assert scripts.get_heads() == [REVISIONS[-1]]
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(REVISIONS)


def test_a_store_of_a_newer_version_is_refused_and_left_alone(anywhere: Place) -> None:
    with anywhere.open() as store, store.engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(InputError, match="was written by a newer version of reviewkit"):
        anywhere.open()


def test_a_file_that_is_no_store_is_told_in_one_line(on_sqlite: Place) -> None:
    on_sqlite.file.parent.mkdir()
    on_sqlite.file.write_text("name,department\n" * 100)
    with pytest.raises(InputError) as caught:
        on_sqlite.open()
    assert "evidence.sqlite: is no evidence store, or is damaged." in str(caught.value)
    with pytest.raises(InputError, match="cannot be read"):
        versions(on_sqlite.engagement, on_sqlite.params)


def test_a_folder_in_the_place_of_the_store_is_told_in_one_line(on_sqlite: Place) -> None:
    on_sqlite.file.mkdir(parents=True)
    with pytest.raises(InputError, match="cannot be opened"):
        on_sqlite.open()


def test_another_kind_of_database_is_refused(on_sqlite: Place) -> None:
    engagement = on_sqlite.engagement.model_copy(update={"store": "duckdb:x.duckdb"})
    with pytest.raises(InputError, match="key store: the evidence store is kept in SQLite or PostgreSQL"):
        open_store(engagement, on_sqlite.params)


def test_a_server_that_is_not_there_is_told_without_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setenv("STORE_PASSWORD", "s3cret/word")
    there = place(tmp_path, "store: postgresql://reviewer:${STORE_PASSWORD}@127.0.0.1:1/team")
    for ask in (there.open, lambda: versions(there.engagement, there.params)):
        with pytest.raises(InputError) as caught:
            ask()
        assert "${STORE_PASSWORD}@127.0.0.1:1/team: the evidence store cannot be" in str(caught.value)
        assert "s3cret" not in str(caught.value) and "\n" not in str(caught.value)


def test_a_password_that_is_not_set_is_asked_for_by_name(tmp_path: Path) -> None:
    there = place(tmp_path, "store: postgresql://reviewer:${NO_SUCH_PASSWORD}@db.example/team")
    with pytest.raises(InputError, match="NO_SUCH_PASSWORD"):
        there.open()


def test_somebody_who_writes_for_too_long_is_told(on_sqlite: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewkit.evidence.store.engine.WAIT_SECONDS", 0.2)
    with on_sqlite.open() as store, closing(sqlite3.connect(on_sqlite.file)) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(InputError, match="somebody else has been writing to the evidence store"):
            store.put("codings", [CODING], by="Analyst")
        assert store.frame("codings").empty  # reading goes on
        other.execute("ROLLBACK")
        assert store.put("codings", [CODING], by="Analyst") == 1


def test_versions_of_a_store_that_may_only_be_read(on_sqlite: Place) -> None:
    with on_sqlite.open() as store:
        store.put("codings", [CODING], by="Analyst")
    before = versions(on_sqlite.engagement, on_sqlite.params)
    on_sqlite.file.chmod(0o400)
    on_sqlite.file.parent.chmod(0o500)
    try:
        assert versions(on_sqlite.engagement, on_sqlite.params) == before != {}
    finally:
        on_sqlite.file.parent.chmod(0o700)


@contextmanager
def somebody_else(folder: Path) -> Iterator[None]:
    """Be a user who may read the folder and no more."""
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    try:
        if root:  # to whom rights say nothing
            os.seteuid(65534)
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach, as pytest's own is not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_who_may_only_read_reads_a_store_and_leaves_nothing(open_folder: Path) -> None:
    there = place(open_folder)
    with there.open() as store:
        store.put("codings", [CODING], by="Analyst")
        before = versions(there.engagement, there.params)
    as_owner = CliRunner().invoke(TRAIL, [str(there.params)])
    with somebody_else(there.file.parent):
        assert versions(there.engagement, there.params) == before != {}
        opened = existing_store(there.engagement, there.params, read_only=True)
        assert opened is not None
        with opened as store:
            assert store.tables() == {"codings": 1} and len(store.changes()) == 1
        shown = CliRunner().invoke(TRAIL, [str(there.params)])
    assert shown.exit_code == 0 and "added codings" in shown.output == as_owner.output
    assert [path.name for path in there.file.parent.iterdir()] == ["evidence.sqlite"]


def test_a_store_that_is_read_sees_what_a_writer_has_just_written(anywhere: Place) -> None:
    with anywhere.open() as store:
        store.put("codings", [CODING], by="Analyst")
        opened = existing_store(anywhere.engagement, anywhere.params, read_only=True)
        assert opened is not None
        with opened as reader:
            store.put("codings", [CODING | {"remark_id": "R2"}], by="Analyst")
            assert reader.tables() == {"codings": 2}


def test_a_store_opened_for_reading_cannot_be_written_and_is_not_made(anywhere: Place) -> None:
    assert existing_store(anywhere.engagement, anywhere.params, read_only=True) is None
    assert not anywhere.file.parent.exists()
    anywhere.open().close()
    opened = existing_store(anywhere.engagement, anywhere.params, read_only=True)
    assert opened is not None
    with opened as store, pytest.raises(InputError, match=r"cannot be used \(.*read-?only"):
        store.put("codings", [CODING], by="Analyst")


@pytest.mark.parametrize(("known", "told"), [(("0009",), "newer"), (("0001", "0009"), "older")])
def test_a_store_of_another_version_is_not_read(
    anywhere: Place, monkeypatch: pytest.MonkeyPatch, known: tuple[str, ...], told: str
) -> None:
    anywhere.open().close()
    monkeypatch.setattr("reviewkit.evidence.store.migrating.REVISIONS", known)
    with pytest.raises(InputError, match=f"was written by an? {told} version of reviewkit"):
        existing_store(anywhere.engagement, anywhere.params, read_only=True)


@pytest.mark.parametrize(
    "where", ["h:notaport/db", "h:99999999/db", "[::1/db", "h:-1/db", "h/db?nothing=1", "h/db?sslmode=x"]
)
def test_an_address_that_is_none_is_told_in_one_line_without_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setenv("STORE_PASSWORD", "s3cret/w@rd")
    there = place(tmp_path, f'store: "postgresql://reviewer:${{STORE_PASSWORD}}@{where}"')
    for ask in (
        there.open,
        lambda: existing_store(there.engagement, there.params, read_only=True),
        lambda: versions(there.engagement, there.params),
    ):
        with pytest.raises(InputError) as caught:
            ask()
        assert "s3cret" not in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("form", ["s3cret/w@rd", "s3cret%2Fw%40rd", "s3cret/w%40rd"])
def test_what_a_driver_says_is_told_without_secrets(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.setenv("STORE_PASSWORD", "s3cret/w@rd")
    told = str(fault("postgresql://a:${STORE_PASSWORD}@h/db", f'bad address "a:{form}@h" \nmore'))
    assert 'cannot be used (bad address "a:${STORE_PASSWORD}@h")' in told


def test_asking_for_versions_imports_nothing_heavy(on_sqlite: Place) -> None:
    with on_sqlite.open() as store:
        store.put("codings", [CODING], by="Analyst")
    code = f"""
import sys
from reviewkit.evidence.store import versions
from reviewkit.model import read_engagement
found = versions(read_engagement({str(on_sqlite.params)!r}), {str(on_sqlite.params)!r})
print(sorted(found), {{"pandas", "sqlalchemy", "alembic"}} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['codings'] set()\n"


def test_opening_again_is_no_migration(on_sqlite: Place) -> None:
    with on_sqlite.open():
        pass
    before = on_sqlite.file.read_bytes()
    with open_store(on_sqlite.engagement, on_sqlite.params) as store:
        assert store.tables() == {}
    assert on_sqlite.file.read_bytes() == before
