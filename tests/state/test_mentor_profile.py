"""A mentor's page while others book: a lost time is one short line, a time given back comes back."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from reflex.constants.route import RouteArgType
from reflex.state import State

from mentorhub import database
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.catalog.models import Offering
from mentorhub.domain.common import clock, moments, topics
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.scheduling.models import AvailabilityRule, DateOverride, SchedulePreferences
from mentorhub.state.live import hub
from mentorhub.state.mentor_profile import MentorProfileState
from mentorhub.state.viewer import ViewerState
from mentorhub.state.week import instant_of, start_of
from mentorhub.state.week_readings import first_free
from tests.people import People, add_booking
from tests.state.backstage import Answer, Backstage, sign_in

SLUG = "kabir-deshmukh"
NAME = MentorProfileState.get_full_name()


@pytest.fixture(autouse=True)
def _addresses() -> None:
    if "slug" not in State.vars:
        State.setup_dynamic_args({"slug": RouteArgType.SINGLE})


class Visitor:
    """One tab on Kabir's page, remembering what it was last told."""

    def __init__(self, house: Backstage, three: People, *, cookie: str = "", tab: str = "tab", **browser: str) -> None:
        self._house, self._cookie, self._tab, self._browser = house, cookie, tab, browser
        self._query = {"slug": SLUG, "offering": str(three.cv_review)}
        self.shown: dict[str, Any] = {}

    async def do(self, handler: str, **payload: Any) -> Answer:
        path = f"/mentors/{SLUG}?offering={self._query['offering']}"
        answer = await self._house.send(
            f"{NAME}.{handler}",
            payload,
            tab=self._tab,
            cookie=self._cookie,
            path=path,
            query=self._query,
            **self._browser,
        )
        assert answer.failures == []
        for delta in answer.deltas:
            told = delta.get(NAME, {})
            self.shown |= {name.removesuffix("_rx_state_"): value for name, value in told.items()}
        return answer

    @property
    def free(self) -> list[str]:
        return [slot.start for day in self.shown["week"].days for slot in day.slots if slot.is_free]


def take(three: People, start: str) -> Booking:
    """Sam holds a time, and everyone is told."""
    with database.transaction() as db:
        wish = bookings.Wish(offering_id=three.cv_review, starts_at=instant_of(start))
        booking = bookings.place_hold(db, mentee_id=three.stranger, wish=wish, now=utc_now())
    hub.changed(topics.grid_of(three.mentor))
    return booking


def give_back(three: People, booking: Booking) -> None:
    with database.transaction() as db:
        bookings.give_back(db, booking_id=booking.id, mentee_id=three.stranger, now=utc_now())
    hub.changed(topics.grid_of(three.mentor))


def told(answer: Answer) -> set[str]:
    return {name.removesuffix("_rx_state_") for delta in answer.deltas for name in delta.get(NAME, {})}


async def test_a_time_taken_elsewhere_is_told_in_a_line_and_the_week_is_not_sent_again(
    house: Backstage, three: People
) -> None:
    visitor = Visitor(house, three)
    await visitor.do("load")
    lost = visitor.free[1]
    await visitor.do("choose", start=lost)

    take(three, lost)
    answer = await visitor.do("refresh")

    assert told(answer) == {"gone", "notice", "chosen"}
    assert (visitor.shown["gone"], visitor.shown["chosen"]) == ([lost], "")
    assert visitor.shown["notice"].endswith("was taken a moment ago.")


async def test_a_time_that_a_full_day_closed_is_not_said_to_be_taken(house: Backstage, three: People) -> None:
    with database.transaction() as db:
        db.get_one(SchedulePreferences, three.mentor).max_per_day = 1
    visitor = Visitor(house, three)
    await visitor.do("load")
    first, *others = [start for start in visitor.free if start[:10] == visitor.free[0][:10]]

    take(three, first)
    await visitor.do("refresh")

    london = moments.when(instant_of(first), ZoneInfo("Europe/London"))
    assert visitor.shown["gone"] == [first, *others]
    assert visitor.shown["notice"] == f"{london} was taken a moment ago."


async def test_of_the_times_a_session_and_its_breaks_close_the_one_somebody_has_is_named(
    house: Backstage, three: People
) -> None:
    with database.transaction() as db:
        wants = db.get_one(SchedulePreferences, three.mentor)
        wants.buffer_before_minutes = wants.buffer_after_minutes = 5
    visitor = Visitor(house, three)
    await visitor.do("load")
    before, wanted, after = (instant_of(start) for start in visitor.free[1:4])
    assert wanted - before == after - wanted == timedelta(minutes=30)

    take(three, visitor.free[2])
    await visitor.do("refresh")

    assert {start_of(before), start_of(after)} < set(visitor.shown["gone"])
    london = moments.when(wanted, ZoneInfo("Europe/London"))
    assert visitor.shown["notice"] == f"{london} was taken a moment ago."


async def test_the_chosen_time_is_spoken_of_when_it_is_lost_among_others(house: Backstage, three: People) -> None:
    with database.transaction() as db:
        db.get_one(SchedulePreferences, three.mentor).max_per_day = 1
    visitor = Visitor(house, three)
    await visitor.do("load")
    taken, chosen, *_ = visitor.free
    await visitor.do("choose", start=chosen)

    take(three, taken)
    await visitor.do("refresh")

    london = moments.when(instant_of(chosen), ZoneInfo("Europe/London"))
    assert visitor.shown["notice"] == f"{london} is no longer free."


async def test_a_push_that_changes_nothing_for_this_page_sends_nothing(house: Backstage, three: People) -> None:
    visitor = Visitor(house, three)
    await visitor.do("load")

    hub.changed(topics.grid_of(three.mentor))

    assert told(await visitor.do("refresh")) == set()


async def test_a_time_given_back_is_free_again(house: Backstage, three: People) -> None:
    visitor = Visitor(house, three)
    await visitor.do("load")
    start = visitor.free[1]
    held = take(three, start)
    await visitor.do("refresh")

    give_back(three, held)
    await visitor.do("refresh")

    assert start in visitor.free
    assert visitor.shown["gone"] == []


async def test_the_day_looked_at_is_kept_while_it_has_times_and_is_else_the_first_that_has(
    house: Backstage, three: People
) -> None:
    visitor = Visitor(house, three)
    await visitor.do("load")
    await visitor.do("turn", weeks=1)
    first, *_, last = sorted({start[:10] for start in visitor.free})
    assert visitor.shown["chosen_day"] == first

    await visitor.do("look_at_day", day=last)
    await visitor.do("choose_offering", offering_id=str(three.cv_review))
    assert visitor.shown["chosen_day"] == last

    with database.transaction() as db:
        db.add(DateOverride(mentor_id=three.mentor, day=date.fromisoformat(last)))
    hub.changed(topics.grid_of(three.mentor))
    await visitor.do("choose_offering", offering_id=str(three.cv_review))
    assert visitor.shown["chosen_day"] == first


async def test_what_nobody_offered_cannot_be_chosen(house: Backstage, three: People) -> None:
    visitor = Visitor(house, three)
    await visitor.do("load")

    await visitor.do("choose", start="2020-01-01T00:00:00Z")

    assert visitor.shown["chosen"] == ""


async def test_a_click_under_way_when_the_page_hears_that_the_time_is_gone_names_three_others_too(
    house: Backstage, three: People
) -> None:
    visitor = Visitor(house, three, cookie=sign_in(three.mentee))
    await visitor.do("load")
    wanted = visitor.free[1]
    await visitor.do("choose", start=wanted)
    take(three, wanted)
    await visitor.do("refresh")

    await visitor.do("hold")

    assert visitor.shown["error"].startswith("Someone has just taken that time.")
    assert len(visitor.shown["alternatives"]) == 3
    again = await visitor.do("hold")
    assert again.leads_to == ""


async def test_holding_a_time_just_taken_names_three_others(house: Backstage, three: People) -> None:
    visitor = Visitor(house, three, cookie=sign_in(three.mentee))
    await visitor.do("load")
    wanted = visitor.free[1]
    await visitor.do("choose", start=wanted)
    take(three, wanted)

    await visitor.do("hold")

    assert visitor.shown["error"].startswith("Someone has just taken that time.")
    assert len(visitor.shown["alternatives"]) == 3
    near = visitor.shown["alternatives"][0][0]
    await visitor.do("choose", start=near)
    answer = await visitor.do("hold")
    assert answer.leads_to.startswith("/checkout/")
    with database.reading() as db:
        kept = bookings.live_hold_of(db, three.mentee, now=utc_now())
    assert kept is not None
    assert (kept.status, kept.starts_at) == (Status.HELD, instant_of(near))


async def test_a_page_left_open_is_read_again_when_the_local_date_has_changed(
    house: Backstage, three: People, tmp_path: Path
) -> None:
    visitor = Visitor(house, three)
    await visitor.do("load")
    before = visitor.shown["week"]
    clock.use_offset_file(tmp_path / "clock-offset")
    try:
        clock.move(timedelta(days=7))
        await visitor.do("refresh")
    finally:
        clock.use_offset_file(None)

    assert visitor.shown["week"] != before
    assert all(instant_of(start) > utc_now() + timedelta(days=6) for start in visitor.free)


async def test_a_chosen_time_is_said_in_the_zone_the_page_turns_to(house: Backstage, three: People) -> None:
    visitor = Visitor(house, three)
    await visitor.do("load")
    start = visitor.free[1]
    await visitor.do("choose", start=start)

    answer = await house.send(f"{ViewerState.get_full_name()}.see_zone", {"zone": "Asia/Tokyo"}, tab="tab")
    await visitor.do("refresh")

    assert visitor.shown["chosen"] == start
    assert (
        answer.value(NAME, "hold_label_rx_state_") == f"Hold {moments.when(instant_of(start), ZoneInfo('Asia/Tokyo'))}"
    )


async def test_another_offering_shows_its_own_times_and_drops_the_choice(house: Backstage, three: People) -> None:
    visitor = Visitor(house, three)
    await visitor.do("load")
    await visitor.do("choose", start=visitor.free[1])

    await visitor.do("choose_offering", offering_id=str(three.intro))

    assert (visitor.shown["offering_id"], visitor.shown["chosen"]) == (str(three.intro), "")
    assert visitor.free


@pytest.mark.parametrize(("met", "instantly"), [(False, True), (True, True), (True, False)])
async def test_what_is_answered_first_repeats_for_those_who_may_book_it_at_once(
    house: Backstage, three: People, met: bool, instantly: bool
) -> None:
    with database.transaction() as db:
        offering = db.get_one(Offering, three.cv_review)
        offering.needs_approval, offering.met_book_instantly = True, instantly
        if met:
            add_booking(db, three, status=Status.MET, starts_at=utc_now() - timedelta(days=9))
    visitor = Visitor(house, three, cookie=sign_in(three.mentee))
    await visitor.do("load")

    await visitor.do("choose", start=visitor.free[-1])

    assert visitor.shown.get("may_repeat", False) is (met and instantly)


async def test_what_was_offered_for_one_offering_was_not_offered_for_another(house: Backstage, three: People) -> None:
    with database.transaction() as db:
        afternoon = {"mentor_id": three.mentor, "offering_id": three.intro, "start_minute": 840, "end_minute": 900}
        db.add_all([AvailabilityRule(weekday=weekday, **afternoon) for weekday in range(5)])
    visitor = Visitor(house, three)
    await visitor.do("load")
    of_the_review = visitor.free[-1]

    await visitor.do("choose_offering", offering_id=str(three.intro))
    await visitor.do("choose", start=of_the_review)

    assert visitor.free
    assert of_the_review not in visitor.free
    assert visitor.shown["chosen"] == ""


@pytest.mark.parametrize(("minutes", "stands"), [(14, True), (16, False)])
async def test_a_start_shown_within_the_last_quarter_of_an_hour_is_held_though_the_grid_has_moved_since(
    house: Backstage, three: People, tmp_path: Path, minutes: int, stands: bool
) -> None:
    visitor = Visitor(house, three, cookie=sign_in(three.mentee))
    await visitor.do("load")
    half_past = visitor.free[-1]
    await visitor.do("choose", start=half_past)
    with database.transaction() as db:
        db.get_one(SchedulePreferences, three.mentor).slot_step_minutes = 60
    clock.use_offset_file(tmp_path / "clock-offset")
    try:
        clock.move(timedelta(minutes=minutes))
        answer = await visitor.do("hold")
    finally:
        clock.use_offset_file(None)

    assert instant_of(half_past).minute == 30
    assert answer.leads_to.startswith("/checkout/") is stands


async def test_who_met_the_mentor_sees_the_times_of_the_next_hours_that_others_would_have_to_ask_for(
    house: Backstage, three: People
) -> None:
    now = utc_now()
    with database.transaction() as db:
        offering = db.get_one(Offering, three.cv_review)
        offering.needs_approval, offering.met_book_instantly = True, True
        db.get_one(SchedulePreferences, three.mentor).min_notice_minutes = 0
        always = {"mentor_id": three.mentor, "offering_id": three.cv_review, "start_minute": 0, "end_minute": 1440}
        db.add_all([AvailabilityRule(weekday=weekday, **always) for weekday in range(7)])
        add_booking(db, three, status=Status.MET, starts_at=now - timedelta(days=9))
    stranger = Visitor(house, three, cookie=sign_in(three.stranger), tab="one")
    friend = Visitor(house, three, cookie=sign_in(three.mentee), tab="two")

    await stranger.do("load")
    await friend.do("load")

    soonest = await first_free(three.mentor, three.cv_review, three.mentee, now)
    assert soonest is not None
    assert soonest <= now + timedelta(hours=1)
    assert instant_of(friend.free[0]) <= now + timedelta(hours=1)
    assert instant_of(stranger.free[0]) >= now + timedelta(hours=6)
    await friend.do("choose", start=friend.free[:2][-1])
    answer = await friend.do("hold")
    assert answer.leads_to.startswith("/checkout/")


async def test_two_who_look_at_once_each_see_the_week_that_begins_as_theirs_does(
    house: Backstage, three: People
) -> None:
    london = Visitor(house, three, tab="london", language="en-GB,en;q=0.9")
    boston = Visitor(house, three, tab="boston", language="en-US,en;q=0.9")

    await london.do("load")
    await boston.do("load")

    assert [day.weekday for day in london.shown["week"].days] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert [day.weekday for day in boston.shown["week"].days] == ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]


async def test_a_week_from_sunday_turns_by_seven_days_and_never_into_the_past(house: Backstage, three: People) -> None:
    visitor = Visitor(house, three, language="en-US")
    await visitor.do("load")
    while not visitor.shown["week"].is_first:
        await visitor.do("turn", weeks=-1)
    now = visitor.shown["week"].days

    await visitor.do("turn", weeks=-1)
    assert visitor.shown["week"].days == now
    await visitor.do("turn", weeks=1)

    assert visitor.shown["week"].days[0].weekday == "Sun"
    assert instant_of(visitor.shown["week"].days[0].key + "T00:00:00Z") - instant_of(
        now[0].key + "T00:00:00Z"
    ) == timedelta(days=7)
