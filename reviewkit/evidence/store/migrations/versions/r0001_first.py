"""The first schema: engagements, changes, rows, tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "evidence_engagements",
        sa.Column("engagement", sa.String(40), primary_key=True),
        sa.Column("last_seq", sa.Integer, nullable=False),
    )
    op.create_table(
        "evidence_changes",
        sa.Column("engagement", sa.String(40), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("table_name", sa.String(40), nullable=False),
        sa.Column("row_key", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("batch", sa.Text, nullable=False),
        sa.UniqueConstraint("engagement", "table_name", "row_key", "version", name="one_change_a_version"),
    )
    op.create_index("evidence_changes_batch", "evidence_changes", ["engagement", "batch"])
    op.create_table(
        "evidence_rows",
        sa.Column("engagement", sa.String(40), primary_key=True),
        sa.Column("table_name", sa.String(40), primary_key=True),
        sa.Column("row_key", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("value", sa.Text),
    )
    op.create_table(
        "evidence_tables",
        sa.Column("engagement", sa.String(40), primary_key=True),
        sa.Column("table_name", sa.String(40), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )
