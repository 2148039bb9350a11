"""A person in a room: where they are, what they have switched on, and their connection."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mentorhub.video.join_token import JoinToken
from mentorhub.video.peer import Peer


class Presence(StrEnum):
    """Where a participant is, as the other is told."""

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
    """One of the two people, with the connection of their newest page; `since` is the room's clock."""

    visit: Visit
    presence: Presence = Presence.OUTSIDE
    since: float = 0.0
    devices: Devices = field(default_factory=Devices)
    peer: Peer | None = None
    arriving: Peer | None = None
    dropped: bool = False

    @property
    def token(self) -> JoinToken:
        """The token of the newest page."""
        return self.visit.token

    @property
    def is_in(self) -> bool:
        """Whether the person holds a place: here, or expected back."""
        return self.presence in (Presence.HERE, Presence.RECONNECTING)

    def described(self) -> dict[str, Any]:
        """What the other one's page is told."""
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
    for source, slot in own.peer.slots.items():
        for other in others:
            published = other.peer.publications.get(source) if other.peer is not None else None
            if published is not None and slot.publication is published:
                shown.append({"mid": slot.section.mid, "source": source, "user": other.token.user_id})
    return shown
