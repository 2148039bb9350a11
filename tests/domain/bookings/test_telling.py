"""What happens to a booking reaches its two people in the product, each on their own clock, and nobody else."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.errors import NotTheDayBefore
from mentorhub.domain.bookings.models import Booking, Presence, Status
from mentorhub.domain.common import habits
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.habits import Habits
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications import queries
from mentorhub.domain.notifications import rules as topics
from tests.domain.bookings.conftest import hold, paid
from tests.people import SUNDAY, TUESDAY, People, add_booking


def told(user_id: UUID) -> list[str]:
    with database.reading() as db:
        return [notice.text for notice in queries.notices_of(db, user_id=user_id, limit=99).notices]


def test_a_paid_booking_is_told_to_both_once(everyone: People, start_paying: Callable[..., UUID]) -> None:
    payment_id = start_paying(hold(everyone))

    for _ in range(2):
        with database.transaction() as db:
            service.apply_outcome(db, payment_id=payment_id, outcome=paid(payment_id), now=SUNDAY)

    assert told(everyone.mentor) == ["Riya Patil booked CV review with you for Tue 24 Nov, 09:00 in London."]
    assert told(everyone.mentee) == ["CV review with Kabir Deshmukh is booked for Tue 24 Nov, 14:30 in Kolkata."]
    assert told(everyone.stranger) == []


def test_a_cancellation_is_told_to_the_other_side(everyone: People) -> None:
    with database.transaction() as db:
        booking_id = add_booking(db, everyone)
        refund = service.quote_cancel(db, booking_id=booking_id, actor_id=everyone.mentor, now=SUNDAY).refund
        service.cancel(db, booking_id=booking_id, actor_id=everyone.mentor, shown_minor=refund.minor, now=SUNDAY)

    assert told(everyone.mentee) == [
        "Kabir Deshmukh cancelled CV review, which was to be Tue 24 Nov, 14:30 in Kolkata."
    ]
    assert told(everyone.mentor) == []


def test_a_payment_that_came_too_late_is_told_to_the_mentee(
    everyone: People, start_paying: Callable[..., UUID]
) -> None:
    payment_id = start_paying(hold(everyone))
    late = TUESDAY + timedelta(hours=1)

    with database.transaction() as db:
        service.expire_all_lapsed(db, now=late)
        service.apply_outcome(db, payment_id=payment_id, outcome=paid(payment_id), now=late)

    assert told(everyone.mentee) == [
        "Your payment for CV review came after the time was gone: ₹1,200.00 goes back to the card."
    ]
    assert told(everyone.mentor) == []


def test_each_of_two_payments_that_came_too_late_is_told(everyone: People, start_paying: Callable[..., UUID]) -> None:
    booking = hold(everyone)
    first = start_paying(booking)
    second = start_paying(booking, now=SUNDAY + timedelta(minutes=32), number="2")
    late = TUESDAY + timedelta(hours=1)

    with database.transaction() as db:
        service.expire_all_lapsed(db, now=late)
        for payment_id, number in ((first, "1"), (second, "2"), (second, "2")):
            service.apply_outcome(db, payment_id=payment_id, outcome=paid(payment_id, number=number), now=late)

    words = "Your payment for CV review came after the time was gone: ₹1,200.00 goes back to the card."
    assert told(everyone.mentee) == [words, words]
    with database.reading() as db:
        subjects = set(db.exec(select(OutboxRow.subject).where(OutboxRow.topic == topics.PAID_TOO_LATE)))
    assert subjects == {f"{booking.id} {first}", f"{booking.id} {second}"}


def test_a_second_payment_for_a_booked_session_is_not_told_as_if_the_time_were_gone(
    everyone: People, start_paying: Callable[..., UUID]
) -> None:
    booking, later = hold(everyone), SUNDAY + timedelta(minutes=32)
    first = start_paying(booking)
    second = start_paying(booking, now=later, number="2")

    with database.transaction() as db:
        service.apply_outcome(db, payment_id=second, outcome=paid(second, number="2"), now=later)
        service.apply_outcome(db, payment_id=first, outcome=paid(first), now=later)

    words = told(everyone.mentee)
    assert "You paid for CV review twice: ₹1,200.00 goes back to the card." in words
    assert not any("was gone" in text for text in words)
    with database.reading() as db:
        assert bookings.booking_notice(db, booking_id=booking.id, public_url="https://x.example").was_agreed


@pytest.mark.parametrize(
    ("came", "to_mentor", "to_mentee"),
    [
        (
            ("mentor", "mentee"),
            ["CV review with Riya Patil is counted as held."],
            [
                "CV review with Kabir Deshmukh is counted as held.",
                "How was CV review with Kabir Deshmukh? Two or three sentences help the next person.",
            ],
        ),
        (("mentor",), ["Riya Patil did not come to CV review."], ["You did not come to CV review."]),
        ((), ["Nobody came to CV review."], ["Nobody came to CV review."]),
    ],
)
def test_how_a_session_was_counted_is_told_to_both(
    everyone: People, came: tuple[str, ...], to_mentor: list[str], to_mentee: list[str]
) -> None:
    after = TUESDAY + timedelta(minutes=45)
    with database.transaction() as db:
        booking_id = add_booking(db, everyone)
        for side in came:
            user_id = everyone.mentor if side == "mentor" else everyone.mentee
            db.add(Presence(booking_id=booking_id, user_id=user_id, joined_at=TUESDAY, left_at=after))

    for _ in range(2):
        with database.transaction() as db:
            service.settle(db, booking_id=booking_id, now=after)

    assert sorted(told(everyone.mentor)) == to_mentor
    assert sorted(told(everyone.mentee)) == to_mentee


def test_each_side_says_for_itself_that_it_is_coming_in_the_day_before(everyone: People) -> None:
    with database.transaction() as db:
        booking_id = add_booking(db, everyone)
        first, second = TUESDAY - timedelta(hours=24), TUESDAY - timedelta(hours=1)
        service.say_coming(db, booking_id=booking_id, actor_id=everyone.mentee, now=first)
        service.say_coming(db, booking_id=booking_id, actor_id=everyone.mentee, now=second)

        booking = db.get_one(Booking, booking_id)
        assert (booking.mentee_coming_at, booking.mentor_coming_at) == (first, None)


@pytest.mark.parametrize(
    ("before", "status"),
    [
        (timedelta(hours=24, seconds=1), Status.CONFIRMED),
        (timedelta(0), Status.CONFIRMED),
        (timedelta(hours=2), Status.CANCELLED),
    ],
)
def test_coming_is_said_only_of_an_agreed_session_of_the_next_24_hours(
    everyone: People, before: timedelta, status: Status
) -> None:
    with database.transaction() as db:
        booking_id = add_booking(db, everyone, status=status)
        with pytest.raises(NotTheDayBefore):
            service.say_coming(db, booking_id=booking_id, actor_id=everyone.mentee, now=TUESDAY - before)


def test_a_stranger_cannot_say_it(everyone: People) -> None:
    with database.transaction() as db:
        booking_id = add_booking(db, everyone)
        with pytest.raises(NotFound):
            service.say_coming(db, booking_id=booking_id, actor_id=everyone.stranger, now=TUESDAY - timedelta(hours=1))


def on_twelve(*people: UUID) -> None:
    with database.transaction() as db:
        for person in people:
            accounts.choose_clock(db, user_id=person, clock_hours=12)


def test_each_is_told_on_the_clock_they_read_whoever_it_was_that_acted(
    everyone: People, start_paying: Callable[..., UUID]
) -> None:
    on_twelve(everyone.mentor)
    payment_id = start_paying(hold(everyone))

    with habits.of(Habits(clock_hours=12)), database.transaction() as db:
        service.apply_outcome(db, payment_id=payment_id, outcome=paid(payment_id), now=SUNDAY)

    assert told(everyone.mentor) == ["Riya Patil booked CV review with you for Tue 24 Nov, 9:00 am in London."]
    assert told(everyone.mentee) == ["CV review with Kabir Deshmukh is booked for Tue 24 Nov, 14:30 in Kolkata."]


def test_a_cancellation_by_who_reads_24_hours_is_told_on_the_other_ones_clock_of_12(everyone: People) -> None:
    on_twelve(everyone.mentee)
    with database.transaction() as db:
        booking_id = add_booking(db, everyone)
        refund = service.quote_cancel(db, booking_id=booking_id, actor_id=everyone.mentor, now=SUNDAY).refund
        service.cancel(db, booking_id=booking_id, actor_id=everyone.mentor, shown_minor=refund.minor, now=SUNDAY)

    assert told(everyone.mentee) == [
        "Kabir Deshmukh cancelled CV review, which was to be Tue 24 Nov, 2:30 pm in Kolkata."
    ]


def test_what_mails_know_of_a_session_says_how_each_of_its_people_reads_time(everyone: People) -> None:
    on_twelve(everyone.mentee)
    with database.transaction() as db:
        booking_id = add_booking(db, everyone)

    with database.reading() as db:
        notice = bookings.booking_notice(db, booking_id=booking_id, public_url="https://x.example")

    assert (notice.mentee.habits.clock_hours, notice.mentor.habits.clock_hours) == (12, 24)
