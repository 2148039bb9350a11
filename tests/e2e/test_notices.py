"""Being told: a booking rings the mentor's bell at once, a click leads there."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from mentorhub.cli.seed import PASSWORD
from tests.e2e import journey
from tests.e2e.browsers import follow, open_page, sign_in
from tests.e2e.places import FREE_MENTOR, MENTEE

ROBIN = "/mentors/robin-vale"


def _book_free_call(page: Page) -> None:
    """Book Robin's free call at the last time of next week."""
    open_page(page, ROBIN)
    free = page.get_by_role("radio", name=re.compile("free", re.IGNORECASE))
    free.click(force=True)
    expect(free).to_be_checked()
    journey.turn_to_next_week(page)
    journey.free_slots(page).last.click()
    page.get_by_role("button", name=re.compile("^Hold")).first.click()
    expect(page).to_have_url(re.compile("/checkout/"))


def _read_all(page: Page) -> None:
    """Leave nothing unread: others of this house may have been here before."""
    expect(page.locator(".notices, .empty").first).to_be_visible()
    everything = page.get_by_role("button", name="Mark all as read")
    if everything.is_visible():
        everything.click()


def test_a_booking_rings_the_bell_in_the_other_browser_within_a_second_and_leads_there(
    person: Callable[..., BrowserContext],
) -> None:
    riya, robin = person("Asia/Kolkata").new_page(), person("Europe/Lisbon").new_page()
    sign_in(robin, email=FREE_MENTOR, password=PASSWORD)
    sign_in(riya, email=MENTEE, password=PASSWORD)
    open_page(robin, "/notices")
    bell = robin.get_by_role("link", name=re.compile("^Notices"))
    _read_all(robin)
    open_page(robin, "/account")
    expect(bell.locator(".count")).to_have_count(0)

    _book_free_call(riya)
    journey.write_intake(riya)
    riya.get_by_role("button", name="Confirm the session").first.click()
    expect(riya).to_have_url(re.compile("/sessions/"))
    expect(bell).to_have_accessible_name(re.compile("1 unread"), timeout=1000)

    follow(bell)
    notice = robin.get_by_role("listitem").filter(has_text=re.compile("Riya Patil booked")).first
    expect(notice).to_contain_text("Unread")
    follow(notice.get_by_role("link"))
    expect(robin).to_have_url(re.compile("/sessions/"))
    expect(bell.locator(".count")).to_have_count(0)
