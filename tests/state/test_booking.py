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


async def load(house: Backstage, viewer: UUID, booking: UUID, state: Any = BookingState, **query: str) -> Answer:
    State.setup_dynamic_args({"booking_id": RouteArgType.SINGLE})
    return await house.send(
        f"{state.get_full_name()}.{query.pop('handler', 'load')}",
        cookie=sign_in(viewer),
        path=f"/sessions/{booking}",
        query={"booking_id": str(booking), **query},
        tab=str(uuid4()),
    )


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
