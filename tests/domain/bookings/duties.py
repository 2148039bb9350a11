"""What is done at the market without anybody asking: the duties of the clock, and the work of the outbox."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.common import outbox
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.ports import CheckoutState, RefundReceipt, RefundState
from tests.domain.bookings.market import Market

_TOPICS = (
    payments.CAPTURE_TOPIC,
    payments.VOID_TOPIC,
    payments.REFUND_TOPIC,
    service.RELEASE_TOPIC,
    service.TIME_FREED,
    service.DECIDE_TOPIC,
)
CLOSING = -1
"""The place of the duty that has something to do once all the others were done."""


def of_the_clock(market: Market) -> tuple[Callable[[], object], ...]:
    """What comes round by the clock, each in a transaction of its own; a group is closed once its seats are settled."""
    return (
        lambda: market.do(service.expire_all_lapsed),
        lambda: market.do(service.expire_requests),
        lambda: market.do(service.lapse_moves),
        lambda: market.do(service.tidy_lines),
        lambda: settle(market),
        lambda: reconcile(market),
        lambda: market.do(service.close_groups),
    )


def come_to_rest(market: Market) -> None:
    """Nobody does anything more: the pages close, the duties go on for two months, and all work is done once again."""
    for payment_id in list(market.provider.pages):
        market.provider.close(payment_id)
    market.listen()
    _decide_in_time(market)
    for span in (timedelta(0), timedelta(days=10), timedelta(days=50)):
        market.wait(span)
        for duty in of_the_clock(market):
            duty()
        work(market)
        work(market)
    work(market, again=True)


def _decide_in_time(market: Market) -> None:
    """The work goes on at the moment of each decision."""
    with database.reading() as db:
        decisions = select(OutboxRow.due_at).where(
            OutboxRow.topic == service.DECIDE_TOPIC, OutboxRow.due_at > market.now, col(OutboxRow.done_at).is_(None)
        )
        moments = db.exec(decisions.order_by(col(OutboxRow.due_at))).all()
    for moment in moments:
        market.wait(max(moment - market.now, timedelta(0)))
        work(market)


def come_back(market: Market) -> None:
    """A mentor who was paused for lapsed requests opens again."""
    with database.transaction() as db:
        catalog.set_open(db, mentor_id=market.kabir, is_open=True)


def settle(market: Market) -> None:
    with database.reading() as db:
        due = service.due_for_settling(db, now=market.now)
    for booking_id in due:
        market.do(service.settle, booking_id=booking_id)


def reconcile(market: Market) -> None:
    """What the provider lists is taken in, whether a notice of it ever came or not."""
    for payment_id, page in list(market.provider.pages.items()):
        if page.state is not CheckoutState.OPEN:
            with database.transaction() as db:
                outcome = market.provider.say(payment_id)
                service.take_in(db, payment_id=payment_id, outcome=outcome, now=market.now)


def work(market: Market, *, again: bool = False) -> None:
    """Do what is asked for in the outbox; with `again` also what was done already, as after a lost lease."""
    with database.reading() as db:
        rows = select(OutboxRow).where(col(OutboxRow.topic).in_(_TOPICS), OutboxRow.due_at <= market.now)
        if not again:
            rows = rows.where(col(OutboxRow.done_at).is_(None))
        due = db.exec(rows.order_by(col(OutboxRow.created_at), col(OutboxRow.key))).all()
    for row in due:
        _work(market, row)


def _work(market: Market, row: OutboxRow) -> None:
    if row.topic in (payments.CAPTURE_TOPIC, payments.VOID_TOPIC):
        _tell_provider(market, UUID(row.subject))
    elif row.topic == payments.REFUND_TOPIC:
        _send_refund(market, UUID(row.subject))
    elif row.topic == service.RELEASE_TOPIC:
        market.do(service.release_due, booking_id=UUID(row.subject))
    elif row.topic == service.DECIDE_TOPIC:
        _decide(market, UUID(row.subject))
    elif not _offer(market, row):
        return
    if row.done_at is None:
        with database.transaction() as db:
            outbox.finish(db, row.id, now=market.now)


def _decide(market: Market, group_session_id: UUID) -> None:
    with database.transaction() as db:
        goes_ahead = service.decide_group(db, group_session_id=group_session_id, now=market.now)
    market.done[f"decided {goes_ahead}"] += 1


def _offer(market: Market, row: OutboxRow) -> bool:
    """Offer a freed time; False when it is to be offered again later."""
    offering, _, start = row.subject.partition(" ")
    with database.transaction() as db:
        turn = service.offer_freed(
            db, offering_id=UUID(offering), starts_at=datetime.fromisoformat(start), now=market.now
        )
        if turn.again_at is not None:
            outbox.wait(db, row.id, until=turn.again_at)
    market.done["offer_freed"] += turn.booking_id is not None
    return turn.again_at is None


def _tell_provider(market: Market, payment_id: UUID) -> None:
    with database.reading() as db:
        order = payments.order_of(db, payment_id)
    if order is None:
        return
    market.provider.hear(payment_id, order.owed)
    market.hear(market.provider.say(payment_id))


def _send_refund(market: Market, refund_id: UUID) -> None:
    with database.reading() as db:
        order = payments.refund_order(db, refund_id)
    if order is None:
        return
    receipt = RefundReceipt(
        f"re_{refund_id}", order.provider_payment_id, order.amount, RefundState.SENT, order.key, market.now
    )
    with database.transaction() as db:
        payments.record_refund(db, refund_id=refund_id, receipt=receipt, now=market.now)
    market.done["record_refund"] += 1
