"""Waiting for a time, by hand: join from a mentor's page, see one's place there and in the list, leave."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from reflex.constants.route import RouteArgType
from reflex.state import State

from mentorhub import database
from mentorhub.domain.accounts.models import Hat, User
from mentorhub.domain.bookings import queries, service
from mentorhub.domain.common.clock import utc_now
from mentorhub.state.offerings import OfferingsState
from mentorhub.state.sessions import SessionsState
from mentorhub.state.viewer import ViewerState
from mentorhub.state.waiting import WaitingState
from tests.people import People
from tests.state.backstage import SIGN_IN, Answer, Backstage, sign_in

PAGE = "/mentors/kabir-deshmukh"
QUERY = {"slug": "kabir-deshmukh"}
NAME, LIST, OFFERED = (state.get_full_name() for state in (WaitingState, SessionsState, OfferingsState))


COOKIES: dict[UUID, str] = {}


@pytest.fixture(autouse=True)
def _addresses() -> None:
    COOKIES.clear()
    if "slug" not in State.vars:
        State.setup_dynamic_args({"slug": RouteArgType.SINGLE})


async def do(house: Backstage, handler: str, who: UUID | None, **payload: Any) -> Answer:
    if who is not None and who not in COOKIES:
        COOKIES[who] = sign_in(who)
    cookie = COOKIES[who] if who is not None else ""
    path = "/sessions" if handler.startswith(LIST) else PAGE
    tab = f"{who}{path}"
    await house.send(f"{ViewerState.get_full_name()}.enter", cookie=cookie, path=path, query=QUERY, tab=tab)
    return await house.send(handler, payload, cookie=cookie, path=path, query=QUERY, tab=tab)


def join(three: People, who: UUID) -> None:
    with database.transaction() as db:
        service.join_line(db, offering_id=three.cv_review, mentee_id=who, now=utc_now())


def offer_first_free(three: People) -> UUID:
    now = utc_now()
    with database.transaction() as db:
        free = queries.free_starts(
            db,
            mentor_id=three.mentor,
            offering_id=three.cv_review,
            since=now,
            until=now + timedelta(days=14),
            viewer_id=None,
            now=now,
        )
        turn = service.offer_freed(db, offering_id=three.cv_review, starts_at=free[-1], now=now)
    assert turn.booking_id is not None
    return turn.booking_id


async def test_one_joins_sees_ones_place_and_leaves(house: Backstage, three: People) -> None:
    join(three, three.stranger)
    offering = str(three.cv_review)

    joined = await do(house, f"{NAME}.join", three.mentee, offering_id=offering)
    assert joined.value(NAME, "places") == {offering: "You are number 2 in line."}

    left = await do(house, f"{NAME}.leave", three.mentee, offering_id=offering)
    assert left.value(NAME, "places") == {}


async def test_a_visitor_signs_in_first_and_comes_back(house: Backstage, three: People) -> None:
    answer = await do(house, f"{NAME}.join", None, offering_id=str(three.cv_review))

    assert answer.leads_to == f"{SIGN_IN}?next={PAGE}?offering={three.cv_review}"
    with database.reading() as db:
        assert queries.waiting_for(db, mentor_id=three.mentor) == {}


async def test_a_refusal_is_said_where_one_joined(house: Backstage, three: People) -> None:
    answer = await do(house, f"{NAME}.join", three.mentor, offering_id=str(three.cv_review))

    assert answer.value(NAME, "error") == "This is your own time; you cannot book yourself."


@pytest.mark.parametrize("handler", ["join", "leave"])
async def test_what_is_no_offering_changes_nothing(house: Backstage, three: People, handler: str) -> None:
    answer = await do(house, f"{NAME}.{handler}", three.mentee, offering_id="nonsense")

    assert answer.failures == []
    with database.reading() as db:
        assert queries.lines_of(db, mentee_id=three.mentee) == ()


async def test_the_list_of_sessions_shows_the_lines_and_lets_one_leave(house: Backstage, three: People) -> None:
    join(three, three.mentee)

    (line,) = (await do(house, f"{LIST}.load", three.mentee)).value(LIST, "lines")
    assert (line.title, line.who, line.place, line.kept_href) == (
        "CV review",
        "with Kabir Deshmukh",
        "You are first in line.",
        "",
    )
    assert line.href == f"{PAGE}?offering={three.cv_review}"

    left = await do(house, f"{LIST}.leave_line", three.mentee, offering_id=line.key)
    assert left.value(LIST, "lines") == []


async def test_a_kept_time_shows_until_when_and_the_way_to_it(house: Backstage, three: People) -> None:
    join(three, three.mentee)
    hold_id = offer_first_free(three)

    (line,) = (await do(house, f"{LIST}.load", three.mentee)).value(LIST, "lines")
    assert line.place.startswith("A time is kept for you until ")
    assert line.place.endswith(" in Kolkata.")
    assert line.kept_href == f"/checkout/{hold_id}"

    loaded = await do(house, f"{NAME}.load", three.mentee)
    assert loaded.value(NAME, "kept") == {str(three.cv_review): f"/checkout/{hold_id}"}
    refused = await do(house, f"{NAME}.leave", three.mentee, offering_id=str(three.cv_review))
    assert refused.value(NAME, "error") == "A time is kept for you right now. Book it or give it back first."


async def test_under_the_mentors_hat_no_line_is_listed(house: Backstage, three: People) -> None:
    join(three, three.mentee)
    with database.transaction() as db:
        db.get_one(User, three.mentee).hat = Hat.MENTOR

    assert (await do(house, f"{LIST}.load", three.mentee)).value(LIST, "lines") in (None, [])


async def test_the_mentor_sees_how_many_wait_for_each_offering(house: Backstage, three: People) -> None:
    join(three, three.mentee)
    join(three, three.stranger)

    offerings = (await do(house, f"{OFFERED}.load", three.mentor)).value(OFFERED, "offerings")

    waiting = {one.offering_id: one.waiting for one in offerings}
    assert waiting == {str(three.cv_review): "2 people wait for a free time", str(three.intro): ""}


async def test_lines_are_only_ones_own(house: Backstage, three: People) -> None:
    join(three, three.mentee)

    answer = await do(house, f"{NAME}.load", three.stranger)
    await do(house, f"{NAME}.leave", three.stranger, offering_id=str(three.cv_review))

    assert not answer.value(NAME, "places")
    with database.reading() as db:
        assert len(queries.lines_of(db, mentee_id=three.mentee)) == 1
