"""Weeks begin where the browser's language has them begin, and times are on the clock its reader chose."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from mentorhub.cli.seed import PASSWORD
from tests.e2e import journey
from tests.e2e.browsers import open_page, settle, sign_in
from tests.e2e.places import FREE_MENTOR, MENTEE, MENTOR
from tests.e2e.product import Product, words_of
from tests.e2e.times import free_times, hold, look_at

KABIR = "/mentors/kabir-deshmukh"
ON_12, ON_24 = re.compile(r"\b\d{1,2}:\d\d [ap]m\b"), re.compile(r"\b\d\d:\d\d\b(?! [ap]m)")


def _choose(page: Page, clock: str) -> None:
    """Choose a clock in the zone's picker; the page is loaded anew."""
    page.get_by_text("Change zone or clock").locator("visible=true").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name=clock).locator("visible=true").first.click()
    settle(page)


def _times(page: Page) -> str:
    """Every time in the grid, and the mentor's hours beside it."""
    expect(page.locator(".week .slot").first).to_be_visible()
    return " ".join(page.locator(".week .slot, .week-zone").all_inner_texts()).replace("\n", " ")


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("en-GB", ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]),
        ("en-US", ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]),
        ("ar-EG", ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]),
    ],
)
def test_a_week_begins_as_the_readers_do(language: str, days: list[str], person: Callable[..., BrowserContext]) -> None:
    page = person("America/New_York", locale=language).new_page()
    open_page(page, KABIR)

    shown = page.locator(".week .week-day").all_inner_texts()
    assert [words.split()[0] for words in shown] == days
    strip = page.locator(".daystrip button").all_text_contents()
    assert [words.split()[0] for words in strip] == days
    assert ON_24.search(_times(page))
    assert not ON_12.search(_times(page))


def test_a_mentors_own_week_has_the_same_order_in_the_drawing_and_in_the_list(
    person: Callable[..., BrowserContext],
) -> None:
    page = person("Europe/London", locale="en-US").new_page()
    sign_in(page, email=MENTOR, password=PASSWORD)
    open_page(page, "/mentoring/hours")

    assert page.locator(".week-editor .calendar-day").all_inner_texts()[0] == "Sun"
    assert page.locator(".calendar-col").first.get_attribute("data-weekday") == "6"
    expect(page.locator(".dayrow").first).to_have_attribute("aria-label", "Sunday")


def test_a_visitor_chooses_a_clock_that_this_browser_remembers_and_no_other(
    person: Callable[..., BrowserContext],
) -> None:
    context = person("America/New_York", locale="en-US")
    page = context.new_page()
    open_page(page, KABIR)

    _choose(page, "12-hour clock")

    assert not ON_24.search(_times(page))
    assert ON_12.search(_times(page))
    assert page.locator(".week .week-day").first.inner_text().startswith("Sun")
    (kept,) = (cookie for cookie in context.cookies() if cookie["name"] == "mentorhub-hours")
    assert (kept["value"], kept["sameSite"], kept["path"]) == ("12", "Lax", "/")
    other = person("America/New_York").new_page()
    open_page(other, KABIR)
    assert not ON_12.search(_times(other))
    _choose(page, "24-hour clock")
    assert not ON_12.search(_times(page))


def test_from_the_mentors_page_to_the_mail_a_person_reads_the_clock_they_chose(
    product: Product, person: Callable[..., BrowserContext]
) -> None:
    riya = person("Asia/Kolkata", locale="en-US").new_page()
    sign_in(riya, email=MENTEE, password=PASSWORD)
    free = free_times(product, mentor=FREE_MENTOR, title="Try it out", since=product.now() + timedelta(days=13))
    open_page(riya, free[0].path)

    _choose(riya, "12-hour clock")
    expect(riya.get_by_role("button", name=re.compile("^Hold ")).first).to_contain_text(ON_12)
    hold(riya)
    settle(riya)
    expect(riya.locator(".ribbon-time").first).to_contain_text(ON_12)
    expect(riya.get_by_text(re.compile("eld for you until")).locator("visible=true").first).to_contain_text(ON_12)
    journey.write_intake(riya)
    riya.get_by_role("button", name="Confirm the session").first.click()
    expect(riya).to_have_url(re.compile("/sessions/"))
    settle(riya)

    main = riya.get_by_role("main").inner_text()
    assert ON_12.search(main)
    assert not ON_24.search(main)
    mine, theirs = (words_of(product.mail(email, "Booked: Try it out")) for email in (MENTEE, FREE_MENTOR))
    assert (bool(ON_12.search(mine)), bool(ON_24.search(mine))) == (True, False)
    assert (bool(ON_12.search(theirs)), bool(ON_24.search(theirs))) == (False, True)
    open_page(riya, "/account")
    expect(riya.get_by_label("Clock", exact=True)).to_have_value("12")
    riya.get_by_label("Clock", exact=True).select_option("24")
    riya.get_by_role("button", name="Save", exact=True).click()
    expect(riya.get_by_text("Saved.")).to_be_visible()
    open_page(riya, KABIR)
    assert not ON_12.search(_times(riya))


def test_what_another_does_is_told_at_once_on_ones_own_clock(
    product: Product, person: Callable[..., BrowserContext]
) -> None:
    later = product.now() + timedelta(days=9)
    time = free_times(product, mentor=FREE_MENTOR, title="Try it out, paid", since=later)[1]
    watching, riya = person("Asia/Kolkata", locale="en-US").new_page(), person("Asia/Kolkata").new_page()
    open_page(watching, time.path)
    _choose(watching, "12-hour clock")
    sign_in(riya, email=MENTEE, password=PASSWORD)
    look_at(riya, time, "Asia/Kolkata")

    hold(riya)

    taken = watching.get_by_text(re.compile("was taken a moment ago")).locator("visible=true").first
    expect(taken).to_contain_text(ON_12)
    assert watching.locator(".week .week-day").first.inner_text().startswith("Sun")
