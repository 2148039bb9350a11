"""A person in a room: where they are, what they have switched on, and their connection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mentorhub.video.join_token import JoinToken
from mentorhub.video.peer import Peer


class Presence(StrEnum):
    """Where a participant is, as the others are told."""

    OUTSIDE = "outside"
    HERE = "here"
    RECONNECTING = "reconnecting"
    LEFT = "left"


class JoinRefused(Exception):
    """This person cannot come in now; `reason` is for the page's code, the message for the person."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Devices:
    """Which of their devices a participant has on."""

    microphone: bool = False
    camera: bool = False
    screen: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A person at one page: `page` is a name the page gives itself, so that two windows are told apart."""

    token: JoinToken
    page: str


@dataclass(slots=True, eq=False)
class Participant:
    """One person of the room, with the connection of their newest page.

    `since` and `shared_at` (when they began to share their screen) are of the room's clock.
    """

    visit: Visit
    presence: Presence = Presence.OUTSIDE
    since: float = 0.0
    devices: Devices = field(default_factory=Devices)
    peer: Peer | None = None
    arriving: Peer | None = None
    dropped: bool = False
    shared_at: float = 0.0

    @property
    def token(self) -> JoinToken:
        """The token of the newest page."""
        return self.visit.token

    @property
    def is_in(self) -> bool:
        """Whether the person holds a place: here, or expected back."""
        return self.presence in (Presence.HERE, Presence.RECONNECTING)

    @property
    def spoke_at(self) -> float:
        """When their voice was last heard, in seconds of the monotonic clock."""
        microphone = self.peer.publications.get("microphone") if self.peer is not None else None
        return microphone.loud_at if microphone is not None else 0.0

    def described(self) -> dict[str, Any]:
        """What the others' pages are told."""
        return {
            "user": self.token.user_id,
            "name": self.token.name,
            "role": self.token.role,
            "presence": str(self.presence),
            "since": round(self.since, 3),
            "microphone": self.devices.microphone,
            "camera": self.devices.camera,
            "screen": self.devices.screen,
        }


def slots_shown(own: Participant | None, others: list[Participant]) -> list[dict[str, str]]:
    """Which line of the page's connection shows whom, and what of theirs."""
    if own is None or own.peer is None:
        return []
    shown = []
    whose = {
        publication: other.token.user_id
        for other in others
        if other.peer is not None
        for publication in other.peer.publications.values()
    }
    for slot in own.peer.slots:
        if slot.publication in whose:
            user = whose[slot.publication]
            shown.append({"mid": slot.section.mid, "source": slot.section.source, "user": user})
    return shown


def in_order(people: Iterable[Participant], source: str) -> list[Participant]:
    """Who comes first where not everybody's track of a source can be shown.

    Of cameras: those that are on, the mentor's before all, then who spoke last. Of screens: who shared last.
    """
    if source == "screen":
        return sorted(people, key=lambda one: (not one.devices.screen, -one.shared_at))
    if source == "camera":
        return sorted(people, key=lambda one: (not one.devices.camera, one.token.role != "mentor", -one.spoke_at))
    return list(people)
