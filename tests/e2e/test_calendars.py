"""Calendars elsewhere and feeds (PRODUCT.md C7): what is busy there is not offered here, a closed feed is gone."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Locator, Page, expect

from mentorhub.cli.seed import PASSWORD
from tests.calendar_server import CalendarServer, calendar, calendar_server
from tests.e2e import axe, journey
from tests.e2e.browsers import open_page, sign_in
from tests.e2e.places import FREE_MENTOR, MENTEE
from tests.e2e.product import Product, running
from tests.e2e.times import Time, free_times, hold, in_grid, look_at

KOLKATA, NEW_YORK = "Asia/Kolkata", "America/New_York"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[CalendarServer]:
    with calendar_server() as server:
        yield server


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, elsewhere: CalendarServer) -> Iterator[Product]:
    """A house of its own, which may read the calendar server of this test."""
    with running(tmp_path_factory.mktemp("calendars"), MENTORHUB_CALENDAR_HOSTS=elsewhere.host) as product:
        yield product


@pytest.fixture
def riya(person: Callable[..., BrowserContext]) -> Page:
    page = person(KOLKATA).new_page()
    sign_in(page, email=MENTEE, password=PASSWORD)
    return page


@pytest.fixture
def robin(person: Callable[..., BrowserContext]) -> Page:
    page = person(NEW_YORK).new_page()
    sign_in(page, email=FREE_MENTOR, password=PASSWORD)
    return page


def _hours(product: Product) -> list[Time]:
    """Robin's free hours in two days, from noon on."""
    noon = (product.now() + timedelta(days=2)).replace(hour=12, minute=0, second=0, microsecond=0)
    return free_times(product, mentor=FREE_MENTOR, title="Try it out", since=noon, days=1)


def _busy(start: datetime) -> str:
    """An appointment of half an hour, written on a New York clock."""
    local = start.astimezone(ZoneInfo(NEW_YORK))
    end = local + timedelta(minutes=30)
    return "\r\n".join(
        f"{name};TZID={NEW_YORK}:{moment:%Y%m%dT%H%M%S}" for name, moment in (("DTSTART", local), ("DTEND", end))
    )


def test_an_appointment_elsewhere_leaves_the_grid_of_whoever_looks_and_its_age_is_shown(
    product: Product, elsewhere: CalendarServer, riya: Page, robin: Page
) -> None:
    shown, first, second, *_ = _hours(product)
    look_at(riya, shown, KOLKATA)
    expect(in_grid(riya, first, KOLKATA)).to_be_visible()
    elsewhere.content = calendar(_busy(first.starts_at))

    open_page(robin, "/account/calendars")
    expect(robin.get_by_text("None is connected yet.")).to_be_visible()
    robin.get_by_label("Secret address of the calendar").fill(elsewhere.address)
    robin.get_by_label("What you call it").fill("Work")
    robin.get_by_role("button", name="Connect the calendar").click()
    work = robin.get_by_role("listitem").filter(has=robin.get_by_role("heading", name="Work"))
    expect(work).to_contain_text("Last read")
    expect(in_grid(riya, first, KOLKATA)).to_have_count(0)
    expect(in_grid(riya, second, KOLKATA)).to_be_visible()
    assert axe.violations(robin) == []

    elsewhere.content = calendar(_busy(second.starts_at))
    work.get_by_role("button", name=re.compile("^Refresh now")).click()
    expect(in_grid(riya, first, KOLKATA)).to_be_visible()
    expect(in_grid(riya, second, KOLKATA)).to_have_count(0)

    elsewhere.status = 500
    product.move_clock_to(product.now() + timedelta(minutes=2))
    work.get_by_role("button", name=re.compile("^Refresh now")).click()
    expect(work).to_contain_text("Cannot be read")
    expect(work).to_contain_text("The busy times of the last good reading stay closed.")
    open_page(riya, shown.path)
    expect(in_grid(riya, first, KOLKATA)).to_be_visible()
    expect(in_grid(riya, second, KOLKATA)).to_have_count(0)


def _feed(page: Page) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Your sessions"))


def test_a_feed_holds_the_session_at_its_instant_and_a_revoked_address_is_not_found(
    product: Product, riya: Page, robin: Page
) -> None:
    time = _hours(product)[3]
    look_at(riya, time, KOLKATA)
    booking = hold(riya)
    journey.write_intake(riya)
    riya.get_by_role("button", name="Confirm the session").first.click()
    expect(riya).to_have_url(re.compile("/sessions/"))

    open_page(robin, "/account/calendars")
    feed = _feed(robin)
    feed.get_by_role("button", name=re.compile("^Make an address")).click()
    address = feed.get_by_label("Secret address")
    expect(address).to_have_value(re.compile(r"/feeds/sessions/.+\.ics"))
    first = address.input_value()
    answer = httpx.get(first, trust_env=False)
    assert answer.status_code == 200
    entries = {str(entry["UID"]): entry for entry in Calendar.from_ical(answer.text).walk("VEVENT")}
    assert entries[f"{booking}@mentorhub"]["DTSTART"].dt == time.starts_at

    feed.get_by_role("button", name=re.compile("^New address")).click()
    expect(feed.get_by_text("The present address stops working")).to_be_visible()
    feed.get_by_role("button", name="Make a new address").click()
    expect(address).not_to_have_value(first)
    second = address.input_value()
    assert [httpx.get(one, trust_env=False).status_code for one in (first, second)] == [404, 200]

    feed.get_by_role("button", name=re.compile("^Close the feed")).click()
    expect(feed.get_by_role("button", name=re.compile("^Make an address"))).to_be_visible()
    assert httpx.get(second, trust_env=False).status_code == 404
