"""What nobody needs any more leaves the file store, and nothing else: whatever died, and wherever it died."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import select

from mentorhub import database, settings
from mentorhub.adapters import Outside
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.bookings import rules, service
from mentorhub.domain.bookings.models import Booking, IntakeFile, Status
from mentorhub.domain.common import clock
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.files import FileKind
from mentorhub.jobs.files import sweep_files
from tests import files
from tests.people import People, add_booking

STARTS_PROCESSES = True


@pytest.fixture
def booking(everyone: People) -> UUID:
    """A time held for the mentee right now."""
    with database.transaction() as db:
        held = db.get_one(Booking, add_booking(db, everyone, status=Status.HELD))
        held.hold_expires_at = utc_now() + timedelta(minutes=10)
        return held.id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the objects are."""
    return tmp_path / "files" / "intake"


def add(out: Outside, booking: UUID, mentee: UUID, *, stored: str = "intake/kept") -> None:
    out.files.put(stored, files.PDF)
    file = service.StoredFile("CV.pdf", FileKind.PDF, len(files.PDF), stored)
    with database.transaction() as db:
        service.add_file(db, booking_id=booking, mentee_id=mentee, file=file, now=utc_now())


def rows() -> int:
    with database.reading() as db:
        return len(db.exec(select(IntakeFile)).all())


def let_an_hour_pass(folder: Path) -> None:
    """For the objects: the store goes by the machine's clock, not by the product's."""
    then = time.time() - 3601
    for path in folder.iterdir():
        os.utime(path, (then, then))


def test_an_object_without_a_row_goes_once_it_cannot_be_on_its_way_any_more(
    out: Outside, everyone: People, booking: UUID, folder: Path
) -> None:
    add(out, booking, everyone.mentee)
    for number in range(250):
        out.files.put(f"intake/{number}", b"x")
    sweep_files(out)
    assert len(list(folder.iterdir())) == 251

    let_an_hour_pass(folder)
    sweep_files(out)

    assert [path.name for path in folder.iterdir()] == ["kept"]
    assert rows() == 1


def test_files_of_a_hold_that_lapsed_go_a_week_later_with_their_objects(
    out: Outside, everyone: People, booking: UUID, folder: Path
) -> None:
    add(out, booking, everyone.mentee)
    with database.transaction() as db:
        service.give_back(db, booking_id=booking, mentee_id=everyone.mentee, now=utc_now())
    sweep_files(out)
    assert (rows(), len(list(folder.iterdir()))) == (1, 1)

    clock.move(rules.UNSENT_FILES_KEPT)
    sweep_files(out)

    assert (rows(), list(folder.iterdir())) == (0, [])


def test_objects_in_a_place_that_another_installation_uses_are_left_alone(
    out: Outside, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sweep_with(secret: str) -> None:
        monkeypatch.setenv("MENTORHUB_SECRET", secret * 32)
        settings.current.cache_clear()
        sweep_files(out)

    sweep_with("a")
    out.files.put("intake/theirs", files.PDF)
    let_an_hour_pass(folder)

    sweep_with("b")
    assert [path.name for path in folder.iterdir()] == ["theirs"]
    sweep_with("a")
    assert list(folder.iterdir()) == []


def test_a_copy_of_the_database_elsewhere_lets_go_of_its_rows_and_of_no_object(
    out: Outside, everyone: People, booking: UUID, folder: Path
) -> None:
    add(out, booking, everyone.mentee)
    with database.transaction() as db:
        service.give_back(db, booking_id=booking, mentee_id=everyone.mentee, now=utc_now())
    out.files.put("owner", b"another installation")

    clock.move(rules.UNSENT_FILES_KEPT)
    sweep_files(out)

    assert (rows(), [path.name for path in folder.iterdir()]) == (0, ["kept"])


@pytest.mark.parametrize("dies_at", ["statement", "commit"])
def test_a_server_killed_between_storing_and_commit_leaves_no_row_and_the_sweep_removes_the_object(
    out: Outside, database_url: str, everyone: People, booking: UUID, folder: Path, dies_at: str
) -> None:
    with database.transaction() as db:
        token = accounts.open_session(db, user_id=everyone.mentee, device="Firefox", address="127.0.0.1", now=utc_now())
    command = [sys.executable, "-m", "tests.jobs.dying_upload", database_url, str(booking), token, dies_at]

    assert subprocess.run(command, check=False).returncode == 9

    assert (rows(), len(list(folder.iterdir()))) == (0, 1)
    let_an_hour_pass(folder)
    sweep_files(out)
    assert list(folder.iterdir()) == []
    add(out, booking, everyone.mentee)
    assert rows() == 1
