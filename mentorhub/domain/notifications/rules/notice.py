"""What a mail about a session needs to know of it; filled by whoever can see bookings."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mentorhub.domain.common.habits import OF_THE_HOUSE, Habits
from mentorhub.domain.common.money import Money


@dataclass(frozen=True)
class SessionPerson:
    """One of the two people: name, address, time zone (IANA), and how they read time."""

    name: str
    email: str
    zone: str
    habits: Habits = OF_THE_HOUSE

    @property
    def first_name(self) -> str:
        """What the other side calls them."""
        return self.name.split()[0]


@dataclass(frozen=True)
class SessionNotice:
    """A session as its mails tell it; instants are UTC.

    `cancelled_by` is "mentor", "mentee" or empty (by the product). `refunded` is what went back to the card;
    `full_until` is until when cancelling costs nothing. `page` and `room` are full addresses.
    `why` is why the product called it off, as the end of a sentence. Of a group session `people` have one of the
    `seats`; with fewer than `seats_needed` at `decide_by` it is called off. All others have no seats.
    `was_agreed` says that it was booked once, by a payment if it has a price.
    `version` counts the changes of time, as SEQUENCE does (RFC 5545, 3.8.7.4).
    """

    booking_id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    mentor: SessionPerson
    mentee: SessionPerson
    price: Money
    refunded: Money
    full_until: datetime
    calendar_uid: str
    version: int
    page: str
    room: str
    ask: str = ""
    cancelled_by: str = ""
    why: str = ""
    was_agreed: bool = False
    seats: int = 0
    seats_needed: int = 0
    people: int = 0
    decide_by: datetime | None = None

    def person(self, side: str) -> SessionPerson:
        """The mentor or the mentee."""
        return self.mentor if side == "mentor" else self.mentee

    def other(self, side: str) -> SessionPerson:
        """The person on the other side of `side`."""
        return self.mentee if side == "mentor" else self.mentor
