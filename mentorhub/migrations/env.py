"""Alembic's entry: runs the history on the connection the command line hands over."""

from typing import Any, Literal

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import mentorhub.domain.accounts.models
import mentorhub.domain.bookings.models
import mentorhub.domain.catalog.models
import mentorhub.domain.common.outbox
import mentorhub.domain.goals.models
import mentorhub.domain.notes.models
import mentorhub.domain.notifications.models
import mentorhub.domain.payments.models
import mentorhub.domain.reviews.models
import mentorhub.domain.scheduling.models  # noqa: F401
from mentorhub.database.columns import EnumText, UtcDateTime


def render_item(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write our column types as plain ones, so that an old step never depends on today's code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, EnumText | AutoString):
        return f"sa.String(length={getattr(item, 'length', None) or 32})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    compare_type=True,
    render_item=render_item,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
