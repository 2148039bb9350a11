"""Sessions that repeat (PRODUCT.md C13): planned, one date taken by somebody else, held, paid once, one called off."""

import re
from collections.abc import Callable

import pytest
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Page, expect

from mentorhub.cli.seed import PASSWORD
from tests.e2e import axe, journey
from tests.e2e.browsers import follow, open_page, sign_in
from tests.e2e.places import MENTEE, MENTOR
from tests.e2e.product import Product, eventually, words_of

ROBIN = "/mentors/robin-vale"


@pytest.fixture
def riya(person: Callable[..., BrowserContext]) -> Page:
    page = person("Asia/Kolkata").new_page()
    sign_in(page, email=MENTEE, password=PASSWORD)
    return page


@pytest.fixture
def kabir(person: Callable[..., BrowserContext]) -> Page:
    page = person("Europe/London").new_page()
    sign_in(page, email=MENTOR, password=PASSWORD)
    return page


def _plan(page: Page) -> str:
    """Choose Robin's paid session at the first free time of next week and make it repeat; gives the page's path.

    Robin takes bookings two weeks ahead: two such weeks always lie within, a third never does.
    """
    open_page(page, ROBIN)
    page.get_by_role("radio", name=re.compile("paid")).click(force=True)
    journey.turn_to_next_week(page)
    journey.free_slots(page).first.click()
    follow(page.get_by_role("link", name="Meet every week or month instead"))
    expect(page.get_by_role("heading", name="Meet Robin regularly")).to_be_visible()
    return "/" + page.url.split("/", 3)[3]


def _uids(product: Product) -> set[str]:
    """The sessions Riya's mails invite to, each by the name calendars know it by."""
    words = (words_of(mail, "text/calendar") for mail in product.mails(MENTEE))
    return {str(event["UID"]) for text in words if text for event in Calendar.from_ical(text).walk("VEVENT")}


def test_a_series_is_planned_held_paid_once_and_one_session_of_it_called_off(
    product: Product, riya: Page, kabir: Page
) -> None:
    before = len(_uids(product))
    planned = _plan(kabir)
    open_page(riya, planned)
    riya.get_by_label("How many").select_option("3")
    dates = riya.get_by_role("list", name="Dates of the series").locator("> li")
    expect(dates).to_have_count(3)

    kabir.get_by_label("How many").select_option("2")
    kabir.get_by_role("button", name="Hold all 2 sessions").click()
    expect(kabir).to_have_url(re.compile("/checkout/"))

    expect(riya.get_by_text("was taken a moment ago.").first).to_be_visible()
    expect(riya.get_by_role("button", name="Hold all 3 sessions")).to_be_disabled()
    assert axe.violations(riya) == []
    expect(dates.nth(2)).to_contain_text("further ahead than the mentor takes bookings")
    for date in (dates.nth(0), dates.nth(1)):
        date.get_by_role("button", name=re.compile("^Move to")).first.click()
        expect(date).to_contain_text("Moved")
    dates.nth(2).get_by_role("button", name=re.compile("^Leave out")).click()
    riya.get_by_role("button", name="Hold all 2 sessions").click()

    expect(riya).to_have_url(re.compile("/checkout/"))
    expect(riya.get_by_text("2 sessions of").first).to_be_visible()
    journey.write_intake(riya)
    riya.get_by_role("button", name="Pay €24.00").click()
    expect(riya.get_by_label("Card number")).to_be_visible()
    journey.pay(riya, journey.GOOD_CARD)
    expect(riya.get_by_role("heading", name="Session 1 of 2")).to_be_visible()
    expect(riya.get_by_text("Confirmed").first).to_be_visible()

    series = riya.get_by_role("region", name="Series")
    series.get_by_role("checkbox").last.click()
    expect(series.get_by_role("checkbox").last).to_be_checked()
    series.get_by_role("button", name="Cancel the one chosen").click()
    dialog = riya.get_by_role("dialog", name="Cancel the chosen sessions?")
    expect(dialog).to_contain_text("€12.00")
    assert axe.violations(riya) == []
    dialog.get_by_role("button", name="Cancel, €12.00 back").click()
    expect(series).to_contain_text("Cancelled")

    invited = eventually(lambda: len(_uids(product)) - before >= 2 and _uids(product), "an invitation each", seconds=30)
    assert len(invited) == before + 2
    assert product.command("ledger", "check").returncode == 0
