"""Two people in two browsers go the whole way: open, find, hold, pay, meet, write, leave, review, move on."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e import axe, journey
from tests.e2e.browsers import open_page
from tests.e2e.journey import Person
from tests.e2e.product import Product, eventually, words_of

TITLE = "CV review"
PASSWORD = "bridges and products 9"


@pytest.fixture
def meera(person: Callable[..., BrowserContext]) -> Person:
    """She mentors from London."""
    context = person("Europe/London")
    context.add_init_script(journey.LISTEN)
    return Person("Meera Iyer", "meera@example.com", PASSWORD, context.new_page())


@pytest.fixture
def arjun(person: Callable[..., BrowserContext]) -> Person:
    """He learns in Pune."""
    context = person("Asia/Kolkata")
    context.add_init_script(journey.LISTEN)
    return Person("Arjun Rao", "arjun@example.com", PASSWORD, context.new_page())


def test_two_people_go_the_whole_way(product: Product, meera: Person, arjun: Person, visitor_page: Page) -> None:
    _opens(product, meera)
    booking = _books(product, meera, arjun, visitor_page)
    starts = _is_invited(product, meera, arjun)
    product.move_clock_to(starts - timedelta(minutes=2))
    _meet(product, meera, arjun, booking, starts)
    product.move_clock_to(starts + timedelta(minutes=50))
    _looks_back(arjun, meera, booking)
    _moves_on(arjun)
    books = product.command("ledger", "check")
    assert books.returncode == 0, books.stdout + books.stderr


def _opens(product: Product, meera: Person) -> None:
    journey.join(meera, product, onward="/mentoring/profile")
    journey.become_a_mentor(meera)
    journey.offer(meera, title=TITLE, price="1200")
    journey.open_hours(meera)
    journey.open_to_mentorship(meera)


def _books(product: Product, meera: Person, arjun: Person, watcher: Page) -> str:
    """Find, hold while a third person looks on, be declined, pay; returns the booking's path."""
    journey.join(arjun, product, onward="/mentors")
    journey.find(arjun.page, "product management", meera.name)
    open_page(watcher, arjun.page.url)
    journey.turn_to_next_week(watcher)

    page = arjun.page
    expect(page.get_by_text("Kolkata").first).to_be_visible()
    spoken = journey.choose_a_time(page)
    page.get_by_role("button", name=re.compile("^Hold")).first.click()
    expect(watcher.locator(".week .slot-gone").filter(has_text=spoken.split(", ")[-1])).to_have_count(1)
    expect(page).to_have_url(re.compile("/checkout/"))

    expect(page.get_by_role("timer").first).to_contain_text(re.compile(r"\d+:\d\d"))
    journey.write_intake(page)
    page.get_by_role("button", name=re.compile("^Pay")).click()
    expect(page).to_have_url(re.compile("/sandbox/"))
    assert axe.violations(page) == []
    journey.pay(page, journey.DECLINED_CARD)
    expect(page.get_by_role("alert")).to_contain_text("Nothing was charged")
    journey.pay(page, journey.GOOD_CARD)
    expect(page).to_have_url(re.compile("/sessions/"))
    expect(page.get_by_text("Confirmed").first).to_be_visible()
    return "/" + page.url.split("/", 3)[3].partition("?")[0].strip("/")


def _is_invited(product: Product, meera: Person, arjun: Person) -> datetime:
    """Both got the same invitation by mail; returns when the session starts."""
    starts = set()
    for who in (meera, arjun):
        mail = product.mail(who.email, TITLE)
        event = Calendar.from_ical(words_of(mail, "text/calendar")).walk("VEVENT")[0]
        starts.add(event.start.astimezone(UTC))
    assert len(starts) == 1
    return starts.pop()


def _meet(product: Product, meera: Person, arjun: Person, booking: str, starts: datetime) -> None:
    room = booking.replace("/sessions/", "/room/")
    for who in (meera, arjun):
        journey.enter_the_room(who.page, room)
    for who in (meera, arjun):
        journey.sees_and_hears(who.page)
        assert axe.violations(who.page) == []
    journey.write_at_once(
        (meera.page, "Put the bridge that fell first."), (arjun.page, "Agreed on the order of the projects.")
    )
    journey.write(arjun.page, "[ ] cut the CV to one page @me")
    for who in (meera, arjun):
        notes = who.page.locator(".cm-content")
        expect(notes).to_contain_text("Put the bridge that fell first.")
        expect(notes).to_contain_text("Agreed on the order of the projects.")
        expect(notes).to_contain_text("cut the CV to one page")
    product.move_clock_to(starts + timedelta(minutes=31))
    for who in (meera, arjun):
        who.page.get_by_test_id("leave").click()
        expect(who.page.get_by_test_id("room-ended")).to_be_visible()


def _looks_back(arjun: Person, meera: Person, booking: str) -> None:
    """The session counts as met; the mentee says how it was, and everybody can read it."""
    page = arjun.page

    def is_met() -> bool:
        open_page(page, booking)
        return page.get_by_role("button", name="Publish the review").is_visible()

    eventually(is_met, "the session is settled as met", seconds=60)
    page.get_by_label("5 stars, excellent").check(force=True)
    page.get_by_label("What would you tell someone").fill("She read my CV as a stranger would, and said what to cut.")
    page.get_by_role("button", name="Publish the review").click()
    expect(page.get_by_role("heading", name="Your review")).to_be_visible()
    open_page(page, "/mentors")
    journey.find(page, "product management", meera.name)
    expect(page.get_by_text("She read my CV as a stranger would").first).to_be_visible()


def _moves_on(arjun: Person) -> None:
    """A goal: the item of the notes serves its milestone; ticking it asks, and the answer moves the goal."""
    page = arjun.page
    open_page(page, "/goals")
    page.get_by_role("button", name="Set a goal").click()
    page.get_by_label("Where do you want to be?").fill("A product internship by summer")
    page.get_by_label("What comes first?").fill("A CV of one page")
    page.get_by_role("button", name="Save this goal").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A product internship by summer")
    page.get_by_label("Milestone of: Cut the CV to one page").select_option(label="A CV of one page")
    page.get_by_role("checkbox", name="Cut the CV to one page").click()
    expect(page.get_by_text("Milestone reached?").first).to_be_visible()
    page.get_by_role("button", name="Yes, it is reached").click()
    expect(page.locator(".goalpath .done")).to_have_count(1)
