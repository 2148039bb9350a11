"""What may go otherwise: two people want one time, a time is given back, a paid session is called off."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Page, expect

from mentorhub.cli.seed import PASSWORD
from tests.e2e import axe, journey
from tests.e2e.browsers import open_page, sign_in
from tests.e2e.places import FREE_MENTOR, MENTEE, MENTOR
from tests.e2e.product import Product, eventually, words_of
from tests.e2e.times import book_paid, free_times, says

ROBIN, KOLKATA = "/mentors/robin-vale", "Asia/Kolkata"


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
    assert axe.violations(riya) == []
    dialog.get_by_role("button", name="Cancel, €12.00 back").click()
    expect(riya.get_by_text("Cancelled").first).to_be_visible()

    def withdrawn() -> bool:
        calendars = [words_of(mail, "text/calendar") for mail in product.mails(MENTEE)]
        return any(Calendar.from_ical(words)["METHOD"] == "CANCEL" for words in calendars if words)

    assert eventually(withdrawn, "the invitation is withdrawn by mail", seconds=30)
    assert product.command("ledger", "check").returncode == 0


def _propose(page: Page) -> None:
    """Propose the last free time of the day the dialog begins with."""
    page.get_by_role("button", name="Propose another time").click()
    dialog = page.get_by_role("dialog", name="Propose another time")
    dialog.locator(".daytimes button").last.click()
    expect(dialog.get_by_role("list", name="Times you propose")).to_be_visible()
    dialog.get_by_role("button", name="Send the proposal").click()
    expect(page.get_by_role("heading", name="You proposed another time")).to_be_visible()


def test_a_session_moves_twice_by_proposal_and_the_third_move_is_refused(
    product: Product, riya: Page, person: Callable[..., BrowserContext]
) -> None:
    robin = person("America/New_York").new_page()
    sign_in(robin, email=FREE_MENTOR, password=PASSWORD)
    _choose(riya)
    _hold(riya)
    expect(riya).to_have_url(re.compile("/checkout/"))
    journey.write_intake(riya)
    riya.get_by_role("button", name=re.compile("^Pay")).click()
    expect(riya.get_by_label("Card number")).to_be_visible()
    journey.pay(riya, journey.GOOD_CARD)
    expect(riya.get_by_text("Confirmed").first).to_be_visible()
    session = "/sessions/" + riya.url.split("/sessions/")[1].split("?")[0]
    open_page(robin, session)

    for left in ("1 of 2", "no"):
        _propose(robin)
        take = riya.get_by_role("button", name=re.compile("^Move to .* in Kolkata"))
        expect(take).to_be_visible()
        take.click()
        expect(robin.get_by_text("The time was changed as proposed.")).to_be_visible()
        expect(robin.get_by_text(f"You have {left} moves left")).to_be_visible()

    expect(robin.get_by_role("button", name="Propose another time")).to_have_count(0)
    expect(riya.get_by_role("button", name="Propose another time")).to_be_visible()

    def moved() -> bool:
        entries = []
        for words in (words_of(mail, "text/calendar") for mail in product.mails(MENTEE)):
            if words and session in words.replace("\r\n ", ""):
                (entry,) = Calendar.from_ical(words).walk("VEVENT")
                entries.append((str(entry["UID"]), int(entry["SEQUENCE"])))
        return sorted(entries) == sorted({(entries[0][0], number) for number in (0, 1, 2)}) if entries else False

    assert eventually(moved, "one entry, booked and moved twice", seconds=30)


def test_a_mentor_proposes_a_time_of_their_own_by_keyboard_with_a_word_and_it_is_taken(
    product: Product, riya: Page, person: Callable[..., BrowserContext]
) -> None:
    robin = person("America/New_York").new_page()
    sign_in(robin, email=FREE_MENTOR, password=PASSWORD)
    since = product.now() + timedelta(days=6)
    time = free_times(product, mentor=FREE_MENTOR, title="Try it out, paid", since=since, days=2)[-1]
    own = (time.starts_at + timedelta(days=1)).replace(hour=22, minute=10)
    open_page(robin, book_paid(riya, time, KOLKATA))
    opener = robin.get_by_role("button", name="Propose another time")
    dialog = robin.get_by_role("dialog", name="Propose another time")

    opener.press("Enter")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    robin.keyboard.press("Escape")
    expect(opener).to_be_focused()
    opener.press("Enter")
    dialog.get_by_label("Day", exact=True).fill(own.date().isoformat())
    dialog.get_by_label("Starts at").fill("22:10")
    dialog.get_by_label("Starts at").press("Enter")
    expect(dialog.get_by_role("list", name="Times you propose")).to_contain_text(says(own, "UTC"))
    dialog.get_by_label("A few words with it").fill("My train was cancelled, sorry.")
    assert axe.violations(robin) == []
    dialog.get_by_role("button", name="Send the proposal").press("Enter")

    expect(riya.get_by_text("“My train was cancelled, sorry.”")).to_be_visible()
    riya.get_by_role("button", name=re.compile(f"^Move to {says(own, KOLKATA)}")).click()
    expect(robin.get_by_text("The time was changed as proposed.")).to_be_visible()
    expect(robin.locator("main")).to_contain_text(says(own, "UTC"))
