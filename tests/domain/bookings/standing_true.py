"""What has to hold between bookings, claims, money and mail after anything whatever happened."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import combinations

from sqlmodel import Session, SQLModel, col, select

from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.models import Booking, BookingChange, Claim, GroupSession, GroupStatus, Status
from mentorhub.domain.payments.models import LedgerEntry, Payment, PaymentStatus, Refund


def everything(db: Session) -> Mapping[str, Counter[str]]:
    """Every row of every table, so that two moments can be compared."""
    return {
        table.name: Counter(repr(tuple(row)) for row in db.connection().execute(table.select()))
        for table in SQLModel.metadata.sorted_tables
    }


def check(db: Session, *, now: datetime) -> None:
    """Nobody is in two places, every tick has its live booking, and money balances and goes back once."""
    bookings = db.exec(select(Booking)).all()
    _a_series_is_held_as_one(bookings)
    _nobody_is_in_two_places([booking for booking in bookings if _is_live(booking, now)])
    for booking in bookings:
        _ticks_are_those_of_the_status(db, booking)
        _log_ends_where_the_status_is(db, booking)
        _money_is_that_of_the_status(db, booking)
    for group in db.exec(select(GroupSession)).all():
        _seats_are_those_taken(db, group)
    _ledger_balances(db)


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


def _ticks_are_those_of_the_status(db: Session, booking: Booking) -> None:
    owned = {(claim.person_id, claim.tick) for claim in db.exec(select(Claim).where(Claim.booking_id == booking.id))}
    mentor = {(booking.mentor_id, tick) for tick in rules.ticks(booking.blocked_from, booking.blocked_to)}
    mentee = {(booking.mentee_id, tick) for tick in rules.ticks(booking.starts_at, booking.ends_at)}
    whole = mentee if booking.group_session_id else mentor | mentee
    assert owned == (whole if booking.status.owns_claims else set()), booking.status
    if booking.status in (Status.HELD, Status.CONFIRMED):
        kept = db.exec(select(Claim.until).where(Claim.booking_id == booking.id).distinct()).all()
        assert kept == [booking.hold_expires_at]


def _seats_are_those_taken(db: Session, group: GroupSession) -> None:
    seats = db.exec(select(Booking).where(Booking.group_session_id == group.id)).all()
    taken = [seat for seat in seats if seat.status.keeps_seat]
    assert group.seats_taken == len(taken) == len({seat.mentee_id for seat in taken})
    owned = {claim.tick for claim in db.exec(select(Claim).where(Claim.group_session_id == group.id))}
    wanted = rules.ticks(group.blocked_from, group.blocked_to) if group.status is GroupStatus.OPEN else ()
    assert owned == set(wanted), group.status
    if group.status is GroupStatus.CANCELLED:
        assert taken == []


def _log_ends_where_the_status_is(db: Session, booking: Booking) -> None:
    log = select(BookingChange).where(BookingChange.booking_id == booking.id)
    changes = db.exec(log.order_by(col(BookingChange.at), col(BookingChange.id))).all()
    if booking.status is Status.HELD:
        assert changes == []
    else:
        reached = [change for change in changes if change.became == booking.status != change.was]
        assert len(reached) == 1


def _money_is_that_of_the_status(db: Session, booking: Booking) -> None:
    kept = 0
    for payment in db.exec(select(Payment).where(Payment.booking_id == booking.id)).all():
        owed = sum(db.exec(select(Refund.amount_minor).where(Refund.payment_id == payment.id)).all())
        assert owed <= payment.amount_minor
        kept += payment.status is PaymentStatus.CAPTURED and owed < payment.amount_minor
    if booking.price_minor and booking.status is Status.CONFIRMED:
        assert kept == 1
    elif booking.status in (Status.HELD, Status.EXPIRED, Status.DECLINED):
        assert kept == 0


def _ledger_balances(db: Session) -> None:
    sums: Counter[tuple[str, str]] = Counter()
    for entry in db.exec(select(LedgerEntry)).all():
        sums[(entry.cause, entry.currency)] += entry.amount_minor
    assert not any(sums.values())
