"""What has to hold between bookings, claims, money and mail after anything whatever happened."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from sqlmodel import Session, SQLModel, col, select

from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.models import (
    Booking,
    BookingChange,
    BookingRequest,
    Claim,
    GroupStatus,
    MoveState,
    Status,
    WaitlistEntry,
    WaitState,
)
from tests.domain.bookings import groups_true, money_true, rows, told_once
from tests.domain.bookings.rows import Rows

_OVER = (Status.EXPIRED, Status.DECLINED, Status.CANCELLED)
_STANDING = (WaitState.WAITING, WaitState.OFFERED)


def everything(db: Session) -> Mapping[str, Counter[str]]:
    """Every row of every table, so that two moments can be compared."""
    return {
        table.name: Counter(repr(tuple(row)) for row in db.connection().execute(table.select()))
        for table in SQLModel.metadata.sorted_tables
    }


def check(db: Session, *, now: datetime) -> None:
    """Nobody is in two places, every tick has its live booking, money balances, and each fact is told once."""
    every = rows.read(db)
    claims: defaultdict[UUID | None, list[Claim]] = defaultdict(list)
    for claim in every.claims:
        claims[claim.owner_id].append(claim)
    for series in every.series():
        _a_series_is_held_as_one(series)
    _nobody_is_in_two_places(every, now)
    for booking in every.bookings:
        _ticks_are_those_of_the_status(booking, claims[booking.id], every.requests.get(booking.id))
        _log_ends_where_the_status_is(booking, every.changes[booking.id])
    for group in every.groups:
        groups_true.check(every, group, claims[group.id])
    money_true.check(every)
    told_once.check(db, every)
    _nobody_has_more_than_the_limits(every, now)
    _lines_are_those_of_their_offers(db)


def nothing_is_stuck(db: Session, *, now: datetime) -> None:
    """Once the duties of the clock went round, nothing waits past its time."""
    every = rows.read(db)
    for booking in every.bookings:
        assert not (booking.hold_expires_at is not None and booking.hold_expires_at <= now)
        assert not (
            booking.status is Status.CONFIRMED and rules.door(booking.starts_at, booking.ends_at).closes_at <= now
        )
        assert booking.status is not Status.REQUESTED or every.requests[booking.id].lapses_at > now
    assert all(one.lapses_at > now for one in every.proposals if one.state is MoveState.OPEN)
    for group in every.groups:
        assert group.status is not GroupStatus.OPEN or rules.door(group.starts_at, group.ends_at).closes_at > now


def _a_series_is_held_as_one(series: Sequence[Booking]) -> None:
    assert len(series) > 1
    assert len({(one.mentor_id, one.mentee_id, one.offering_id) for one in series}) == 1
    if any(one.status is Status.HELD for one in series):
        assert {one.status for one in series} == {Status.HELD}
        assert len({one.hold_expires_at for one in series}) == 1


def _is_live(booking: Booking, now: datetime) -> bool:
    return booking.status.owns_claims and (booking.hold_expires_at is None or booking.hold_expires_at > now)


def _nobody_is_in_two_places(every: Rows, now: datetime) -> None:
    """A mentor's sessions keep their breaks between them, a group and its seats count once; a mentee has none."""
    spans: defaultdict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    for booking in every.bookings:
        if _is_live(booking, now):
            spans[booking.mentee_id].append((booking.starts_at, booking.ends_at))
            if booking.group_session_id is None:
                spans[booking.mentor_id].append((booking.blocked_from, booking.blocked_to))
    for group in every.groups:
        if group.status is GroupStatus.OPEN:
            spans[group.mentor_id].append((group.blocked_from, group.blocked_to))
    for theirs in spans.values():
        assert all(one[1] <= other[0] for one, other in pairwise(sorted(theirs)))


def _ticks_are_those_of_the_status(booking: Booking, claims: list[Claim], request: BookingRequest | None) -> None:
    mentor = {(booking.mentor_id, tick) for tick in rules.ticks(booking.blocked_from, booking.blocked_to)}
    mentee = {(booking.mentee_id, tick) for tick in rules.ticks(booking.starts_at, booking.ends_at)}
    owned = {(claim.person_id, claim.tick) for claim in claims}
    whole = mentee if booking.group_session_id else mentor | mentee
    assert owned == (whole if booking.status.owns_claims else set()), booking.status
    if booking.status.owns_claims:
        waits = request.lapses_at if booking.status is Status.REQUESTED and request else booking.hold_expires_at
        assert {claim.until for claim in claims} == {waits}


def _log_ends_where_the_status_is(booking: Booking, changes: list[BookingChange]) -> None:
    """Every status but the first and the last is left as often as it is reached; a time that came to its end may live
    again when its payment comes late."""
    balance = Counter({Status.HELD.value: 1})
    for change in changes:
        balance[change.became] += 1
        balance[change.was] -= 1
    assert {word: count for word, count in balance.items() if count} == {booking.status.value: 1}


def _nobody_has_more_than_the_limits(every: Rows, now: datetime) -> None:
    running = [one for one in every.bookings if one.hold_expires_at is not None and one.hold_expires_at > now]
    holds = Counter(mentee for mentee, _ in {(one.mentee_id, one.series_id or one.id) for one in running})
    assert all(count == 1 for count in holds.values())
    waiting = {booking.id for booking in every.bookings if booking.status is Status.REQUESTED}
    asked = [one for one in every.requests.values() if one.lapses_at > now and one.booking_id in waiting]
    assert all(count <= rules.OPEN_REQUESTS for count in Counter(one.mentee_id for one in asked).values())
    assert all(count == 1 for count in Counter((one.mentee_id, one.mentor_id) for one in asked).values())
    opened = Counter(one.booking_id for one in every.proposals if one.state is MoveState.OPEN)
    assert all(count == 1 for count in opened.values())
    accepted = Counter((one.booking_id, one.proposed_by) for one in every.proposals if one.state is MoveState.ACCEPTED)
    assert all(count <= rules.MOVES_A_SIDE for count in accepted.values())
    intros = [one for one in every.bookings if one.intro_pair and one.status not in _OVER]
    assert all(count == 1 for count in Counter((one.mentor_id, one.mentee_id) for one in intros).values())


def _lines_are_those_of_their_offers(db: Session) -> None:
    lines = db.exec(select(WaitlistEntry).where(col(WaitlistEntry.state).in_(_STANDING))).all()
    assert all(count == 1 for count in Counter((one.mentee_id, one.offering_id) for one in lines).values())
    for one in lines:
        if one.state is WaitState.OFFERED:
            assert db.get_one(Booking, one.booking_id).status is Status.HELD
