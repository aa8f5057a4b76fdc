"""Alembic migrations of the store of decisions."""
