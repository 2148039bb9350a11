"""Two places, two people: who is in, whose line dropped, who came back, and what the journal says of it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiortc import RTCCertificate, RTCSessionDescription

from mentorhub.video.attendance import Journal
from mentorhub.video.join_token import verify
from mentorhub.video.participant import Devices, JoinRefused, Visit
from mentorhub.video.room import House, Room, monotonic
from mentorhub.video.sdp import OfferRefused
from tests.video.media_process import SECRET
from tests.video.pages import Page, token, until

STARTED = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)


class Door:
    """A room in this process with a clock of its own; pages come in through `enter`."""

    def __init__(self, folder: Path) -> None:
        self.clock = STARTED.timestamp()
        self.journal = Journal(folder, now=self.clock)
        self.room = Room("b1", House(RTCCertificate.generateCertificate(), lambda: self.clock, self.journal, None))
        self.pages: list[Page] = []

    def visit(self, user: str, page: str = "one window") -> Visit:
        return Visit(verify(token(user, now=STARTED), booking_id="b1", now=STARTED, secret=SECRET), page)

    async def enter(self, user: str, window: str = "one window", *, resume: bool = False, connect: bool = True) -> Page:
        page = Page("http://unused.invalid", "")
        self.pages.append(page)
        await page.line.setLocalDescription(await page.line.createOffer())
        offer = page.line.localDescription.sdp
        answer = await self.room.join(self.visit(user, window), offer, Devices(microphone=True), resume=resume)
        if connect:
            await page.line.setRemoteDescription(RTCSessionDescription(answer, "answer"))
            await until(lambda: self.presence(user) == "here" and page.line.connectionState == "connected")
        return page

    def presence(self, user: str) -> str:
        participant = self.room.participants.get(user)
        return "outside" if participant is None else str(participant.presence)

    def facts(self) -> list[tuple[str, str, float, str]]:
        start = STARTED.timestamp()
        return [(e.user_id, e.event, round(e.at - start), e.reason) for e in self.journal.after(0)]

    def view(self, user: str) -> dict[str, Any]:
        return self.room.view(self.visit(user))


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    opened = Door(tmp_path)
    yield opened
    opened.room.close("ended")
    await opened.room.settle()
    await asyncio.gather(*(page.line.close() for page in opened.pages))


async def test_a_third_person_with_a_token_finds_both_places_taken(door: Door) -> None:
    await door.enter("riya")
    await door.enter("kabir")

    with pytest.raises(JoinRefused) as refusal:
        await door.enter("sam", connect=False)

    assert refusal.value.reason == "full"
    assert [other["user"] for other in door.view("riya")["others"]] == ["kabir"]
    assert door.facts() == [("riya", "joined", 0, ""), ("kabir", "joined", 0, "")]


async def test_each_page_is_told_which_line_shows_whom(door: Door) -> None:
    await door.enter("riya")
    await door.enter("kabir")

    shown = {(slot["source"], slot["user"]) for slot in door.view("riya")["slots"]}

    assert shown == {("microphone", "kabir"), ("camera", "kabir")}
    assert door.view("sam")["slots"] == []


async def test_a_rejoin_keeps_the_place_and_attendance_goes_on(door: Door) -> None:
    await door.enter("riya")
    await door.enter("kabir")
    before = {slot.section.mid: slot.ssrc for slot in door.room.participants["kabir"].peer.slots}

    first = door.room.participants["riya"].peer
    await door.enter("riya")
    await until(lambda: door.room.participants["riya"].peer is not first)
    await door.room.settle()

    kabir = door.room.participants["kabir"].peer
    assert {slot.section.mid: slot.ssrc for slot in kabir.slots} == before
    riya = door.room.participants["riya"].peer
    shown = {slot.section.source: slot.publication for slot in kabir.slots}
    assert shown["camera"] is riya.publications["camera"]
    assert [fact[:2] for fact in door.facts()] == [("riya", "joined"), ("kabir", "joined")]


async def test_silence_is_reconnecting_after_four_seconds_and_leaving_after_twenty(door: Door) -> None:
    page = await door.enter("riya")
    heard_at = door.room.participants["riya"].peer.heard_at
    await page.line.close()
    await until(lambda: door.presence("riya") == "reconnecting")

    door.clock += 21
    door.room.tick(heard_at + 20)
    assert door.presence("riya") == "reconnecting"

    heard_at = door.room.participants["riya"].peer.heard_at
    door.room.tick(heard_at + 20.5)

    assert door.presence("riya") == "left"
    assert door.facts()[-1][:2] == ("riya", "left")
    assert door.facts()[-1][3] == "lost"
    assert door.journal.after(0)[-1].at == pytest.approx(door.clock - 20.5, abs=0.01)


async def test_a_quiet_line_is_reconnecting_and_comes_back_when_heard(door: Door) -> None:
    await door.enter("riya")

    door.room.tick(monotonic() + 5)
    assert door.presence("riya") == "reconnecting"

    door.room.tick(monotonic())
    assert door.presence("riya") == "here"
    assert [fact[1] for fact in door.facts()] == ["joined"]


async def test_leaving_by_an_old_page_does_not_put_out_the_new_one(door: Door) -> None:
    await door.enter("riya", "old")
    await door.enter("riya", "new")
    await until(lambda: door.room.participants["riya"].arriving is None)

    door.room.leave(door.visit("riya", "old"))
    assert door.presence("riya") == "here"

    door.room.leave(door.visit("riya", "new"))
    assert door.presence("riya") == "left"


async def test_pressing_join_takes_the_place_over_and_the_other_window_does_not_come_back_by_itself(
    door: Door,
) -> None:
    await door.enter("riya", "old")
    await door.enter("riya", "new")

    with pytest.raises(JoinRefused) as refusal:
        await door.enter("riya", "old", resume=True, connect=False)
    assert refusal.value.reason == "elsewhere"
    assert door.room.view(door.visit("riya", "old"))["elsewhere"] is True
    assert door.room.view(door.visit("riya", "new"))["elsewhere"] is False

    await door.enter("riya", "old")
    assert door.room.view(door.visit("riya", "new"))["elsewhere"] is True


async def test_after_closing_time_two_may_finish_but_one_alone_is_let_out(door: Door) -> None:
    await door.enter("riya")
    await door.enter("kabir")
    door.clock += timedelta(hours=2).total_seconds()

    door.room.tick(monotonic())
    assert (door.presence("riya"), door.presence("kabir")) == ("here", "here")

    door.room.leave(door.visit("riya"))
    door.room.tick(monotonic())
    assert door.presence("kabir") == "left"
    assert door.facts()[-2:] == [("riya", "left", 7200, "left"), ("kabir", "left", 7200, "closed")]


async def test_a_page_that_never_arrives_leaves_nothing_behind(door: Door) -> None:
    await door.enter("riya", connect=False)
    await door.enter("riya")

    assert [fact[:2] for fact in door.facts()] == [("riya", "joined")]
    await until(lambda: door.room.participants["riya"].arriving is None)


async def test_a_wrong_offer_takes_no_place(door: Door) -> None:
    with pytest.raises(OfferRefused):
        await door.room.join(door.visit("riya"), "nonsense", Devices())

    assert door.presence("riya") == "outside"
    await door.room.settle()
    assert door.room.is_idle


async def test_what_one_switches_on_and_off_is_told(door: Door) -> None:
    await door.enter("riya")

    with door.room.watch() as changed:
        changed.clear()
        door.room.set_devices(door.visit("riya"), Devices(camera=True))

        assert changed.is_set()
    told = door.view("kabir")["others"][0]
    assert (told["microphone"], told["camera"], told["screen"]) == (False, True, False)
