"""The first store: events, reviewers, sessions, audit log, soft claims.

The tables are spelt out here and not taken from ``pipeline.review.tables``, which moves on.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY = ("events", "audit")


def upgrade() -> None:
    """Make the tables, and have the database itself refuse changes of what is only ever added to."""
    op.create_table(
        "reviewers",
        sa.Column("reviewer_id", sa.String(40), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False, unique=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    _events()
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("reviewer_id", sa.String(40), sa.ForeignKey("reviewers.reviewer_id"), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(100), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(400), nullable=False),
        sa.Column("address", sa.String(60), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("audit_by_time", "audit", ["at"])
    op.create_table(
        "looking",
        sa.Column("flag_id", sa.String(100), primary_key=True),
        sa.Column("reviewer_id", sa.String(40), primary_key=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
    for table in _APPEND_ONLY:
        _refuse_changes(table)


def downgrade() -> None:
    """Refuse: the tables hold decisions, and nothing of the project ever removes those."""
    raise NotImplementedError("decisions are never removed")


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("subject", sa.String(400), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("reviewer", sa.String(40), sa.ForeignKey("reviewers.reviewer_id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(20)),
        sa.Column("evidence_hash", sa.String(64)),
        sa.Column("reason", sa.String(60)),
        sa.Column("comment", sa.Text),
        sa.Column("snapshot", sa.Text),
        sa.Column("correction", sa.Text),
        sa.Column("undoes", sa.Integer),
        sa.Column("batch", sa.String(40)),
        sa.UniqueConstraint("subject", "version", name="one_version_per_subject"),
        sa.UniqueConstraint("undoes", name="undone_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("events_by_batch", "events", ["batch"])


def _refuse_changes(table: str) -> None:
    """Triggers that stop UPDATE and DELETE, in the words of the database at hand."""
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger AS "
        "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
    )
