"""Whatever two things are done to one booking, one right after the other, what has to hold holds after both."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, DeclineReason, MoveProposal
from mentorhub.domain.bookings.queries.moving import options_of
from mentorhub.domain.common.errors import DomainError, NotFound
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.models import Payment
from mentorhub.domain.payments.ports import Checkout, CheckoutOutcome, CheckoutState
from tests.domain.bookings import several, standing_true
from tests.domain.bookings.market import Market, open_market

TRIES_MANY_WAYS = True

REVIEW, ASKED, OPEN_DOOR, CLINIC = 0, 1, 4, 0
DAY = timedelta(days=1)


@dataclass
class Scene:
    """One booking of Riya's, and the moment at which something is done to it."""

    market: Market
    booking_id: UUID
    now: datetime

    def booking(self, db: Session) -> Booking:
        return db.get_one(Booking, self.booking_id)

    def by(self, db: Session, side: str) -> dict[str, UUID]:
        booking = self.booking(db)
        return {"booking_id": booking.id, f"{side}_id": booking.mentor_id if side == "mentor" else booking.mentee_id}


Verb = Callable[[Session, Scene], object]


def hears(state: CheckoutState, *, by_request: bool = False) -> Verb:
    """The provider says this of the newest page; of some pages only when the mentor is asked."""

    def verb(db: Session, scene: Scene) -> object:
        if by_request and not scene.booking(db).by_request:
            raise NotFound
        newest = select(Payment).where(Payment.booking_id == scene.booking_id).order_by(col(Payment.created_at).desc())
        payment = db.exec(newest).first()
        if payment is None:
            raise NotFound
        price = sum(one.amount_minor for one in payments.of_checkout(db, payment))
        outcome = outcome_of(payment, Money(price, payment.currency), state)
        return service.apply_outcome(db, payment_id=payment.id, outcome=outcome, now=scene.now)

    return verb


def outcome_of(payment: Payment, price: Money, state: CheckoutState) -> CheckoutOutcome:
    return CheckoutOutcome(
        checkout_id=f"cs_{payment.id}",
        payment_id=payment.id,
        state=state,
        amount=price,
        url="",
        expires_at=payment.created_at + timedelta(minutes=31),
        provider_payment_id=f"pi_{payment.id}",
        provider_fee=price.part(233) if state is CheckoutState.PAID else None,
    )


def opens_a_page(db: Session, scene: Scene) -> object:
    plan = service.plan_checkout(db, **scene.by(db, "mentee"), now=scene.now)
    page = Checkout(f"cs_{plan.payment_id}", "https://pay.example", plan.expires_at)
    return plan.open_url or payments.record_checkout(db, payment_id=plan.payment_id, checkout=page)


def calls_off(side: str) -> Verb:
    def verb(db: Session, scene: Scene) -> object:
        actor = scene.by(db, side)[f"{side}_id"]
        quote = service.quote_cancel(db, booking_id=scene.booking_id, actor_id=actor, now=scene.now)
        return service.cancel(
            db, booking_id=scene.booking_id, actor_id=actor, shown_minor=quote.refund.minor, now=scene.now
        )

    return verb


def proposes(side: str) -> Verb:
    def verb(db: Session, scene: Scene) -> object:
        actor = scene.by(db, side)[f"{side}_id"]
        starts = [scene.booking(db).starts_at + timedelta(days=1, minutes=45)]
        return service.propose_move(
            db, booking_id=scene.booking_id, actor_id=actor, starts=starts, note="", now=scene.now
        )

    return verb


def answers(verb: Callable[..., object], *, by_proposer: bool = False, **words: object) -> Verb:
    def answer(db: Session, scene: Scene) -> object:
        newest = select(MoveProposal).where(MoveProposal.booking_id == scene.booking_id)
        proposal = db.exec(newest.order_by(col(MoveProposal.created_at).desc())).first()
        if proposal is None:
            raise NotFound
        booking = scene.booking(db)
        other = booking.mentee_id if proposal.proposed_by == booking.mentor_id else booking.mentor_id
        start = {"starts_at": options_of(db, proposal.id)[0]} if verb is service.accept_move else {}
        actor = proposal.proposed_by if by_proposer else other
        return verb(db, proposal_id=proposal.id, actor_id=actor, now=scene.now, **start, **words)

    return answer


def does(verb: Callable[..., object], side: str, **words: object) -> Verb:
    return lambda db, scene: verb(db, **scene.by(db, side), **words, now=scene.now)


def comes_round(verb: Callable[..., object], after: timedelta) -> Verb:
    def later(db: Session, scene: Scene) -> object:
        scene.now += after
        return verb(db, now=scene.now)

    return later


def takes_place(*sides: str) -> Verb:
    """Those come and stay, and it is settled once the door is closed."""

    def verb(db: Session, scene: Scene) -> object:
        booking = scene.booking(db)
        scene.now = max(scene.now, booking.ends_at + timedelta(minutes=15))
        who = [scene.by(db, side)[f"{side}_id"] for side in sides]
        moves = [(person, came) for person in who for came in (True, False)]
        lines = [
            service.JournalEntry(number, booking.room_id, person, came, booking.starts_at if came else booking.ends_at)
            for number, (person, came) in enumerate(moves, start=1)
        ]
        service.record_journal(db, journal=f"media {scene.now}", entries=lines)
        settled = service.settle(db, booking_id=booking.id, now=scene.now)
        return service.close_groups(db, now=scene.now) or settled is not None

    return verb


def somebody_else_holds_it(db: Session, scene: Scene) -> object:
    booking = scene.booking(db)
    wish = service.Wish(booking.offering_id, booking.starts_at)
    return service.place_hold(db, mentee_id=scene.market.mentees[1], wish=wish, now=scene.now)


def chooses_another_time(db: Session, scene: Scene) -> object:
    booking = scene.booking(db)
    wish = service.Wish(scene.market.offerings[REVIEW], booking.starts_at + DAY)
    return service.place_hold(db, mentee_id=booking.mentee_id, wish=wish, now=scene.now)


def of_the_group(verb: Callable[..., object], *, by_mentor: bool = False) -> Verb:
    def whole(db: Session, scene: Scene) -> object:
        booking = scene.booking(db)
        actor = {"actor_id": booking.mentor_id} if by_mentor else {}
        if booking.group_session_id is None:
            raise NotFound
        if not by_mentor:
            scene.now = max(scene.now, booking.starts_at - timedelta(hours=1))
        return verb(db, group_session_id=booking.group_session_id, now=scene.now, **actor)

    return whole


VERBS: dict[str, Verb] = {
    "it is paid": hears(CheckoutState.PAID),
    "the card is authorised": hears(CheckoutState.AUTHORISED, by_request=True),
    "the authorisation is gone": hears(CheckoutState.VOIDED, by_request=True),
    "the page is over": hears(CheckoutState.EXPIRED),
    "a page is opened": opens_a_page,
    "it is confirmed free": does(service.confirm_free, "mentee"),
    "it is given back": does(service.give_back, "mentee"),
    "another time is chosen": chooses_another_time,
    "somebody else holds it": somebody_else_holds_it,
    "the mentee calls it off": calls_off("mentee"),
    "the mentor calls it off": calls_off("mentor"),
    "the mentee proposes": proposes("mentee"),
    "the mentor proposes": proposes("mentor"),
    "the move is accepted": answers(service.accept_move),
    "the move is declined": answers(service.decline_move),
    "the move is taken back": answers(service.withdraw_move, by_proposer=True),
    "the request is accepted": does(service.accept_request, "mentor"),
    "the request is declined": does(service.decline_request, "mentor", reason=DeclineReason.NO_TIME, note=""),
    "the mentor asks back": does(service.ask_back, "mentor", question="Which role?"),
    "the request is taken back": does(service.withdraw_request, "mentee"),
    "holds run out": comes_round(service.expire_all_lapsed, timedelta(minutes=50)),
    "requests lapse": comes_round(service.expire_requests, 2 * DAY),
    "moves lapse": comes_round(service.lapse_moves, 2 * DAY),
    "both come": takes_place("mentor", "mentee"),
    "nobody comes": takes_place(),
    "the group is called off": of_the_group(service.call_off_group, by_mentor=True),
    "the group is decided": of_the_group(service.decide_group),
}


def free(market: Market) -> None:
    market.hold(market.mentees[0], OPEN_DOOR, market.weekday(1, 0))


def paying(market: Market) -> None:
    market.hold(market.mentees[0], REVIEW, market.weekday(1, 0))
    market.open_page(market.bookings()[0])


def agreed(market: Market) -> None:
    """Paid, and the mentee proposes another time."""
    paying(market)
    market.pay(market.bookings()[0])
    market.listen()
    booking = market.bookings()[0]
    start = booking.starts_at + timedelta(days=1, hours=1)
    market.do(service.propose_move, booking_id=booking.id, actor_id=booking.mentee_id, starts=[start], note="")


def requested(market: Market) -> None:
    market.hold(market.mentees[0], ASKED, market.weekday(1, 0))
    market.open_page(market.bookings()[0])
    market.pay(market.bookings()[0])
    market.listen()


def accepted(market: Market) -> None:
    requested(market)
    booking = market.bookings()[0]
    market.do(service.accept_request, booking_id=booking.id, mentor_id=booking.mentor_id)


def seat(market: Market, needed: int = 1) -> None:
    start = market.weekday(1, 0)
    several.publish(market, CLINIC, start, seats=2, needed=needed, decided_before=timedelta(hours=1))
    several.take_seat(market, several.groups_of(market)[0], 0)
    market.open_page(market.bookings()[0])


def paid_seat(market: Market) -> None:
    """Paid, and too few so far."""
    seat(market, needed=2)
    market.pay(market.bookings()[0])
    market.listen()


def series(market: Market) -> None:
    several.hold_series(market, market.mentees[0], REVIEW, [market.weekday(0, 0), market.weekday(1, 0)])
    market.open_page(market.bookings()[0])


STARTS = (free, paying, agreed, requested, accepted, seat, paid_seat, series)


@contextmanager
def undone(db: Session, scene: Scene) -> Iterator[Scene]:
    """What is done within is gone after it, time too."""
    attempt = db.begin_nested()
    yield replace(scene)
    db.expire_all()
    attempt.rollback()


def is_done(db: Session, scene: Scene, verb: Verb) -> bool:
    """Let it be done as in a transaction of its own; False when it is refused, or there was nothing to do."""
    scene.now += timedelta(seconds=1)
    attempt = db.begin_nested()
    try:
        came_of_it = verb(db, scene)
    except DomainError:
        attempt.rollback()
        return False
    attempt.commit()
    db.expire_all()
    return came_of_it is False or came_of_it != 0


def holds_after_any(db: Session, scene: Scene, verbs: int, *done: str) -> int:
    """What has to hold holds after every row of so many verbs that is let, each in the world the one before left.

    Returns how many rows were let, shorter ones included.
    """
    let = 0
    for name, verb in VERBS.items():
        with undone(db, scene) as then:
            if is_done(db, then, verb):
                try:
                    standing_true.check(db, now=then.now)
                except AssertionError as broken:
                    broken.add_note(", then ".join((*done, name)))
                    raise
                let += 1
                if verbs > 1:
                    let += holds_after_any(db, then, verbs - 1, *done, name)
    return let


@pytest.mark.parametrize("start", STARTS, ids=lambda start: start.__name__)
def test_what_has_to_hold_holds_after_any_two_verbs(database_url: str, start: Callable[[Market], None]) -> None:
    with database.transaction() as db:
        market = open_market(db)
    start(market)

    with database.transaction() as db:
        let = holds_after_any(db, Scene(market, market.bookings()[0].id, market.now), 2)
        db.rollback()
    assert let > len(VERBS), "most of these verbs did nothing"
