"""The tables of an evidence store, alike on SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

METADATA = MetaData()
VERSION_TABLE = "evidence_version"

# One row an engagement: whoever writes holds it, so that changes of one engagement come one after
# the other and their numbers have no gaps.
ENGAGEMENTS = Table(
    "evidence_engagements",
    METADATA,
    Column("engagement", String(40), primary_key=True),
    Column("last_seq", Integer, nullable=False),
)

# Only ever added to; `reviewkit forget` alone rewrites it. `value` is JSON, empty where the row was removed.
CHANGES = Table(
    "evidence_changes",
    METADATA,
    Column("engagement", String(40), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("table_name", String(40), nullable=False),
    Column("row_key", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", String(32), nullable=False),
    Column("by", Text, nullable=False),
    Column("what", String(16), nullable=False),
    Column("value", Text),
    Column("why", Text, nullable=False),
    Column("batch", Text, nullable=False),
    # Two writers can never both win.
    UniqueConstraint("engagement", "table_name", "row_key", "version", name="one_change_a_version"),
    Index("evidence_changes_batch", "engagement", "batch"),
)

# How things stand now. A removed row keeps its place and version, with an empty value.
ROWS = Table(
    "evidence_rows",
    METADATA,
    Column("engagement", String(40), primary_key=True),
    Column("table_name", String(40), primary_key=True),
    Column("row_key", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("value", Text),
)

# How many rows a table has, and a digest of them: asked before every run.
TABLES_NOW = Table(
    "evidence_tables",
    METADATA,
    Column("engagement", String(40), primary_key=True),
    Column("table_name", String(40), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
)
