"""Requests: asked, asked back, answered, lapsed, withdrawn; what each leaves of time, money and standing."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from mentorhub import database
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import queries, service
from mentorhub.domain.bookings.errors import (
    AlreadyAnswered,
    AlreadyAskedBack,
    AlreadyAsking,
    MentorHasEnoughRequests,
    NeedsAnswer,
    NotCancellable,
    NothingAsked,
    RequestOver,
    SlotTaken,
    TooManyRequests,
    TooManyRequestsThisWeek,
    VerifyFirst,
)
from mentorhub.domain.bookings.models import Booking, BookingRequest, Claim, DeclineReason, Status
from mentorhub.domain.bookings.queries import Stage
from mentorhub.domain.catalog.models import (
    ExpertiseTag,
    MentorExpertise,
    MentorProfile,
    MentorStanding,
    Offering,
    OfferingKind,
)
from mentorhub.domain.common.errors import DomainError, FieldError, NotFound
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.marketplace import service as marketplace
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.notifications.models import Notification
from tests.domain.bookings.conftest import TUESDAY_NINE, hold
from tests.people import INTAKE, SUNDAY, People, add_booking, add_mentor, add_offering, add_person

HOUR = timedelta(hours=1)
MONDAY_NINE = TUESDAY_NINE - 24 * HOUR


@pytest.fixture
def asking(everyone: People) -> People:
    """Kabir wants to be asked for his intro call, which is free."""
    with database.transaction() as db:
        offering = db.get_one(Offering, everyone.intro)
        offering.needs_approval, offering.kind = True, OfferingKind.CAREER_TALK
    return everyone


def ask(people: People, *, mentee: UUID | None = None, at: datetime = TUESDAY_NINE, now: datetime = SUNDAY) -> UUID:
    """Hold the free session and ask for it."""
    who = mentee or people.mentee
    booking = hold(people, offering=people.intro, mentee=who, at=at, now=now)
    with database.transaction() as db:
        service.request_free(db, booking_id=booking.id, mentee_id=who, now=now)
    return booking.id


def do(verb: Callable[..., object], **arguments: object) -> None:
    with database.transaction() as db:
        verb(db, **arguments)


def look(booking_id: UUID, viewer: UUID, *, now: datetime = SUNDAY) -> queries.RequestView:
    with database.reading() as db:
        view = queries.request_of(db, booking_id=booking_id, viewer_id=viewer, now=now)
    assert view is not None
    return view


def free_at(people: People, viewer: UUID | None, since: datetime, *, now: datetime = SUNDAY) -> list[datetime]:
    with database.reading() as db:
        return queries.free_starts(
            db,
            mentor_id=people.mentor,
            offering_id=people.intro,
            since=since,
            until=since + 24 * HOUR,
            viewer_id=viewer,
            now=now,
        )


def mails(topic: str) -> list[str]:
    with database.reading() as db:
        return list(db.exec(select(OutboxRow.subject).where(OutboxRow.topic == topic)))


def standing(people: People) -> tuple[int, int]:
    with database.reading() as db:
        row = db.get(MentorStanding, people.mentor)
    return (row.answered, row.asked) if row else (0, 0)


def test_a_request_keeps_the_time_until_its_answer_is_due_and_tells_the_mentor(asking: People) -> None:
    booking_id = ask(asking)

    view = look(booking_id, asking.mentor)
    assert (view.stage, view.answer_by, view.may_answer, view.may_ask) == (
        Stage.WAITING,
        MONDAY_NINE + 22 * HOUR,
        True,
        True,
    )
    with database.reading() as db:
        assert {claim.until for claim in db.exec(select(Claim))} == {view.answer_by}
        assert [one.booking_id for one in queries.requests_of(db, mentor_id=asking.mentor, now=SUNDAY)] == [booking_id]
    assert TUESDAY_NINE not in free_at(asking, asking.stranger, MONDAY_NINE + 12 * HOUR)
    assert mails(notices.REQUEST_RECEIVED) == [str(booking_id)]
    assert look(booking_id, asking.mentee).may_withdraw


def test_an_address_that_is_not_confirmed_asks_for_nothing_free_either(asking: People) -> None:
    booking = hold(asking, offering=asking.intro)
    with database.transaction() as db:
        db.get_one(User, asking.mentee).email_verified_at = None

    with pytest.raises(VerifyFirst):
        do(service.request_free, booking_id=booking.id, mentee_id=asking.mentee, now=SUNDAY)

    with database.reading() as db:
        assert db.get_one(Booking, booking.id).status is Status.HELD
    assert mails(notices.REQUEST_RECEIVED) == []


def test_a_stranger_sees_no_request(asking: People) -> None:
    booking_id = ask(asking)
    with database.reading() as db:
        assert queries.request_of(db, booking_id=booking_id, viewer_id=asking.stranger, now=SUNDAY) is None
    for verb, who in (
        (service.accept_request, {"mentor_id": asking.mentee}),
        (service.withdraw_request, {"mentee_id": asking.mentor}),
    ):
        with pytest.raises(NotFound):
            do(verb, booking_id=booking_id, now=SUNDAY, **who)


def test_a_time_that_has_to_be_asked_for_cannot_be_booked_at_once(asking: People) -> None:
    booking = hold(asking, offering=asking.intro)
    with pytest.raises(NeedsAnswer):
        do(service.confirm_free, booking_id=booking.id, mentee_id=asking.mentee, now=SUNDAY)


def test_switching_to_approval_touches_only_new_requests(everyone: People) -> None:
    booking = hold(everyone, offering=everyone.intro)
    with database.transaction() as db:
        db.get_one(Offering, everyone.intro).needs_approval = True
    do(service.confirm_free, booking_id=booking.id, mentee_id=everyone.mentee, now=SUNDAY)
    with database.reading() as db:
        assert db.get_one(Booking, booking.id).status is Status.CONFIRMED


def test_those_the_mentor_has_met_book_at_once_unless_they_too_are_to_ask(asking: People) -> None:
    with database.transaction() as db:
        add_booking(db, asking, status=Status.MET, starts_at=TUESDAY_NINE - timedelta(days=30))
    with database.reading() as db:
        offering = db.get_one(Offering, asking.intro)
        assert not queries.is_by_request(db, offering, asking.mentee)
        assert queries.is_by_request(db, offering, asking.stranger)
    with database.transaction() as db:
        db.get_one(Offering, asking.intro).met_book_instantly = False
    with database.reading() as db:
        assert queries.is_by_request(db, db.get_one(Offering, asking.intro), asking.mentee)


def test_times_to_be_asked_for_need_six_hours_notice(asking: People) -> None:
    five_before, seven_before = MONDAY_NINE - 5 * HOUR, MONDAY_NINE - 7 * HOUR
    assert MONDAY_NINE in free_at(asking, asking.mentee, MONDAY_NINE, now=seven_before)
    assert MONDAY_NINE not in free_at(asking, asking.mentee, MONDAY_NINE, now=five_before)
    with pytest.raises(SlotTaken):
        ask(asking, at=MONDAY_NINE, now=five_before)


def test_a_yes_to_a_free_request_books_it_and_a_second_yes_changes_nothing(asking: People) -> None:
    booking_id = ask(asking)
    for _ in range(2):
        do(service.accept_request, booking_id=booking_id, mentor_id=asking.mentor, now=SUNDAY + HOUR)
    with database.reading() as db:
        assert db.get_one(Booking, booking_id).status is Status.CONFIRMED
        assert {claim.until for claim in db.exec(select(Claim))} == {None}
    assert len(mails(notices.BOOKING_CONFIRMED)) == 2
    assert standing(asking) == (1, 1)
    with pytest.raises(AlreadyAnswered):
        do(
            service.decline_request,
            booking_id=booking_id,
            mentor_id=asking.mentor,
            reason=DeclineReason.NO_TIME,
            note="",
            now=SUNDAY,
        )


def test_a_no_frees_the_time_at_once_and_a_later_yes_is_refused(asking: People) -> None:
    booking_id = ask(asking)
    for _ in range(2):
        do(
            service.decline_request,
            booking_id=booking_id,
            mentor_id=asking.mentor,
            reason=DeclineReason.UNCLEAR_ASK,
            note="Which role?",
            now=SUNDAY,
        )
    assert TUESDAY_NINE in free_at(asking, asking.stranger, MONDAY_NINE + 12 * HOUR)
    view = look(booking_id, asking.mentee)
    assert (view.stage, view.reason, view.note) == (Stage.DECLINED, DeclineReason.UNCLEAR_ASK, "Which role?")
    assert mails(notices.REQUEST_DECLINED) == [str(booking_id)]
    assert standing(asking) == (1, 1)
    with pytest.raises(AlreadyAnswered):
        do(service.accept_request, booking_id=booking_id, mentor_id=asking.mentor, now=SUNDAY)


def test_a_question_stops_the_clock_and_the_reply_starts_it_again(asking: People) -> None:
    friday = TUESDAY_NINE + timedelta(days=10)
    booking_id = ask(asking, at=friday)
    before = look(booking_id, asking.mentor).answer_by
    do(service.ask_back, booking_id=booking_id, mentor_id=asking.mentor, question="Which role?", now=SUNDAY + HOUR)
    paused = look(booking_id, asking.mentee, now=SUNDAY + HOUR)
    assert (paused.stage, paused.reply_by, paused.lapses_at) == (Stage.PAUSED, SUNDAY + 49 * HOUR, before + 48 * HOUR)
    assert paused.may_reply
    assert not look(booking_id, asking.mentor).may_ask
    do(
        service.reply_to_question,
        booking_id=booking_id,
        mentee_id=asking.mentee,
        reply="Product.",
        now=SUNDAY + 6 * HOUR,
    )
    again = look(booking_id, asking.mentor, now=SUNDAY + 6 * HOUR)
    assert (again.stage, again.answer_by, again.lapses_at) == (Stage.WAITING, before + 5 * HOUR, before + 5 * HOUR)
    with database.reading() as db:
        assert {claim.until for claim in db.exec(select(Claim))} == {again.lapses_at}
    assert (mails(notices.REQUEST_QUESTION), mails(notices.REQUEST_REPLIED)) == ([str(booking_id)], [str(booking_id)])
    with pytest.raises(AlreadyAskedBack):
        do(
            service.ask_back,
            booking_id=booking_id,
            mentor_id=asking.mentor,
            question="And when?",
            now=SUNDAY + 7 * HOUR,
        )
    with pytest.raises(NothingAsked):
        do(
            service.reply_to_question,
            booking_id=booking_id,
            mentee_id=asking.mentee,
            reply="Soon.",
            now=SUNDAY + 7 * HOUR,
        )


def test_an_empty_question_is_refused_beside_its_field(asking: People) -> None:
    booking_id = ask(asking)
    with pytest.raises(FieldError):
        do(service.ask_back, booking_id=booking_id, mentor_id=asking.mentor, question="  ", now=SUNDAY)


def test_a_request_past_its_time_blocks_nothing_before_any_job_ran(asking: People) -> None:
    booking_id = ask(asking, at=TUESDAY_NINE)
    lapsed = look(booking_id, asking.mentor).lapses_at
    late = lapsed - 24 * HOUR
    with database.transaction() as db:
        db.get_one(BookingRequest, booking_id).lapses_at = late
        for claim in db.exec(select(Claim)):
            claim.until = late
    assert TUESDAY_NINE in free_at(asking, asking.stranger, MONDAY_NINE + 12 * HOUR, now=late)
    assert look(booking_id, asking.mentee, now=late).stage is Stage.LAPSED
    with pytest.raises(RequestOver):
        do(service.accept_request, booking_id=booking_id, mentor_id=asking.mentor, now=late)
    ask(asking, mentee=asking.stranger, at=TUESDAY_NINE, now=late)
    with database.reading() as db:
        assert db.get_one(Booking, booking_id).status is Status.EXPIRED


def test_silence_counts_against_the_mentor_and_the_second_time_pauses_them(asking: People) -> None:
    ask(asking)
    ask(asking, mentee=asking.stranger, at=TUESDAY_NINE + HOUR)
    late = TUESDAY_NINE - HOUR
    with database.transaction() as db:
        assert service.expire_requests(db, now=late - 2 * HOUR) == 0
        assert service.expire_requests(db, now=late) == 2
        assert service.expire_requests(db, now=late) == 0
    assert standing(asking) == (0, 2)
    assert len(mails(notices.REQUEST_EXPIRED)) == 2
    assert len(mails(notices.MENTOR_PAUSED)) == 1
    with database.reading() as db:
        profile = db.get_one(MentorProfile, asking.mentor)
        assert (profile.is_open, profile.paused_at) == (False, late)
        assert db.exec(select(Claim)).all() == []


@pytest.mark.parametrize(("days", "is_open"), [(29, False), (31, True)])
def test_a_second_silence_pauses_the_mentor_only_within_thirty_days_of_the_first(
    asking: People, days: int, is_open: bool
) -> None:
    later, late = timedelta(days=days), TUESDAY_NINE - HOUR
    ask(asking)
    with database.transaction() as db:
        assert service.expire_requests(db, now=late) == 1
    ask(asking, at=TUESDAY_NINE + later, now=SUNDAY + later)

    with database.transaction() as db:
        assert service.expire_requests(db, now=late + later) == 1

    with database.reading() as db:
        assert db.get_one(MentorProfile, asking.mentor).is_open is is_open


def test_a_mentor_who_asked_back_did_answer_whatever_came_of_it(asking: People) -> None:
    booking_id = ask(asking)
    do(service.ask_back, booking_id=booking_id, mentor_id=asking.mentor, question="Which role?", now=SUNDAY)
    with database.transaction() as db:
        assert service.expire_requests(db, now=TUESDAY_NINE) == 1
    assert standing(asking) == (1, 1)


def test_both_are_told_that_a_request_ended_before_the_reply(asking: People) -> None:
    booking_id = ask(asking)
    do(service.ask_back, booking_id=booking_id, mentor_id=asking.mentor, question="Which role?", now=SUNDAY)
    with database.transaction() as db:
        service.expire_requests(db, now=TUESDAY_NINE)

    with database.reading() as db:
        lapsed = col(Notification.key).contains(f"{booking_id}:lapsed")
        told = dict(db.exec(select(Notification.user_id, Notification.text).where(lapsed)).all())
    assert told[asking.mentee].endswith("ended before you replied. Nothing was charged.")
    assert told[asking.mentor].endswith("ended before the reply to your question.")


def test_a_paused_mentor_returns_with_one_click(asking: People) -> None:
    with database.transaction() as db:
        profile = db.get_one(MentorProfile, asking.mentor)
        profile.is_open, profile.paused_at = False, SUNDAY
        db.add(ExpertiseTag(slug="product", name="Product"))
        db.flush()
        db.add(MentorExpertise(mentor_id=asking.mentor, tag="product", years=3))
    do(marketplace.resume, mentor_id=asking.mentor, now=SUNDAY)
    with database.reading() as db:
        back = db.get_one(MentorProfile, asking.mentor)
        assert (back.is_open, back.paused_at) == (True, None)


def test_a_mentor_who_closed_for_themselves_is_not_opened_by_returning(asking: People) -> None:
    do(marketplace.close_to_mentorship, mentor_id=asking.mentor)
    do(marketplace.resume, mentor_id=asking.mentor, now=SUNDAY)
    with database.reading() as db:
        assert not db.get_one(MentorProfile, asking.mentor).is_open


def test_a_request_is_withdrawn_for_nothing_also_by_cancelling_it(asking: People) -> None:
    first = ask(asking)
    do(service.withdraw_request, booking_id=first, mentee_id=asking.mentee, now=SUNDAY)
    second = ask(asking)
    do(service.cancel, booking_id=second, actor_id=asking.mentee, shown_minor=0, now=SUNDAY)
    with database.reading() as db:
        assert {db.get_one(Booking, one).status for one in (first, second)} == {Status.CANCELLED}
        assert db.exec(select(Claim)).all() == []
    assert look(first, asking.mentor).stage is Stage.WITHDRAWN
    assert mails(notices.BOOKING_CANCELLED) == []
    assert standing(asking) == (0, 0)


def test_a_mentor_answers_a_request_and_does_not_cancel_it(asking: People) -> None:
    booking_id = ask(asking)
    with pytest.raises(NotCancellable):
        do(service.cancel, booking_id=booking_id, actor_id=asking.mentor, shown_minor=0, now=SUNDAY)


def test_one_open_request_a_mentor(asking: People) -> None:
    booking_id = ask(asking)
    with pytest.raises(AlreadyAsking) as refusal:
        ask(asking, at=TUESDAY_NINE + HOUR)
    assert refusal.value.booking_id == booking_id


def _more_mentors(db: Session, count: int) -> list[UUID]:
    offerings = []
    for number in range(count):
        mentor = add_mentor(db, name=f"Mentor {number}", email=f"m{number}@example.org", zone="Europe/London")
        offering = add_offering(db, mentor, kind=OfferingKind.CAREER_TALK, title="Talk", minutes=30, price_minor=0)
        db.get_one(Offering, offering).needs_approval = True
        offerings.append(offering)
    return offerings


def _ask_for(offering: UUID, mentee: UUID, at: datetime, *, now: datetime = SUNDAY) -> UUID:
    with database.transaction() as db:
        wish = service.Wish(offering_id=offering, starts_at=at)
        booking = service.place_hold(db, mentee_id=mentee, wish=wish, now=now)
        service.write_intake(db, booking_id=booking.id, mentee_id=mentee, intake=INTAKE, now=now)
        service.request_free(db, booking_id=booking.id, mentee_id=mentee, now=now)
        return booking.id


def test_the_fourth_open_request_names_the_oldest(everyone: People) -> None:
    with database.transaction() as db:
        offerings = _more_mentors(db, 4)
    made = [
        _ask_for(offering, everyone.mentee, TUESDAY_NINE + number * HOUR / 2, now=SUNDAY + number * HOUR / 60)
        for number, offering in enumerate(offerings[:3])
    ]
    with pytest.raises(TooManyRequests) as refusal:
        _ask_for(offerings[3], everyone.mentee, TUESDAY_NINE + 2 * HOUR)
    assert refusal.value.oldest == made[0]
    assert "Mentor 0" in str(refusal.value)
    do(service.withdraw_request, booking_id=made[0], mentee_id=everyone.mentee, now=SUNDAY)
    _ask_for(offerings[3], everyone.mentee, TUESDAY_NINE + 2 * HOUR)


def test_ten_requests_a_week_are_enough(asking: People) -> None:
    for number in range(10):
        booking_id = ask(asking, at=TUESDAY_NINE + (number % 4) * HOUR / 2)
        do(service.withdraw_request, booking_id=booking_id, mentee_id=asking.mentee, now=SUNDAY)
    with pytest.raises(TooManyRequestsThisWeek):
        ask(asking, at=TUESDAY_NINE + 2 * HOUR)
    ask(asking, at=TUESDAY_NINE + timedelta(days=14), now=SUNDAY + timedelta(days=7, minutes=1))


def test_a_mentor_s_own_cap_is_exact_when_many_ask_at_once(asking: People) -> None:
    with database.transaction() as db:
        db.get_one(MentorProfile, asking.mentor).max_requests_per_week = 2
        crowd = [add_person(db, name=f"Person {n}", email=f"p{n}@example.org", zone="Asia/Kolkata") for n in range(6)]
    gate, refusals = threading.Barrier(6), list[str]()

    def go(number: int) -> None:
        gate.wait()
        try:
            ask(asking, mentee=crowd[number], at=TUESDAY_NINE + number * HOUR / 2)
        except DomainError as refusal:
            refusals.append(type(refusal).__name__)

    threads = [threading.Thread(target=go, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as db:
        assert len(db.exec(select(BookingRequest)).all()) == 2
    assert refusals == [MentorHasEnoughRequests.__name__] * 4


def test_two_answers_at_the_same_moment_are_one(asking: People) -> None:
    booking_id = ask(asking)
    gate, said = threading.Barrier(8), list[str]()

    def go(number: int) -> None:
        gate.wait()
        try:
            if number % 2:
                do(service.accept_request, booking_id=booking_id, mentor_id=asking.mentor, now=SUNDAY)
            else:
                do(
                    service.decline_request,
                    booking_id=booking_id,
                    mentor_id=asking.mentor,
                    reason=DeclineReason.NO_TIME,
                    note="",
                    now=SUNDAY,
                )
            said.append("yes" if number % 2 else "no")
        except AlreadyAnswered:
            said.append("too late")

    threads = [threading.Thread(target=go, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as db:
        status = db.get_one(Booking, booking_id).status
    assert said.count("yes" if status is Status.CONFIRMED else "no") == 4
    assert said.count("too late") == 4
    assert standing(asking) == (1, 1)
