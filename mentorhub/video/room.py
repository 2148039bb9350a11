"""A room for two or for a group: who is in, whose line dropped, who sees whom; and the journal of all that.

Liveness is measured on the media itself: a page that is not heard for 4 s is reconnecting, after 20 s it
has left, as of the moment it was last heard. A rejoin replaces a connection once the new one is up, so the
others see at most a short freeze and attendance goes on. In a group's room everybody hears everybody; who is
seen, when not all can be, is looked at again each second.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from aiortc import RTCCertificate

from mentorhub.video.attendance import Journal
from mentorhub.video.participant import Devices, JoinRefused, Participant, Presence, Visit, in_order, slots_shown
from mentorhub.video.peer import Peer
from mentorhub.video.sdp import MOST_CAMERAS

ALONE = 1
SILENT_SECONDS = 4.0
GONE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class House:
    """What all rooms of this process share: certificate, clock, journal, and the address to announce."""

    certificate: RTCCertificate
    clock: Callable[[], float]
    journal: Journal
    public_address: str | None


class Room:
    """The room of one booking or group session."""

    def __init__(self, booking_id: str, house: House) -> None:
        self.booking_id = booking_id
        self.participants: dict[str, Participant] = {}
        self.closes_at = 0.0
        self._house = house
        self._watches: set[asyncio.Event] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_idle(self) -> bool:
        """Whether nobody is in, on the way in, or looking."""
        busy = any(one.is_in or one.arriving for one in self.participants.values())
        return not busy and not self._watches and not self._tasks

    async def join(self, visit: Visit, offer: str, devices: Devices, *, resume: bool = False) -> str:
        """Answer a page's offer and take its connection in once it is up.

        A person who presses Join takes the place over from their other window; a page that comes back by
        itself (`resume`) does not. Raises JoinRefused (taken over, or the room is full) and OfferRefused.
        """
        participant = self._place_for(visit, resume=resume)
        peer = Peer(self._house.certificate, self._line_ended, others=visit.token.places - 1)
        try:
            answer = await peer.answer(offer, self._house.public_address)
        except BaseException:
            await peer.close()
            raise
        overtaken, participant.arriving = participant.arriving, peer
        participant.visit, participant.devices = visit, devices
        self.closes_at = visit.token.closes_at
        if overtaken is not None:
            self._run(overtaken.close())
        self._run(self._take_in(participant, peer))
        return answer

    def _place_for(self, visit: Visit, *, resume: bool) -> Participant:
        known = self.participants.get(visit.token.user_id)
        if known is not None and (known.is_in or known.arriving):
            if resume and known.visit.page != visit.page:
                raise JoinRefused("elsewhere", "You are in this room in another window.")
            return known
        others = (one for one in self.participants.values() if one is not known)
        if sum(1 for one in others if one.is_in or one.arriving) >= visit.token.places:
            places = "Both places" if visit.token.places == 2 else "All places"
            raise JoinRefused("full", f"{places} in this room are taken.")
        return self.participants.setdefault(visit.token.user_id, Participant(visit))

    async def _take_in(self, participant: Participant, peer: Peer) -> None:
        connected = await peer.connect()
        if not connected or participant.arriving is not peer:
            await peer.close()
            if participant.arriving is peer:
                participant.arriving = None
            return
        old, participant.peer, participant.arriving = participant.peer, peer, None
        participant.dropped = False
        self._set(participant, Presence.HERE, self._house.clock())
        self._connect_pages()
        self._house.journal.joined(
            booking_id=self.booking_id,
            user_id=participant.token.user_id,
            role=participant.token.role,
            at=self._house.clock(),
        )
        self._tell()
        if old is not None:
            await old.close()

    def _connect_pages(self) -> bool:
        """Show everybody to everybody, as far as their pages have slots; returns whether anything changed."""
        inside = [one for one in self.participants.values() if one.peer is not None]
        changed = False
        for source in ("microphone", "camera", "screen"):
            order = [one.peer for one in in_order(inside, source) if one.peer is not None]
            for viewer in order:
                changed |= viewer.show(source, (peer for peer in order if peer is not viewer))
        return changed

    def set_devices(self, visit: Visit, devices: Devices) -> None:
        """Note what a participant's newest page has switched on, and tell the others."""
        participant = self.participants.get(visit.token.user_id)
        if participant is not None and participant.visit.page == visit.page:
            if devices.screen and not participant.devices.screen:
                participant.shared_at = self._house.clock()
            participant.devices = devices
            self._connect_pages()
            self._tell()

    def leave(self, visit: Visit) -> None:
        """Let a participant out at once; a page that another has replaced changes nothing."""
        participant = self.participants.get(visit.token.user_id)
        if participant is not None and participant.visit.page == visit.page:
            self._let_out(participant, self._house.clock(), "left")

    def dismiss(self, user_id: str, reason: str) -> None:
        """Let one person out, whichever page they are at."""
        if (participant := self.participants.get(user_id)) is not None:
            self._let_out(participant, self._house.clock(), reason)

    def close(self, reason: str) -> None:
        """Let everybody out."""
        for participant in self.participants.values():
            self._let_out(participant, self._house.clock(), reason)

    def _let_out(self, participant: Participant, at: float, reason: str) -> None:
        ended = [peer for peer in (participant.peer, participant.arriving) if peer is not None]
        participant.peer = participant.arriving = None
        for peer in ended:
            self._run(peer.close())
        if not participant.is_in:
            return
        self._house.journal.left(booking_id=self.booking_id, user_id=participant.token.user_id, at=at, reason=reason)
        participant.devices = Devices()
        self._set(participant, Presence.LEFT, at)
        self._connect_pages()
        self._tell()

    def _line_ended(self, peer: Peer) -> None:
        """A page's line ended without a word: it may come back, so it is reconnecting."""
        for participant in self.participants.values():
            if participant.peer is peer and participant.presence is Presence.HERE:
                participant.dropped = True
                self._set(participant, Presence.RECONNECTING, self._house.clock())
                self._tell()

    def tick(self, now: float) -> None:
        """Once a second: reports, silence, and the doors; `now` is the monotonic clock."""
        clock = self._house.clock()
        for participant in list(self.participants.values()):
            peer = participant.peer
            if peer is None:
                continue
            peer.report(now)
            silence = now - peer.heard_at
            if silence > GONE_SECONDS:
                self._let_out(participant, clock - silence, "lost")
            elif silence > SILENT_SECONDS and participant.presence is Presence.HERE:
                self._set(participant, Presence.RECONNECTING, clock - silence)
                self._tell()
            elif silence <= SILENT_SECONDS and not participant.dropped and not participant.arriving:
                self._back(participant, clock)
        self._follow_the_voices()
        self._mind_the_doors(clock)

    def _follow_the_voices(self) -> None:
        """Where not everybody can be seen, who spoke last is."""
        if (
            sum(1 for one in self.participants.values() if one.peer is not None) > MOST_CAMERAS + 1
            and self._connect_pages()
        ):
            self._tell()

    def _back(self, participant: Participant, clock: float) -> None:
        if participant.presence is Presence.RECONNECTING:
            self._set(participant, Presence.HERE, clock)
            self._tell()

    def _mind_the_doors(self, clock: float) -> None:
        """After closing time those still talking may finish; one who is alone is let out."""
        inside = [one for one in self.participants.values() if one.is_in]
        if inside and clock >= self.closes_at and len(inside) == ALONE:
            self.close("closed")

    def _set(self, participant: Participant, presence: Presence, since: float) -> None:
        participant.presence, participant.since = presence, since

    @contextmanager
    def watch(self) -> Iterator[asyncio.Event]:
        """An event that is set whenever something changed; the watcher clears it and reads `view`."""
        changed = asyncio.Event()
        changed.set()
        self._watches.add(changed)
        try:
            yield changed
        finally:
            self._watches.discard(changed)

    def view(self, visit: Visit) -> dict[str, Any]:
        """What a page may know: its own place, the others, and which slot shows whom."""
        own = self.participants.get(visit.token.user_id)
        others = [one for one in self.participants.values() if one is not own]
        return {
            "type": "room",
            "now": round(self._house.clock(), 3),
            "closes_at": visit.token.closes_at,
            "you": str(own.presence if own is not None else Presence.OUTSIDE),
            "elsewhere": own is not None and own.is_in and own.visit.page != visit.page,
            "others": [one.described() for one in others],
            "slots": slots_shown(own, others),
        }

    def figures(self) -> dict[str, Any]:
        """Presence and packet counts of each participant, for operators."""
        return {
            one.token.user_id: {
                "presence": str(one.presence),
                **(one.peer.figures() if one.peer is not None else {}),
            }
            for one in self.participants.values()
        }

    def _tell(self) -> None:
        for changed in self._watches:
            changed.set()

    def _run(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait for connections that are being closed."""
        await asyncio.gather(*self._tasks, return_exceptions=True)


def monotonic() -> float:
    """The clock of liveness, in seconds; never moved by the product's clock."""
    return time.monotonic()
