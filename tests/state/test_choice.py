"""Beside a chosen time: its terms, and where to go when it cannot be held."""

from datetime import timedelta
from uuid import UUID

import pytest
from reflex.constants.route import RouteArgType
from reflex.state import State

from mentorhub import database
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.errors import AlreadyAsking, AlreadyMetForIntro, CheckoutInProgress, TooManyRequests
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.catalog.models import Offering
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import DomainError
from mentorhub.state.choice import way_on
from tests.people import People, add_booking
from tests.state.backstage import Backstage, sign_in
from tests.state.test_mentor_profile import Visitor

OLDEST = UUID(int=7)


@pytest.fixture(autouse=True)
def _addresses() -> None:
    if "slug" not in State.vars:
        State.setup_dynamic_args({"slug": RouteArgType.SINGLE})


@pytest.mark.parametrize(
    ("refusal", "way"),
    [
        (AlreadyMetForIntro(), ("#offerings", "See the sessions")),
        (TooManyRequests(OLDEST, mentor="Kabir"), (f"/sessions/{OLDEST}", "Look at the oldest request")),
        (AlreadyAsking(OLDEST), (f"/sessions/{OLDEST}", "Look at your open request")),
        (CheckoutInProgress(), ("", "")),
        (DomainError(), ("", "")),
    ],
)
async def test_a_refusal_names_the_place_where_one_can_go_on(
    three: People, refusal: DomainError, way: tuple[str, str]
) -> None:
    assert await way_on(refusal, three.mentee, utc_now()) == way


async def test_whoever_is_paying_already_is_led_to_that_payment(three: People) -> None:
    with database.transaction() as db:
        held = add_booking(db, three, status=Status.HELD, starts_at=utc_now() + timedelta(days=2))
        db.get_one(Booking, held).hold_expires_at = utc_now() + timedelta(minutes=9)

    way = await way_on(CheckoutInProgress(), three.mentee, utc_now())

    assert way == (f"/checkout/{held}", "Go to that payment")
    assert await way_on(CheckoutInProgress(), three.stranger, utc_now()) == ("", "")


@pytest.mark.parametrize(
    ("price", "asked", "words"),
    [
        (120000, False, ["Free to cancel until"]),
        (0, False, ["Nothing to pay, call off any time before."]),
        (120000, True, ["Kabir answers by", "Your card is only charged when Kabir accepts.", "Free to cancel until"]),
        (0, True, ["Kabir answers by", "Nothing to pay, call off any time before."]),
    ],
)
async def test_the_terms_of_a_chosen_time_say_who_answers_by_when_and_what_calling_off_costs(
    house: Backstage, three: People, price: int, asked: bool, words: list[str]
) -> None:
    with database.transaction() as db:
        offering = db.get_one(Offering, three.cv_review)
        offering.price_minor, offering.needs_approval = price, asked
        db.get_one(User, three.mentee).time_zone = "Asia/Kolkata"
    visitor = Visitor(house, three, cookie=sign_in(three.mentee))
    await visitor.do("load")
    for _ in range(2):
        await visitor.do("turn", weeks=1)
    await visitor.do("choose", start=visitor.free[-1])

    for sentence in words:
        assert sentence in visitor.shown["terms"]
