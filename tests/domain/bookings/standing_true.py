"""What has to hold between bookings, claims, money and mail after anything whatever happened."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, SQLModel, col, func, select

from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.models import (
    Booking,
    BookingChange,
    BookingRequest,
    Claim,
    GroupSession,
    GroupStatus,
    MoveProposal,
    MoveState,
    Status,
    WaitlistEntry,
    WaitState,
)
from mentorhub.domain.payments.models import LedgerEntry, Owed, Payment, PaymentStatus, Refund, RefundStatus
from mentorhub.domain.payments.ports import CheckoutState
from mentorhub.domain.payments.queries import ledger_check
from mentorhub.domain.payments.rules import Account
from tests.domain.bookings.provider import Provider

T = TypeVar("T", bound=SQLModel)
_OVER = (Status.EXPIRED, Status.DECLINED, Status.CANCELLED)
_STANDING = (WaitState.WAITING, WaitState.OFFERED)


def everything(db: Session) -> Mapping[str, Counter[str]]:
    """Every row of every table, so that two moments can be compared."""
    return {
        table.name: Counter(repr(tuple(row)) for row in db.connection().execute(table.select()))
        for table in SQLModel.metadata.sorted_tables
    }


def check(db: Session, *, now: datetime) -> None:
    """Nobody is in two places, every tick has its live booking, and money balances and goes back once."""
    bookings = db.exec(select(Booking)).all()
    requests = {request.booking_id: request for request in db.exec(select(BookingRequest))}
    claims, changes = _by(db, Claim, "booking_id"), _by(db, BookingChange, "booking_id")
    payments, refunds = _by(db, Payment, "booking_id"), _by(db, Refund, "payment_id")
    _a_series_is_held_as_one(bookings)
    _nobody_is_in_two_places([booking for booking in bookings if _is_live(booking, now)])
    for booking in bookings:
        _ticks_are_those_of_the_status(booking, claims[booking.id], requests.get(booking.id))
        _log_ends_where_the_status_is(booking, changes[booking.id])
        _money_is_that_of_the_status(booking, payments[booking.id], refunds)
    for group in db.exec(select(GroupSession)).all():
        _seats_are_those_taken(db, group)
    _ledger_balances(db)
    _nobody_has_more_than_the_limits(db, bookings, [one for one in requests.values() if one.lapses_at > now], now)
    _lines_are_those_of_their_offers(db)


def nothing_is_stuck(db: Session, *, now: datetime) -> None:
    """Once the duties of the clock went round, nothing waits past its time."""
    for booking in db.exec(select(Booking)).all():
        assert not (booking.hold_expires_at is not None and booking.hold_expires_at <= now)
        assert not (
            booking.status is Status.CONFIRMED and rules.door(booking.starts_at, booking.ends_at).closes_at <= now
        )
    waiting = select(BookingRequest).join(Booking).where(Booking.status == Status.REQUESTED)
    assert all(request.lapses_at > now for request in db.exec(waiting))
    proposed = select(MoveProposal).where(MoveProposal.state == MoveState.OPEN)
    assert all(proposal.lapses_at > now for proposal in db.exec(proposed))


def all_money_arrived(db: Session, provider: Provider) -> None:
    """Months later what was taken is with the mentor, the platform or back on the card, and nothing hangs."""
    assert ledger_check(db).differences == ()
    taken = {one for one, page in provider.pages.items() if page.state is CheckoutState.PAID}
    rows = db.exec(select(Payment)).all()
    assert {one.id for one in rows if one.status is PaymentStatus.CAPTURED} == taken
    assert not any(one.status in (PaymentStatus.PENDING, PaymentStatus.AUTHORISED) for one in rows)
    assert not any(page.state is CheckoutState.AUTHORISED for page in provider.pages.values())
    assert all(refund.status is RefundStatus.SENT for refund in db.exec(select(Refund)))
    pending = select(func.coalesce(func.sum(LedgerEntry.amount_minor), 0))
    assert db.exec(pending.where(LedgerEntry.account == Account.MENTOR_PENDING)).one() == 0
    refunds = _by(db, Refund, "payment_id")
    kept = {one.booking_id for one in rows if one.status is PaymentStatus.CAPTURED and _is_kept(one, refunds[one.id])}
    for booking in db.exec(select(Booking)).all():
        assert not booking.status.owns_claims
        if booking.status in (Status.MET, Status.MENTEE_ABSENT):
            assert (booking.id in kept) == bool(booking.price_minor)
        elif booking.status in (Status.MENTOR_ABSENT, Status.NOBODY):
            assert booking.id not in kept


def _a_series_is_held_as_one(bookings: Sequence[Booking]) -> None:
    for held in (one for one in bookings if one.status is Status.HELD and one.series_id is not None):
        others = [one for one in bookings if one.series_id == held.series_id]
        assert len(others) > 1
        assert {(one.status, one.hold_expires_at) for one in others} == {(Status.HELD, held.hold_expires_at)}
        assert len({(one.mentor_id, one.mentee_id, one.offering_id) for one in others}) == 1


def _is_live(booking: Booking, now: datetime) -> bool:
    return booking.status.owns_claims and (booking.hold_expires_at is None or booking.hold_expires_at > now)


def _nobody_is_in_two_places(live: list[Booking]) -> None:
    for one, other in combinations(live, 2):
        if one.mentor_id == other.mentor_id and not (one.group_session_id or other.group_session_id):
            assert one.blocked_to <= other.starts_at or other.blocked_to <= one.starts_at
        if one.group_session_id == other.group_session_id is not None and one.mentee_id != other.mentee_id:
            continue
        if {one.mentor_id, one.mentee_id} & {other.mentor_id, other.mentee_id}:
            assert one.ends_at <= other.starts_at or other.ends_at <= one.starts_at


def _by(db: Session, table: type[T], column: str) -> Mapping[UUID, list[T]]:
    rows: defaultdict[UUID, list[T]] = defaultdict(list)
    for row in db.exec(select(table)):
        rows[getattr(row, column)].append(row)
    return rows


def _ticks_are_those_of_the_status(booking: Booking, claims: list[Claim], request: BookingRequest | None) -> None:
    mentor = {(booking.mentor_id, tick) for tick in rules.ticks(booking.blocked_from, booking.blocked_to)}
    mentee = {(booking.mentee_id, tick) for tick in rules.ticks(booking.starts_at, booking.ends_at)}
    owned = {(claim.person_id, claim.tick) for claim in claims}
    whole = mentee if booking.group_session_id else mentor | mentee
    assert owned == (whole if booking.status.owns_claims else set()), booking.status
    if booking.status.owns_claims:
        waits = request.lapses_at if booking.status is Status.REQUESTED and request else booking.hold_expires_at
        assert {claim.until for claim in claims} == {waits}


def _seats_are_those_taken(db: Session, group: GroupSession) -> None:
    seats = db.exec(select(Booking).where(Booking.group_session_id == group.id)).all()
    taken = [seat for seat in seats if seat.status.keeps_seat]
    assert group.seats_taken == len(taken) == len({seat.mentee_id for seat in taken})
    owned = {claim.tick for claim in db.exec(select(Claim).where(Claim.group_session_id == group.id))}
    wanted = rules.ticks(group.blocked_from, group.blocked_to) if group.status is GroupStatus.OPEN else ()
    assert owned == set(wanted), group.status
    if group.status is GroupStatus.CANCELLED:
        assert taken == []


def _log_ends_where_the_status_is(booking: Booking, changes: list[BookingChange]) -> None:
    """Every status but the first and the last is left as often as it is reached; a time that came to its end may live
    again when its payment comes late."""
    balance = Counter({Status.HELD.value: 1})
    for change in changes:
        balance[change.became] += 1
        balance[change.was] -= 1
    assert {word: count for word, count in balance.items() if count} == {booking.status.value: 1}


def _money_is_that_of_the_status(
    booking: Booking, payments: list[Payment], refunds: Mapping[UUID, list[Refund]]
) -> None:
    kept = sum(one.status is PaymentStatus.CAPTURED and _is_kept(one, refunds[one.id]) for one in payments)
    standing = [one for one in payments if one.status is PaymentStatus.AUTHORISED and one.owed is not Owed.VOID]
    assert len(standing) <= (booking.status is Status.REQUESTED)
    if booking.price_minor and booking.status is Status.CONFIRMED:
        assert kept == 1
    elif booking.status in (Status.HELD, Status.REQUESTED, Status.EXPIRED, Status.DECLINED):
        assert kept == 0


def _is_kept(payment: Payment, refunds: list[Refund]) -> bool:
    owed = sum(refund.amount_minor for refund in refunds)
    assert owed <= payment.amount_minor
    return owed < payment.amount_minor


def _nobody_has_more_than_the_limits(
    db: Session, bookings: Sequence[Booking], asked: Sequence[BookingRequest], now: datetime
) -> None:
    running = [one for one in bookings if one.hold_expires_at is not None and one.hold_expires_at > now]
    holds = Counter(mentee for mentee, _ in {(one.mentee_id, one.series_id or one.id) for one in running})
    assert all(count == 1 for count in holds.values())
    waiting = {booking.id for booking in bookings if booking.status is Status.REQUESTED}
    asked = [one for one in asked if one.booking_id in waiting]
    assert all(count <= rules.OPEN_REQUESTS for count in Counter(one.mentee_id for one in asked).values())
    assert all(count == 1 for count in Counter((one.mentee_id, one.mentor_id) for one in asked).values())
    proposals = db.exec(select(MoveProposal)).all()
    opened = Counter(one.booking_id for one in proposals if one.state is MoveState.OPEN)
    assert all(count == 1 for count in opened.values())
    accepted = Counter((one.booking_id, one.proposed_by) for one in proposals if one.state is MoveState.ACCEPTED)
    assert all(count <= rules.MOVES_A_SIDE for count in accepted.values())
    intros = Counter((one.mentor_id, one.mentee_id) for one in bookings if one.intro_pair and one.status not in _OVER)
    assert all(count == 1 for count in intros.values())


def _lines_are_those_of_their_offers(db: Session) -> None:
    lines = db.exec(select(WaitlistEntry).where(col(WaitlistEntry.state).in_(_STANDING))).all()
    assert all(count == 1 for count in Counter((one.mentee_id, one.offering_id) for one in lines).values())
    for one in lines:
        if one.state is WaitState.OFFERED:
            assert db.get_one(Booking, one.booking_id).status is Status.HELD


def _ledger_balances(db: Session) -> None:
    sums: Counter[tuple[str, str]] = Counter()
    for entry in db.exec(select(LedgerEntry)).all():
        sums[(entry.cause, entry.currency)] += entry.amount_minor
    assert not any(sums.values())
