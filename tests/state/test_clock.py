"""The clock times are written on: 24 hours for all, 12 for who chose it; and nobody reads that of another."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from reflex.constants import RouteArgType
from reflex.state import State

from mentorhub import database
from mentorhub.domain.accounts import queries, service
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.bookings.queries import TimesView
from mentorhub.domain.common import habits
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.habits import Habits
from mentorhub.state.checkout import CheckoutState
from mentorhub.state.mentor_profile import MentorProfileState
from mentorhub.state.viewer import ViewerState
from mentorhub.state.week import WeekShown, week_shown
from mentorhub.state.week_readings import WeekReadings, WeekSeen, key_of
from tests.people import SUNDAY, People, add_booking
from tests.state.backstage import NONSENSE, Answer, Backstage, sign_in

VIEWER, PROFILE, CHECKOUT = (state.get_full_name() for state in (ViewerState, MentorProfileState, CheckoutState))
KEPT_12, KEPT_24 = "mentorhub-hours=12", "mentorhub-hours=24"
NOT_ALLOWED = "You are not allowed to do that."


def on_twelve(person: UUID) -> None:
    with database.transaction() as db:
        service.choose_clock(db, user_id=person, clock_hours=12)


def clock_of(person: UUID) -> int:
    with database.reading() as db:
        return queries.habits_of(db, user_id=person).clock_hours


async def week_seen(house: Backstage, three: People, **browser: str) -> WeekShown:
    """The week of Kabir's page as one browser shows it."""
    State.setup_dynamic_args({"slug": RouteArgType.SINGLE})
    page = {"path": "/mentors/kabir-deshmukh", "query": {"slug": "kabir-deshmukh", "offering": str(three.cv_review)}}
    answer = await house.send(f"{PROFILE}.load", tab=repr(browser), **page, **browser)
    shown: WeekShown = answer.value(PROFILE, "week_rx")
    return shown


def words(week: WeekShown) -> list[str]:
    return [*week.gutter, *(text for day in week.days for slot in day.slots for text in (slot.time, slot.spoken))]


async def test_one_page_is_read_on_both_clocks_at_once_and_neither_reader_gets_the_others(
    house: Backstage, three: People
) -> None:
    on_24 = await week_seen(house, three)
    on_12 = await week_seen(house, three, kept=KEPT_12)
    again = await week_seen(house, three, kept=KEPT_24)

    assert not any(" am" in text or " pm" in text for text in words(on_24))
    assert all(" am" in text or " pm" in text for text in words(on_12))
    assert on_12.gutter[0] == "9:00 am"
    assert words(again) == words(on_24)


async def test_the_cache_of_weeks_tells_readers_of_two_clocks_apart() -> None:
    weeks, zone = WeekReadings(), ZoneInfo("Europe/London")

    async def read() -> WeekSeen:
        return WeekSeen(WeekShown(label=f"on {habits.current().clock_hours}"), frozenset(), frozenset())

    labels = []
    for hours in (24, 12, 24):
        with habits.of(Habits(clock_hours=hours)):
            key = key_of(UUID(int=1), date(2026, 11, 23), zone)
            labels.append((await weeks.of(key, 1, read, now=SUNDAY)).week.label)

    assert labels == ["on 24", "on 12", "on 24"]


def test_the_hours_at_the_side_are_in_the_order_of_the_day_on_either_clock() -> None:
    starts = tuple(datetime(2026, 11, 24, hour, 30, tzinfo=ZoneInfo("UTC")) for hour in (0, 9, 10, 12, 13, 21))
    times = TimesView(free=starts, booked=(), mentor_zone="UTC", last_day_ends=starts[-1])

    with habits.of(Habits(clock_hours=12)):
        week = week_shown(times, date(2026, 11, 23), ZoneInfo("UTC"), now=SUNDAY)

    assert week.gutter == ["12:30 am", "9:30 am", "10:30 am", "12:30 pm", "1:30 pm", "9:30 pm"]
    assert [(slot.time, slot.row) for slot in week.days[1].slots] == list(zip(week.gutter, range(1, 7), strict=True))


async def test_a_visitors_choice_is_kept_by_the_browser_and_the_page_is_loaded_anew(
    house: Backstage, three: People
) -> None:
    answer = await house.send(f"{VIEWER}.choose_clock", {"hours": 12})

    assert answer.says("mentorhub-hours=12; Path=/; Max-Age=31536000; SameSite=Lax")
    assert answer.says("window.location.reload()")
    assert [clock_of(person) for person in (three.mentor, three.mentee)] == [24, 24]


@pytest.mark.parametrize("kept", ["mentorhub-hours=13", "mentorhub-hours=", "mentorhub-hours=12.0", "other=12"])
async def test_a_cookie_that_names_no_clock_leaves_24_hours(house: Backstage, three: People, kept: str) -> None:
    answer = await house.send(f"{VIEWER}.enter", kept=kept, tab="one")

    assert answer.value(VIEWER, "clock_hours") in (None, 24)


@pytest.mark.parametrize(("hours", "said"), [("twelve", NONSENSE), (None, NONSENSE), (True, NONSENSE), (13, "not")])
async def test_no_other_clock_can_be_chosen(house: Backstage, three: People, hours: Any, said: str) -> None:
    answer = await house.send(f"{VIEWER}.choose_clock", {"hours": hours}, cookie=sign_in(three.mentee))

    assert answer.says(said)
    assert not answer.says("reload")
    assert clock_of(three.mentee) == 24


async def test_an_account_keeps_its_clock_which_the_very_next_page_is_written_on(
    house: Backstage, three: People
) -> None:
    cookie = sign_in(three.mentee)
    await house.send(f"{VIEWER}.enter", cookie=cookie)

    chosen = await house.send(f"{VIEWER}.choose_clock", {"hours": 12}, cookie=cookie)
    entered = await house.send(f"{VIEWER}.enter", cookie=cookie)

    assert chosen.says("window.location.reload()")
    assert not chosen.says("mentorhub-hours")
    assert entered.value(VIEWER, "clock_hours") == 12
    assert (clock_of(three.mentee), clock_of(three.stranger)) == (12, 24)


async def test_what_the_account_keeps_counts_more_than_what_the_browser_remembers(
    house: Backstage, three: People
) -> None:
    on_12 = await week_seen(house, three, kept=KEPT_12)
    signed_in = await week_seen(house, three, kept=KEPT_12, cookie=sign_in(three.mentee))

    assert (on_12.gutter[0], signed_in.gutter[0]) == ("9:00 am", "09:00")


async def test_a_held_time_its_terms_and_its_ribbon_are_on_the_readers_clock(house: Backstage, three: People) -> None:
    State.setup_dynamic_args({"booking_id": RouteArgType.SINGLE})
    on_twelve(three.mentee)
    with database.transaction() as db:
        held = add_booking(db, three, status=Status.HELD, starts_at=utc_now() + timedelta(days=3))
        db.get_one(Booking, held).hold_expires_at = utc_now() + timedelta(minutes=9)
    page = {"cookie": sign_in(three.mentee), "path": f"/checkout/{held}", "query": {"booking_id": str(held)}}
    await house.send(f"{VIEWER}.enter", **page)

    loaded: Answer = await house.send(f"{CHECKOUT}.load", **page)

    meeting = loaded.value(CHECKOUT, "meeting_rx")
    assert meeting.clock_hours == 12
    for text in (meeting.your_time, meeting.their_time, loaded.value(CHECKOUT, "hold_until")):
        assert text.endswith((" am", " pm"))
