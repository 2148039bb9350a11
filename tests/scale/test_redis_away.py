"""Redis dies under two web workers and comes back empty: nothing kept is lost, and pages go on."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import redis

from mentorhub import database
from mentorhub.domain.bookings.models import Booking, Status
from tests import servers
from tests.scale.house import House, eventually, sign_in
from tests.scale.journeys import hold, open_kabir
from tests.scale.tabs import free_starts


def hearers(url: str) -> int:
    """How many processes hear the bus."""
    with redis.Redis.from_url(url) as link:
        return int(link.pubsub_numsub("mentorhub:topics")[0][1])


async def test_pages_load_hold_and_stay_live_after_redis_came_back_empty(
    tmp_path: Path, empty_postgres: Callable[[], str]
) -> None:
    port = servers.free_port()
    house = House(
        tmp_path,
        {"DATABASE_URL": empty_postgres(), "REDIS_URL": f"redis://127.0.0.1:{port}/0", "MENTORHUB_WORKERS": "2"},
    )
    people = house.furnish()
    cookie, offering = sign_in(people.mentee), people.cv_review
    with ExitStack() as running:
        running.enter_context(servers.redis(tmp_path, port=port))
        with house.serving():
            before = await open_kabir(house, offering=offering, cookie=cookie)
            first = await hold(before, free_starts(before)[2])
            await before.close()
            running.close()
            address = running.enter_context(servers.redis(tmp_path, port=port))
            await eventually(lambda: hearers(address) == 2, "the buses of both workers")

            riya = await open_kabir(house, offering=offering, cookie=cookie, token=before.token)
            watching = await open_kabir(house, offering=offering)
            start = free_starts(watching)[5]
            with database.reading() as db:
                assert db.get_one(Booking, first).status is Status.HELD
            second = await hold(riya, start)
            await watching.until(lambda: start not in free_starts(watching), "the push over the new Redis")
            with database.reading() as db:
                assert db.get_one(Booking, second).status is Status.HELD
            await asyncio.gather(riya.close(), watching.close())
    database.dispose()
