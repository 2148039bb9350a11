"""A group session from the form to its end, with two browsers in two zones: published, a seat taken, called off."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import select

from mentorhub.cli.seed import PASSWORD
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.models import GroupSession
from tests.e2e import axe
from tests.e2e.browsers import open_page, sign_in
from tests.e2e.product import Product, words_of
from tests.e2e.times import inside

pytestmark = pytest.mark.e2e
MENTEE, OTHER, MENTOR = "riya@demo.example", "ines@demo.example", "robin@demo.example"


@pytest.fixture
def riya(person: Callable[..., BrowserContext]) -> Page:
    page = person("Asia/Kolkata").new_page()
    sign_in(page, email=MENTEE, password=PASSWORD)
    return page


@pytest.fixture
def robin(person: Callable[..., BrowserContext]) -> Page:
    page = person("America/New_York").new_page()
    sign_in(page, email=MENTOR, password=PASSWORD)
    return page


def _offer_a_clinic(robin: Page) -> None:
    open_page(robin, "/mentoring/groups")
    expect(robin.get_by_text("First, a group offering")).to_be_visible()
    open_page(robin, "/mentoring/offerings")
    robin.get_by_role("button", name="Add a session").click()
    robin.get_by_label("Kind").select_option(label="Group session")
    robin.get_by_label("Title").fill("Portfolio clinic")
    robin.get_by_label("Length").select_option("60")
    robin.get_by_label(re.compile("^Price in")).fill("0")
    robin.get_by_role("button", name="Save session").click()
    expect(robin.get_by_role("listitem").filter(has_text="Portfolio clinic").first).to_be_visible()


def _publish(robin: Page, product: Product) -> None:
    open_page(robin, "/mentoring/groups")
    day = (product.now() + timedelta(days=9)).date().isoformat()
    robin.get_by_label("Day", exact=True).fill(day)
    robin.get_by_label("Start", exact=True).fill("20:00")
    robin.get_by_label("Seats", exact=True).fill("1")
    robin.get_by_role("button", name="Publish").click()
    expect(robin.get_by_text("A group session has 2 to 20 seats.")).to_be_visible()
    robin.get_by_label("Seats", exact=True).fill("2")
    robin.get_by_label("It takes at least").fill("1")
    robin.get_by_role("button", name="Publish").click()
    expect(robin.get_by_text("Published. People can take seats on your profile now.")).to_be_visible()
    assert axe.violations(robin) == []


def _fill(product: Product) -> None:
    """Somebody else takes the last seat."""
    now = product.now()
    with inside(product) as db:
        other, robin = (db.exec(select(User.id).where(User.email == who)).one() for who in (OTHER, MENTOR))
        group = db.exec(select(GroupSession.id).where(GroupSession.mentor_id == robin)).one()
        seat = bookings.take_seat(db, group_session_id=group, mentee_id=other, now=now)
        bookings.confirm_free(db, booking_id=seat.id, mentee_id=other, now=now)


def test_a_group_session_is_published_a_seat_is_taken_and_it_is_called_off(
    product: Product, riya: Page, robin: Page, visitor_page: Page
) -> None:
    _offer_a_clinic(robin)
    _publish(robin, product)

    open_page(visitor_page, "/mentors/robin-vale")
    expect(visitor_page.get_by_text("2 of 2 seats left")).to_be_visible()
    open_page(riya, "/mentors/robin-vale")
    expect(riya.get_by_text(re.compile("Goes ahead with 1 person, decided by"))).to_be_visible()
    riya.get_by_role("button", name="Take a seat in Portfolio clinic").click()
    expect(riya).to_have_url(re.compile("/checkout/"))
    expect(visitor_page.get_by_text("1 of 2 seats left")).to_be_visible()
    riya.get_by_role("button", name="Confirm the session").click()
    expect(riya).to_have_url(re.compile("/sessions/"))
    expect(riya.get_by_role("heading", name="Who comes")).to_be_visible()
    expect(riya.get_by_role("listitem").filter(has_text="Riya Patil")).to_be_visible()
    assert axe.violations(riya) == []

    _fill(product)
    open_page(visitor_page, "/mentors/robin-vale")
    expect(visitor_page.get_by_text("Every seat is taken.")).to_be_visible()
    assert axe.violations(visitor_page) == []

    robin.get_by_role("link", name="Portfolio clinic").click()
    expect(robin.get_by_text("2 of 2 seats").first).to_be_visible()
    robin.get_by_role("listitem").get_by_role("link", name="Riya Patil").click()
    expect(robin.get_by_text("Your notes with Riya")).to_be_visible()
    robin.go_back()
    robin.get_by_role("button", name="Call off", exact=True).click()
    expect(robin.get_by_role("dialog")).to_be_visible()
    assert axe.violations(robin) == []
    robin.get_by_role("button", name="Call off the session").click()
    expect(robin.get_by_text("Called off").first).to_be_visible()
    expect(riya.get_by_text("Cancelled").first).to_be_visible()
    assert "Portfolio clinic" in words_of(product.mail(MENTEE, "Cancelled: Portfolio clinic"))
