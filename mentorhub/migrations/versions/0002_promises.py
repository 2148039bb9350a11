"""Requests, moves, series, group sessions, waitlists, calendars and notices."""

from typing import Any

import sqlalchemy as sa
from alembic import op


revision: str = '0002'
down_revision: str | None = '0001'
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table('calendar_feed',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('is_on', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], ),
    sa.PrimaryKeyConstraint('user_id', 'kind')
    )
    op.create_table('calendar_import',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('mentor_id', sa.Uuid(), nullable=False),
    sa.Column('address', sa.String(length=2000), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('etag', sa.String(length=300), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('good_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failing_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.String(length=300), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['mentor_id'], ['user.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('calendar_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_import_mentor_id'), ['mentor_id'], unique=False)

    op.create_table('notice_switch',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('in_product', sa.Boolean(), nullable=False),
    sa.Column('by_mail', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], ),
    sa.PrimaryKeyConstraint('user_id', 'kind')
    )
    op.create_table('notification',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=160), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('text', sa.String(length=300), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('key')
    )
    with op.batch_alter_table('notification', schema=None) as batch_op:
        batch_op.create_index('ix_notification_user_created', ['user_id', 'created_at'], unique=False)

    op.create_table('quiet_hours',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('from_minute', sa.Integer(), nullable=False),
    sa.Column('to_minute', sa.Integer(), nullable=False),
    sa.CheckConstraint('0 <= from_minute AND from_minute < 1440 AND 0 <= to_minute AND to_minute < 1440', name='ck_quiet_hours'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], ),
    sa.PrimaryKeyConstraint('user_id')
    )
    op.create_table('imported_busy',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('import_id', sa.Uuid(), nullable=False),
    sa.Column('mentor_id', sa.Uuid(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['calendar_import.id'], ),
    sa.ForeignKeyConstraint(['mentor_id'], ['user.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('imported_busy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_imported_busy_import_id'), ['import_id'], unique=False)
        batch_op.create_index('ix_imported_busy_mentor_ends', ['mentor_id', 'ends_at'], unique=False)

    op.create_table('group_session',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('mentor_id', sa.Uuid(), nullable=False),
    sa.Column('offering_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('status', sa.String(length=32), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('blocked_from', sa.DateTime(timezone=True), nullable=False),
    sa.Column('blocked_to', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('seats_taken', sa.Integer(), nullable=False),
    sa.Column('seats_needed', sa.Integer(), nullable=False),
    sa.Column('decide_by', sa.DateTime(timezone=True), nullable=False),
    sa.Column('price_minor', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('policy', sa.String(length=32), nullable=False),
    sa.Column('mentor_zone', sa.String(length=64), nullable=False),
    sa.Column('calendar_uid', sa.String(length=80), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('0 <= seats_taken AND seats_taken <= seats', name='ck_group_session_seats'),
    sa.CheckConstraint('1 <= seats_needed AND seats_needed <= seats', name='ck_group_session_needed'),
    sa.CheckConstraint('blocked_from <= starts_at AND starts_at < ends_at AND ends_at <= blocked_to', name='ck_group_session_span'),
    sa.ForeignKeyConstraint(['mentor_id'], ['user.id'], ),
    sa.ForeignKeyConstraint(['offering_id'], ['offering.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('calendar_uid')
    )
    with op.batch_alter_table('group_session', schema=None) as batch_op:
        batch_op.create_index('ix_group_session_mentor_starts', ['mentor_id', 'starts_at'], unique=False)

    op.create_table('booking_request',
    sa.Column('booking_id', sa.Uuid(), nullable=False),
    sa.Column('mentor_id', sa.Uuid(), nullable=False),
    sa.Column('mentee_id', sa.Uuid(), nullable=False),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer_by', sa.DateTime(timezone=True), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reply_by', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reply', sa.Text(), nullable=False),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lapses_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('pay_by', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=32), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], ),
    sa.ForeignKeyConstraint(['mentee_id'], ['user.id'], ),
    sa.ForeignKeyConstraint(['mentor_id'], ['user.id'], ),
    sa.PrimaryKeyConstraint('booking_id')
    )
    with op.batch_alter_table('booking_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_booking_request_lapses_at'), ['lapses_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_booking_request_mentee_id'), ['mentee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_booking_request_mentor_id'), ['mentor_id'], unique=False)

    op.create_table('intake',
    sa.Column('booking_id', sa.Uuid(), nullable=False),
    sa.Column('goal', sa.String(length=200), nullable=False),
    sa.Column('situation', sa.Text(), nullable=False),
    sa.Column('questions', sa.Text(), nullable=False),
    sa.Column('links', sa.Text(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], ),
    sa.PrimaryKeyConstraint('booking_id')
    )
    op.create_table('move_proposal',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('booking_id', sa.Uuid(), nullable=False),
    sa.Column('proposed_by', sa.Uuid(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('from_start', sa.DateTime(timezone=True), nullable=False),
    sa.Column('to_start', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lapses_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], ),
    sa.ForeignKeyConstraint(['proposed_by'], ['user.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('move_proposal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_move_proposal_booking_id'), ['booking_id'], unique=False)

    op.create_table('waitlist_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('mentor_id', sa.Uuid(), nullable=False),
    sa.Column('offering_id', sa.Uuid(), nullable=False),
    sa.Column('mentee_id', sa.Uuid(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('booking_id', sa.Uuid(), nullable=True),
    sa.Column('offer_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], ),
    sa.ForeignKeyConstraint(['mentee_id'], ['user.id'], ),
    sa.ForeignKeyConstraint(['mentor_id'], ['user.id'], ),
    sa.ForeignKeyConstraint(['offering_id'], ['offering.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('waitlist_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_waitlist_entry_mentee_id'), ['mentee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_waitlist_entry_mentor_id'), ['mentor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_waitlist_entry_offering_id'), ['offering_id'], unique=False)

    op.create_table('move_option',
    sa.Column('proposal_id', sa.Uuid(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['proposal_id'], ['move_proposal.id'], ),
    sa.PrimaryKeyConstraint('proposal_id', 'starts_at')
    )
    widen_booking()
    widen_claim()
    widen_catalog()
    widen_payment()


def widen_booking() -> None:
    """A seat of a group session, who said they are coming, and the question of old, now in an intake."""
    op.execute(
        "INSERT INTO intake (booking_id, goal, situation, questions, links, updated_at) "
        "SELECT id, '', ask, '', '', created_at FROM booking WHERE ask <> ''"
    )
    with op.batch_alter_table("booking") as booking:
        booking.add_column(sa.Column("by_request", sa.Boolean(), nullable=False, server_default=sa.false()))
        booking.add_column(sa.Column("group_session_id", sa.Uuid(), nullable=True))
        booking.add_column(sa.Column("mentor_coming_at", sa.DateTime(timezone=True), nullable=True))
        booking.add_column(sa.Column("mentee_coming_at", sa.DateTime(timezone=True), nullable=True))
        booking.drop_column("ask")
        booking.create_index("ix_booking_group_session_id", ["group_session_id"])
        booking.create_index("ix_booking_series_id", ["series_id"])
        booking.create_foreign_key("fk_booking_group_session", "group_session", ["group_session_id"], ["id"])


def widen_claim() -> None:
    """A group session owns claims as a booking does."""
    with op.batch_alter_table("claim") as claim:
        claim.add_column(sa.Column("group_session_id", sa.Uuid(), nullable=True))
        claim.alter_column("booking_id", existing_type=sa.Uuid(), nullable=True)
        claim.create_index("ix_claim_group_session_id", ["group_session_id"])
        claim.create_foreign_key("fk_claim_group_session", "group_session", ["group_session_id"], ["id"])
        claim.create_check_constraint("ck_claim_one_owner", "(booking_id IS NULL) <> (group_session_id IS NULL)")


def widen_catalog() -> None:
    """Approval, seats, answer times and weekly caps; what stands today keeps meaning what it meant."""
    with op.batch_alter_table("mentor_profile") as profile:
        profile.add_column(sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
        profile.add_column(sa.Column("answer_hours", sa.Integer(), nullable=False, server_default="48"))
        profile.add_column(sa.Column("max_requests_per_week", sa.Integer(), nullable=True))
        profile.add_column(sa.Column("max_intros_per_week", sa.Integer(), nullable=True))
    with op.batch_alter_table("mentor_standing") as standing:
        standing.add_column(sa.Column("asked", sa.Integer(), nullable=False, server_default="0"))
        standing.add_column(sa.Column("answered", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("offering") as offering:
        offering.add_column(sa.Column("needs_approval", sa.Boolean(), nullable=False, server_default=sa.false()))
        offering.add_column(sa.Column("met_book_instantly", sa.Boolean(), nullable=False, server_default=sa.true()))
        offering.add_column(sa.Column("seats", sa.Integer(), nullable=False, server_default="1"))
        offering.add_column(sa.Column("seats_needed", sa.Integer(), nullable=False, server_default="1"))
        offering.create_check_constraint(
            "ck_offering_seats", "1 <= seats_needed AND seats_needed <= seats AND seats <= 20"
        )


def widen_payment() -> None:
    """Several bookings may share one checkout, so its names are no longer unique by themselves."""
    on_postgres = op.get_bind().dialect.name == "postgresql"
    name = "payment_%(column_0_name)s_key" if on_postgres else "uq_payment_%(column_0_name)s"
    with op.batch_alter_table("payment", naming_convention={"uq": name}) as payment:
        payment.add_column(sa.Column("authorised_at", sa.DateTime(timezone=True), nullable=True))
        payment.add_column(sa.Column("owed", sa.String(length=32), nullable=True))
        payment.add_column(sa.Column("lead_id", sa.Uuid(), nullable=True))
        payment.create_index("ix_payment_lead_id", ["lead_id"])
        payment.create_foreign_key("fk_payment_lead", "payment", ["lead_id"], ["id"])
        for column in ("checkout_id", "provider_payment_id"):
            payment.drop_constraint(name.replace("%(column_0_name)s", column), type_="unique")
            payment.create_index(f"ix_payment_{column}", [column])
        payment.create_unique_constraint("uq_payment_checkout_booking", ["checkout_id", "booking_id"])
