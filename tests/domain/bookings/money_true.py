"""What has to hold of the money: what is kept is what the session's end leaves, and the ledger agrees."""

from collections import Counter

from sqlmodel import Session

from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import rules as money
from mentorhub.domain.payments.models import Owed, PaymentStatus, RefundStatus
from mentorhub.domain.payments.ports import CheckoutState
from mentorhub.domain.payments.queries import ledger_check, paid_for
from mentorhub.domain.payments.rules import Account
from tests.domain.bookings import rows
from tests.domain.bookings.provider import Provider
from tests.domain.bookings.rows import Rows

_KEEPS_ALL = (Status.CONFIRMED, Status.MET, Status.MENTEE_ABSENT)


def check(every: Rows) -> None:
    for booking in every.bookings:
        _what_is_kept_is_that_of_the_status(every, booking)
        _a_card_stands_for_a_request_only(every, booking)
    for series in every.series():
        _a_series_costs_one_card_fee(series)
    _payments_of_a_page_share_its_fate(every)
    _the_ledger_says_each_fact_once(every)


def all_of_it_arrived(db: Session, provider: Provider) -> None:
    """Months later what was taken is with the mentor, the platform or back on the card, and nothing hangs."""
    every = rows.read(db)
    assert ledger_check(db).differences == ()
    payments = [payment for each in every.payments.values() for payment in each]
    taken: Counter[object] = Counter()
    for payment in payments:
        assert payment.status not in (PaymentStatus.PENDING, PaymentStatus.AUTHORISED)
        if payment.status is PaymentStatus.CAPTURED:
            taken[payment.lead_id or payment.id] += payment.amount_minor
    paid = {one: page.price.minor for one, page in provider.pages.items() if page.state is CheckoutState.PAID}
    assert taken == paid
    assert not any(page.state is CheckoutState.AUTHORISED for page in provider.pages.values())
    assert all(refund.status is RefundStatus.SENT for each in every.refunds.values() for refund in each)
    assert sum(one.amount_minor for one in every.ledger if one.account is Account.MENTOR_PENDING) == 0
    for booking in every.bookings:
        if booking.price_minor and booking.confirmed_at is not None:
            paid = paid_for(db, booking_id=booking.id)
            assert paid is not None
            assert paid.refunded.minor == booking.price_minor - every.kept_of(booking)


def _what_is_kept_is_that_of_the_status(every: Rows, booking: Booking) -> None:
    kept, price = every.kept_of(booking), booking.price_minor
    if booking.status is Status.SHORT:
        assert 0 <= kept <= price
    elif booking.status is Status.CANCELLED and booking.confirmed_at is not None:
        assert kept == price - _due_back(every, booking)
    else:
        assert kept == (price if booking.status in _KEEPS_ALL else 0), booking.status


def _due_back(every: Rows, booking: Booking) -> int:
    """What the policy gives back at the moment a session was called off; all of it when its mentor, or nobody, did."""
    assert booking.cancelled_at is not None
    price = Money(booking.price_minor, booking.currency)
    by = money.Side.MENTEE if booking.cancelled_by == booking.mentee_id else money.Side.MENTOR
    return money.refund_due(booking.policy, price, booking.refund_from, now=booking.cancelled_at, by=by).minor


def _a_card_stands_for_a_request_only(every: Rows, booking: Booking) -> None:
    authorised = [one for one in every.payments[booking.id] if one.status is PaymentStatus.AUTHORISED]
    standing = [one for one in authorised if one.owed is not Owed.VOID]
    assert len(standing) <= (booking.status is Status.REQUESTED)


def _a_series_costs_one_card_fee(series: list[Booking]) -> None:
    first = series[0]
    whole = money.split(Money(sum(one.price_minor for one in series), first.currency), on=first.created_at.date())
    assert sum(one.card_minor for one in series) == whole.card.minor
    assert sum(one.fee_minor for one in series) == whole.fee.minor


def _payments_of_a_page_share_its_fate(every: Rows) -> None:
    payments = {payment.id: payment for each in every.payments.values() for payment in each}
    for payment in payments.values():
        assert payment.lead_id is None or payment.status is payments[payment.lead_id].status


def _the_ledger_says_each_fact_once(every: Rows) -> None:
    sums: Counter[tuple[str, str]] = Counter()
    for entry in every.ledger:
        sums[(entry.cause, entry.currency)] += entry.amount_minor
    assert not any(sums.values())
    assert _each_once((entry.cause, entry.account) for entry in every.ledger)
    assert _each_once((one.booking_id, one.account) for one in every.ledger if one.cause.startswith("release:"))
    assert all(len(each) <= 1 for each in every.refunds.values())


def _each_once(facts: object) -> bool:
    return all(count == 1 for count in Counter(facts).values())
