"""What may go otherwise: two people want one time, a time is given back, a paid session is called off."""

import re
from collections.abc import Callable

import pytest
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Page, expect

from mentorhub.cli.seed import PASSWORD
from tests.e2e import journey
from tests.e2e.browsers import open_page, sign_in
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


def _choose(page: Page, start: str = "") -> str:
    """Choose Robin's paid session at a time of next week on Robin's clock, the last one unless told which."""
    open_page(page, ROBIN)
    paid = page.get_by_role("radio", name=re.compile("paid"))
    paid.click(force=True)
    expect(paid).to_be_checked()
    journey.turn_to_next_week(page)
    slots = journey.free_slots(page)
    slot = slots.and_(page.get_by_label(re.compile(f"{re.escape(start)}$"))).last if start else slots.last
    spoken = slot.get_attribute("aria-label") or ""
    slot.click()
    expect(page.get_by_role("button", name=spoken)).to_have_attribute("aria-pressed", "true")
    return spoken


def _hold(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Hold")).first.click()


def test_two_people_want_one_time_and_the_second_is_told_and_shown_others(riya: Page, kabir: Page) -> None:
    spoken = _choose(riya)
    same = _choose(kabir, start=spoken.split(", ")[-1])
    assert same.split(", ")[-1] == spoken.split(", ")[-1]

    _hold(riya)
    expect(riya).to_have_url(re.compile("/checkout/"))

    expect(kabir.get_by_text("was taken a moment ago")).to_be_visible()
    riya.get_by_role("button", name="Give this time back").first.click()
    expect(kabir.locator(".week .slot-gone")).to_have_count(0)


def test_a_paid_session_is_called_off_with_the_refund_that_was_shown(product: Product, riya: Page) -> None:
    _choose(riya)
    _hold(riya)
    expect(riya).to_have_url(re.compile("/checkout/"))
    journey.write_intake(riya)
    riya.get_by_role("button", name=re.compile("^Pay")).click()
    expect(riya.get_by_label("Card number")).to_be_visible()
    journey.pay(riya, journey.GOOD_CARD)
    expect(riya.get_by_text("Confirmed").first).to_be_visible()

    riya.get_by_role("button", name="Cancel the session").click()
    dialog = riya.get_by_role("dialog")
    expect(dialog).to_contain_text("€12.00")
    dialog.get_by_role("button", name="Cancel, €12.00 back").click()
    expect(riya.get_by_text("Cancelled").first).to_be_visible()

    def withdrawn() -> bool:
        calendars = [words_of(mail, "text/calendar") for mail in product.mails(MENTEE)]
        return any(Calendar.from_ical(words)["METHOD"] == "CANCEL" for words in calendars if words)

    assert eventually(withdrawn, "the invitation is withdrawn by mail", seconds=30)
    assert product.command("ledger", "check").returncode == 0
