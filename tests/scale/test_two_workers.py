"""PostgreSQL, Redis, two web workers and a job worker apart: the same journey and the same live pages."""

import asyncio
import pickle
import time
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
import redis
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.payments.models import Refund
from tests import files
from tests.people import People, add_booking
from tests.scale.house import House, eventually, open_jobs, sign_in
from tests.scale.journeys import go_to_pay, hold, open_booking, open_checkout, open_kabir, type_card
from tests.scale.tabs import BOOKING, MENTOR, Tab, free_starts


@pytest.fixture(scope="module")
def people(big_house: House) -> Iterator[People]:
    """The people of a house that is being served."""
    everyone = big_house.furnish()
    with big_house.serving(), big_house.running("worker"):
        yield everyone
    database.dispose()


def worker_of(tab: Tab, redis_url: str) -> str:
    """Which web worker holds a tab's socket, as Reflex notes it in Redis; none (empty) once it was let go."""
    kept = redis.Redis.from_url(redis_url).get(f"token_manager_socket_record_{tab.token}")
    return str(pickle.loads(kept).instance_id) if isinstance(kept, bytes) else ""


async def left(tab: Tab, redis_url: str) -> None:
    """Close a tab and wait for its worker's goodbye, which takes the record away whoever wrote it last."""
    await tab.close()
    await eventually(lambda: not worker_of(tab, redis_url), "the goodbye")


async def on_both_workers(house: House, people: People, redis_url: str, *, at_least: int = 6) -> list[Tab]:
    """Tabs on the mentor's page, some on each worker."""
    tabs: list[Tab] = []
    while len(tabs) < at_least or len({worker_of(tab, redis_url) for tab in tabs}) < 2:
        assert len(tabs) < 60, "every tab landed on one worker"
        tabs.append(await open_kabir(house, offering=people.cv_review))
    return tabs


async def close(*tabs: Tab) -> None:
    await asyncio.gather(*(tab.close() for tab in tabs))


async def test_a_taken_time_goes_within_a_second_in_the_tabs_of_both_workers(
    big_house: House, people: People, redis_url: str
) -> None:
    watching = await on_both_workers(big_house, people, redis_url)
    riya = await open_kabir(big_house, offering=people.cv_review, cookie=sign_in(people.mentee))
    first, second = free_starts(riya)[2:4]

    # The first push compiles and connects what later ones find ready.
    await hold(riya, first)
    await asyncio.gather(*(tab.until(lambda t=tab: first not in free_starts(t), "the first push") for tab in watching))
    begun = time.monotonic()
    await hold(riya, second)
    await asyncio.gather(
        *(tab.until(lambda t=tab: second not in free_starts(t), "the taken time going") for tab in watching)
    )

    assert time.monotonic() - begun < 1
    assert all("taken a moment ago" in tab.value(MENTOR, "notice") for tab in watching)
    await asyncio.gather(*(tab.until(lambda t=tab: first in free_starts(t), "the way back") for tab in watching))
    await close(riya, *watching)


async def test_the_journey_from_a_hold_to_a_confirmed_session_and_its_mails(big_house: House, people: People) -> None:
    riya, kabir = sign_in(people.mentee), sign_in(people.mentor)
    mentor_page = await open_kabir(big_house, offering=people.cv_review, cookie=riya)
    start = free_starts(mentor_page)[2]
    booking = await hold(mentor_page, start)

    checkout = await open_checkout(big_house, booking, riya)
    await type_card(await go_to_pay(checkout))
    back = await open_booking(big_house, booking, riya, just="paid")
    await back.until(lambda: back.wears(BOOKING, status="confirmed", waiting=False), "the confirmed session")
    mentor_side = await open_booking(big_house, booking, kabir)
    assert mentor_side.wears(BOOKING, status="confirmed", i_mentor=True)
    await eventually(lambda: not open_jobs(), "the work that follows")

    with database.reading() as db:
        kept = db.get_one(Booking, booking)
        assert (kept.status, f"{kept.starts_at:%Y-%m-%dT%H:%M:%SZ}") == (Status.CONFIRMED, start)
        assert db.exec(select(Refund)).all() == []
    mails = [path.read_text() for path in (big_house.folder / "mailbox").glob("*.eml")]
    assert len(mails) == 2
    assert all("text/calendar" in mail for mail in mails)
    assert "0 differences." in big_house.ledger_check()
    await close(mentor_page, checkout, back, mentor_side)


async def test_a_tab_that_comes_back_to_the_other_worker_goes_on(
    big_house: House, people: People, redis_url: str
) -> None:
    cookie, token = sign_in(people.mentee), str(uuid4())
    tab = await open_kabir(big_house, offering=people.cv_review, cookie=cookie, token=token)
    start, before = free_starts(tab)[2], worker_of(tab, redis_url)

    for _ in range(40):
        await left(tab, redis_url)
        tab = await open_kabir(big_house, offering=people.cv_review, cookie=cookie, token=token)
        if worker_of(tab, redis_url) != before:
            break
    assert worker_of(tab, redis_url) not in ("", before)

    booking = await hold(tab, start)
    with database.reading() as db:
        assert db.get_one(Booking, booking).status is Status.HELD
    await tab.close()


async def test_of_eight_files_sent_to_both_workers_three_are_kept_and_either_gives_them_out(
    big_house: House, people: People
) -> None:
    with database.transaction() as db:
        booking = db.get_one(Booking, add_booking(db, people, status=Status.HELD))
        booking.hold_expires_at = utc_now() + timedelta(minutes=10)
    headers = {"cookie": f"mh_session={sign_in(people.mentee)}", "origin": big_house.url}

    async def send(number: int) -> int:
        async with httpx.AsyncClient(trust_env=False, headers=headers, timeout=30) as web:
            address = f"{big_house.url}/intake/{booking.id}/files"
            return (await web.post(address, content=files.PDF, headers={"x-file-name": f"{number}.pdf"})).status_code

    answers = await asyncio.gather(*(send(number) for number in range(8)))

    assert (answers.count(201), len(answers) - answers.count(409) - answers.count(429)) == (3, 3)
    with database.reading() as db:
        kept = queries.intake_of(db, booking_id=booking.id).files
    assert len(kept) == 3
    for file in kept * 4:
        async with httpx.AsyncClient(trust_env=False, headers=headers) as web:
            assert (await web.get(f"{big_house.url}/intake/files/{file.file_id}")).content == files.PDF


async def test_it_says_that_everything_it_leans_on_answers(big_house: House, people: People) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:

        async def is_ready() -> bool:
            return (await client.get(f"{big_house.url}/readyz", timeout=10)).status_code == 200

        async with asyncio.timeout(20):
            while not await is_ready():
                pass
        answer = (await client.get(f"{big_house.url}/readyz")).json()

    assert answer == {"ready": True, "database": True, "bus": True, "jobs": True, "media": True}
