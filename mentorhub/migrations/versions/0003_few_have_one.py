"""Indexes of columns few rows fill hold those rows alone: the empty rest is no way to find anything.

With every booking of one person's in it, "not a seat of a group" looked to PostgreSQL like a short list to read whole.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Any = None
depends_on: Any = None

FEW = (("booking", "series_id"), ("booking", "group_session_id"), ("claim", "group_session_id"))


def upgrade() -> None:
    """Go one step forward."""
    for table, column in FEW:
        filled = sa.text(f"{column} IS NOT NULL")
        op.drop_index(f"ix_{table}_{column}", table)
        op.create_index(f"ix_{table}_{column}", table, [column], postgresql_where=filled, sqlite_where=filled)
