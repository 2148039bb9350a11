"""A mentor may leave the step between starts to the length of each session; what mentors chose before stays."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("schedule_preferences") as table:
        table.alter_column("slot_step_minutes", existing_type=sa.Integer(), nullable=True)
