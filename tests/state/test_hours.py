"""The hours page by hand: a draft that is only the mentor's own, read from elsewhere, saved as a whole."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from mentorhub import database
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.catalog.models import OfferingKind
from mentorhub.domain.scheduling import queries, service
from mentorhub.domain.scheduling.queries import ScheduleView
from mentorhub.domain.scheduling.rules import WeeklyHours
from mentorhub.domain.scheduling.rules.editing import HoursRow, Limits
from mentorhub.state.away import AwayState
from mentorhub.state.hours import HoursState
from mentorhub.state.hours_drawn import DrawState
from mentorhub.state.hours_why import WhyState
from mentorhub.state.viewer import ViewerState
from tests.people import People, add_booking, add_offering
from tests.state.backstage import NONSENSE, SIGN_IN, Answer, Backstage, sign_in

NOW = datetime.now(UTC)
PATH = "/mentoring/hours"
NOTHING_THERE = "We could not find that."
FAR = (NOW + timedelta(days=40)).date()

HANDLERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("load", {}),
    ("refresh", {}),
    ("switch_day", {"weekday": 0, "is_open": False}),
    ("add", {"weekday": 0}),
    ("remove", {"key": 1}),
    ("set_start", {"key": 1, "typed": "10:00"}),
    ("set_end", {"key": 1, "typed": "11:00"}),
    ("set_zone", {"zone": "Asia/Kolkata"}),
    ("set_limit", {"name": "horizon_days", "value": "30"}),
    ("undo", {}),
    ("save", {}),
    ("look_from", {"zone": "Asia/Tokyo"}),
    ("look_at", {"offering_id": "x"}),
    ("change_days", {"form": {"first": FAR.isoformat()}}),
    ("restore_days", {"first": FAR.isoformat(), "last": FAR.isoformat()}),
    ("edit_hours_of", {"offering_id": ""}),
    ("use_general_hours", {}),
    ("draw", {"weekday": 0, "opens": 780, "closes": 840}),
    ("redraw", {"weekday": 0, "opens": 540, "closes": 720, "to_weekday": 1, "to_opens": 0, "to_closes": 60}),
    ("erase", {"weekday": 0, "opens": 540, "closes": 720}),
    ("block", {"form": {"block_first": FAR.isoformat(), "block_start": "9", "block_end": "10"}}),
    ("open_again", {"block_id": str(uuid4())}),
    ("ask", {"form": {"why_day": FAR.isoformat(), "why_time": "9"}}),
    ("ask_at", {"start": f"{FAR}T09:00:00Z"}),
)
WHERE = {
    **dict.fromkeys(("change_days", "restore_days", "block", "open_again"), AwayState),
    **dict.fromkeys(("draw", "redraw", "erase"), DrawState),
    **dict.fromkeys(("ask", "ask_at"), WhyState),
}
"""The state that answers a handler, where it is not the week's own."""
TOLD = (
    (HoursState, ("days", "unsaved", "seen", "seen_words", "seen_change", "zone_error", "hours_of", "has_own_hours")),
    (AwayState, ("changed", "day_errors", "blocks", "block_errors", "outside")),
    (WhyState, ("at", "answer")),
)


class Form:
    """One person at the hours page, remembering what the page was last told."""

    def __init__(self, house: Backstage, person: UUID | None, **browser: str) -> None:
        self._house, self._cookie, self._browser = house, sign_in(person) if person else "", browser
        self.shown: dict[str, Any] = {}

    async def do(self, handler: str, **payload: Any) -> Answer:
        if not self.shown:
            self.shown["entered"] = True
            await self.send(ViewerState, "enter", {})
        answer = await self.send(WHERE.get(handler, HoursState), handler, payload)
        if handler in ("load", "save", "refresh"):
            await self.send(AwayState, "load", {})
        return answer

    async def send(self, state: Any, handler: str, payload: Mapping[str, Any]) -> Answer:
        name = f"{state.get_full_name()}.{handler}"
        answer = await self._house.send(name, dict(payload), cookie=self._cookie, path=PATH, **self._browser)
        for owner, names in TOLD:
            for var in names:
                told = answer.value(owner.get_full_name(), var + "_rx_state_")
                self.shown[var] = self.shown.get(var) if told is None else told
        return answer

    def key(self, weekday: int, place: int = 0) -> int:
        return int(self.shown["days"][weekday].spans[place].key)

    def rows(self, weekday: int) -> list[tuple[str, str, str]]:
        return [(span.start, span.end, span.error) for span in self.shown["days"][weekday].spans]


def saved(mentor_id: UUID) -> ScheduleView:
    with database.reading() as db:
        return queries.schedule_of(db, mentor_id=mentor_id, now=NOW)


@pytest.mark.parametrize(("handler", "payload"), HANDLERS)
async def test_nobody_touches_hours_without_signing_in(
    house: Backstage, three: People, handler: str, payload: dict[str, Any]
) -> None:
    before = saved(three.mentor)

    answer = await Form(house, None).do(handler, **payload)

    assert answer.leads_to.startswith(SIGN_IN)
    assert saved(three.mentor) == before


@pytest.mark.parametrize(("handler", "payload"), HANDLERS)
async def test_a_person_who_is_no_mentor_changes_nothing_and_sees_nothing_of_others(
    house: Backstage, three: People, handler: str, payload: dict[str, Any]
) -> None:
    before = saved(three.mentor)

    answer = await Form(house, three.stranger).do(handler, **payload)

    assert answer.failures == []
    assert saved(three.mentor) == before
    assert saved(three.stranger).is_new
    assert not any(word in answer.words for word in ("CV review", "kabir", "Kabir"))


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        ("switch_day", {"weekday": "Monday", "is_open": True}),
        ("switch_day", {"weekday": 0, "is_open": "yes"}),
        ("switch_day", {"weekday": 0}),
        ("add", {"weekday": 1.5}),
        ("remove", {"key": None}),
        ("set_start", {"key": 1, "typed": {"a": 1}}),
        ("set_end", {"key": "first", "typed": "10:00"}),
        ("set_zone", {"zone": ["Europe/London"]}),
        ("set_limit", {"name": "horizon_days", "value": 30}),
        ("look_from", {"zone": 5}),
        ("look_at", {"offering_id": {}}),
        ("change_days", {"form": "2026-01-01"}),
        ("restore_days", {"first": 1, "last": 2}),
        ("draw", {"weekday": "Monday", "opens": 1, "closes": 2}),
        ("redraw", {"weekday": 0, "opens": 540}),
        ("erase", {"weekday": 0, "opens": 5.5, "closes": None}),
        ("block", {"form": []}),
        ("ask", {"form": "now"}),
    ],
)
async def test_wrong_types_are_refused_before_anything_happens(
    house: Backstage, three: People, handler: str, payload: dict[str, Any]
) -> None:
    form = Form(house, three.mentor)
    await form.do("load")

    answer = await form.do(handler, **payload)

    assert answer.says(NONSENSE)
    assert form.shown["unsaved"] == ""


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        ("switch_day", {"weekday": 7, "is_open": True}),
        ("add", {"weekday": -1}),
        ("set_limit", {"name": "time_zone", "value": "1"}),
        ("set_limit", {"name": "__class__", "value": "1"}),
        ("set_limit", {"name": "horizon_days", "value": "-5"}),
        ("set_limit", {"name": "horizon_days", "value": "٣٠"}),
        ("look_from", {"zone": "Mars/Base"}),
        ("look_at", {"offering_id": str(uuid4())}),
        ("restore_days", {"first": "soon", "last": "later"}),
        ("edit_hours_of", {"offering_id": str(uuid4())}),
        ("open_again", {"block_id": "mine"}),
        ("ask_at", {"start": "soon"}),
    ],
)
async def test_values_no_page_of_ours_would_send_change_nothing(
    house: Backstage, three: People, handler: str, payload: dict[str, Any]
) -> None:
    form = Form(house, three.mentor)
    await form.do("load")

    answer = await form.do(handler, **payload)

    assert answer.says(NOTHING_THERE)
    assert form.shown["unsaved"] == ""


async def test_a_limit_out_of_its_bounds_is_refused_in_words(house: Backstage, three: People) -> None:
    form = Form(house, three.mentor)
    await form.do("load")

    answer = await form.do("set_limit", name="horizon_days", value="")

    assert answer.says("People can book 1 to 365 days ahead.")
    assert form.shown["unsaved"] == ""


async def test_the_page_begins_with_what_is_saved(house: Backstage, three: People) -> None:
    form = Form(house, three.mentor)

    await form.do("load")

    assert [form.rows(weekday) for weekday in (0, 5)] == [[("09:00", "12:00", "")], []]
    assert form.shown["unsaved"] == ""


async def test_a_draft_shows_its_times_and_is_not_saved_until_one_says_so(house: Backstage, three: People) -> None:
    before = saved(three.mentor)
    form = Form(house, three.mentor)
    await form.do("load")
    usual = form.shown["seen_words"]

    for weekday in range(5):
        await form.do("switch_day", weekday=weekday, is_open=False)
    closed, unsaved = form.shown["seen_words"], form.shown["unsaved"]
    await form.do("undo")

    assert (closed, unsaved) == ("No time in the next 2 weeks", "5 changes not saved")
    assert (form.shown["seen_words"], form.shown["unsaved"]) == (usual, "")
    assert saved(three.mentor) == before


async def test_saving_joins_overlapping_rows_and_tells_so(house: Backstage, three: People) -> None:
    form = Form(house, three.mentor)
    await form.do("load")
    await form.do("add", weekday=0)
    await form.do("set_start", key=form.key(0, 1), typed="11")
    await form.do("set_end", key=form.key(0, 1), typed="1300")
    typed = form.rows(0)

    answer = await form.do("save")

    assert typed == [("09:00", "12:00", ""), ("11:00", "13:00", "")]
    assert answer.says("Your hours are saved.")
    assert form.rows(0) == [("09:00", "13:00", "")]
    assert WeeklyHours(0, 540, 780) in saved(three.mentor).weekly


async def test_an_end_before_its_start_is_told_beside_its_row_and_stops_the_saving(
    house: Backstage, three: People
) -> None:
    before = saved(three.mentor)
    form = Form(house, three.mentor)
    await form.do("load")
    await form.do("set_end", key=form.key(0), typed="08:00")
    shown = form.rows(0)

    answer = await form.do("save")

    assert shown == [("09:00", "08:00", "The end is before the start. Not counted until it is right.")]
    assert answer.says("Nothing was saved yet.")
    assert form.rows(0) == shown
    assert saved(three.mentor) == before


async def test_the_zone_and_the_limits_are_part_of_the_draft(house: Backstage, three: People) -> None:
    with database.transaction() as db:
        coming = add_booking(db, three, starts_at=NOW + timedelta(days=3))
    form = Form(house, three.mentor)
    await form.do("load")

    await form.do("set_zone", zone="Asia/Kolkat")
    wrong = form.shown["zone_error"]
    await form.do("set_zone", zone="Asia/Kolkata")
    await form.do("set_limit", name="max_per_day", value="")
    await form.do("set_limit", name="buffer_after_minutes", value="15")
    await form.do("save")

    assert wrong.startswith("Please choose a time zone")
    assert form.shown["zone_error"] == ""
    limits = saved(three.mentor).limits
    assert (limits.time_zone, limits.max_per_day, limits.buffer_after_minutes) == ("Asia/Kolkata", None, 15)
    with database.reading() as db:
        assert db.get_one(Booking, coming).mentor_zone == "Asia/Kolkata"


async def test_single_days_are_saved_at_once_and_taken_back(house: Backstage, three: People) -> None:
    form = Form(house, three.mentor)
    await form.do("load")

    await form.do("change_days", form={"first": FAR.isoformat(), "last": "", "start": "", "end": ""})
    off = [(day.words, day.hours) for day in form.shown["changed"]]
    await form.do("restore_days", first=FAR.isoformat(), last=FAR.isoformat())

    assert off == [(f"{FAR:%a} {FAR.day} {FAR:%B}", "Away")]
    assert form.shown["changed"] == []
    assert saved(three.mentor).days == ()


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "first", "Please choose a day."),
        ({"first": {"a": 1}}, "first", "Please choose a day."),
        ({"first": "2001-01-01"}, "first", "That day has passed."),
        ({"first": FAR.isoformat(), "last": "2001-01-01"}, "last", "The last day is before the first."),
        ({"first": FAR.isoformat(), "start": "12:00", "end": "11:00"}, "end", "The end is before the start."),
        ({"first": FAR.isoformat(), "start": "12:00"}, "end", "Please enter a time such as 09:30."),
    ],
)
async def test_a_wrong_single_day_is_told_beside_its_field(
    house: Backstage, three: People, typed: dict[str, Any], field: str, sentence: str
) -> None:
    form = Form(house, three.mentor)
    await form.do("load")

    await form.do("change_days", form=typed)

    assert {name: said for name, said in form.shown["day_errors"].items() if said} == {field: sentence}
    assert saved(three.mentor).days == ()


async def test_a_save_in_another_tab_leaves_the_draft_alone(house: Backstage, three: People) -> None:
    form = Form(house, three.mentor)
    await form.do("load")
    await form.do("set_end", key=form.key(0), typed="10:00")

    with database.transaction() as db:
        rows = [HoursRow(0, "09:00", "12:00")]
        service.save_schedule(db, actor_id=three.mentor, rows=rows, limits=Limits("Europe/London"))
        service.change_days(db, actor_id=three.mentor, first=FAR, last=FAR, spans=(), now=NOW)
    await form.do("refresh")

    assert form.rows(0) == [("09:00", "10:00", "")]
    assert [day.first for day in form.shown["changed"]] == [FAR.isoformat()]
    assert form.shown["unsaved"] != ""


async def test_drawn_hours_are_rows_of_the_form_joined_with_what_they_touch(house: Backstage, three: People) -> None:
    form = Form(house, three.mentor)
    await form.do("load")

    await form.do("draw", weekday=0, opens=700, closes=780)
    await form.do("draw", weekday=6, opens=600, closes=660)

    assert form.rows(0) == [("09:00", "13:00", "")]
    assert form.rows(6) == [("10:00", "11:00", "")]
    assert form.shown["unsaved"] != ""
    assert WeeklyHours(0, 540, 720) in saved(three.mentor).weekly


async def test_hours_drawn_past_midnight_become_two(house: Backstage, three: People) -> None:
    form = Form(house, three.mentor)
    await form.do("load")

    await form.do("draw", weekday=6, opens=1320, closes=1500)

    assert form.rows(6) == [("22:00", "24:00", "")]
    assert form.rows(0) == [("09:00", "12:00", ""), ("00:00", "01:00", "")]


async def test_a_band_moves_to_another_day_and_is_taken_away(house: Backstage, three: People) -> None:
    form = Form(house, three.mentor)
    await form.do("load")

    await form.do("redraw", weekday=0, opens=540, closes=720, to_weekday=5, to_opens=600, to_closes=780)
    moved = form.rows(0), form.rows(5)
    await form.do("erase", weekday=5, opens=600, closes=780)

    assert moved == ([], [("10:00", "13:00", "")])
    assert form.rows(5) == []


async def test_a_band_turned_around_is_refused_and_stays(house: Backstage, three: People) -> None:
    form = Form(house, three.mentor)
    await form.do("load")

    answer = await form.do("redraw", weekday=0, opens=540, closes=720, to_weekday=0, to_opens=540, to_closes=530)

    assert answer.says("The end is before the start.")
    assert form.rows(0) == [("09:00", "12:00", "")]


async def test_rows_that_overlap_say_what_they_become_and_are_one_band(house: Backstage, three: People) -> None:
    form = Form(house, three.mentor)
    await form.do("load")
    await form.do("add", weekday=0)
    await form.do("set_start", key=form.key(0, 1), typed="11")
    await form.do("set_end", key=form.key(0, 1), typed="13")

    monday = form.shown["days"][0]

    assert [span.note for span in monday.spans] == ["Joined into 09:00 to 13:00."] * 2
    assert [(band.opens, band.closes) for band in monday.bands] == [(540, 780)]


async def test_an_offering_gets_hours_of_its_own_and_gives_them_back(house: Backstage, three: People) -> None:
    form = Form(house, three.mentor)
    await form.do("load")
    review = str(three.cv_review)

    await form.do("edit_hours_of", offering_id=review)
    await form.do("draw", weekday=6, opens=600, closes=660)
    refused = await form.do("edit_hours_of", offering_id="")
    await form.do("save")
    own = schedule_for(three, three.cv_review)
    await form.do("use_general_hours")

    assert refused.says("Save or undo your changes first.")
    assert WeeklyHours(6, 600, 660) in own.weekly
    assert WeeklyHours(6, 600, 660) not in saved(three.mentor).weekly
    assert own.with_own_hours == {three.cv_review}
    assert saved(three.mentor).with_own_hours == frozenset()


async def test_a_blocked_time_is_kept_with_its_reason_and_taken_back(house: Backstage, three: People) -> None:
    form = Form(house, three.mentor)
    await form.do("load")
    typed = {"block_first": FAR.isoformat(), "block_start": "14:00", "block_last": "", "block_end": "16"}

    await form.do("block", form={**typed, "reason": "Dentist"})
    (block,) = form.shown["blocks"]
    await form.do("open_again", block_id=block.block_id)

    assert (block.words, block.reason) == (f"{FAR:%a} {FAR.day} {FAR:%b}, 14:00 to 16:00", "Dentist")
    assert form.shown["blocks"] == []


async def test_a_blocked_time_that_makes_no_sense_is_told_beside_its_field(house: Backstage, three: People) -> None:
    form = Form(house, three.mentor)
    await form.do("load")

    await form.do("block", form={"block_first": FAR.isoformat(), "block_start": "14:00", "block_end": "13:00"})

    assert form.shown["block_errors"]["block_end"] == "The end is before the start."
    assert saved(three.mentor).blocks == ()


async def test_a_time_is_explained_for_the_draft_as_it_stands(house: Backstage, three: People) -> None:
    form = Form(house, three.mentor)
    await form.do("load")
    saturday = FAR + timedelta(days=(5 - FAR.weekday()) % 7)
    asked = {"why_day": saturday.isoformat(), "why_time": "10:00"}

    await form.do("ask", form=asked)
    closed = form.shown["answer"]
    await form.do("draw", weekday=5, opens=600, closes=660)
    await form.do("ask", form=asked)

    assert closed == "Outside your hours: no hours on Saturdays."
    assert form.shown["answer"] == "This time is offered."


def schedule_for(people: People, offering_id: UUID) -> ScheduleView:
    with database.reading() as db:
        return queries.schedule_of(db, mentor_id=people.mentor, now=NOW, offering_id=offering_id)


async def test_a_blocked_time_lists_the_sessions_it_hits_with_the_way_to_each(house: Backstage, three: People) -> None:
    starts = datetime(FAR.year, FAR.month, FAR.day, 10, tzinfo=ZoneInfo("Europe/London"))
    with database.transaction() as db:
        booking = add_booking(db, three, starts_at=starts.astimezone(UTC))
    form = Form(house, three.mentor)
    await form.do("load")

    await form.do("block", form={"block_first": FAR.isoformat(), "block_start": "9", "block_end": "12"})
    (hit,) = form.shown["outside"]

    assert (hit.title, hit.why, hit.href) == (
        "CV review with Riya Patil",
        "In time you blocked",
        f"/sessions/{booking}",
    )
    with database.reading() as db:
        assert db.get_one(Booking, booking).status is Status.CONFIRMED


async def test_a_group_offering_has_no_hours_to_edit_for_its_times_are_published_one_by_one(
    house: Backstage, three: People
) -> None:
    with database.transaction() as db:
        group = add_offering(
            db, three.mentor, kind=OfferingKind.GROUP, title="Portfolio clinic", minutes=60, price_minor=0
        )

    form = Form(house, three.mentor)

    loaded = await form.do("load")
    refused = await form.do("edit_hours_of", offering_id=str(group))

    assert "CV review" in loaded.words
    assert "Portfolio clinic" not in loaded.words
    assert refused.says(NOTHING_THERE)


async def test_the_weekdays_stand_in_the_mentors_own_order_and_are_kept_by_their_numbers(
    house: Backstage, three: People
) -> None:
    form = Form(house, three.mentor, language="ar-EG")
    await form.do("load")
    assert [day.name for day in form.shown["days"]][:3] == ["Saturday", "Sunday", "Monday"]

    await form.do("switch_day", weekday=6, is_open=True)
    await form.do("save")

    assert [day.name for day in form.shown["days"] if not day.is_open] == ["Saturday"]
    assert saved(three.mentor).weekly[-1] == WeeklyHours(6, 540, 720)


async def test_on_a_clock_of_12_hours_times_are_read_and_typed_so_and_kept_the_same(
    house: Backstage, three: People
) -> None:
    with database.transaction() as db:
        accounts.choose_clock(db, user_id=three.mentor, clock_hours=12)
    form = Form(house, three.mentor)
    await form.do("load")
    assert form.rows(0) == [("9:00 am", "12:00 pm", "")]

    await form.do("set_start", key=form.key(0), typed="2:30 pm")
    await form.do("set_end", key=form.key(0), typed="12:00 am")
    assert form.rows(0) == [("2:30 pm", "12:00 am", "")]
    await form.do("set_end", key=form.key(1), typed="soon")
    assert form.rows(1) == [("9:00 am", "soon", "Please enter a time such as 9:30 am. Not counted until it is right.")]
    await form.do("set_end", key=form.key(1), typed="12:00 pm")
    await form.do("save")

    assert saved(three.mentor).weekly[0] == WeeklyHours(0, 870, 1440)
    await form.do("set_end", key=form.key(0), typed="12:00 am")
    assert form.shown["unsaved"] == ""
