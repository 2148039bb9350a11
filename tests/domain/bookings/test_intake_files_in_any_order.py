"""Files added, removed, taken over, sent, lapsed and swept in any order: no row is ever without its object."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.adapters.object_files import ObjectFiles
from mentorhub.domain.bookings import queries, rules, service
from mentorhub.domain.bookings.models import Booking, IntakeFile, Status
from mentorhub.domain.common.errors import DomainError
from mentorhub.domain.common.files import FileKind
from tests.domain.bookings.conftest import TUESDAY_NINE
from tests.people import INTAKE, SUNDAY, People

TRIES_MANY_WAYS = True

STEPS = 120


class Desk:
    """One mentee's drafts with one mentor, and the store their files are in."""

    def __init__(self, people: People, store: ObjectFiles, dice: Random) -> None:
        self._people, self._store, self._dice = people, store, dice
        self.now = SUNDAY
        self._hold: list[Booking] = []

    def hold(self) -> None:
        """Hold one time, or two as a series, and open its form."""
        starts = [TUESDAY_NINE + timedelta(days=7 * week, minutes=30 * self._dice.randrange(6)) for week in range(2)]
        wishes = [service.Wish(self._people.cv_review, start) for start in starts]
        who = self._people.mentee
        with database.transaction() as db:
            if self._dice.random() < 0.5:
                self._hold = service.hold_series(db, mentee_id=who, wishes=wishes, now=self.now)
            else:
                self._hold = [service.place_hold(db, mentee_id=who, wish=wishes[0], now=self.now)]
        with database.transaction() as db:
            service.take_over_draft(db, booking_id=self._hold[0].id, mentee_id=who, now=self.now)

    def add(self) -> None:
        """As the post of a file does: the object, then its row; what is refused leaves nothing."""
        name = f"intake/{uuid4().hex}"
        self._store.put(name, b"x")
        file = service.StoredFile("CV.pdf", FileKind.PDF, self._dice.choice((1, 10, 30)) * 1024 * 1024, name)
        try:
            with database.transaction() as db:
                service.add_file(db, **self._one(), file=file, now=self.now)
        except DomainError:
            self._store.remove(name)
            raise

    def die_while_adding(self) -> None:
        self._store.put(f"intake/{uuid4().hex}", b"x")

    def remove(self) -> None:
        with database.transaction() as db:
            file = self._dice.choice(db.exec(select(IntakeFile)).all() or [None])
            gone = (
                ()
                if file is None
                else service.remove_file(db, file_id=file.id, mentee_id=self._people.mentee, now=self.now)
            )
        self._let_go(gone)

    def send(self) -> None:
        """Write the words and pay: from now on the files are the mentor's to read."""
        with database.transaction() as db:
            service.write_intake(db, **self._one(), intake=INTAKE, now=self.now)
            for one in self._hold:
                booking = db.get_one(Booking, one.id)
                booking.status, booking.hold_expires_at = Status.MET, None
        self._hold = []

    def wait(self) -> None:
        self.now += self._dice.choice((timedelta(minutes=3), timedelta(minutes=20), timedelta(hours=30)))
        with database.transaction() as db:
            service.expire_lapsed(db, [self._people.mentor, self._people.mentee], now=self.now)

    def sweep(self) -> None:
        with database.transaction() as db:
            gone = service.forget_unsent_files(db, now=self.now)
        self._let_go(gone)

    def _one(self) -> dict[str, object]:
        some = self._dice.choice(self._hold or [Booking(id=uuid4())])
        return {"booking_id": some.id, "mentee_id": self._people.mentee}

    def _let_go(self, names: tuple[str, ...]) -> None:
        for name in names:
            self._store.remove(name)


def check(store: ObjectFiles) -> None:
    objects = set(store.older_than(-timedelta(hours=1), folder="intake"))
    with database.reading() as db:
        bookings = {booking.id: booking for booking in db.exec(select(Booking))}
        rows = db.exec(select(IntakeFile)).all()
        for booking in bookings.values():
            view = queries.intake_of(db, booking_id=booking.id)
            assert len(view.files) + len(view.links) <= rules.MOST_ATTACHED
            for file in view.files:
                mentor_reads = queries.intake_file(db, file_id=file.file_id, viewer_id=booking.mentor_id) is not None
                assert mentor_reads is (booking.status is Status.MET)
    assert {row.stored for row in rows} <= objects
    unsent = {row.stored: row.size for row in rows if bookings[row.booking_id].status is not Status.MET}
    assert sum(unsent.values()) <= rules.MOST_UNSENT
    held = [booking for booking in bookings.values() if booking.status is Status.HELD]
    assert len({tuple(sorted(row.stored for row in rows if row.booking_id == one.id)) for one in held}) <= 1


@pytest.mark.parametrize("throw", range(4))
def test_no_row_is_ever_without_its_object_and_what_was_never_sent_goes_in_the_end(
    everyone: People, tmp_path: Path, throw: int
) -> None:
    store, dice = ObjectFiles((tmp_path / "files").as_uri()), Random(throw)
    desk = Desk(everyone, store, dice)
    verbs: list[Callable[[], None]] = [desk.add] * 5 + [desk.hold, desk.hold, desk.remove, desk.wait, desk.sweep]
    verbs += [desk.die_while_adding] + ([desk.send] if throw % 2 else [])
    done = 0

    for _ in range(STEPS):
        try:
            dice.choice(verbs)()
            done += 1
        except DomainError:
            pass
        check(store)

    assert done > STEPS / 4
    desk.now += rules.UNSENT_FILES_KEPT + timedelta(hours=1)
    desk.wait()
    desk.sweep()
    with database.reading() as db:
        left = db.exec(select(Booking.status).join(IntakeFile).distinct()).all()
    assert set(left) <= {Status.MET}
