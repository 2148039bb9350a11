"""A booking's page by its address: calling off is offered at once where it is asked for and possible."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from reflex.constants import RouteArgType
from reflex.state import State

from mentorhub import database
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common.clock import utc_now
from mentorhub.state.booking import BookingState
from mentorhub.state.request import RequestState
from tests.people import People, add_booking
from tests.state.backstage import Answer, Backstage, sign_in

NAME = BookingState.get_full_name()


def page_of(viewer: UUID, booking: UUID, **query: str) -> dict[str, Any]:
    """A tab of its own at the booking's page, signed in anew."""
    State.setup_dynamic_args({"booking_id": RouteArgType.SINGLE})
    return {
        "cookie": sign_in(viewer),
        "path": f"/sessions/{booking}",
        "query": {"booking_id": str(booking), **query},
        "tab": str(uuid4()),
    }


async def load(house: Backstage, viewer: UUID, booking: UUID, state: Any = BookingState, **query: str) -> Answer:
    handler = query.pop("handler", "load")
    return await house.send(f"{state.get_full_name()}.{handler}", **page_of(viewer, booking, **query))


async def test_an_address_that_asks_to_call_off_opens_the_sum_that_comes_back(house: Backstage, three: People) -> None:
    with database.transaction() as db:
        booking = add_booking(db, three, starts_at=utc_now() + timedelta(days=3))

    for viewer, label, words in (
        (three.mentee, "You get back", "Of ₹1,200.00 paid."),
        (three.mentor, "Riya gets back", "You earn nothing."),
    ):
        plain = await load(house, viewer, booking)
        assert not plain.value(NAME, "cancel_open_rx")
        asked = await load(house, viewer, booking, do="cancel")
        assert asked.value(NAME, "cancel_open_rx") is True
        refund = asked.value(NAME, "refund_rx")
        assert (refund.label, refund.amount) == (label, "₹1,200.00")
        assert words in refund.words
    with database.reading() as db:
        assert db.get_one(Booking, booking).status is Status.CONFIRMED


@pytest.mark.parametrize("status", [Status.MET, Status.CANCELLED, Status.HELD])
async def test_what_cannot_be_called_off_offers_nothing_whatever_the_address_asks(
    house: Backstage, three: People, status: Status
) -> None:
    with database.transaction() as db:
        booking = add_booking(db, three, status=status, starts_at=utc_now() + timedelta(days=3))
        if status is Status.HELD:
            db.get_one(Booking, booking).hold_expires_at = utc_now() + timedelta(minutes=9)

    answer = await load(house, three.mentee, booking, do="cancel")

    assert not answer.value(NAME, "cancel_open_rx")


async def test_a_stranger_is_shown_no_sum_by_that_address(house: Backstage, three: People) -> None:
    with database.transaction() as db:
        booking = add_booking(db, three, starts_at=utc_now() + timedelta(days=3))

    answer = await load(house, three.stranger, booking, do="cancel")

    assert not answer.value(NAME, "cancel_open_rx")
    assert "1,200" not in answer.words


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.DECLINED])
async def test_paying_again_is_refused_in_words_where_nothing_waits_for_it(
    house: Backstage, three: People, status: Status
) -> None:
    with database.transaction() as db:
        booking = add_booking(db, three, status=status, starts_at=utc_now() + timedelta(days=3))

    answer = await load(house, three.mentee, booking, RequestState, handler="pay_again")

    assert answer.value(RequestState.get_full_name(), "refused_rx")
    assert answer.value(RequestState.get_full_name(), "busy_rx") is False
    assert not answer.leads_to


async def test_a_request_that_lapsed_says_so_and_not_that_a_hold_ended(house: Backstage, three: People) -> None:
    with database.transaction() as db:
        booking = add_booking(db, three, status=Status.EXPIRED, starts_at=utc_now() + timedelta(days=3))

    assert (await load(house, three.mentee, booking)).value(NAME, "status_rx") == "expired"
    with database.transaction() as db:
        db.get_one(Booking, booking).by_request = True
    assert (await load(house, three.mentee, booking)).value(NAME, "status_rx") == "lapsed"


async def test_who_comes_says_so_on_the_page_the_day_before_and_the_other_reads_it(
    house: Backstage, three: People
) -> None:
    with database.transaction() as db:
        booking = add_booking(db, three, starts_at=utc_now() + timedelta(hours=23))

    def coming(answer: Answer) -> list[bool]:
        return [bool(answer.value(NAME, name)) for name in ("may_say_coming_rx", "i_come_rx", "other_comes_rx")]

    riya = page_of(three.mentee, booking)
    assert coming(await house.send(f"{NAME}.load", **riya)) == [True, False, False]
    said = await house.send(f"{NAME}.say_coming", **riya)
    assert said.value(NAME, "i_come_rx") is True
    assert coming(await load(house, three.mentor, booking)) == [True, False, True]


async def test_earlier_than_the_day_before_the_page_asks_nobody_whether_they_come(
    house: Backstage, three: People
) -> None:
    with database.transaction() as db:
        booking = add_booking(db, three, starts_at=utc_now() + timedelta(hours=25))

    riya = page_of(three.mentee, booking)
    early = await house.send(f"{NAME}.load", **riya)
    assert not early.value(NAME, "may_say_coming_rx")
    refused = await house.send(f"{NAME}.say_coming", **riya)
    assert refused.says("That can be said in the 24 hours before a session.")
