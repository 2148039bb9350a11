"""Free times of the demo's mentors as the running product knows them, and how an instant reads in a place."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect
from sqlmodel import Session, col, select

from mentorhub import database
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings.models import Booking
from mentorhub.domain.catalog.models import MentorProfile, Offering
from mentorhub.domain.payments.models import Payment
from tests.e2e import journey
from tests.e2e.browsers import open_page
from tests.e2e.places import MENTEE
from tests.e2e.product import Product, words_of


@dataclass(frozen=True)
class Time:
    """A free start of an offering; `path` is the mentor's page with both chosen."""

    starts_at: datetime
    offering_id: str
    slug: str

    @property
    def start(self) -> str:
        """Its id in the grid and in the address."""
        return f"{self.starts_at:%Y-%m-%dT%H:%M:%SZ}"

    @property
    def path(self) -> str:
        """The mentor's page, with this offering and this time chosen."""
        return f"/mentors/{self.slug}?offering={self.offering_id}&start={self.start}"


@contextmanager
def inside(product: Product) -> Iterator[Session]:
    """The running product's own database."""
    database.connect(f"sqlite:///{product.folder / 'data' / 'mentorhub.db'}")
    try:
        with database.transaction() as db:
            yield db
    finally:
        database.dispose()


def come_in(page: Page, product: Product, email: str, *, zone: str = "") -> None:
    """Be signed in as one of the demo's people who have no password, and live in `zone` from now on."""
    with inside(product) as db:
        who = db.exec(select(User).where(User.email == email)).one()
        who.time_zone = zone or who.time_zone
        cookie = accounts.open_session(db, user_id=who.id, device="test", address="127.0.0.1", now=product.now())
    page.context.add_cookies([{"name": "mh_session", "value": cookie, "url": product.url, "httpOnly": True}])


def free_times(
    product: Product, *, mentor: str, title: str, since: datetime, days: int = 7, every: int = 2
) -> list[Time]:
    """The free starts of one of a mentor's offerings, by the mentor's address; raises LookupError.

    Only those on each second hour, or `every` so many hours: a grid of a whole day shows no more. And none at which
    the demo's mentee has something else, since what the demo booked for her lies at another hour each time it is made.
    """
    now = product.now()
    with inside(product) as db:
        chosen = select(Offering, MentorProfile).join(
            MentorProfile,
            MentorProfile.user_id == Offering.mentor_id,  # type: ignore[arg-type]
        )
        by_whom = chosen.join(User, User.id == Offering.mentor_id)  # type: ignore[arg-type]
        offering, profile = db.exec(by_whom.where(User.email == mentor, Offering.title == title)).one()
        starts = queries.free_starts(
            db,
            mentor_id=offering.mentor_id,
            offering_id=offering.id,
            since=max(since, now),
            until=since + timedelta(days=days),
            viewer_id=None,
            now=now,
        )
        length = timedelta(minutes=offering.minutes)
        hers = db.exec(select(Booking).join(User, User.id == Booking.mentee_id).where(User.email == MENTEE))  # type: ignore[arg-type]
        agreed = [(one.starts_at, one.ends_at) for one in hers if one.status.owns_claims]
        found = [
            Time(start, str(offering.id), profile.slug)
            for start in starts
            if start.minute == 0
            and start.hour % every == 0
            and not any(start < ends and begins < start + length for begins, ends in agreed)
        ]
    if not found:
        raise LookupError(f"{mentor} has no free hour for {title!r}")
    return found


def charged(product: Product, start: datetime) -> list[str]:
    """The addresses of those whose money was ever taken for a session at that instant, given back or not."""
    with inside(product) as db:
        taken = select(Booking.mentee_id).where(
            col(Booking.id).in_(select(Payment.booking_id).where(col(Payment.captured_at).is_not(None))),
            Booking.starts_at == start,
        )
        return sorted(db.exec(select(User.email).where(col(User.id).in_(taken))).all())


def says(moment: datetime, zone: str) -> str:
    """Such as "Tue 24 Nov, 14:30"."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


def in_full(moment: datetime, zone: str) -> str:
    """As the text of a mail has it: "Tuesday 24 November 2026, 14:30"."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M}"


def look_at(page: Page, time: Time, zone: str) -> None:
    """Open the mentor's page with a free time chosen, as the link back after signing in does."""
    open_page(page, time.path)
    expect(hold_button(page)).to_have_text(f"Hold {says(time.starts_at, zone)}")


def hold_button(page: Page) -> Locator:
    """The one button that holds the chosen time."""
    return page.get_by_role("button", name=re.compile("^Hold ")).first


def hold(page: Page) -> str:
    """Hold the chosen time; returns the booking's number."""
    hold_button(page).click()
    expect(page).to_have_url(re.compile("/checkout/"))
    return page.url.split("/checkout/")[1].partition("?")[0].strip("/")


def in_grid(page: Page, time: Time, zone: str) -> Locator:
    """The free time in the grid, by what is read out for it."""
    return page.locator(".week").get_by_role("button", name=says(time.starts_at, zone))


def book_paid(page: Page, time: Time, zone: str) -> str:
    """Choose, hold, say what it is about, and pay; returns the path of the session, once it is confirmed."""
    look_at(page, time, zone)
    booking = hold(page)
    journey.write_intake(page)
    page.get_by_role("button", name=re.compile("^Pay")).click()
    expect(page.get_by_label("Card number")).to_be_visible()
    journey.pay(page, journey.GOOD_CARD)
    expect(page.get_by_text("Confirmed").first).to_be_visible()
    return f"/sessions/{booking}"


def entries(product: Product, email: str, session: str) -> list[tuple[str, str, int, datetime]]:
    """Of every mail about a session: what its calendar part asks for, the entry's id, its number, its start."""
    found = []
    for words in (words_of(mail, "text/calendar") for mail in product.mails(email)):
        if words and session in words.replace("\r\n ", ""):
            calendar = Calendar.from_ical(words)
            (entry,) = calendar.walk("VEVENT")
            start = entry["DTSTART"].dt.astimezone(UTC)
            found.append((str(calendar["METHOD"]), str(entry["UID"]), int(entry["SEQUENCE"]), start))
    return found
