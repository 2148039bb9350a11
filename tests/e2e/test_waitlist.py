"""The line for a freed time (PRODUCT.md C14): offered to one after the other, kept a while, never charged by itself."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.scheduling.models import AvailabilityRule, SchedulePreferences
from tests.e2e import journey
from tests.e2e.browsers import open_page
from tests.e2e.places import FREE_MENTOR, MENTEE
from tests.e2e.product import Product, eventually, link_of, running, words_of
from tests.e2e.times import Time, book_paid, charged, come_in, free_times, in_full, inside

PAID = "Try it out, paid"
FIRST, SECOND, THIRD = "ines@demo.example", "wei@demo.example", "tomas@demo.example"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A house of its own, in which Robin has one quarter of an hour a week and whose clock moves."""
    with running(tmp_path_factory.mktemp("waitlist")) as product:
        yield product


def _one_time_a_week(product: Product) -> Time:
    day = product.now() + timedelta(days=4)
    with inside(product) as db:
        robin = db.exec(select(User.id).where(User.email == FREE_MENTOR)).one()
        for rule in db.exec(select(AvailabilityRule).where(AvailabilityRule.mentor_id == robin)).all():
            db.delete(rule)
        noon = 12 * 60
        db.add(AvailabilityRule(mentor_id=robin, weekday=day.weekday(), start_minute=noon, end_minute=noon + 15))
        db.get_one(SchedulePreferences, robin).horizon_days = 7
    (time,) = free_times(product, mentor=FREE_MENTOR, title=PAID, since=product.now())
    return time


def _join(page: Page, time: Time, place: str) -> None:
    """Find no free time, and stand in the line."""
    open_page(page, f"/mentors/{time.slug}?offering={time.offering_id}")
    expect(page.get_by_text("No free time in this week.").first).to_be_visible()
    page.get_by_role("button", name="Tell me when a time opens").click()
    expect(page.get_by_text(place)).to_be_visible()


def _offers(product: Product, email: str) -> int:
    return sum("A time is free" in str(mail["Subject"]) for mail in product.mails(email))


def _look_at_offer(product: Product, page: Page, email: str, time: Time, zone: str) -> None:
    """Follow the link of the mail, to the time that is kept."""
    mail = product.mail(email, "a time is free")
    assert in_full(time.starts_at, zone) in words_of(mail)
    assert "Nothing is charged unless you pay for it yourself." in words_of(mail)
    open_page(page, link_of(mail, "/checkout/"))
    expect(page.get_by_role("button", name="Give this time back").first).to_be_visible()


def test_a_freed_time_is_offered_in_turn_and_paid_only_by_who_wants_it(
    product: Product, person: Callable[..., BrowserContext]
) -> None:
    time = _one_time_a_week(product)
    riya, ines, wei, tomas = (
        person(zone).new_page() for zone in ("Asia/Kolkata", "Europe/Lisbon", "Asia/Kuala_Lumpur", "Europe/Madrid")
    )
    for page, email in ((riya, MENTEE), (ines, FIRST), (wei, SECOND), (tomas, THIRD)):
        come_in(page, product, email)
    session = book_paid(riya, time, "Asia/Kolkata")
    _join(ines, time, "You are first in line.")
    _join(wei, time, "You are number 2 in line.")
    _join(tomas, time, "You are number 3 in line.")

    open_page(riya, session)
    riya.get_by_role("button", name="Cancel the session").click()
    riya.get_by_role("dialog").get_by_role("button", name="Cancel, €12.00 back").click()
    expect(riya.get_by_text("Cancelled").first).to_be_visible()
    expect(ines.get_by_text("A time is kept for you until")).to_be_visible()
    _look_at_offer(product, ines, FIRST, time, "Europe/Lisbon")
    open_page(riya, f"/mentors/{time.slug}?offering={time.offering_id}")
    expect(journey.free_slots(riya)).to_have_count(0)

    ines.get_by_role("button", name="Give this time back").first.click()
    expect(ines).to_have_url(re.compile("/mentors/"))
    _look_at_offer(product, wei, SECOND, time, "Asia/Kuala_Lumpur")
    product.move_clock_to(product.now() + timedelta(hours=2, minutes=1))

    _look_at_offer(product, tomas, THIRD, time, "Europe/Madrid")
    open_page(wei, wei.url)
    expect(wei.get_by_text("This time is no longer held")).to_be_visible()
    assert charged(product, time.starts_at) == [MENTEE]
    journey.write_intake(tomas)
    tomas.get_by_role("button", name=re.compile("^Pay")).click()
    expect(tomas.get_by_label("Card number")).to_be_visible()
    journey.pay(tomas, journey.GOOD_CARD)
    expect(tomas.get_by_text("Confirmed").first).to_be_visible()

    assert eventually(lambda: charged(product, time.starts_at) == sorted([MENTEE, THIRD]), "who wanted it has paid")
    assert [_offers(product, email) for email in (FIRST, SECOND, THIRD)] == [1, 1, 1]
    assert product.command("ledger", "check").returncode == 0
