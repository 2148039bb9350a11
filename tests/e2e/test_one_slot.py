"""Two people, one slot (PRODUCT.md J6): whoever is second is told, shown others, and never charged."""

import asyncio
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect
from sqlmodel import col, select

from mentorhub import settings
from mentorhub.cli.seed import PASSWORD
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.payments.models import Payment, Refund
from tests.e2e import journey
from tests.e2e.browsers import open_page, sign_in
from tests.e2e.places import FREE_MENTOR, MENTEE, MENTOR
from tests.e2e.product import Product, running, words_of
from tests.e2e.times import Time, charged, come_in, free_times, hold, hold_button, in_grid, inside, look_at, says
from tests.scale.tabs import MENTOR as GRID
from tests.scale.tabs import Tab

KOLKATA, NEW_YORK, TOKYO = "Asia/Kolkata", "America/New_York", "Asia/Tokyo"
SECOND = "ines@demo.example"
PAID, FREE = "Try it out, paid", "Try it out"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A house of its own: the clock moves, the payment provider fails, fifty people come at once."""
    with running(tmp_path_factory.mktemp("one-slot")) as product:
        yield product


@pytest.fixture
def riya(person: Callable[..., BrowserContext]) -> Page:
    page = person(KOLKATA).new_page()
    sign_in(page, email=MENTEE, password=PASSWORD)
    return page


class Wire:
    """A browser's line to the product; what the product says can be kept on its way for a while."""

    def __init__(self, context: BrowserContext) -> None:
        self._kept: list[tuple[WebSocketRoute, str | bytes]] | None = None
        context.route_web_socket(re.compile("/_event"), self._open)

    def _open(self, page: WebSocketRoute) -> None:
        page.connect_to_server().on_message(lambda words: self._bring(page, words))

    def _bring(self, page: WebSocketRoute, words: str | bytes) -> None:
        if self._kept is None:
            page.send(words)
        else:
            self._kept.append((page, words))

    def slow(self) -> None:
        """From now on nothing arrives at the page."""
        self._kept = []

    def fast(self) -> None:
        """All that was kept arrives, and what follows at once."""
        kept, self._kept = self._kept or [], None
        for page, words in kept:
            page.send(words)


def _free(product: Product, *, title: str = PAID, days: int = 3) -> list[Time]:
    """Robin's free hours of one day in the week ahead, from noon on."""
    noon = (product.now() + timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0)
    return free_times(product, mentor=FREE_MENTOR, title=title, since=noon, days=1)


def test_three_browsers_in_three_zones_see_one_time_go_and_come_back(
    product: Product, riya: Page, person: Callable[..., BrowserContext]
) -> None:
    time, other, *_ = _free(product)
    second = person(NEW_YORK)
    wire, ines = Wire(second), second.new_page()
    come_in(ines, product, SECOND, zone=NEW_YORK)
    looker = person(TOKYO).new_page()
    look_at(looker, other, TOKYO)
    expect(in_grid(looker, time, TOKYO)).to_be_visible()
    look_at(riya, time, KOLKATA)
    look_at(ines, time, NEW_YORK)
    for page, place in ((riya, "Kolkata"), (ines, "New York"), (looker, "Tokyo")):
        expect(page.get_by_text(f"Times in {place}")).to_be_visible()

    wire.slow()
    hold(riya)
    expect(looker.locator(".week .slot-gone")).to_have_count(1, timeout=1000)
    expect(looker.get_by_text(f"{says(time.starts_at, TOKYO)} was taken a moment ago.")).to_be_visible()
    hold_button(ines).click()
    wire.fast()

    told = ines.get_by_label("Book a session")
    expect(told.get_by_text("Someone has just taken that time.")).to_be_visible()
    near = told.get_by_text("Near that time:").locator("xpath=..").get_by_role("button")
    expect(near).to_have_count(3)
    assert re.search(r"/mentors/", ines.url)

    riya.get_by_role("button", name="Give this time back").first.click()
    expect(riya).to_have_url(re.compile("/mentors/"))
    expect(in_grid(looker, time, TOKYO)).to_be_visible(timeout=1000)
    expect(in_grid(ines, time, NEW_YORK)).to_be_visible()
    near.first.click()
    hold(ines)
    journey.write_intake(ines)
    ines.get_by_role("button", name=re.compile("^Pay")).click()
    ines.get_by_role("link", name="Cancel and go back").click()
    expect(ines).to_have_url(re.compile("/mentors/"))
    with inside(product) as db:
        assert db.exec(select(Booking.id).where(Booking.status == Status.HELD)).all() == []
    assert charged(product, time.starts_at) == []


def test_of_fifty_clicks_on_one_time_one_holds_it_and_the_others_are_told_and_not_charged(
    product: Product, person: Callable[..., BrowserContext]
) -> None:
    time, other, *_ = _free(product, days=4)
    looker = person(TOKYO).new_page()
    look_at(looker, other, TOKYO)
    expect(in_grid(looker, time, TOKYO)).to_be_visible()

    with ThreadPoolExecutor(1) as thread:
        tabs = thread.submit(asyncio.run, _fifty_click(product, time, _fifty_cookies(product))).result(120)

    won = [tab for tab in tabs if tab.sent_to("/checkout/")]
    lost = [tab for tab in tabs if tab not in won]
    assert (len(won), len(lost)) == (1, 49)
    assert {tab.value(GRID, "error") for tab in lost} == {"Someone has just taken that time. Please choose another."}
    assert {len(tab.value(GRID, "alternatives")) for tab in lost} == {3}
    expect(looker.locator(".week .slot-gone")).to_have_count(1)
    with inside(product) as db:
        held = db.exec(select(Booking).where(Booking.starts_at == time.starts_at, Booking.status == Status.HELD)).all()
        assert [str(one.id) for one in held] == [won[0].sent_to("/checkout/").rsplit("/", 1)[1]]  # type: ignore[union-attr]
    assert charged(product, time.starts_at) == []


def _fifty_cookies(product: Product) -> list[str]:
    now = product.now()
    with inside(product) as db:
        people = db.exec(
            select(User.id).where(col(User.email).not_in((MENTEE, MENTOR, FREE_MENTOR, SECOND))).limit(50)
        ).all()
        return [accounts.open_session(db, user_id=who, device="test", address="127.0.0.1", now=now) for who in people]


async def _fifty_click(product: Product, time: Time, cookies: list[str]) -> list[Tab]:
    """Fifty people open the page, choose the same time, and press the button at once; returns how each page ended."""
    address = {"slug": time.slug, "offering": time.offering_id, "start": time.start}
    tabs = [await Tab.open(product.url, time.path, cookie=cookie, query=address) for cookie in cookies]
    for tab in tabs:
        await tab.until(lambda tab=tab: tab.wears(GRID, loaded=True, chosen=time.start), "the chosen time")
    await asyncio.gather(*(tab.send(GRID, "hold") for tab in tabs))
    for tab in tabs:
        await tab.until(lambda tab=tab: bool(tab.value(GRID, "error") or tab.sent_to("/checkout/")), "an answer")
    await asyncio.gather(*(tab.close() for tab in tabs))
    return tabs


def test_who_meets_one_mentor_then_cannot_hold_another_at_the_same_hour(product: Product, riya: Page) -> None:
    soon = product.now() + timedelta(days=2)
    with_kabir = free_times(product, mentor=MENTOR, title="CV review", since=soon, days=10, every=1)
    with_robin = free_times(product, mentor=FREE_MENTOR, title=FREE, since=soon, days=10)
    both = {time.starts_at for time in with_kabir} & {time.starts_at for time in with_robin}
    start = min(both)
    look_at(riya, next(time for time in with_robin if time.starts_at == start), KOLKATA)
    hold(riya)
    journey.write_intake(riya)
    riya.get_by_role("button", name="Confirm the session").first.click()
    expect(riya).to_have_url(re.compile("/sessions/"))

    look_at(riya, next(time for time in with_kabir if time.starts_at == start), KOLKATA)
    hold_button(riya).click()

    expect(riya.get_by_text("You already have Robin then.")).to_be_visible()
    expect(hold_button(riya)).to_be_visible()


def test_money_that_comes_after_the_time_went_to_somebody_else_goes_back_whole(
    product: Product, riya: Page, person: Callable[..., BrowserContext]
) -> None:
    time = _free(product, days=5)[0]
    look_at(riya, time, KOLKATA)
    booking = hold(riya)
    journey.write_intake(riya)
    riya.get_by_role("button", name=re.compile("^Pay")).click()
    expect(riya.get_by_label("Card number")).to_be_visible()
    _provider(product, calls=1000)
    journey.pay(riya, journey.GOOD_CARD)
    expect(riya.get_by_text("The payment is on its way.")).to_be_visible()

    product.move_clock_to(product.now() + timedelta(minutes=37))
    ines = person(NEW_YORK).new_page()
    come_in(ines, product, SECOND, zone=NEW_YORK)
    look_at(ines, time, NEW_YORK)
    hold(ines)
    _provider(product, calls=0)
    product.move_clock_to(product.now() + timedelta(minutes=4))

    expect(riya.get_by_text("€12.00 goes back to the card.")).to_be_visible(timeout=30_000)
    mail = product.mail(MENTEE, "goes back to your card")
    assert "reached us after the time was gone" in words_of(mail)
    assert "€12.00 goes back to the card you paid with, all of it." in words_of(mail)
    with inside(product) as db:
        (refund,) = db.exec(select(Refund).join(Payment).where(Payment.booking_id == UUID(booking))).all()
        assert refund.amount_minor == 1200
    assert charged(product, time.starts_at) == [MENTEE]
    open_page(ines, ines.url)
    ines.get_by_role("button", name="Give this time back").first.click()
    expect(ines).to_have_url(re.compile("/mentors/"))
    assert product.command("ledger", "check").returncode == 0


def _provider(product: Product, *, calls: int) -> None:
    """Let so many calls to the payment provider fail from now on."""
    here = settings.parse({"MENTORHUB_DATA": str(product.folder / "data"), "MENTORHUB_PORT": str(product.port)})
    answer = httpx.post(
        f"{here.payment_api}/_sandbox/faults",
        data={"trouble": "broken", "calls": str(calls)},
        headers={"Authorization": f"Bearer {here.payment_key}"},
        trust_env=False,
    )
    assert answer.status_code == 200, answer.text
