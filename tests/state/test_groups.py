"""Group sessions by hand: published with plain errors, a seat taken from the profile, seen by who may, called off."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from reflex.constants.route import RouteArgType
from reflex.state import State
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.accounts.models import Hat, User
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import GroupSession, GroupStatus
from mentorhub.domain.catalog.models import OfferingKind
from mentorhub.domain.common.clock import utc_now
from mentorhub.state.booking import BookingState
from mentorhub.state.group_shown import AttendeeShown
from mentorhub.state.groups import GroupsState, GroupState
from mentorhub.state.seats import SeatsState, SeatState
from mentorhub.state.sessions import SessionsState
from mentorhub.state.viewer import ViewerState
from tests.people import People, add_offering
from tests.state.backstage import Answer, Backstage, sign_in

GROUPS, GROUP, SEATS, SEAT, LIST, BOOKING = (
    state.get_full_name() for state in (GroupsState, GroupState, SeatsState, SeatState, SessionsState, BookingState)
)
COOKIES: dict[UUID, str] = {}


@pytest.fixture(autouse=True)
def _addresses() -> None:
    COOKIES.clear()
    for name in ("slug", "group_id", "booking_id"):
        if name not in State.vars:
            State.setup_dynamic_args({name: RouteArgType.SINGLE})


@pytest.fixture
def clinic(three: People) -> UUID:
    with database.transaction() as db:
        return add_offering(
            db, three.mentor, kind=OfferingKind.GROUP, title="Portfolio clinic", minutes=60, price_minor=0
        )


@pytest.fixture
def published(three: People, clinic: UUID) -> UUID:
    starts = utc_now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=4)
    plan = service.GroupPlan(clinic, starts, 2, 1, starts - timedelta(days=1))
    with database.transaction() as db:
        return service.publish_group_session(db, mentor_id=three.mentor, plan=plan, now=utc_now()).id


async def do(
    house: Backstage, handler: str, who: UUID | None, path: str, query: dict[str, str] | None = None, **payload: Any
) -> Answer:
    if who is not None and who not in COOKIES:
        COOKIES[who] = sign_in(who)
    where: dict[str, Any] = {
        "cookie": COOKIES[who] if who is not None else "",
        "path": path,
        "query": query or {},
        "tab": f"{who}{path}",
    }
    await house.send(f"{ViewerState.get_full_name()}.enter", **where)
    return await house.send(handler, payload, **where)


PROFILE = ("/mentors/kabir-deshmukh", {"slug": "kabir-deshmukh"})


def form(offering: UUID, /, **changed: str) -> dict[str, str]:
    day = (utc_now() + timedelta(days=5)).date().isoformat()
    typed = {"offering": str(offering), "day": day, "starts_at": "18:30", "seats": "8", "seats_needed": "3"}
    return {**typed, "decide_by": "24", **changed}


async def test_a_mentor_publishes_and_reads_it_in_the_list(house: Backstage, three: People, clinic: UUID) -> None:
    answer = await do(house, f"{GROUPS}.publish", three.mentor, "/mentoring/groups", form=form(clinic))

    (one,) = answer.value(GROUPS, "groups")
    assert one.title == "Portfolio clinic"
    assert one.decision.startswith("Goes ahead with 3 people, decided by ")
    assert one.taken == "0 of 8 seats, 3 more needed"
    with database.reading() as db:
        assert db.exec(select(GroupSession.seats)).one() == 8


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": "soon"}, "day"),
        ({"starts_at": "late"}, "starts_at"),
        ({"starts_at": "18:32"}, "starts_at"),
        ({"seats": "many"}, "seats"),
        ({"seats_needed": "9"}, "seats_needed"),
        ({"decide_by": "2"}, "decide_by"),
        ({"offering": "x"}, "offering"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(
    house: Backstage, three: People, clinic: UUID, wrong: dict[str, str], field: str
) -> None:
    answer = await do(house, f"{GROUPS}.publish", three.mentor, "/mentoring/groups", form=form(clinic, **wrong))

    errors = answer.value(GROUPS, "errors")
    assert [name for name, text in errors.items() if text] == [field]


async def test_a_seat_is_taken_from_the_profile_and_the_page_counts_it(
    house: Backstage, three: People, published: UUID
) -> None:
    seen = await do(house, f"{SEATS}.load", three.mentee, *PROFILE)
    (one,) = seen.value(SEATS, "groups")
    assert re.search(r" in London \(UTC\+[01]\)$", one.their_time)
    assert (one.seats, one.can_take) == ("2 of 2 seats left", True)

    taken = await do(house, f"{SEATS}.take", three.mentee, *PROFILE, group_id=str(published))
    assert "/checkout/" in taken.leads_to
    again = await do(house, f"{SEATS}.refresh", three.stranger, *PROFILE)
    loaded = await do(house, f"{SEATS}.load", three.stranger, *PROFILE)
    assert loaded.value(SEATS, "groups")[0].seats == "1 of 2 seats left"
    assert again is not None


async def test_a_visitor_signs_in_first(house: Backstage, three: People, published: UUID) -> None:
    answer = await do(house, f"{SEATS}.take", None, *PROFILE, group_id=str(published))

    assert "/sign-in" in answer.leads_to


def booked(published: UUID, who: UUID) -> UUID:
    with database.transaction() as db:
        seat = service.take_seat(db, group_session_id=published, mentee_id=who, now=utc_now())
        service.confirm_free(db, booking_id=seat.id, mentee_id=who, now=utc_now())
        return seat.id


async def test_only_those_in_it_read_who_comes(house: Backstage, three: People, published: UUID) -> None:
    seat = booked(published, three.mentee)
    page = (f"/sessions/{seat}", {"booking_id": str(seat)})

    mine = await do(house, f"{SEAT}.load", three.mentee, *page)
    theirs = await do(house, f"{SEAT}.load", three.stranger, *page)
    profile = await do(house, f"{SEATS}.load", three.stranger, *PROFILE)

    assert mine.value(SEAT, "group").attendees == [AttendeeShown("Riya Patil", "")]
    assert not theirs.value(SEAT, "is_seat")
    assert profile.value(SEATS, "groups")[0].attendees == []


async def test_who_has_the_seat_may_call_it_off_and_its_mentor_calls_off_the_whole_session_alone(
    house: Backstage, three: People, published: UUID
) -> None:
    seat = booked(published, three.mentee)
    page = (f"/sessions/{seat}", {"booking_id": str(seat)})

    mine = await do(house, f"{BOOKING}.load", three.mentee, *page)
    mentors = await do(house, f"{BOOKING}.load", three.mentor, *page)

    assert mine.value(BOOKING, "can_cancel") is True
    assert mentors.value(BOOKING, "can_cancel") in (None, False)


async def test_the_mentor_sees_it_once_in_the_list_and_calls_it_off_on_its_page(
    house: Backstage, three: People, published: UUID
) -> None:
    riya, sam = booked(published, three.mentee), booked(published, three.stranger)
    page = (f"/mentoring/groups/{published}", {"group_id": str(published)})

    shown = await do(house, f"{GROUP}.load", three.mentor, *page)
    assert shown.value(GROUP, "group").attendees == [
        AttendeeShown("Riya Patil", f"/sessions/{riya}"),
        AttendeeShown("Sam Stone", f"/sessions/{sam}"),
    ]
    with database.transaction() as db:
        db.get_one(User, three.mentor).hat = Hat.MENTOR
    listed = await do(house, f"{LIST}.load", three.mentor, "/sessions")
    assert [(row.who, row.their_time) for row in listed.value(LIST, "coming")] == [("Group, 2 of 2 seats taken", "")]
    nobody = await do(house, f"{GROUP}.load", three.mentee, *page)
    assert nobody.value(GROUP, "missing")
    called = await do(house, f"{GROUP}.call_off", three.mentor, *page)

    assert called.value(GROUP, "group").decision.startswith("Called off.")
    with database.reading() as db:
        assert db.get_one(GroupSession, published).status is GroupStatus.CANCELLED


async def test_a_full_session_says_so_on_the_profile_and_to_whoever_has_a_seat_it_offers_theirs(
    house: Backstage, three: People, published: UUID
) -> None:
    booked(published, three.stranger)
    with database.transaction() as db:
        db.get_one(GroupSession, published).seats = 1

    def on_profile(answer: Answer) -> tuple[bool, bool, str]:
        (one,) = answer.value(SEATS, "groups")
        return one.is_full, one.can_take, one.seats

    assert on_profile(await do(house, f"{SEATS}.load", three.mentee, *PROFILE)) == (True, False, "no seat left")
    assert on_profile(await do(house, f"{SEATS}.load", None, *PROFILE)) == (True, False, "no seat left")
    assert on_profile(await do(house, f"{SEATS}.load", three.stranger, *PROFILE))[:2] == (False, False)
    assert on_profile(await do(house, f"{SEATS}.load", three.mentor, *PROFILE))[:2] == (False, False)


async def test_while_too_few_have_a_seat_everybody_reads_how_many_more_it_takes(
    house: Backstage, three: People, published: UUID
) -> None:
    page = (f"/mentoring/groups/{published}", {"group_id": str(published)})

    empty = (await do(house, f"{GROUP}.load", three.mentor, *page)).value(GROUP, "group")
    booked(published, three.mentee)
    enough = (await do(house, f"{GROUP}.load", three.mentor, *page)).value(GROUP, "group")

    assert (empty.state, empty.taken) == ("short", "0 of 2 seats, 1 more needed")
    assert empty.decision.endswith("in London. 1 more needed.")
    assert (enough.state, enough.taken) == ("open", "1 of 2 seats")
    assert "needed" not in enough.decision


async def test_calling_off_speaks_of_money_only_where_a_seat_has_a_price(
    house: Backstage, three: People, published: UUID
) -> None:
    page = (f"/mentoring/groups/{published}", {"group_id": str(published)})

    free = (await do(house, f"{GROUP}.load", three.mentor, *page)).value(GROUP, "group")
    with database.transaction() as db:
        db.get_one(GroupSession, published).price_minor = 120000
    paid = (await do(house, f"{GROUP}.load", three.mentor, *page)).value(GROUP, "group")

    assert (free.call_off_label, "paid" in free.call_off_words) == ("Call off the session", False)
    assert (paid.call_off_label, "paid" in paid.call_off_words) == ("Call off, all money back", True)


@pytest.mark.parametrize("reader", ["mentee", "mentor"])
async def test_a_seat_called_off_at_the_decision_says_that_too_few_came_together_and_that_nobody_called_it_off(
    house: Backstage, three: People, published: UUID, reader: str
) -> None:
    seat = booked(published, three.mentee)
    with database.transaction() as db:
        group = db.get_one(GroupSession, published)
        group.seats_needed = 2
        decide_by = group.decide_by
    with database.transaction() as db:
        assert service.decide_group(db, group_session_id=published, now=decide_by) is False

    page = await do(house, f"{BOOKING}.load", getattr(three, reader), f"/sessions/{seat}", {"booking_id": str(seat)})

    why = "fewer than 2 people had a seat by the time of the decision"
    assert page.value(BOOKING, "outcome") == f"This does not take place: {why}."


@pytest.mark.parametrize(
    ("reader", "words"), [("mentee", "Kabir called this off."), ("mentor", "You called this off.")]
)
async def test_a_seat_its_mentor_called_off_says_who_did(
    house: Backstage, three: People, published: UUID, reader: str, words: str
) -> None:
    seat = booked(published, three.mentee)
    with database.transaction() as db:
        service.call_off_group(db, group_session_id=published, actor_id=three.mentor, now=utc_now())

    page = await do(house, f"{BOOKING}.load", getattr(three, reader), f"/sessions/{seat}", {"booking_id": str(seat)})

    assert page.value(BOOKING, "outcome") == words
