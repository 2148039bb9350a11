"""The line for freed times: in order, one at a time, never against sleep, never with anybody's money."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.bookings import queries, rules, service
from mentorhub.domain.bookings.errors import OfferAwaitsYou, OwnOffering, TooManyLines, VerifyFirst
from mentorhub.domain.bookings.models import Booking, DeclineReason, Status, WaitlistEntry, WaitState
from mentorhub.domain.bookings.service import Turn
from mentorhub.domain.bookings.service.holds import extend_for_checkout
from mentorhub.domain.catalog.models import Offering, OfferingKind
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications import service as notices
from mentorhub.domain.notifications.models import Notification
from mentorhub.domain.notifications.rules import WAITLIST_OFFER, Quiet
from mentorhub.domain.payments.models import Payment
from tests.domain.bookings.conftest import TUESDAY_NINE, hold, paid
from tests.people import INTAKE, SUNDAY, People, add_offering, add_person

THURSDAY_NINE = TUESDAY_NINE + timedelta(days=2)
TWO_HOURS_ON = SUNDAY + timedelta(hours=2)


def person(name: str, *, zone: str = "Asia/Kolkata", verified: bool = True) -> UUID:
    with database.transaction() as db:
        return add_person(db, name=name, email=f"{name.lower()}@example.org", zone=zone, verified=verified)


def join(people: People, who: UUID, *, minute: int = 0, offering: UUID | None = None) -> WaitlistEntry:
    with database.transaction() as db:
        return service.join_line(
            db,
            offering_id=offering or people.cv_review,
            mentee_id=who,
            now=SUNDAY - timedelta(hours=1) + timedelta(minutes=minute),
        )


def leave(people: People, who: UUID) -> None:
    with database.transaction() as db:
        service.leave_line(db, offering_id=people.cv_review, mentee_id=who)


def offer(people: People, *, at: datetime = TUESDAY_NINE, now: datetime = SUNDAY) -> Turn:
    with database.transaction() as db:
        return service.offer_freed(db, offering_id=people.cv_review, starts_at=at, now=now)


def states(who: UUID) -> list[WaitState]:
    with database.reading() as db:
        rows = db.exec(select(WaitlistEntry.state).where(WaitlistEntry.mentee_id == who))
        return list(rows)


def place(who: UUID) -> list[int]:
    with database.reading() as db:
        return [line.place for line in queries.lines_of(db, mentee_id=who)]


def freed() -> list[str]:
    with database.reading() as db:
        rows = db.exec(select(OutboxRow).where(OutboxRow.topic == service.TIME_FREED))
        return [row.subject for row in rows]


def held_by(who: UUID, *, now: datetime = SUNDAY) -> Booking | None:
    with database.reading() as db:
        return service.live_hold_of(db, who, now=now)


def sleep(who: UUID, begins: int, ends: int) -> None:
    """Quiet between two hours of the person's own clock; SUNDAY is 17:30 in Pune."""
    with database.transaction() as db:
        notices.set_quiet_hours(db, user_id=who, quiet=Quiet(begins * 60, ends * 60))


def cancel(booking: Booking, by: UUID) -> None:
    with database.transaction() as db:
        shown = service.quote_cancel(db, booking_id=booking.id, actor_id=by, now=SUNDAY).refund.minor
        service.cancel(db, booking_id=booking.id, actor_id=by, shown_minor=shown, now=SUNDAY)


def test_people_stand_in_the_order_they_came_and_move_up_when_one_leaves(everyone: People) -> None:
    first, second = person("Asha"), person("Ben")
    join(everyone, first)
    join(everyone, second, minute=1)
    join(everyone, everyone.stranger, minute=2)
    assert (place(first), place(second), place(everyone.stranger)) == ([1], [2], [3])

    leave(everyone, first)
    leave(everyone, first)

    assert (place(first), place(second), place(everyone.stranger)) == ([], [1], [2])
    with database.reading() as db:
        assert queries.waiting_for(db, mentor_id=everyone.mentor) == {everyone.cv_review: 2}


def test_joining_twice_is_one_entry_and_coming_back_is_the_end_of_the_line(everyone: People) -> None:
    first = join(everyone, everyone.mentee)
    assert join(everyone, everyone.mentee, minute=5).id == first.id
    join(everyone, everyone.stranger, minute=6)
    leave(everyone, everyone.mentee)

    join(everyone, everyone.mentee, minute=7)

    assert place(everyone.mentee) == [2]


def test_five_lines_are_all_one_may_stand_in(everyone: People) -> None:
    with database.transaction() as db:
        others = [
            add_offering(db, everyone.mentor, kind=OfferingKind.PORTFOLIO, title=str(n), minutes=30, price_minor=0)
            for n in range(5)
        ]
    for one in others:
        join(everyone, everyone.mentee, offering=one)

    with pytest.raises(TooManyLines):
        join(everyone, everyone.mentee)


def test_the_own_offering_an_unknown_one_and_an_unconfirmed_address_are_no_place_to_wait(everyone: People) -> None:
    with pytest.raises(OwnOffering):
        join(everyone, everyone.mentor)
    with pytest.raises(NotFound):
        join(everyone, everyone.mentee, offering=everyone.mentor)
    with pytest.raises(VerifyFirst):
        join(everyone, person("Nia", verified=False))


def test_nobody_stands_in_line_for_a_group_whose_seats_are_taken_and_given_back_without_one(everyone: People) -> None:
    with database.transaction() as db:
        clinic = add_offering(
            db, everyone.mentor, kind=OfferingKind.GROUP, title="Portfolio clinic", minutes=60, price_minor=40000
        )

    with pytest.raises(NotFound):
        join(everyone, everyone.mentee, offering=clinic)

    assert states(everyone.mentee) == []


@pytest.mark.parametrize(
    ("left", "kept"),
    [
        (timedelta(hours=48), timedelta(hours=2)),
        (timedelta(hours=8), timedelta(hours=2)),
        (timedelta(hours=4), timedelta(hours=1)),
        (timedelta(minutes=40), timedelta(minutes=10)),
    ],
)
def test_an_offer_stands_two_hours_or_a_quarter_of_what_is_left(left: timedelta, kept: timedelta) -> None:
    assert rules.offered_until(SUNDAY + left, now=SUNDAY) == SUNDAY + kept


def test_a_cancelled_session_is_offered_to_the_first_in_line_as_a_hold_and_nothing_is_charged(
    everyone: People, booked: Booking
) -> None:
    first = person("Asha")
    join(everyone, first)
    join(everyone, everyone.stranger, minute=1)

    cancel(booked, everyone.mentee)
    assert freed() == [f"{everyone.cv_review} {TUESDAY_NINE.isoformat()}"]
    offer(everyone)

    kept = held_by(first)
    assert kept is not None
    assert (kept.status, kept.starts_at, kept.hold_expires_at) == (Status.HELD, TUESDAY_NINE, TWO_HOURS_ON)
    assert held_by(everyone.stranger) is None
    assert (states(first), place(everyone.stranger)) == ([WaitState.OFFERED], [1])
    with database.reading() as db:
        assert db.exec(select(Payment).where(Payment.booking_id == kept.id)).all() == []
        told = db.exec(select(Notification).where(Notification.user_id == first)).one()
        mails = db.exec(select(OutboxRow.subject).where(OutboxRow.topic == WAITLIST_OFFER)).all()
    assert told.text == (
        "CV review with Kabir Deshmukh is free on Tue 24 Nov, 14:30 in Kolkata. "
        "It is kept for you until Sun 22 Nov, 19:30 in Kolkata."
    )
    assert told.address == f"/checkout/{kept.id}"
    assert list(mails) == [str(kept.id)]


def test_a_moved_session_frees_its_old_time(everyone: People, booked: Booking) -> None:
    join(everyone, everyone.stranger)
    with database.transaction() as db:
        proposal = service.propose_move(
            db, booking_id=booked.id, actor_id=everyone.mentor, starts=(THURSDAY_NINE,), note="", now=SUNDAY
        )
        service.accept_move(db, proposal_id=proposal.id, actor_id=everyone.mentee, starts_at=THURSDAY_NINE, now=SUNDAY)

    assert freed() == [f"{everyone.cv_review} {TUESDAY_NINE.isoformat()}"]
    assert offer(everyone).booking_id is not None


@pytest.mark.parametrize("ending", ["declined", "lapsed", "withdrawn"])
def test_a_request_that_comes_to_nothing_goes_to_the_line(everyone: People, ending: str) -> None:
    with database.transaction() as db:
        offering = db.get_one(Offering, everyone.cv_review)
        offering.needs_approval, offering.price_minor = True, 0
    booking = hold(everyone)
    with database.transaction() as db:
        service.request_free(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)
    join(everyone, everyone.stranger)

    with database.transaction() as db:
        if ending == "declined":
            service.decline_request(
                db,
                booking_id=booking.id,
                mentor_id=everyone.mentor,
                reason=DeclineReason.NO_TIME,
                note="",
                now=SUNDAY,
            )
        elif ending == "withdrawn":
            service.withdraw_request(db, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)
        else:
            service.expire_requests(db, now=TUESDAY_NINE - timedelta(hours=1))

    assert freed() == [f"{everyone.cv_review} {TUESDAY_NINE.isoformat()}"]


def test_a_hold_that_was_only_a_look_frees_nothing_for_the_line(everyone: People) -> None:
    join(everyone, everyone.stranger)
    hold(everyone)

    with database.transaction() as db:
        service.expire_all_lapsed(db, now=SUNDAY + timedelta(minutes=11))

    assert freed() == []


def test_without_anybody_in_line_a_cancelled_session_asks_nobody(everyone: People, booked: Booking) -> None:
    cancel(booked, everyone.mentee)

    assert freed() == []
    assert offer(everyone) == Turn()


def test_an_offer_given_back_passes_on_at_once_and_its_entry_is_over(everyone: People) -> None:
    first = person("Asha")
    join(everyone, first)
    join(everyone, everyone.stranger, minute=1)
    turn = offer(everyone)
    assert turn.booking_id is not None

    with database.transaction() as db:
        service.give_back(db, booking_id=turn.booking_id, mentee_id=first, now=SUNDAY)
    assert len(freed()) == 1
    offer(everyone)

    assert (states(first), states(everyone.stranger)) == ([WaitState.PASSED], [WaitState.OFFERED])
    assert held_by(everyone.stranger) is not None


def test_an_offer_nobody_took_goes_to_the_next_when_its_time_is_over(everyone: People) -> None:
    first = person("Asha")
    join(everyone, first)
    join(everyone, everyone.stranger, minute=1)
    offer(everyone)

    with database.transaction() as db:
        assert service.tidy_lines(db, now=TWO_HOURS_ON - timedelta(seconds=1)) == 0
        assert service.tidy_lines(db, now=TWO_HOURS_ON) == 1
    offer(everyone, now=TWO_HOURS_ON)

    assert states(first) == [WaitState.PASSED]
    kept = held_by(everyone.stranger, now=TWO_HOURS_ON)
    assert kept is not None
    assert kept.hold_expires_at == TWO_HOURS_ON + timedelta(hours=2)


def test_paying_ends_the_waiting_and_never_shortens_the_offer(
    everyone: People, start_paying: Callable[..., UUID]
) -> None:
    join(everyone, everyone.mentee)
    offer(everyone)
    kept = held_by(everyone.mentee)
    assert kept is not None

    late = TWO_HOURS_ON - timedelta(minutes=1)
    with database.transaction() as db:
        service.write_intake(db, booking_id=kept.id, mentee_id=everyone.mentee, intake=INTAKE, now=SUNDAY)
    payment_id = start_paying(kept, now=SUNDAY)
    still = held_by(everyone.mentee)
    assert still is not None
    assert still.hold_expires_at == TWO_HOURS_ON
    with database.transaction() as db:
        until = late + rules.CHECKOUT_LASTS + rules.HOLD_OUTLIVES_CHECKOUT
        extend_for_checkout(db, booking_id=kept.id, mentee_id=everyone.mentee, until=until, now=late)
    with database.transaction() as db:
        service.apply_outcome(db, payment_id=payment_id, outcome=paid(payment_id), now=late)

    assert states(everyone.mentee) == [WaitState.BOOKED]
    assert place(everyone.mentee) == []


def test_while_a_time_is_kept_one_gives_it_back_rather_than_leaving(everyone: People) -> None:
    join(everyone, everyone.mentee)
    offer(everyone)

    with pytest.raises(OfferAwaitsYou):
        leave(everyone, everyone.mentee)


def test_who_sleeps_through_the_offer_is_passed_over_and_keeps_their_place(everyone: People) -> None:
    join(everyone, everyone.mentee)
    join(everyone, everyone.stranger, minute=1)
    sleep(everyone.mentee, 17, 23)

    offer(everyone)

    assert (held_by(everyone.mentee), place(everyone.mentee)) == (None, [1])
    assert held_by(everyone.stranger) is not None


def test_when_all_sleep_the_first_is_asked_as_soon_as_they_wake(everyone: People) -> None:
    join(everyone, everyone.mentee)
    sleep(everyone.mentee, 17, 23)

    turn = offer(everyone)

    wakes_at = SUNDAY + timedelta(hours=5, minutes=30)
    assert turn == Turn(again_at=wakes_at)
    assert offer(everyone, now=wakes_at).booking_id is not None


def test_who_wakes_within_the_offer_is_asked_in_turn(everyone: People) -> None:
    join(everyone, everyone.mentee)
    sleep(everyone.mentee, 17, 18)

    assert offer(everyone).booking_id is not None


def test_who_holds_another_time_is_passed_over_and_keeps_place_and_hold(everyone: People) -> None:
    join(everyone, everyone.mentee)
    join(everyone, everyone.stranger, minute=1)
    other = hold(everyone, at=THURSDAY_NINE)

    offer(everyone)

    mine = held_by(everyone.mentee)
    assert mine is not None
    assert (mine.id, place(everyone.mentee)) == (other.id, [1])
    assert held_by(everyone.stranger) is not None


def test_however_many_before_cannot_have_it_the_first_who_can_is_asked(everyone: People) -> None:
    with database.transaction() as db:
        asleep = [
            add_person(db, name=f"Sleeper {number}", email=f"sleeper{number}@example.org", zone="UTC")
            for number in range(25)
        ]
        for who in asleep:
            service.join_line(db, offering_id=everyone.cv_review, mentee_id=who, now=SUNDAY - timedelta(hours=2))
            notices.set_quiet_hours(db, user_id=who, quiet=Quiet(0, 1439))
    join(everyone, everyone.mentee)

    offer(everyone)

    assert held_by(everyone.mentee) is not None


def test_a_time_somebody_took_meanwhile_is_theirs(everyone: People) -> None:
    join(everyone, everyone.stranger)
    hold(everyone)

    assert offer(everyone) == Turn()
    assert place(everyone.stranger) == [1]


def test_a_time_the_mentor_no_longer_offers_is_offered_to_nobody(everyone: People) -> None:
    join(everyone, everyone.stranger)

    assert offer(everyone, at=TUESDAY_NINE + timedelta(hours=9)) == Turn()
    assert states(everyone.stranger) == [WaitState.WAITING]


def test_one_freed_time_is_offered_once_however_many_ask_at_once(everyone: People) -> None:
    for minute in range(6):
        join(everyone, person(f"Waiter{minute}"), minute=minute)
    turns: list[Turn] = []
    gate = threading.Barrier(6)

    def ask() -> None:
        gate.wait()
        turns.append(offer(everyone))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(turns) == 6
    assert sum(turn.booking_id is not None for turn in turns) == 1
    with database.reading() as db:
        offered = db.exec(select(WaitlistEntry).where(WaitlistEntry.state == WaitState.OFFERED)).all()
        held = db.exec(select(Booking).where(Booking.status == Status.HELD)).all()
    assert [entry.booking_id for entry in offered] == [booking.id for booking in held]
    assert len(held) == 1
