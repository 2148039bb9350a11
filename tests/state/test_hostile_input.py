"""Arguments no page of ours sends: ends of the calendar, other people's digits, text nothing can write down."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from reflex.constants import RouteArgType
from reflex.state import State

from mentorhub import database
from mentorhub.domain.accounts.models import User
from mentorhub.domain.catalog.models import OfferingKind
from mentorhub.state.calendars import CalendarsState
from mentorhub.state.groups import GroupsState
from mentorhub.state.intake import IntakeState
from mentorhub.state.mentor_profile import MentorProfileState
from mentorhub.state.moving import MovingState
from mentorhub.state.series import SeriesState
from tests.people import People, add_booking, add_offering
from tests.state.backstage import NONSENSE, Backstage, sign_in

ENDS_OF_THE_CALENDAR = [("0001-01-01", "Asia/Kolkata"), ("9999-12-31", "America/New_York")]
OF_THIS_CENTURY = "Please choose a day of this century."


@pytest.mark.parametrize(("day", "zone"), ENDS_OF_THE_CALENDAR)
async def test_a_group_session_is_of_this_century(house: Backstage, three: People, day: str, zone: str) -> None:
    with database.transaction() as db:
        clinic = add_offering(db, three.mentor, kind=OfferingKind.GROUP, title="Clinic", minutes=60, price_minor=0)
        db.get_one(User, three.mentor).time_zone = zone
    plan = {"offering": str(clinic), "day": day, "starts_at": "00:30", "seats": "3", "seats_needed": "2"}

    answer = await house.send(
        f"{GroupsState.get_full_name()}.publish",
        {"form": {**plan, "decide_by": "72"}},
        cookie=sign_in(three.mentor),
        path="/mentoring/groups",
    )

    assert not answer.failures
    assert OF_THIS_CENTURY in answer.words


@pytest.mark.parametrize(("day", "zone"), ENDS_OF_THE_CALENDAR)
@pytest.mark.parametrize("at", ["00:30", "23:55", "24:00"])
async def test_a_session_moves_within_this_century(
    house: Backstage, three: People, day: str, zone: str, at: str
) -> None:
    with database.transaction() as db:
        db.get_one(User, three.mentor).time_zone = zone
        booking = add_booking(db, three, starts_at=datetime.now(UTC) + timedelta(days=3))
    State.setup_dynamic_args({"booking_id": RouteArgType.SINGLE})
    here: dict[str, Any] = {"cookie": sign_in(three.mentor), "path": f"/sessions/{booking}"}
    here["query"] = {"booking_id": str(booking)}
    await house.send(f"{MovingState.get_full_name()}.load", **here)

    answer = await house.send(f"{MovingState.get_full_name()}.choose_own", {"form": {"day": day, "time": at}}, **here)

    assert not answer.failures
    assert OF_THIS_CENTURY in answer.words


@pytest.mark.parametrize("start", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+2359"])
@pytest.mark.parametrize("page", [MentorProfileState, SeriesState])
async def test_an_address_that_names_a_start_at_the_end_of_the_calendar_still_opens(
    house: Backstage, three: People, start: str, page: type[State]
) -> None:
    State.setup_dynamic_args({"slug": RouteArgType.SINGLE})

    answer = await house.send(
        f"{page.get_full_name()}.load",
        cookie=sign_in(three.mentee),
        path="/mentors/kabir-deshmukh",
        query={"slug": "kabir-deshmukh", "offering": str(three.cv_review), "start": start},
    )

    assert not answer.failures
    assert answer.value(page.get_full_name(), "loaded_rx_state_") is True


@pytest.mark.parametrize("count", ["²", "٣", "1" * 5000, "13", "1", "-3", ""])
async def test_a_series_counts_from_2_to_12(house: Backstage, three: People, count: str) -> None:
    answer = await house.send(f"{SeriesState.get_full_name()}.choose_count", {"count": count})

    assert not answer.failures
    assert answer.events


@pytest.mark.parametrize("unwritable", ["\x00", "\ud800"])
async def test_text_nothing_can_write_down_is_refused_at_the_door(
    house: Backstage, three: People, unwritable: str
) -> None:
    form = {"address": "https://example.org/a.ics", "label": [{"deep": f"Work{unwritable}"}]}
    here = {"cookie": sign_in(three.mentor), "path": "/account/calendars"}

    in_a_form = await house.send(f"{CalendarsState.get_full_name()}.add", {"form": form}, **here)
    alone = await house.send(f"{IntakeState.get_full_name()}.write", {"name": "goal", "text": unwritable}, **here)

    assert in_a_form.says(NONSENSE)
    assert alone.says(NONSENSE)
    assert not in_a_form.failures + alone.failures
