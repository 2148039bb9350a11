"""Home by hand: each person sees their own next session, goals and money, and nobody else's."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from mentorhub import database
from mentorhub.domain.accounts.models import Hat, User
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.models import (
    Booking,
    Intake,
    MoveOption,
    MoveProposal,
    Presence,
    Status,
    WaitlistEntry,
    WaitState,
)
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.catalog.models import ExpertiseTag, MentorExpertise, MentorProfile, OfferingKind
from mentorhub.domain.common.money import Money
from mentorhub.domain.goals import service as goals
from mentorhub.domain.notes.models import ActionItem
from mentorhub.domain.payments import rules as money
from mentorhub.domain.payments import service as payments
from mentorhub.domain.scheduling.models import AvailabilityRule, CalendarImport
from mentorhub.state.desk import DeskState
from mentorhub.state.home import HomeState
from mentorhub.state.viewer import ViewerState
from tests.people import People, add_booking, add_offering
from tests.state.backstage import SIGN_IN, Answer, Backstage, sign_in

NOW = datetime.now(UTC)
ASK = "Does my attendance app read as product work?"


async def at_home(house: Backstage, person: UUID, **browser: str) -> Answer:
    page = {"cookie": sign_in(person), "path": "/home", "tab": str(uuid4()), **browser}
    await house.send(f"{ViewerState.get_full_name()}.enter", **page)
    return await house.send(f"{HomeState.get_full_name()}.load", **page)


def told(answer: Answer, state: Any, name: str) -> Any:
    return answer.value(state.get_full_name(), name + "_rx_state_")


def book(people: People, *, starts_in: timedelta) -> UUID:
    with database.transaction() as db:
        booking_id = add_booking(db, people, starts_at=NOW + starts_in)
        db.add(Intake(booking_id=booking_id, questions=ASK, updated_at=NOW))
    return booking_id


def wear(person: UUID, hat: Hat) -> None:
    with database.transaction() as db:
        db.get_one(User, person).hat = hat


def earn(people: People, *, released: bool) -> None:
    price = Money(120000, "INR")
    with database.transaction() as db:
        booking_id = add_booking(db, people, starts_at=NOW - timedelta(days=2 if released else 1))
        parts = money.split(price, on=NOW.date())
        postings = money.capture_postings(parts, people.mentor)
        payments.post(db, f"capture:{booking_id}", postings, booking_id=booking_id, now=NOW)
        if released:
            postings = money.release_postings(parts.net, people.mentor)
            payments.post(db, f"release:{booking_id}", postings, booking_id=booking_id, now=NOW)


@pytest.mark.parametrize("handler", [(HomeState, "load"), (HomeState, "refresh"), (DeskState, "show")])
async def test_home_is_for_people_who_signed_in(house: Backstage, three: People, handler: tuple[Any, str]) -> None:
    book(three, starts_in=timedelta(hours=3))

    answer = await house.send(f"{handler[0].get_full_name()}.{handler[1]}", path="/home")

    assert answer.leads_to == f"{SIGN_IN}?next=/home"
    assert "CV review" not in answer.words


async def test_the_next_session_stands_first_with_both_clocks(house: Backstage, three: People) -> None:
    booking_id = book(three, starts_in=timedelta(days=2))

    answer = await at_home(house, three.mentee)

    one = told(answer, HomeState, "next")
    assert (one.title, one.href) == ("CV review with Kabir", f"/sessions/{booking_id}")
    assert (one.ask, one.asked_by, one.is_open, one.counts_to) == (ASK, "You asked", False, "")
    assert (one.meeting.your_zone, one.meeting.their_zone) == ("Asia/Kolkata", "Europe/London")
    assert [fact.label for fact in one.facts] == ["Paid", "All back if you cancel", "If Kabir does not come"]


async def test_an_open_room_can_be_joined_and_says_who_is_there(house: Backstage, three: People) -> None:
    booking_id = book(three, starts_in=timedelta(minutes=10))
    with database.transaction() as db:
        db.add(Presence(booking_id=booking_id, user_id=three.mentor, joined_at=NOW))

    answer = await at_home(house, three.mentee)

    one = told(answer, HomeState, "next")
    assert (one.is_open, one.room_href) == (True, f"/room/{booking_id}")
    assert [(who.words, who.is_here) for who in one.people] == [
        ("Kabir is in the room", True),
        ("You are not in yet", False),
    ]


async def test_within_a_day_the_page_counts_down_to_the_door(house: Backstage, three: People) -> None:
    book(three, starts_in=timedelta(hours=5))

    answer = await at_home(house, three.mentee)

    one = told(answer, HomeState, "next")
    assert one.state_words == "The room opens in"
    assert one.counts_to == f"{NOW + timedelta(hours=4, minutes=45):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"


async def test_a_stranger_sees_nothing_of_a_session_between_two_others(house: Backstage, three: People) -> None:
    book(three, starts_in=timedelta(hours=3))

    answer = await at_home(house, three.stranger)

    assert told(answer, HomeState, "has_next") is False
    assert ASK not in answer.words
    assert "Riya" not in answer.words


async def test_a_mentee_sees_goals_things_to_do_and_people_with_time(house: Backstage, three: People) -> None:
    booking_id = book(three, starts_in=timedelta(hours=3))
    with database.transaction() as db:
        goals.create_goal(db, owner_id=three.mentee, title="Lead a team", milestones=["Lead a project"], now=NOW)
        late = {"text": "Write up the project", "due_on": (NOW - timedelta(days=3)).date(), "line_key": "a"}
        db.add(ActionItem(booking_id=booking_id, owner_id=three.mentee, created_at=NOW, **late))
        db.add(ActionItem(booking_id=booking_id, owner_id=three.mentor, created_at=NOW, text="Secret", line_key="b"))

    answer = await at_home(house, three.mentee)

    (goal,) = told(answer, HomeState, "goals")
    assert (goal.title, goal.facts, goal.count) == ("Lead a team", "0 of 1 milestones done", 1)
    ((text, tone),) = [(item.text, item.tone) for item in told(answer, HomeState, "due")]
    assert (text, tone) == ("Write up the project", "late")
    assert [card.name for card in told(answer, HomeState, "people")] == ["Kabir Deshmukh"]
    assert "Secret" not in answer.words


async def test_a_mentor_is_never_shown_to_themselves(house: Backstage, three: People) -> None:
    answer = await at_home(house, three.mentor)

    assert told(answer, HomeState, "people") == []


async def test_a_mentor_who_is_not_open_sees_what_is_missing(house: Backstage, three: People) -> None:
    wear(three.mentor, Hat.MENTOR)
    with database.transaction() as db:
        db.get_one(MentorProfile, three.mentor).is_open = False

    answer = await at_home(house, three.mentor)

    steps = {step.key: step.is_done for step in told(answer, DeskState, "steps")}
    assert steps == {"profile": False, "expertise": False, "offering": True, "hours": True, "open": False}
    assert told(answer, DeskState, "steps_words") == "2 of 5 done"


async def test_a_person_without_a_profile_can_look_at_the_mentors_side(house: Backstage, three: People) -> None:
    wear(three.stranger, Hat.MENTOR)

    answer = await at_home(house, three.stranger)

    assert answer.failures == []
    assert [step.is_done for step in told(answer, DeskState, "steps")] == [False] * 5


async def test_each_sum_on_a_mentors_desk_says_what_happens_to_it_next(house: Backstage, three: People) -> None:
    wear(three.mentor, Hat.MENTOR)
    earn(three, released=True)
    earn(three, released=False)

    answer = await at_home(house, three.mentor)

    sums = [(one.label, one.value) for one in told(answer, DeskState, "sums")]
    assert sums == [("Yours", "₹1,052.00"), ("Pending", "₹1,052.00")]
    assert all(one.note.endswith(".") for one in told(answer, DeskState, "sums"))


async def test_open_days_are_listed_in_the_order_of_the_readers_week(house: Backstage, three: People) -> None:
    wear(three.mentor, Hat.MENTOR)
    with database.transaction() as db:
        db.add(AvailabilityRule(mentor_id=three.mentor, weekday=6, start_minute=540, end_minute=600))

    set_up = told(await at_home(house, three.mentor, language="en-US"), DeskState, "set_up")

    assert set_up[0].words == "Sun, Mon, Tue, Wed, Thu, Fri: 16 h a week"


async def test_a_desk_lists_the_sessions_ahead_and_what_is_set_up(house: Backstage, three: People) -> None:
    wear(three.mentor, Hat.MENTOR)
    booking_id = book(three, starts_in=timedelta(days=1))

    answer = await at_home(house, three.mentor)

    assert [(row.who, row.href) for row in told(answer, DeskState, "ahead")] == [
        ("Riya Patil", f"/sessions/{booking_id}")
    ]
    assert [(row.label, row.words) for row in told(answer, DeskState, "set_up")] == [
        ("Open hours", "Mon, Tue, Wed, Thu, Fri: 15 h a week"),
        ("Sessions to book", "2"),
        ("Open to mentorship", "On"),
    ]
    assert [fact.label for fact in told(answer, HomeState, "next").facts] == ["Yours after the session"]


async def test_a_desk_says_how_many_requests_were_answered_once_there_were_any(house: Backstage, three: People) -> None:
    wear(three.mentor, Hat.MENTOR)
    with database.transaction() as db:
        for answered in (True, True, True, True, False):
            catalog.record_request(db, mentor_id=three.mentor, answered=answered)

    row = told(await at_home(house, three.mentor), DeskState, "set_up")[-1]

    assert (row.label, row.words, row.href) == ("Requests answered", "4 of 5", "/mentoring/requests")


async def test_a_calendar_that_cannot_be_read_for_over_an_hour_is_named_at_home(
    house: Backstage, three: People
) -> None:
    wear(three.mentor, Hat.MENTOR)
    with database.transaction() as db:
        for label, minutes in (("Work", 61), ("Choir", 40)):
            since = NOW - timedelta(minutes=minutes)
            address = f"https://calendar.example/{label}"
            db.add(
                CalendarImport(
                    mentor_id=three.mentor, address=address, label=label, failing_since=since, created_at=since
                )
            )

    answer = await house.send(f"{DeskState.get_full_name()}.show", cookie=sign_in(three.mentor), path="/home")

    assert told(answer, DeskState, "down") == "Work"


async def test_a_paused_profile_is_told_at_home_and_one_press_brings_it_back(house: Backstage, three: People) -> None:
    wear(three.mentor, Hat.MENTOR)
    cookie, desk = sign_in(three.mentor), f"{DeskState.get_full_name()}."
    with database.transaction() as db:
        profile = db.get_one(MentorProfile, three.mentor)
        profile.is_open, profile.paused_at = False, NOW

    shown = await house.send(desk + "show", cookie=cookie, path="/home")
    assert (told(shown, DeskState, "is_paused"), told(shown, DeskState, "is_open")) == (True, False)

    refused = await house.send(desk + "come_back", cookie=cookie, path="/home")
    assert told(refused, DeskState, "refused")
    with database.transaction() as db:
        db.add(ExpertiseTag(slug="product", name="Product"))
        db.flush()
        db.add(MentorExpertise(mentor_id=three.mentor, tag="product", years=9))
    back = await house.send(desk + "come_back", cookie=cookie, path="/home")

    assert (told(back, DeskState, "is_paused"), told(back, DeskState, "is_open")) == (False, True)


@pytest.mark.parametrize("hat", [Hat.MENTOR, Hat.MENTEE])
async def test_a_proposed_time_is_told_at_the_home_of_both(house: Backstage, three: People, hat: Hat) -> None:
    viewer, other = (three.mentor, "Riya Patil") if hat is Hat.MENTOR else (three.mentee, "Kabir Deshmukh")
    wear(viewer, hat)
    later = book(three, starts_in=timedelta(days=9))
    assert not told(await at_home(house, viewer), HomeState, "calls")
    with database.transaction() as db:
        proposal = MoveProposal(
            booking_id=later,
            proposed_by=three.mentor,
            from_start=db.get_one(Booking, later).starts_at,
            lapses_at=NOW + timedelta(days=2),
            created_at=NOW,
        )
        db.add(proposal)
        db.flush()
        db.add(MoveOption(proposal_id=proposal.id, starts_at=NOW + timedelta(days=10)))

    (call,) = told(await at_home(house, viewer), HomeState, "calls")

    assert call.what.startswith(f"CV review with {other}, ")
    assert (call.href, call.label) == (f"/sessions/{later}", "Look at the proposal")


async def test_a_time_kept_for_who_waited_is_told_at_their_home_and_to_nobody_else(
    house: Backstage, three: People
) -> None:
    with database.transaction() as db:
        held = add_booking(db, three, status=Status.HELD, starts_at=NOW + timedelta(days=2))
        db.get_one(Booking, held).hold_expires_at = NOW + timedelta(hours=2)
        db.add(
            WaitlistEntry(
                offering_id=three.cv_review,
                mentor_id=three.mentor,
                mentee_id=three.mentee,
                created_at=NOW,
                state=WaitState.OFFERED,
                booking_id=held,
                offer_until=NOW + timedelta(hours=2),
            )
        )

    (call,) = told(await at_home(house, three.mentee), HomeState, "calls")

    assert (call.what, call.href) == ("CV review with Kabir Deshmukh.", f"/checkout/{held}")
    wear(three.mentee, Hat.MENTOR)
    assert told(await at_home(house, three.mentee), HomeState, "calls") == [call]
    assert not told(await at_home(house, three.stranger), HomeState, "calls")


async def test_a_mentors_group_session_is_next_once_somebody_has_a_seat(house: Backstage, three: People) -> None:
    book(three, starts_in=timedelta(days=9))
    starts = NOW.replace(minute=0, second=0, microsecond=0) + timedelta(days=4)
    with database.transaction() as db:
        clinic = add_offering(
            db, three.mentor, kind=OfferingKind.GROUP, title="Portfolio clinic", minutes=45, price_minor=0
        )
        plan = bookings.GroupPlan(clinic, starts, 4, 2, starts - timedelta(days=1))
        group = bookings.publish_group_session(db, mentor_id=three.mentor, plan=plan, now=NOW).id
    wear(three.mentor, Hat.MENTOR)

    assert told(await at_home(house, three.mentor), HomeState, "next").title == "CV review with Riya"
    with database.transaction() as db:
        seat = bookings.take_seat(db, group_session_id=group, mentee_id=three.stranger, now=NOW)
        bookings.confirm_free(db, booking_id=seat.id, mentee_id=three.stranger, now=NOW)
    answer = await at_home(house, three.mentor)

    one = told(answer, HomeState, "next")
    assert (one.title, one.who) == ("Portfolio clinic", "Your group session, 1 of 4 seats, 1 more needed")
    assert (one.href, one.room_href) == (f"/mentoring/groups/{group}", f"/room/{group}")
    assert (one.meeting.start, one.people) == ("", [])
    assert next(row.note for row in told(answer, DeskState, "ahead")) == "Group, 45 min, 1 of 4 seats taken"
    assert told(await at_home(house, three.stranger), HomeState, "next").title == "Portfolio clinic with Kabir"
