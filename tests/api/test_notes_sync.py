"""The socket of the notes: two people type at once, drop out and come back, and nothing acknowledged is lost."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from pycrdt import Doc
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from mentorhub import database
from mentorhub.adapters.memory_bus import MemoryBus
from mentorhub.adapters.redis_bus import RedisBus
from mentorhub.api import notes_frames as frames
from mentorhub.api import notes_sync
from mentorhub.api.notes_frames import Caret, Step
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.bookings.models import Booking
from mentorhub.domain.common import clock
from mentorhub.domain.notes import queries
from mentorhub.domain.notes import service as notes
from tests.api.notepads import Notepad, book, sign_in, worker
from tests.people import People


def kept(booking: UUID) -> str:
    """What the database holds."""
    with database.reading() as db:
        return queries.text(db, booking_id=booking)


async def test_what_two_people_type_at_once_reaches_both_and_the_database(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        kabir = await Notepad(booking, sign_in(everyone.mentor), client=22).open(url)
        await asyncio.gather(riya.until_saved(), kabir.until_saved())

        async def typing(who: Notepad, letter: str) -> None:
            for _ in range(40):
                await who.type(letter, at=0)

        await asyncio.gather(typing(riya, "r"), typing(kabir, "k"))
        await asyncio.gather(riya.until_saved(), kabir.until_saved())
        await riya.until(lambda: len(riya.text) == 80, "80 letters")
        await kabir.until(lambda: len(kabir.text) == 80, "80 letters")

        assert riya.text == kabir.text == kept(booking)
        assert (riya.text.count("r"), riya.text.count("k")) == (40, 40)


async def test_an_acknowledged_letter_is_in_the_database(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        for count in range(1, 6):
            await riya.type("é")
            await riya.until_saved()

            assert kept(booking) == "é" * count


async def test_what_was_typed_without_a_connection_merges_on_return(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        kabir = await Notepad(booking, sign_in(everyone.mentor), client=22).open(url)
        await kabir.type("one. ")
        await riya.until_text("one. ")

        await riya.drop()
        riya.writer.type("two. ")
        riya.writer.erase("one")
        await kabir.type("three. ")
        await riya.open(url)

        await riya.until_saved()
        await kabir.until(lambda: "two" in kabir.text, "two")
        assert riya.text == kabir.text == kept(booking)
        assert sorted(kept(booking).split()) == [".", "three.", "two."]


async def test_a_restarted_server_has_every_acknowledged_letter(everyone: People, database_url: str) -> None:
    booking = book(everyone)
    riya = Notepad(booking, sign_in(everyone.mentee), client=11)
    async with worker(MemoryBus()) as url:
        await riya.open(url)
        await riya.type("kept. ")
        await riya.until_saved()
    await riya.drop()
    database.connect(database_url)
    riya.writer.type("typed while it was away. ")

    async with worker(MemoryBus()) as url:
        kabir = await Notepad(booking, sign_in(everyone.mentor), client=22).open(url)
        await kabir.until_text("kept. ")
        await riya.open(url)

        await kabir.until_text("kept. typed while it was away. ")


async def test_two_workers_share_one_document_and_its_carets(everyone: People, redis_url: str) -> None:
    booking = book(everyone)
    buses = RedisBus(redis_url), RedisBus(redis_url)
    async with worker(buses[0], look_again=60) as first, worker(buses[1], look_again=60) as second:
        await asyncio.gather(*(bus.listening.wait() for bus in buses))
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(first)
        kabir = await Notepad(booking, sign_in(everyone.mentor), client=22).open(second)

        await riya.type("[ ] send it @kabir")
        await kabir.until_text("[ ] send it @kabir")
        await kabir.type(" ok")
        await riya.until(lambda: riya.text.endswith(" ok"), "ok")
        await kabir.until(lambda: bool(kabir.facts.get("items")), "the item")
        await riya.send(frames.awareness([Caret(11, 1, json.dumps({"cursor": {"head": 1}}))]))
        await kabir.until(lambda: 11 in kabir.carets, "the caret")
        await riya.drop()
        await kabir.until(lambda: kabir.carets[11].is_gone, "the end of the caret")


async def test_what_the_bus_lost_is_found_within_a_moment(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url, worker(MemoryBus()) as other:
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        kabir = await Notepad(booking, sign_in(everyone.mentor), client=22).open(other)

        await riya.type("hello")

        await kabir.until_text("hello")


async def test_people_on_one_worker_see_each_other_without_the_bus(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus(), look_again=60) as url:
        database.publish_after_commit(None)
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        kabir = await Notepad(booking, sign_in(everyone.mentor), client=22).open(url)

        await riya.type("hello")

        await kabir.until_text("hello")


async def test_a_line_with_a_box_shows_its_item_to_both(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        kabir = await Notepad(booking, sign_in(everyone.mentor), client=22).open(url)
        await kabir.type("[ ] rewrite it @riya 1999-01-01\n[x] call @kabir")
        await riya.until(lambda: len(riya.facts.get("items", [])) == 2, "the items")

        rewrite, call = riya.facts["items"]
        assert (rewrite["text"], rewrite["owner"], rewrite["due"], rewrite["refused"], rewrite["done"]) == (
            "Rewrite it",
            "Riya",
            "",
            True,
            False,
        )
        assert (call["text"], call["owner"], call["done"]) == ("Call", "Kabir", True)
        assert riya.facts["me"] == str(everyone.mentee)
        assert riya.facts["names"][str(everyone.mentor)] == "Kabir Deshmukh"


async def test_a_caret_bears_the_name_the_server_knows_and_goes_with_its_page(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        kabir = await Notepad(booking, sign_in(everyone.mentor), client=22).open(url)
        forged = {"cursor": {"head": 3}, "user": {"name": "Kabir"}, "more": "x"}
        await riya.send(frames.awareness([Caret(11, 1, json.dumps(forged))]))
        await kabir.until(lambda: 11 in kabir.carets, "the caret")

        assert json.loads(kabir.carets[11].state) == {
            "cursor": {"head": 3},
            "user": {"name": "Riya", "side": "mentee"},
        }
        await riya.drop()
        await kabir.until(lambda: kabir.carets[11].is_gone, "the end of the caret")


async def test_nobody_moves_the_other_persons_caret(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        kabir = await Notepad(booking, sign_in(everyone.mentor), client=22).open(url)
        await kabir.send(frames.awareness([Caret(22, 1, json.dumps({"cursor": {"head": 1}}))]))
        await riya.until(lambda: 22 in riya.carets, "the caret")

        await riya.send(frames.awareness([Caret(22, 9, "null"), Caret(11, 1, "{}")]))
        await riya.until(lambda: 11 in riya.carets, "her own caret")

        assert riya.carets[22].is_gone is False


async def test_a_stranger_and_a_person_who_is_not_signed_in_are_refused(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        await riya.type("secret")
        await riya.until_saved()
        sam = await Notepad(booking, sign_in(everyone.stranger), client=33).open(url)
        nobody = await Notepad(booking, "no-such-session", client=44).open(url)
        lost = await Notepad(uuid4(), sign_in(everyone.mentee), client=55).open(url)

        assert await sam.until_closed() == notes_sync.NO_NOTES
        assert await nobody.until_closed() == notes_sync.SIGNED_OUT
        assert await lost.until_closed() == notes_sync.NO_NOTES
        assert (sam.text, sam.facts, nobody.text, nobody.facts) == ("", {}, "", {})


async def test_a_refusal_waits_for_the_first_frame_so_that_its_reason_arrives(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        headers = {"Cookie": f"mh_session={sign_in(everyone.stranger)}", "Origin": url}
        address = f"{url.replace('http', 'ws', 1)}/notes/{booking}/sync"
        async with connect(address, additional_headers=headers, proxy=None) as socket:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(socket.recv(), 0.2)
            await socket.send(frames.sync(Step.HAVE, Doc[Any]().get_state()))

            with pytest.raises(ConnectionClosed) as closed:
                await socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == notes_sync.NO_NOTES


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
async def test_another_sites_page_is_not_let_in(everyone: People, origin: str) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        with pytest.raises(InvalidStatus) as refusal:
            await Notepad(booking, sign_in(everyone.mentee), client=11).open(url, origin=origin)

        assert refusal.value.response.status_code == 403


async def test_a_revoked_session_ends_within_moments_and_writes_no_more(everyone: People) -> None:
    booking = book(everyone)
    token = sign_in(everyone.mentee)
    async with worker(MemoryBus()) as url:
        riya = await Notepad(booking, token, client=11).open(url)
        await riya.type("before")
        await riya.until_saved()

        with database.transaction() as db:
            accounts.sign_out(db, token=token, now=clock.utc_now())

        assert await riya.until_closed() == notes_sync.SIGNED_OUT
        assert kept(booking) == "before"


async def test_locked_notes_are_shown_and_take_nothing(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        await riya.type("before")
        await riya.until_saved()
        with database.transaction() as db:
            row = db.get_one(Booking, booking)
            row.starts_at -= timedelta(days=8)
            row.ends_at -= timedelta(days=8)
            row.blocked_from -= timedelta(days=8)
        await riya.until(lambda: riya.facts["canWrite"] is False, "the lock")

        await riya.type(" after")

        assert await riya.until_closed() == notes_sync.LOCKED
        assert kept(booking) == "before"


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\x00",
        b"\x00\x09\x01a",
        b"\x63hello",
        b"\xff" * 30,
        b"\x00\x02\xff\xff\x03abc",
        b"\x00\x02\x03abc",
        b"\x00\x00\x05hello",
        b"\x00\x02\x02\x00\x00trailing",
        frames.awareness([Caret(1, 1, "[]")]),
        frames.awareness([Caret(1, 1, "{nonsense")]),
        frames.awareness([Caret(1, 1, '{"a":"' + "x" * 3000 + '"}')]),
        frames.awareness([Caret(n, 1, "{}") for n in range(9)]),
        frames.sync(Step.UPDATE, b"nonsense"),
    ],
)
async def test_a_frame_that_makes_no_sense_ends_the_connection_and_changes_nothing(
    everyone: People, frame: bytes
) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        kabir = await Notepad(booking, sign_in(everyone.mentor), client=22).open(url)
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        await riya.type("safe")
        await riya.until_saved()

        await riya.send(frame)

        assert await riya.until_closed() == notes_sync.BROKEN
        await kabir.type(" and on", at=0)
        await kabir.until_saved()
        assert "safe" in kept(booking)


async def test_a_frame_too_large_and_an_update_too_large_are_refused(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        await riya.send(b"\x00" * 200_000)
        assert await riya.until_closed() == notes_sync.TOO_LONG

        await riya.open(url)
        await riya.type("a" * 110_000)
        assert await riya.until_closed() == notes_sync.TOO_LONG
        assert kept(booking) == ""


async def test_an_update_that_builds_on_a_lost_one_asks_for_everything(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        await riya.until_saved()
        riya.writer.type("lost ")
        await riya.type("later")
        assert await riya.until_closed() == notes_sync.SEND_ALL

        await riya.open(url)
        await riya.until_saved()

        assert kept(booking) == "lost later"


async def test_a_page_that_floods_is_let_go(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        for _ in range(600):
            await riya.send(frames.sync(Step.HAVE, Doc().get_state()))

        assert await riya.until_closed() == notes_sync.TOO_FAST


async def test_an_item_ticked_on_another_page_is_ticked_in_open_notes(everyone: People) -> None:
    booking = book(everyone)
    async with worker(MemoryBus()) as url:
        riya = await Notepad(booking, sign_in(everyone.mentee), client=11).open(url)
        await riya.type("[ ] cut it")
        await riya.until(lambda: bool(riya.facts.get("items")), "the item")

        def tick() -> None:
            with database.transaction() as db:
                (item,) = queries.items_of_booking(db, booking_id=booking)
                notes.tick(db, item_id=item.id, actor_id=everyone.mentee, is_done=True, now=clock.utc_now())

        await asyncio.to_thread(tick)

        await riya.until_text("[x] cut it")
        await riya.until(lambda: riya.facts["items"][0]["done"], "the tick")
