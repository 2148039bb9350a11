"""Rows gathered in memory and written table by table: thousands of them in a second."""

from collections import defaultdict
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, BookingChange, BookingRequest, Intake, Presence
from mentorhub.domain.catalog.models import (
    MentorExpertise,
    MentorLanguage,
    MentorProfile,
    MentorStanding,
    Offering,
)
from mentorhub.domain.goals.models import Goal, Milestone, MilestoneItem
from mentorhub.domain.notes.models import ActionItem
from mentorhub.domain.payments.models import LedgerEntry, Payment, Refund
from mentorhub.domain.reviews.models import Review
from mentorhub.domain.scheduling.models import AvailabilityRule, SchedulePreferences

_ORDER: tuple[type[SQLModel], ...] = (
    User, MentorProfile, MentorStanding, MentorLanguage, MentorExpertise, Offering, SchedulePreferences,
    AvailabilityRule, Booking, BookingRequest, BookingChange, Intake, Presence, Payment, Refund, LedgerEntry, Review,
    Goal, Milestone, ActionItem, MilestoneItem,
)  # fmt: skip
_AT_ONCE = 5_000


class Rows:
    """What is to be written, and identifiers that the same dice give again."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._rows: dict[type[SQLModel], list[dict[str, Any]]] = defaultdict(list)

    def new_id(self) -> UUID:
        """An identifier that depends on the dice only."""
        return UUID(int=self._dice.getrandbits(128), version=4)

    def add(self, row: SQLModel) -> None:
        """Keep a row for writing."""
        self._rows[type(row)].append({name: value for name, value in row.__dict__.items() if name[0] != "_"})

    def put(self, model: type[SQLModel], **values: Any) -> None:
        """Keep a row of a table that has many, every column named: a tenth of the cost of a model."""
        self._rows[model].append(values)

    def write(self, db: Session) -> None:
        """Write every table in an order its foreign keys allow."""
        for model in _ORDER:
            rows = self._rows.pop(model, [])
            for first in range(0, len(rows), _AT_ONCE):
                db.connection().execute(insert(model.__table__), rows[first : first + _AT_ONCE])  # type: ignore[attr-defined]
        if self._rows:
            raise AssertionError(f"no place in the order for {[model.__name__ for model in self._rows]}")
