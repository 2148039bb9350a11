"""Attendance settles a session: who was there, what the money does, once."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, Claim, Presence, Status
from mentorhub.domain.bookings.service import JournalEntry
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.payments.models import LedgerEntry, Refund
from mentorhub.domain.payments.rules import Account
from tests.domain.bookings.conftest import TUESDAY_NINE
from tests.people import People

AFTER = TUESDAY_NINE + timedelta(minutes=45)


def _stay(booking: Booking, person: UUID, begin: int, end: int, *, first: int) -> list[JournalEntry]:
    at = [TUESDAY_NINE + timedelta(minutes=minute) for minute in (begin, end)]
    return [
        JournalEntry(first, booking.id, person, True, at[0]),
        JournalEntry(first + 1, booking.id, person, False, at[1]),
    ]


def _record(*entries: JournalEntry) -> None:
    with database.transaction() as db:
        service.record_journal(db, journal="media-1", entries=entries)


def _settle(booking: Booking) -> Status:
    for _ in range(2):
        with database.transaction() as db:
            service.settle(db, booking_id=booking.id, now=AFTER)
    with database.reading() as db:
        return db.get_one(Booking, booking.id).status


@pytest.mark.parametrize(
    ("mentor", "mentee", "status", "back"),
    [
        ((-5, 30), (0, 30), Status.MET, 0),
        ((0, 15), (0, 30), Status.MET, 0),
        ((0, 14), (0, 30), Status.SHORT, 64080),
        ((0, 30), (0, 14), Status.SHORT, 0),
        (None, (-10, 12), Status.MENTOR_ABSENT, 120000),
        ((0, 20), None, Status.MENTEE_ABSENT, 0),
        (None, None, Status.NOBODY, 120000),
        ((11, 30), None, Status.NOBODY, 120000),
        ((12, 30), (12, 30), Status.MET, 0),
    ],
    ids=[
        "both", "exactly half", "mentor left first", "mentee left first", "mentee only", "mentor only",
        "nobody", "alone and too late", "both late, but most of it",
    ],
)  # fmt: skip
def test_who_was_there_decides(
    everyone: People,
    booked: Booking,
    mentor: tuple[int, int] | None,
    mentee: tuple[int, int] | None,
    status: Status,
    back: int,
) -> None:
    if mentor:
        _record(*_stay(booked, everyone.mentor, *mentor, first=1))
    if mentee:
        _record(*_stay(booked, everyone.mentee, *mentee, first=3))

    assert _settle(booked) is status

    with database.reading() as db:
        assert sum(refund.amount_minor for refund in db.exec(select(Refund))) == back
        assert db.exec(select(Claim)).all() == []
        asked = db.exec(select(OutboxRow).where(OutboxRow.topic == notices.REVIEW_ASKED)).all()
    assert len(asked) == (1 if status is Status.MET else 0)


def test_a_dropped_line_counts_with_both_its_parts(everyone: People, booked: Booking) -> None:
    _record(
        *_stay(booked, everyone.mentor, 0, 30, first=1),
        *_stay(booked, everyone.mentee, 0, 8, first=3),
        *_stay(booked, everyone.mentee, 20, 28, first=5),
    )

    assert _settle(booked) is Status.MET


def test_reading_the_same_journal_again_changes_nothing(everyone: People, booked: Booking) -> None:
    lines = _stay(booked, everyone.mentor, 0, 30, first=1)

    _record(*lines)
    _record(*lines)

    with database.reading() as db:
        assert len(db.exec(select(Presence)).all()) == 1
        assert service.cursor_of(db, "media-1") == 2


def test_lines_about_strangers_and_unknown_rooms_are_passed_over(everyone: People, booked: Booking) -> None:
    _record(
        JournalEntry(1, booked.id, everyone.stranger, True, TUESDAY_NINE),
        JournalEntry(2, uuid4(), everyone.mentor, True, TUESDAY_NINE),
    )

    with database.reading() as db:
        assert db.exec(select(Presence)).all() == []
        assert service.cursor_of(db, "media-1") == 2


def test_the_mentor_is_owed_only_a_day_after_the_meeting(everyone: People, booked: Booking) -> None:
    _record(*_stay(booked, everyone.mentor, 0, 30, first=1), *_stay(booked, everyone.mentee, 0, 30, first=3))
    _settle(booked)
    with database.reading() as db:
        row = db.exec(select(OutboxRow).where(OutboxRow.topic == service.RELEASE_TOPIC)).one()
        assert row.due_at == TUESDAY_NINE + timedelta(hours=24, minutes=30)

    for _ in range(2):
        with database.transaction() as db:
            service.release_due(db, booking_id=booked.id, now=row.due_at)

    with database.reading() as db:
        payable = db.exec(select(LedgerEntry.amount_minor).where(LedgerEntry.account == Account.MENTOR_PAYABLE))
        assert payable.all() == [-105200]


def test_nothing_is_settled_before_the_end(everyone: People, booked: Booking) -> None:
    with database.transaction() as db:
        early = TUESDAY_NINE + timedelta(minutes=29)
        assert service.settle(db, booking_id=booked.id, now=early) is None
        assert service.due_for_settling(db, now=TUESDAY_NINE + timedelta(minutes=44)) == []
        assert service.due_for_settling(db, now=AFTER) == [booked.id]
