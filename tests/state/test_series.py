"""A series on its page: every date, what stands in the way, all of them held; then called off all or by choice."""

import re
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from reflex.constants.route import RouteArgType
from reflex.state import State
from sqlmodel import col, select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.catalog.models import Offering
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.ports import Checkout
from mentorhub.domain.scheduling.models import SchedulePreferences
from mentorhub.state.checkout import CheckoutState
from mentorhub.state.series import SeriesState
from mentorhub.state.series_parts import SeriesPartsState
from mentorhub.state.sessions import SessionsState
from mentorhub.state.viewer import ViewerState
from mentorhub.state.week import instant_of, start_of
from tests.domain.bookings.conftest import paid
from tests.people import INTAKE, People
from tests.state.backstage import Answer, Backstage, sign_in

SLUG, LONDON = "kabir-deshmukh", ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def _addresses() -> None:
    for name in ("slug", "booking_id"):
        if name not in State.vars:
            State.setup_dynamic_args({name: RouteArgType.SINGLE})


def next_monday_ten() -> datetime:
    """10:00 in London on the Monday after next: a working hour of Kabir's in every season."""
    today = utc_now().astimezone(LONDON).date()
    return datetime.combine(today + timedelta(days=14 - today.weekday()), time(10), tzinfo=LONDON)


class Tab:
    """One tab, remembering what it was last told by each state."""

    def __init__(self, house: Backstage, *, cookie: str = "", query: dict[str, str], path: str) -> None:
        self._house, self._cookie, self._query, self._path = house, cookie, query, path
        self.shown: dict[str, dict[str, Any]] = {}

    async def do(self, state: type[State], handler: str, **payload: Any) -> Answer:
        answer = await self._house.send(
            f"{state.get_full_name()}.{handler}",
            payload,
            tab=self._path,
            cookie=self._cookie,
            path=self._path,
            query=self._query,
        )
        assert answer.failures == []
        for delta in answer.deltas:
            for name, told in delta.items():
                kept = self.shown.setdefault(name, {})
                kept |= {key.removesuffix("_rx_state_"): value for key, value in told.items()}
        return answer

    def of(self, state: type[State], name: str) -> Any:
        return self.shown[state.get_full_name()][name]


async def planning(
    house: Backstage,
    three: People,
    *,
    cookie: str = "",
    offering: UUID | None = None,
    start: str | None = None,
    **choices: str,
) -> Tab:
    query = choices | {
        "slug": SLUG,
        "offering": str(offering or three.cv_review),
        "start": start_of(next_monday_ten().astimezone(ZoneInfo("UTC"))) if start is None else start,
    }
    tab = Tab(house, cookie=cookie, query=query, path=f"/mentors/{SLUG}/repeat")
    await tab.do(ViewerState, "enter")
    await tab.do(SeriesState, "load")
    return tab


def take(three: People, start: str) -> None:
    """Sam holds a time."""
    with database.transaction() as db:
        wish = service.Wish(offering_id=three.cv_review, starts_at=instant_of(start))
        service.place_hold(db, mentee_id=three.stranger, wish=wish, now=utc_now())


async def test_four_weeks_are_planned_on_both_clocks_with_their_price(house: Backstage, three: People) -> None:
    tab = await planning(house, three, cookie=sign_in(three.mentee))

    dates = tab.of(SeriesState, "dates")
    first, second = (instant_of(date.key).astimezone(LONDON).replace(tzinfo=None) for date in dates[:2])
    assert second - first == timedelta(weeks=1)
    assert all(date.is_free and re.search(r", 10:00 in London \(UTC\+[01]\)$", date.theirs) for date in dates)
    assert tab.of(SeriesState, "words") == "Every week on Monday, at 10:00"
    assert (tab.of(SeriesState, "total"), tab.of(SeriesState, "hold_label")) == (
        "₹4,800.00", "Hold all 4 sessions",
    )  # fmt: skip


async def test_a_date_that_a_full_day_closes_is_not_said_to_be_taken(house: Backstage, three: People) -> None:
    with database.transaction() as db:
        db.get_one(SchedulePreferences, three.mentor).max_per_day = 1
    tab = await planning(house, three, cookie=sign_in(three.mentee))
    second = tab.of(SeriesState, "dates")[1]
    take(three, start_of(instant_of(second.key) + timedelta(hours=1)))

    await tab.do(SeriesState, "refresh")

    date = tab.of(SeriesState, "dates")[1]
    assert date.problem == "The mentor takes no more sessions that day or that week."
    assert tab.of(SeriesState, "notice") == f"{second.mine} is no longer free."


async def test_a_date_taken_meanwhile_shows_and_is_moved_or_left_out(house: Backstage, three: People) -> None:
    tab = await planning(house, three, cookie=sign_in(three.mentee))
    second, third = (date.key for date in tab.of(SeriesState, "dates")[1:3])
    take(three, second)

    await tab.do(SeriesState, "refresh")

    date = tab.of(SeriesState, "dates")[1]
    assert (date.is_free, date.problem, len(date.near)) == (False, "Somebody has this time already.", 3)
    assert tab.of(SeriesState, "notice").endswith("was taken a moment ago.")
    assert tab.of(SeriesState, "can_hold") is False

    await tab.do(SeriesState, "move", key=second, start=date.near[0].start)
    await tab.do(SeriesState, "skip", key=third)

    moved, skipped = tab.of(SeriesState, "dates")[1:3]
    assert (moved.is_free, moved.is_moved, moved.start) == (True, True, date.near[0].start)
    assert skipped.is_skipped
    assert (tab.of(SeriesState, "can_hold"), tab.of(SeriesState, "hold_label")) == (True, "Hold all 3 sessions")

    answer = await tab.do(SeriesState, "hold")

    assert answer.leads_to.startswith("/checkout/")
    with database.reading() as db:
        held = db.exec(
            select(Booking.starts_at).where(Booking.mentee_id == three.mentee).order_by(col(Booking.starts_at))
        ).all()
    assert [start_of(start) for start in held] == [
        tab.of(SeriesState, "dates")[0].key, moved.start, tab.of(SeriesState, "dates")[3].key,
    ]  # fmt: skip


async def test_a_date_lost_at_the_last_moment_holds_none_and_is_named(house: Backstage, three: People) -> None:
    tab = await planning(house, three, cookie=sign_in(three.mentee))
    take(three, tab.of(SeriesState, "dates")[2].key)

    answer = await tab.do(SeriesState, "hold")

    assert answer.leads_to == ""
    assert "none of them is held" in tab.of(SeriesState, "error")
    assert [date.is_free for date in tab.of(SeriesState, "dates")] == [True, True, False, True]
    assert len(tab.of(SeriesState, "dates")[2].near) == 3


async def test_monthly_says_which_weekday_and_the_count_stays_within_twelve(house: Backstage, three: People) -> None:
    tab = await planning(house, three)

    await tab.do(SeriesState, "choose_rhythm", rhythm="monthly")
    assert tab.of(SeriesState, "words").startswith("Every month on the ")
    assert "Monday" in tab.of(SeriesState, "words")
    assert (await tab.do(SeriesState, "choose_count", count="13")).says(NotFound.message)
    assert (await tab.do(SeriesState, "choose_rhythm", rhythm="daily")).says(NotFound.message)
    await tab.do(SeriesState, "choose_count", count="2")
    assert len(tab.of(SeriesState, "dates")) == 2


async def test_who_is_signed_out_plans_and_signs_in_to_hold(house: Backstage, three: People) -> None:
    tab = await planning(house, three)

    answer = await tab.do(SeriesState, "hold")

    assert answer.leads_to.startswith(f"/sign-in?next=/mentors/{SLUG}/repeat%3Foffering%3D")


async def test_dates_shown_a_moment_ago_are_held_though_the_grid_moved_meanwhile(
    house: Backstage, three: People
) -> None:
    tab = await planning(house, three, cookie=sign_in(three.mentee))
    with database.transaction() as db:
        db.get_one(SchedulePreferences, three.mentor).slot_step_minutes = 45

    answer = await tab.do(SeriesState, "hold")

    assert answer.leads_to.startswith("/checkout/")


async def test_what_was_chosen_before_the_sign_in_stands_after_it(house: Backstage, three: People) -> None:
    tab = await planning(house, three)
    await tab.do(SeriesState, "choose_count", count="3")
    await tab.do(SeriesState, "choose_rhythm", rhythm="fortnightly")
    await tab.do(SeriesState, "skip", key=tab.of(SeriesState, "dates")[1].key)
    take(three, tab.of(SeriesState, "dates")[2].start)
    await tab.do(SeriesState, "refresh")
    taken = tab.of(SeriesState, "dates")[2]
    await tab.do(SeriesState, "move", key=taken.key, start=taken.near[0].start)
    chosen = tab.of(SeriesState, "dates")

    there = parse_qs(urlsplit((await tab.do(SeriesState, "hold")).leads_to).query)["next"][0]
    back = Tab(
        house,
        cookie=sign_in(three.mentee),
        query={"slug": SLUG} | {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()},
        path=f"/mentors/{SLUG}/repeat/",
    )
    await back.do(ViewerState, "enter")
    await back.do(SeriesState, "load")

    assert [(date.start, date.is_skipped, date.is_moved) for date in back.of(SeriesState, "dates")] == [
        (date.start, date.is_skipped, date.is_moved) for date in chosen
    ]
    assert [date.is_skipped for date in chosen] == [False, True, False]
    assert chosen[2].is_moved


@pytest.mark.parametrize("nonsense", ["soon", "9999-12-31T23:59:59Z_x", "_", "2026-01-01T00:00:00Z"])
async def test_choices_that_are_none_plan_as_if_none_was_made(house: Backstage, three: People, nonsense: str) -> None:
    tab = await planning(house, three, rhythm=nonsense, count=nonsense, moved=nonsense, without=nonsense)

    assert len(tab.of(SeriesState, "dates")) == 4
    assert not any(date.is_skipped or date.is_moved for date in tab.of(SeriesState, "dates"))


async def test_what_cannot_repeat_and_an_address_without_a_start_lead_back(house: Backstage, three: People) -> None:
    assert (await planning(house, three, offering=three.intro)).of(SeriesState, "single_only") is True
    assert (await planning(house, three, start="soon")).of(SeriesState, "no_start") is True
    assert (await planning(house, three, start="2020-01-01T00:00:00Z")).of(SeriesState, "no_start") is True
    with database.transaction() as db:
        db.get_one(Offering, three.cv_review).needs_approval = True
    assert (await planning(house, three)).of(SeriesState, "single_only") is True


@pytest.fixture
def series(three: People) -> list[UUID]:
    """Riya's three held Mondays with Kabir."""
    wishes = [
        service.Wish(three.cv_review, (next_monday_ten() + number * timedelta(weeks=1)).astimezone(ZoneInfo("UTC")))
        for number in range(3)
    ]
    with database.transaction() as db:
        return [booking.id for booking in service.hold_series(db, mentee_id=three.mentee, wishes=wishes, now=utc_now())]


def pay(three: People, series: list[UUID]) -> None:
    with database.transaction() as db:
        service.write_intake(db, booking_id=series[0], mentee_id=three.mentee, intake=INTAKE, now=utc_now())
        plan = service.plan_checkout(db, booking_id=series[0], mentee_id=three.mentee, now=utc_now())
        checkout = Checkout(checkout_id="cs_1", url="https://pay.example/1", expires_at=plan.expires_at)
        payments.record_checkout(db, payment_id=plan.payment_id, checkout=checkout)
        outcome = paid(plan.payment_id, minor=360000)
        service.apply_outcome(db, payment_id=plan.payment_id, outcome=outcome, now=utc_now())


def page_of(house: Backstage, person: UUID, booking: UUID, page: str) -> Tab:
    return Tab(house, cookie=sign_in(person), query={"booking_id": str(booking)}, path=f"/{page}/{booking}")


async def test_the_checkout_has_a_line_for_each_and_the_sum(
    house: Backstage, three: People, series: list[UUID]
) -> None:
    tab = page_of(house, three.mentee, series[0], "checkout")
    await tab.do(CheckoutState, "load")

    lines = tab.of(CheckoutState, "lines")
    assert [line.amount for line in lines] == ["₹1,200.00"] * 3 + ["₹3,600.00"]
    assert tab.of(CheckoutState, "price_full") == "₹3,600.00"
    assert tab.of(CheckoutState, "terms_line") == "3 sessions of 30 min with Kabir Deshmukh"


@pytest.mark.parametrize(
    ("price", "words"),
    [
        (
            120000,
            "The terms shown are those of the first one. Each can be cancelled alone: of a later one all comes back "
            "until 24 h before its start, half until 2 h.",
        ),
        (0, "The first one is shown here. Each can be cancelled alone."),
    ],
)
async def test_the_checkout_says_the_terms_of_the_later_ones_too(
    house: Backstage, three: People, series: list[UUID], price: int, words: str
) -> None:
    with database.transaction() as db:
        for one in series:
            db.get_one(Booking, one).sqlmodel_update({"price_minor": price, "fee_minor": 0, "card_minor": 0})
    tab = page_of(house, three.mentee, series[0], "checkout")

    await tab.do(CheckoutState, "load")

    assert tab.of(CheckoutState, "series_note") == words
    assert [term.until[:5] for term in tab.of(CheckoutState, "terms")[:2]] == (["until"] * 2 if price else [])


async def test_the_booking_links_the_others_and_chosen_ones_are_called_off_with_their_sum(
    house: Backstage, three: People, series: list[UUID]
) -> None:
    pay(three, series)
    tab = page_of(house, three.mentee, series[1], "sessions")
    await tab.do(SeriesPartsState, "load")
    assert tab.of(SeriesPartsState, "title") == "Session 2 of 3"
    assert [part.href for part in tab.of(SeriesPartsState, "parts")] == [f"/sessions/{one}" for one in series]

    await tab.do(SeriesPartsState, "pick_all")
    await tab.do(SeriesPartsState, "pick", part_id=str(series[1]))
    await tab.do(SeriesPartsState, "open_cancel")
    assert tab.of(SeriesPartsState, "refund").amount == "₹2,400.00"
    await tab.do(SeriesPartsState, "cancel")

    assert [part.status for part in tab.of(SeriesPartsState, "parts")] == ["cancelled", "confirmed", "cancelled"]
    with database.reading() as db:
        assert db.get_one(Booking, series[1]).status is Status.CONFIRMED
    assert (await tab.do(SeriesPartsState, "pick", part_id=str(series[0]))).says(NotFound.message)


async def test_a_mentor_who_calls_off_reads_by_name_who_gets_the_money_back(
    house: Backstage, three: People, series: list[UUID]
) -> None:
    pay(three, series)
    tab = page_of(house, three.mentor, series[0], "sessions")
    await tab.do(SeriesPartsState, "load")

    await tab.do(SeriesPartsState, "pick_all")
    await tab.do(SeriesPartsState, "open_cancel")

    refund = tab.of(SeriesPartsState, "refund")
    assert (refund.label, refund.button) == ("Riya gets back", "Cancel, ₹3,600.00 back to Riya")


async def test_a_stranger_sees_nothing_of_a_series(house: Backstage, three: People, series: list[UUID]) -> None:
    pay(three, series)
    tab = page_of(house, three.stranger, series[0], "sessions")

    answer = await tab.do(SeriesPartsState, "load")

    assert str(series[1]) not in answer.words


async def test_the_list_says_which_of_the_series_each_is(house: Backstage, three: People, series: list[UUID]) -> None:
    pay(three, series)
    tab = Tab(house, cookie=sign_in(three.mentee), query={}, path="/sessions")
    await tab.do(SessionsState, "load")

    assert [row.part for row in tab.of(SessionsState, "coming")] == ["1 of 3", "2 of 3", "3 of 3"]
