"""A calendar elsewhere from its server to the grid: at once when added, then every ten minutes, good days and bad."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.bookings.models import Booking
from mentorhub.domain.bookings.queries import free_starts
from mentorhub.domain.common import clock
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.notifications import queries as notices
from mentorhub.domain.scheduling import queries, service
from mentorhub.jobs import calendars
from mentorhub.settings import SettingsError, parse
from tests.calendar_server import CalendarServer, calendar, calendar_server
from tests.mailbox import deliver, house
from tests.people import People, add_booking


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    with calendar_server() as running:
        yield running


@pytest.fixture
def out(
    database_url: str, server: CalendarServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Outside]:
    with house(monkeypatch, tmp_path, MENTORHUB_CALENDAR_HOSTS=server.host) as (here, outside):
        clock.use_offset_file(here.clock_offset_file)
        yield outside


def connect(everyone: People, server: CalendarServer) -> UUID:
    with database.transaction() as db:
        return service.add_import(
            db,
            actor_id=everyone.mentor,
            address=server.address,
            label="Work",
            own_hosts=(server.host,),
            now=utc_now(),
        )


@pytest.fixture
def week() -> datetime:
    """Where a week begins that is far enough ahead, wherever the clock goes in the test."""
    return utc_now() + timedelta(days=7)


def busy_from(everyone: People, since: datetime) -> str:
    """An event of another calendar over the first time that is free in the week."""
    with database.reading() as db:
        first = free_starts(
            db,
            mentor_id=everyone.mentor,
            offering_id=everyone.cv_review,
            since=since,
            until=since + timedelta(days=7),
            viewer_id=None,
            now=utc_now(),
        )[0]
    return f"DTSTART:{first:%Y%m%dT%H%M%SZ}\r\nDURATION:PT1H\r\nSUMMARY:Dentist in Harley Street"


def turn(out: Outside, *, later: timedelta = timedelta(0)) -> None:
    clock.move(later)
    calendars.read_all(out)
    deliver(out)


def view(everyone: People) -> queries.ImportView:
    with database.reading() as db:
        return queries.imports_of(db, mentor_id=everyone.mentor)[0]


def test_a_calendar_is_read_when_it_is_added_and_an_unchanged_one_is_not_sent_again(
    out: Outside, everyone: People, server: CalendarServer, week: datetime
) -> None:
    busy = busy_from(everyone, week)
    server.content, server.headers = calendar(busy), {"ETag": '"1"'}

    connect(everyone, server)
    deliver(out)
    assert busy_from(everyone, week) != busy
    assert (view(everyone).waits, view(everyone).words) == (False, "")

    turn(out)
    assert server.asked[-1].get("if-none-match") == '"1"'
    assert busy_from(everyone, week) != busy

    server.content, server.headers = calendar(), {"ETag": '"2"'}
    turn(out, later=timedelta(minutes=10))
    assert busy_from(everyone, week) == busy


def test_nothing_of_an_event_is_kept_but_its_time(
    out: Outside, everyone: People, server: CalendarServer, week: datetime
) -> None:
    server.content = calendar(busy_from(everyone, week))
    connect(everyone, server)
    deliver(out)

    with database.reading() as db:
        kept = db.connection().exec_driver_sql("SELECT * FROM imported_busy").fetchall()
    assert len(kept) == 1
    assert "Dentist" not in repr(kept)
    assert "Harley" not in repr(kept)


def test_a_server_that_fails_changes_nothing_and_is_named_after_an_hour(
    out: Outside, everyone: People, server: CalendarServer, week: datetime
) -> None:
    busy = busy_from(everyone, week)
    server.content = calendar(busy)
    connect(everyone, server)
    deliver(out)

    server.status = 500
    for _ in range(10):
        turn(out, later=timedelta(minutes=10))

    assert busy_from(everyone, week) != busy
    assert view(everyone).words == "The calendar's server answers with an error (500)."
    with database.reading() as db:
        told = notices.notices_of(db, user_id=everyone.mentor, limit=5)
    assert [notice.text for notice in told.notices] == [
        "Your calendar “Work” could not be read for over an hour. The calendar's server answers with an error (500)."
    ]

    server.status = 200
    turn(out, later=timedelta(minutes=80))
    assert view(everyone).failing_since is None


def test_a_calendar_that_keeps_failing_is_tried_more_and_more_rarely_but_at_once_when_asked(
    out: Outside, everyone: People, server: CalendarServer
) -> None:
    server.status = 500
    import_id = connect(everyone, server)
    deliver(out)
    tried = []
    for minutes in range(10, 12 * 60, 10):
        before = len(server.asked)
        turn(out, later=timedelta(minutes=10))
        tried += [minutes] if len(server.asked) > before else []
    assert tried == [10, 20, 40, 80, 160, 280, 400, 520, 640]

    with database.transaction() as db:
        service.refresh_import(db, actor_id=everyone.mentor, import_id=import_id, now=utc_now())
    before = len(server.asked)
    deliver(out)
    assert len(server.asked) == before + 1


def test_our_own_session_in_the_other_calendar_does_not_close_its_time_twice(
    out: Outside, everyone: People, server: CalendarServer, week: datetime
) -> None:
    busy = busy_from(everyone, week)
    with database.transaction() as db:
        booking_id = add_booking(db, everyone, starts_at=utc_now() + timedelta(days=40))
        db.get_one(Booking, booking_id).calendar_uid = f"{booking_id}@mentorhub"
    server.content = calendar(busy).replace(b"0@elsewhere.example", f"{booking_id}@mentorhub".encode())

    connect(everyone, server)
    deliver(out)

    assert busy_from(everyone, week) == busy
    server.content = server.content.replace(f"{booking_id}@mentorhub".encode(), b"unknown@mentorhub")
    turn(out)
    assert busy_from(everyone, week) != busy


def test_live_mode_has_no_private_calendar_hosts() -> None:
    with pytest.raises(SettingsError, match="MENTORHUB_CALENDAR_HOSTS"):
        parse({"MENTORHUB_MODE": "live", "MENTORHUB_CALENDAR_HOSTS": "127.0.0.1:8000"})
