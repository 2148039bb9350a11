"""The first page by hand: real people and prices for everybody, in the visitor's own zone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mentorhub import database
from mentorhub.domain.bookings.models import Status
from mentorhub.domain.catalog.models import MentorProfile, MentorStanding
from mentorhub.domain.marketplace.queries import MentorCardView
from mentorhub.domain.reviews.models import Review
from mentorhub.state.landing import LandingState, proven_first
from mentorhub.state.viewer import ViewerState
from tests.people import People, add_booking
from tests.state.backstage import Answer, Backstage

NOW = datetime.now(UTC)
TOLD = "She asked what nobody in any interview had asked, and I left with a plan for my first week."


async def send(house: Backstage, state: Any, handler: str, **payload: Any) -> Answer:
    return await house.send(f"{state.get_full_name()}.{handler}", payload)


async def visit(house: Backstage) -> Answer:
    await send(house, ViewerState, "enter")
    return await send(house, LandingState, "load")


def told(answer: Answer, name: str) -> Any:
    return answer.value(LandingState.get_full_name(), name + "_rx_state_")


def praise(people: People, *, text: str = TOLD, stars: int = 5) -> None:
    with database.transaction() as db:
        met = add_booking(db, people, status=Status.MET, starts_at=NOW - timedelta(days=9))
        db.add(MentorStanding(mentor_id=people.mentor, stars_5=6))
        db.get_one(MentorProfile, people.mentor).revision += 1
        review = Review(
            booking_id=met,
            mentor_id=people.mentor,
            author_id=people.mentee,
            stars=stars,
            text=text,
            met_minutes=31,
            created_at=NOW,
        )
        db.add(review)


async def test_a_visitor_sees_who_is_free_and_what_one_of_them_costs_in_full(house: Backstage, three: People) -> None:
    answer = await visit(house)

    (card,) = told(answer, "cards")
    assert (card.name, card.href) == ("Kabir Deshmukh", "/mentors/kabir-deshmukh")
    featured = told(answer, "featured")
    assert (featured.name, featured.offering) == ("Kabir Deshmukh", "CV review, 30 min")
    assert featured.price_words == "₹1,200, the whole price"
    parts = told(answer, "price_parts")
    assert [part.amount for part in parts] == ["₹1,052", "₹120", "₹28"]
    assert sum(part.minor for part in parts) == 120000


async def test_the_zone_of_the_browser_puts_the_page_on_its_own_clock(house: Backstage, three: People) -> None:
    await visit(house)

    answer = await send(house, ViewerState, "see_zone", zone="Asia/Kolkata")

    meeting = told(answer, "featured").meeting
    assert (meeting.your_zone, meeting.their_zone) == ("Asia/Kolkata", "Europe/London")


async def test_a_zone_that_only_the_machine_knows_changes_nothing(
    house: Backstage, three: People, machine_zone: str
) -> None:
    await visit(house)

    answer = await send(house, ViewerState, "see_zone", zone=machine_zone)

    assert (answer.deltas, answer.failures) == ([], [])


async def test_an_unknown_zone_changes_nothing(house: Backstage, three: People) -> None:
    await visit(house)

    answer = await send(house, ViewerState, "see_zone", zone="Mars/Base")

    assert (answer.deltas, answer.failures) == ([], [])


async def test_a_voice_is_a_real_review_with_the_one_who_wrote_it(house: Backstage, three: People) -> None:
    praise(three)

    answer = await visit(house)

    voice = told(answer, "voice")
    assert (voice.words, voice.author, voice.met) == (TOLD, "Riya Patil", "Met 31 min of 30")


@pytest.mark.parametrize(("text", "stars"), [("Good session, thank you.", 5), (TOLD * 4, 5), (TOLD, 4)])
async def test_there_is_no_voice_when_none_tells_enough(house: Backstage, three: People, text: str, stars: int) -> None:
    praise(three, text=text, stars=stars)

    answer = await visit(house)

    assert told(answer, "has_voice") is False


async def test_a_market_without_mentors_invents_nobody(house: Backstage) -> None:
    answer = await visit(house)

    assert told(answer, "loaded") is True
    assert [told(answer, name) for name in ("cards", "has_featured", "has_price", "has_voice")] == [
        [],
        False,
        False,
        False,
    ]


async def test_a_mentor_who_closed_is_not_on_the_first_page(house: Backstage, three: People) -> None:
    with database.transaction() as db:
        db.get_one(MentorProfile, three.mentor).is_open = False

    answer = await visit(house)

    assert "Kabir" not in answer.words


def test_those_who_were_met_and_rated_come_before_the_new_ones_in_the_same_order() -> None:
    names = ("Robin", "Rasmus", "Angus", "Marisol")
    rated = {"Rasmus": "4.6", "Marisol": "5.0"}
    cards = [
        MentorCardView(name, name, "/", name, "", "", "", "", is_open=True, rating=rated.get(name, ""))
        for name in names
    ]

    assert [card.name for card in proven_first(cards)] == ["Rasmus", "Marisol", "Robin", "Angus"]
