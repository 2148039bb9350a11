"""A person reads a clock of 24 hours, or of 12 if they say so."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("user", sa.Column("clock_hours", sa.Integer(), nullable=False, server_default="24"))
