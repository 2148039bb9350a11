"""A room for a group: everybody hears and sees everybody, as far as pictures go; coming and going tears nothing."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiortc import RTCCertificate, RTCSessionDescription

from mentorhub.video import packets
from mentorhub.video.attendance import Journal
from mentorhub.video.join_token import verify
from mentorhub.video.participant import Devices, JoinRefused, Visit
from mentorhub.video.room import House, monotonic
from mentorhub.video.rooms import Rooms
from tests.video.media_process import SECRET, MediaProcess
from tests.video.pages import Page, joined, token, until, until_received

STARTED = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)
ON = Devices(microphone=True, camera=True)


async def _everybody_gets_from(pages: list[Page], people: int, *, more: int = 20) -> None:
    """Wait until each page got sound and pictures on as many lines as there are others."""
    for page in pages:
        before = await page.lines()
        async with asyncio.timeout(20):
            while True:
                grown = Counter(
                    kind for (kind, mid), got in (await page.lines()).items() if got > before[kind, mid] + more
                )
                if grown["audio"] >= people - 1 and grown["video"] >= people - 1:
                    break
                await asyncio.sleep(0.05)


async def test_each_of_four_gets_sound_and_picture_of_the_three_others(media: MediaProcess) -> None:
    async with AsyncExitStack() as stack:
        names = ("kabir", "riya", "sam", "mina")
        pages = [await stack.enter_async_context(joined(media.url, name, places=4)) for name in names]

        await _everybody_gets_from(pages, 4)


async def test_who_comes_late_or_leaves_disturbs_nobody(media: MediaProcess) -> None:
    async with (
        joined(media.url, "kabir", places=4) as kabir,
        joined(media.url, "riya", places=4) as riya,
    ):
        await _everybody_gets_from([kabir, riya], 2)
        async with joined(media.url, "sam", places=4) as sam:
            await _everybody_gets_from([kabir, riya, sam], 3)
            await sam.leave()
        await _everybody_gets_from([kabir, riya], 2)
        async with joined(media.url, "mina", places=4) as mina:
            await _everybody_gets_from([kabir, riya, mina], 3)

        assert kabir.line.connectionState == riya.line.connectionState == "connected"


async def test_the_mentor_alone_waits_and_gets_nothing(media: MediaProcess) -> None:
    async with joined(media.url, "kabir", places=4) as kabir:
        assert sum((await kabir.lines()).values()) == 0
        async with joined(media.url, "riya", places=4):
            await until_received(kabir, "video", 20)


class Hall:
    """A group's room in this process; people are in without a line of their own being up."""

    def __init__(self, folder: Path, places: int) -> None:
        self.clock = STARTED.timestamp()
        self.places = places
        self.journal = Journal(folder, now=self.clock)
        house = House(RTCCertificate.generateCertificate(), lambda: self.clock, self.journal, None)
        self.rooms = Rooms(house)
        self.pages: list[Page] = []

    def visit(self, user: str, *, at: datetime = STARTED) -> Visit:
        text = token(user, "g1", now=at, places=self.places)
        return Visit(verify(text, booking_id="g1", now=at, secret=SECRET), "one window")

    async def enter(self, user: str, devices: Devices = ON) -> Page:
        page = Page("http://unused.invalid", "", places=self.places)
        self.pages.append(page)
        await page.line.setLocalDescription(await page.line.createOffer())
        visit = self.visit(user)
        room = self.rooms.open("g1", visit.token)
        answer = await room.join(visit, page.line.localDescription.sdp, devices)
        await page.line.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        await until(lambda: room.participants[user].is_in and page.line.connectionState == "connected")
        return page

    def seen_by(self, user: str, source: str = "camera") -> list[str]:
        """Whose track of a source that person's page shows."""
        slots = self.rooms.open("g1", self.visit(user).token).view(self.visit(user))["slots"]
        return [slot["user"] for slot in slots if slot["source"] == source]

    def switch(self, user: str, **devices: bool) -> None:
        self.rooms.open("g1", self.visit(user).token).set_devices(self.visit(user), Devices(**devices))

    def speaks(self, user: str) -> None:
        """A second of a voice from that person, as their page's packets say it."""
        room = self.rooms.open("g1", self.visit(user).token)
        peer = room.participants[user].peer
        assert peer is not None
        microphone = peer.publications["microphone"]
        number = microphone.section.forwarded_extension
        for sequence in range(50):
            level = bytes([number << 4, 0x80 | 20, 0, 0])
            microphone.receive(packets.Packet(sequence, sequence * 960, 1, 111, 0, 0, level, b"x"), monotonic())
        room.tick(monotonic())


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    opened = Hall(tmp_path, places=10)
    yield opened
    await opened.rooms.stop("ended")
    await asyncio.gather(*(page.line.close() for page in opened.pages))


async def test_of_nine_everybody_is_heard_and_six_others_are_seen_the_mentor_among_them(hall: Hall) -> None:
    names = ["riya", "sam", "mina", "ola", "ben", "eva", "tom", "kabir", "zoe"]
    for name in names:
        await hall.enter(name)

    assert sorted(hall.seen_by("zoe", "microphone")) == sorted(set(names) - {"zoe"})
    assert len(hall.seen_by("zoe")) == 6
    assert all("kabir" in hall.seen_by(name) for name in names if name != "kabir")
    assert "zoe" not in hall.seen_by("riya")

    hall.speaks("zoe")
    seen = hall.seen_by("riya")
    assert "zoe" in seen
    assert "kabir" in seen
    assert len(seen) == 6

    hall.switch("zoe", microphone=True)
    assert "zoe" not in hall.seen_by("riya")
    assert "zoe" in hall.seen_by("riya", "microphone")


async def test_a_shared_screen_is_shown_to_all_and_the_newest_takes_over(hall: Hall) -> None:
    for name in ("kabir", "riya", "sam"):
        await hall.enter(name)
    room = hall.rooms.open("g1", hall.visit("riya").token)
    for name in ("kabir", "riya"):
        peer = room.participants[name].peer
        assert peer is not None
        peer.publications["screen"] = peer.publications["camera"]

    hall.switch("kabir", screen=True, camera=True)
    assert hall.seen_by("sam", "screen") == ["kabir"]
    hall.clock += 5
    hall.switch("riya", screen=True)
    assert hall.seen_by("sam", "screen") == ["riya"]
    hall.switch("riya", microphone=True)
    assert hall.seen_by("sam", "screen") == ["kabir"]


async def test_the_room_is_full_at_its_last_place(tmp_path: Path) -> None:
    hall = Hall(tmp_path, places=3)
    for name in ("kabir", "riya", "sam"):
        await hall.enter(name)

    with pytest.raises(JoinRefused, match="All places in this room are taken") as refusal:
        await hall.enter("mina")

    assert refusal.value.reason == "full"
    await hall.rooms.stop("ended")
    await asyncio.gather(*(page.line.close() for page in hall.pages))


async def test_who_is_sent_out_stays_out_with_the_old_token_and_the_others_stay_in(hall: Hall) -> None:
    for name in ("kabir", "riya", "sam"):
        await hall.enter(name)
    hall.clock += 60

    hall.rooms.dismiss("g1", "sam", hall.clock + 3600)

    room = hall.rooms.find("g1")
    assert room is not None
    assert {user: str(one.presence) for user, one in room.participants.items()} == {
        "kabir": "here",
        "riya": "here",
        "sam": "left",
    }
    with pytest.raises(JoinRefused) as refusal:
        hall.rooms.open("g1", hall.visit("sam").token)
    assert refusal.value.reason == "cancelled"
    later = datetime.fromtimestamp(hall.clock + 1, UTC)
    assert hall.rooms.open("g1", hall.visit("sam", at=later).token) is room


async def test_after_closing_time_the_last_one_is_let_out(hall: Hall) -> None:
    await hall.enter("kabir")
    await hall.enter("riya")
    await hall.enter("sam")
    hall.clock += 7200
    hall.rooms.tick(monotonic())
    room = hall.rooms.find("g1")
    assert room is not None
    for name in ("riya", "sam"):
        room.leave(hall.visit(name))
    hall.rooms.tick(monotonic())

    told: list[Any] = [(entry.user_id, entry.reason) for entry in hall.journal.after(0) if entry.event == "left"]
    assert told == [("riya", "left"), ("sam", "left"), ("kabir", "closed")]
