"""Requests that nobody answers, and one too many (PRODUCT.md J5, steps 4 and 5); a house of its own with its clock."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import select

from mentorhub.cli.seed import PASSWORD
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.models import BookingRequest
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.catalog.models import MentorStanding, Offering
from mentorhub.domain.payments.models import Payment, PaymentStatus
from tests.e2e import journey
from tests.e2e.browsers import open_page, sign_in
from tests.e2e.places import FREE_MENTOR, MENTEE, MENTOR
from tests.e2e.product import Product, eventually, running, words_of
from tests.e2e.times import Time, free_times, hold, hold_button, in_grid, inside, look_at

KOLKATA, NEW_YORK, TOKYO = "Asia/Kolkata", "America/New_York", "Asia/Tokyo"
PAID = "Try it out, paid"
INTAKE = bookings.IntakeForm(
    goal="A first product job by July",
    situation="I have built bridges for four years and want to move to product.",
    questions=("Which of my projects should lead my CV, and which should go?",),
    links=(),
)


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A house in which every mentor is asked first."""
    with running(tmp_path_factory.mktemp("requests")) as product:
        with inside(product) as db:
            for offering in db.exec(select(Offering)).all():
                offering.needs_approval, offering.met_book_instantly = True, False
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


def _in(product: Product, days: int) -> Time:
    noon = (product.now() + timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0)
    return free_times(product, mentor=FREE_MENTOR, title=PAID, since=noon, days=1)[0]


def _ask_with_a_card(page: Page, time: Time) -> UUID:
    """Send a request for a paid time; the card is looked at, not charged."""
    look_at(page, time, KOLKATA)
    booking = hold(page)
    journey.write_intake(page)
    expect(page.get_by_text("Your card is only charged when Robin accepts.").first).to_be_visible()
    page.get_by_role("button", name="Send request").press("Enter")
    expect(page.get_by_label("Card number")).to_be_visible()
    journey.pay(page, journey.GOOD_CARD)
    expect(page.get_by_text(re.compile("^Robin answers by")).first).to_be_visible()
    return UUID(booking)


def _card(product: Product, booking: UUID) -> PaymentStatus:
    with inside(product) as db:
        return db.exec(select(Payment.status).where(Payment.booking_id == booking)).one()


def _lapses_at(product: Product, booking: UUID) -> datetime:
    with inside(product) as db:
        return db.get_one(BookingRequest, booking).lapses_at


def _has_lapsed(product: Product, page: Page, booking: UUID, ended: int) -> None:
    """The mentee reads that it is over and costs nothing, on the page and in the mail, and the card is let go."""
    expect(page.get_by_text("Robin did not get to it in time.")).to_be_visible(timeout=45_000)
    expect(page.get_by_text("Nothing was charged.").first).to_be_visible()

    assert eventually(lambda: len(_ended(product)) == ended, "the mail that it has ended", seconds=30)
    assert "what your bank set aside for it is released" in _ended(product)[-1]
    assert eventually(lambda: _card(product, booking) is PaymentStatus.VOIDED, "the card is let go", seconds=30)


def _ended(product: Product) -> list[str]:
    """The mails that told the mentee of requests that ended."""
    return [words_of(mail) for mail in product.mails(MENTEE) if str(mail["Subject"]).endswith("has ended")]


def _known_to_answer(product: Product) -> tuple[int, int]:
    """Let Robin have answered five more requests; gives how many of how many that makes."""
    with inside(product) as db:
        mentor = db.exec(select(User.id).where(User.email == FREE_MENTOR)).one()
        for _ in range(5):
            catalog.record_request(db, mentor_id=mentor, answered=True)
        standing = db.get_one(MentorStanding, mentor)
        return standing.answered, standing.asked


def test_a_question_stops_the_clock_and_what_nobody_answers_lapses_with_the_card_let_go(
    product: Product, riya: Page, robin: Page, person: Callable[..., BrowserContext]
) -> None:
    time = _in(product, 9)
    booking = _ask_with_a_card(riya, time)
    assert eventually(lambda: _card(product, booking) is PaymentStatus.AUTHORISED, "the card is authorised")
    before = _lapses_at(product, booking)
    open_page(robin, "/mentoring/requests")
    card = robin.get_by_role("article").filter(has_text="Riya Patil")
    card.get_by_text("Ask a question").click()
    card.get_by_label("Your question").fill("Which job do you want most?")
    card.get_by_role("button", name="Send the question").click()
    expect(card).to_contain_text("Paused, waiting for Riya until")
    expect(riya.get_by_text(re.compile("^Paused, waiting for your reply until"))).to_be_visible()

    product.move_clock_to(product.now() + timedelta(hours=40))
    open_page(riya, f"/sessions/{booking}")
    riya.get_by_label("Your reply to Robin").fill("The one in Pune.")
    riya.get_by_role("button", name="Send the reply").click()
    expect(riya.get_by_text(re.compile("^Robin answers by")).first).to_be_visible()
    later = _lapses_at(product, booking) - before
    assert timedelta(hours=40) <= later < timedelta(hours=41)

    looker = person(TOKYO).new_page()
    product.move_clock_to(_lapses_at(product, booking) + timedelta(seconds=1))
    _has_lapsed(product, riya, booking, ended=1)
    look_at(looker, time, TOKYO)
    expect(in_grid(looker, time, TOKYO)).to_be_visible()
    open_page(robin, "/mentoring/requests")
    expect(robin.get_by_text("Nothing waits for you")).to_be_visible()
    lapsed = robin.get_by_role("region", name="Ended by the clock").get_by_role("listitem")
    expect(lapsed.filter(has_text="Riya Patil").first).to_contain_text("This request ended without an answer.")


def test_who_lets_two_lapse_without_a_word_is_paused_until_they_come_back(
    product: Product, riya: Page, robin: Page
) -> None:
    answered, asked = _known_to_answer(product)
    open_page(robin, "/home")
    robins = robin.get_by_role("complementary", name="Earnings and set-up")
    expect(robins).to_contain_text(f"Requests answered{answered} of {asked}")
    before = len(_ended(product))
    for more in (1, 2):
        booking = _ask_with_a_card(riya, _in(product, 5))
        product.move_clock_to(_lapses_at(product, booking) + timedelta(seconds=1))
        _has_lapsed(product, riya, booking, ended=before + more)
        expect(robins).to_contain_text(f"Requests answered{answered} of {asked + more}")
        open_page(riya, "/mentors/robin-vale")
        expect(riya.get_by_text("Requests answered").locator("..")).to_contain_text(f"{answered} of {asked + more}")

    assert product.mail(FREE_MENTOR, "paused")
    open_page(robin, "/home")
    expect(robin.get_by_text("Your profile is paused.")).to_be_visible()
    robin.get_by_role("button", name="Take requests again").click()
    expect(robin.get_by_text("Your profile is paused.")).to_have_count(0)


def test_a_fourth_open_request_is_refused_with_a_sentence_that_names_the_oldest(product: Product, riya: Page) -> None:
    mentors = _three_asked(product)
    soon = product.now() + timedelta(days=3)
    time = free_times(product, mentor=MENTOR, title="Open hour for students", since=soon, days=14, every=1)[0]
    look_at(riya, time, KOLKATA)
    hold_button(riya).click()

    expect(riya.get_by_text(f"the oldest is the one to {mentors[0]}. Withdraw one, or wait.")).to_be_visible()
    riya.get_by_role("link", name="Look at the oldest request").click()
    riya.get_by_role("button", name="Withdraw the request").click()
    expect(riya.get_by_text("You withdrew this request.")).to_be_visible()

    look_at(riya, time, KOLKATA)
    hold(riya)
    journey.write_intake(riya)
    riya.get_by_role("button", name="Send request").click()
    expect(riya.get_by_text(re.compile("^Kabir answers by")).first).to_be_visible()


def _three_asked(product: Product) -> list[str]:
    """Riya asks three other mentors for a free time; returns their names, the oldest request first."""
    names: list[str] = []
    with inside(product) as db:
        riya = db.exec(select(User.id).where(User.email == MENTEE)).one()
        others = select(User, Offering).join(Offering, Offering.mentor_id == User.id)  # type: ignore[arg-type]
        mine = (FREE_MENTOR, MENTOR)
        for mentor, offering in db.exec(others.order_by(User.email)).all():
            if len(names) == 3 or mentor.email in mine or mentor.name in names or offering.kind == "group":
                continue
            offering.price_minor = 0
            db.flush()
            now = product.now()
            starts = queries.free_starts(
                db,
                mentor_id=mentor.id,
                offering_id=offering.id,
                since=now + timedelta(days=4),
                until=now + timedelta(days=14),
                viewer_id=riya,
                now=now,
            )
            if not starts:
                continue
            wish = bookings.Wish(offering_id=offering.id, starts_at=starts[-1])
            held = bookings.place_hold(db, mentee_id=riya, wish=wish, now=now)
            bookings.write_intake(db, booking_id=held.id, mentee_id=riya, intake=INTAKE, now=now)
            bookings.request_free(db, booking_id=held.id, mentee_id=riya, now=now)
            names.append(mentor.name)
    return names
