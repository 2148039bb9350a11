"""What has to hold of a group session: its seats, its time, and the decision whether it takes place."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.bookings import rules, service
from mentorhub.domain.bookings.models import Booking, Claim, GroupSession, GroupStatus
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications import rules as topics
from tests.domain.bookings import rows
from tests.domain.bookings.rows import Rows


def check(every: Rows, group: GroupSession, claims: Sequence[Claim]) -> None:
    seats = every.seats_of(group)
    taken = [seat for seat in seats if seat.status.keeps_time]
    assert group.seats_taken == len(taken) == len({seat.mentee_id for seat in taken})
    wanted = rules.ticks(group.blocked_from, group.blocked_to) if group.status is GroupStatus.OPEN else ()
    assert {claim.tick for claim in claims} == set(wanted), group.status
    ahead = _row(every, topics.GROUP_AHEAD, f"{group.id} mentor")
    if ahead is not None:
        assert len(_had_a_seat(seats, ahead.created_at)) >= group.seats_needed
        assert _row(every, topics.GROUP_CALLED_OFF, f"{group.id} decision") is None
    if group.status is GroupStatus.CANCELLED:
        _everybody_got_everything_back(every, group, seats, taken)


def every_one_is_decided(db: Session, *, now: datetime) -> None:
    """Once the work is done each session went ahead or was called off at its moment, or began before anybody looked."""
    every = rows.read(db)
    groups = {str(group.id): group for group in every.groups}
    for row in every.outbox[service.DECIDE_TOPIC]:
        group = groups[row.subject]
        if row.due_at <= now:
            assert row.done_at is not None
            is_ahead = _row(every, topics.GROUP_AHEAD, f"{group.id} mentor") is not None
            assert is_ahead or group.status is GroupStatus.CANCELLED or row.done_at >= group.starts_at


def _everybody_got_everything_back(
    every: Rows, group: GroupSession, seats: Sequence[Booking], taken: Sequence[Booking]
) -> None:
    assert taken == []
    assert group.cancelled_at is not None
    ended = [seat for seat in seats if seat.cancelled_at == group.cancelled_at and seat.cancelled_by != seat.mentee_id]
    assert all(every.kept_of(seat) == 0 for seat in ended)
    if _row(every, topics.GROUP_CALLED_OFF, f"{group.id} decision") is not None:
        assert len(ended) < group.seats_needed
        assert group.decide_by <= group.cancelled_at


def _had_a_seat(seats: Sequence[Booking], at: datetime) -> set[UUID]:
    return {
        seat.mentee_id
        for seat in seats
        if seat.confirmed_at is not None
        and seat.confirmed_at <= at
        and (seat.cancelled_at is None or seat.cancelled_at >= at)
    }


def _row(every: Rows, topic: str, subject: str) -> OutboxRow | None:
    return next((row for row in every.outbox[topic] if row.subject == subject), None)
