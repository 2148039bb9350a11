"""A server killed without a word in the middle of everything, and started again on the same data."""

import asyncio
import subprocess
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from mentorhub import database
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings import service as bookings
from mentorhub.domain.bookings.models import Booking, Claim, Status
from mentorhub.domain.common import clock
from mentorhub.domain.common.outbox import LEASE
from mentorhub.domain.payments.models import Payment, PaymentStatus, Refund
from tests import people
from tests.api.notepads import Notepad
from tests.people import INTAKE, People
from tests.scale.house import House, eventually, open_jobs, sign_in
from tests.scale.journeys import go_to_pay, hold, open_checkout, open_kabir, type_card
from tests.scale.tabs import Tab, free_starts

CROWD = 6


def confirmed_intro(everyone: People) -> UUID:
    """Sam's free intro call tomorrow, confirmed, so that there are notes to write in."""
    now = clock.utc_now()
    day = timedelta(days=1)
    with database.transaction() as db:
        start = queries.free_starts(
            db,
            mentor_id=everyone.mentor,
            offering_id=everyone.intro,
            since=now + day,
            until=now + 2 * day,
            viewer_id=None,
            now=now,
        )[0]
        wish = bookings.Wish(offering_id=everyone.intro, starts_at=start)
        booking = bookings.place_hold(db, mentee_id=everyone.stranger, wish=wish, now=now)
        bookings.write_intake(db, booking_id=booking.id, mentee_id=everyone.stranger, intake=INTAKE, now=now)
    with database.transaction() as db:
        bookings.confirm_free(db, booking_id=booking.id, mentee_id=everyone.stranger, now=now)
    return booking.id


def join_the_crowd() -> list[UUID]:
    """People who are about to hold a time each."""
    with database.transaction() as db:
        return [
            people.add_person(db, name=f"Mentee {number}", email=f"mentee{number}@example.org", zone="UTC")
            for number in range(CROWD)
        ]


class Busy:
    """What people do while the server dies, and what it had acknowledged by then."""

    def __init__(self, house: House, everyone: People) -> None:
        self.house, self.everyone = house, everyone
        self.held: list[UUID] = []
        self.words: list[str] = []

    async def hold(self, tab: Tab, start: str) -> None:
        """Hold a time and remember the answer."""
        self.held.append(await hold(tab, start))

    async def write(self, notepad: Notepad) -> None:
        """Write line after line, as fast as the server acknowledges them."""
        while notepad.code is None:
            self.words.append(f"line {len(self.words)} of the notes\n")
            await notepad.type(self.words[-1])
            if len(self.words) - notepad.saved > 20:
                await notepad.until(lambda: len(self.words) - notepad.saved < 10 or notepad.code is not None, "a word")


async def ready_to_pay(house: House, everyone: People, cookie: str) -> tuple[UUID, str]:
    """Riya's held time and the provider's page that waits for her card."""
    tab = await open_kabir(house, offering=everyone.cv_review, cookie=cookie)
    booking = await hold(tab, free_starts(tab)[2])
    checkout = await open_checkout(house, booking, cookie)
    page = await go_to_pay(checkout)
    await asyncio.gather(tab.close(), checkout.close())
    return booking, page


async def test_what_was_acknowledged_before_the_kill_is_there_after_the_restart(
    small_house: House, furnished: People
) -> None:
    everyone = furnished
    intro, crowd = confirmed_intro(everyone), [sign_in(person) for person in join_the_crowd()]
    riya, sam = sign_in(everyone.mentee), sign_in(everyone.stranger)
    busy = Busy(small_house, everyone)

    server = small_house.start("serve")
    try:
        await asyncio.to_thread(small_house.wait_until_it_serves, server)
        paid_for, page = await ready_to_pay(small_house, everyone, riya)
        tabs = [await open_kabir(small_house, offering=everyone.cv_review, cookie=cookie) for cookie in crowd]
        starts = [start for start in free_starts(tabs[0]) if "T" in start][4::2]
        notepad = await Notepad(intro, sam, client=11).open(small_house.url)
        writing = asyncio.create_task(busy.write(notepad))
        await notepad.until(lambda: notepad.saved > 10, "the first acknowledgements")
        holding = [asyncio.create_task(busy.hold(tab, start)) for tab, start in zip(tabs, starts, strict=False)]
        await type_card(page)
        await asyncio.wait(holding, return_when=asyncio.FIRST_COMPLETED)
    finally:
        server.kill()
        server.wait(20)
    await asyncio.gather(*holding, writing, return_exceptions=True)
    acknowledged = busy.words[: max(0, notepad.saved - 1)]

    with small_house.serving():
        clock.move(LEASE + timedelta(seconds=1))
        await eventually(lambda: is_confirmed(paid_for), "the payment")
        await eventually(lambda: not open_jobs(), "the outbox")
        assert all(is_held(booking) for booking in busy.held)
        reader = await Notepad(intro, sam, client=12).open(small_house.url)
        await reader.until(lambda: all(line in reader.text for line in acknowledged), "every acknowledged line")
        await reader.drop()
    assert busy.held
    assert len(acknowledged) >= 10
    with database.reading() as db:
        payment = db.exec(select(Payment).where(Payment.booking_id == paid_for)).one()
        assert payment.status is PaymentStatus.CAPTURED
        assert db.exec(select(Refund)).all() == []
    assert "0 differences." in small_house.ledger_check()


def is_confirmed(booking: UUID) -> bool:
    with database.reading() as db:
        return db.get_one(Booking, booking).status is Status.CONFIRMED


def is_held(booking: UUID) -> bool:
    """Whether a booking is held and its time is really claimed."""
    with database.reading() as db:
        claimed = db.exec(select(Claim).where(col(Claim.booking_id) == booking)).all()
        return db.get_one(Booking, booking).status is Status.HELD and len(claimed) >= 2


async def test_a_start_beside_a_server_that_runs_is_refused_with_the_reason(
    small_house: House, furnished: People
) -> None:
    with small_house.serving():
        second = small_house.start("serve")
        try:
            assert await asyncio.to_thread(second.wait, 60) == 2
        except subprocess.TimeoutExpired:
            second.kill()
            pytest.fail("the second server kept running")
    assert "is taken" in small_house.said()
