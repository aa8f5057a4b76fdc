"""The store's tables, for SQLite and PostgreSQL alike; Alembic migrations make them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

#: Append-only (triggers refuse changes). One version per subject: two reviewers cannot both write the next.
events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("subject", String(400), nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("reviewer", String(40), ForeignKey("reviewers.reviewer_id"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("status", String(20)),
    Column("evidence_hash", String(64)),
    Column("reason", String(60)),
    Column("comment", Text),
    Column("snapshot", Text),
    Column("correction", Text),
    Column("undoes", Integer),
    Column("batch", String(40)),
    UniqueConstraint("subject", "version", name="one_version_per_subject"),
    UniqueConstraint("undoes", name="undone_once"),
    Index("events_by_batch", "batch"),
    sqlite_autoincrement=True,
)

#: Who the pseudonyms are. The names stand here and nowhere else.
reviewers = Table(
    "reviewers",
    metadata,
    Column("reviewer_id", String(40), primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("password_hash", String(200)),
    Column("active", Boolean, nullable=False, default=True),
    Column("created", DateTime(timezone=True), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("reviewer_id", String(40), ForeignKey("reviewers.reviewer_id"), nullable=False),
    Column("expires", DateTime(timezone=True), nullable=False),
)

#: Append-only: logins, refused logins, decisions, exports.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("who", String(100), nullable=False),
    Column("what", String(40), nullable=False),
    Column("subject", String(400), nullable=False, default=""),
    Column("address", String(60), nullable=False, default=""),
    Index("audit_by_time", "at"),
    sqlite_autoincrement=True,
)

#: Soft claims: who has a flag open just now. Nothing is lost when they go.
looking = Table(
    "looking",
    metadata,
    Column("flag_id", String(100), primary_key=True),
    Column("reviewer_id", String(40), primary_key=True),
    Column("until", DateTime(timezone=True), nullable=False),
)
