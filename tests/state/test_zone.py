"""The zone times are shown in: chosen by a city, remembered, and read anew when the day is over."""

from datetime import timedelta
from typing import Any

import pytest
from reflex.constants import RouteArgType
from reflex.state import State

from mentorhub import database
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common.clock import utc_now
from mentorhub.state.checkout import CheckoutState
from mentorhub.state.sessions import SessionsState
from mentorhub.state.viewer import ViewerState
from tests.people import People, add_booking
from tests.state.backstage import NONSENSE, Answer, Backstage, sign_in

NAME = ViewerState.get_full_name()


async def send(house: Backstage, handler: str, payload: dict[str, Any] | None = None, cookie: str = "") -> Answer:
    return await house.send(f"{NAME}.{handler}", payload or {}, cookie=cookie)


def zone_of(answer: Answer) -> Any:
    return answer.value(NAME, "zone_rx_state_")


async def test_a_visitor_chooses_a_city_and_the_browser_remembers_its_zone(house: Backstage, three: People) -> None:
    answer = await send(house, "choose_zone", {"form": {"zone": "pune"}})

    assert zone_of(answer) == "Asia/Kolkata"
    assert answer.says("mentorhub-zone")


async def test_a_zone_nobody_knows_is_told_beside_the_field_and_changes_nothing(
    house: Backstage, three: People
) -> None:
    answer = await send(house, "choose_zone", {"form": {"zone": "Atlantis"}})

    assert str(answer.value(NAME, "zone_error")).startswith("Please name a city")
    assert zone_of(answer) is None


@pytest.mark.parametrize("form", ["Asia/Kolkata", 5, None])
async def test_what_is_no_form_is_refused(house: Backstage, three: People, form: Any) -> None:
    assert (await send(house, "choose_zone", {"form": form})).says(NONSENSE)


async def test_an_account_keeps_the_zone_its_person_chose(house: Backstage, three: People) -> None:
    cookie = sign_in(three.mentee)
    await send(house, "enter", cookie=cookie)
    with database.transaction() as db:
        coming = add_booking(db, three, starts_at=utc_now() + timedelta(days=3))

    await send(house, "choose_zone", {"form": {"zone": "Europe/London"}}, cookie)

    with database.reading() as db:
        assert db.get_one(Booking, coming).mentee_zone == "Europe/London"
        person = db.get_one(User, three.mentee)
        assert (person.time_zone, person.name) == ("Europe/London", "Riya Patil")


async def test_the_very_next_page_is_in_the_zone_that_was_chosen_a_moment_ago(house: Backstage, three: People) -> None:
    cookie = sign_in(three.mentee)
    await send(house, "enter", cookie=cookie)
    await send(house, "choose_zone", {"form": {"zone": "Europe/London"}}, cookie)

    entered = await send(house, "enter", cookie=cookie)

    assert zone_of(entered) in (None, "Europe/London")


async def test_the_page_of_a_held_time_is_shown_in_the_zone_that_is_chosen_on_it(
    house: Backstage, three: People
) -> None:
    State.setup_dynamic_args({"booking_id": RouteArgType.SINGLE})
    cookie = sign_in(three.mentee)
    with database.transaction() as db:
        held = add_booking(db, three, status=Status.HELD, starts_at=utc_now() + timedelta(days=3))
        db.get_one(Booking, held).hold_expires_at = utc_now() + timedelta(minutes=9)
    page = {"cookie": cookie, "path": f"/checkout/{held}", "query": {"booking_id": str(held)}}
    await house.send(f"{NAME}.enter", **page)
    loaded = await house.send(f"{CheckoutState.get_full_name()}.load", **page)
    assert loaded.value(CheckoutState.get_full_name(), "meeting_rx").your_place.startswith("Kolkata")

    chosen = await house.send(f"{NAME}.choose_zone", {"form": {"zone": "Nairobi"}}, **page)

    assert chosen.value(CheckoutState.get_full_name(), "meeting_rx").your_place.startswith("Nairobi")


async def test_a_page_knows_when_its_day_is_over_and_is_then_read_again(house: Backstage, three: People) -> None:
    cookie = sign_in(three.mentee)
    entered = await send(house, "enter", cookie=cookie)
    await house.send(f"{SessionsState.get_full_name()}.load", {}, cookie=cookie, path="/sessions")

    turned = await send(house, "turn", cookie=cookie)

    assert str(entered.value(NAME, "turns_at")) > utc_now().isoformat()
    assert any(SessionsState.get_full_name() in delta for delta in turned.deltas)
