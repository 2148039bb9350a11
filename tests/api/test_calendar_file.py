"""One session as a calendar file: for its two people, and for nobody else."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from icalendar import Calendar
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mentorhub import database
from mentorhub.api import calendar_file
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common.clock import utc_now
from tests.mailbox import house
from tests.people import TUESDAY, People, add_booking


@pytest.fixture
def web(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    with house(monkeypatch, tmp_path) as (here, _):
        yield TestClient(Starlette(routes=[*calendar_file.routes(here)]))


@pytest.fixture
def booking_id(everyone: People) -> UUID:
    with database.transaction() as db:
        return add_booking(db, everyone)


def cookie(user_id: UUID) -> dict[str, str]:
    with database.transaction() as db:
        token = accounts.open_session(db, user_id=user_id, device="Firefox", address="127.0.0.1", now=utc_now())
    return {"cookie": f"mh_session={token}"}


def test_both_people_save_the_session_with_the_other_ones_name(
    web: TestClient, everyone: People, booking_id: UUID
) -> None:
    for who, title in (
        (everyone.mentee, "CV review with Kabir Deshmukh"),
        (everyone.mentor, "CV review with Riya Patil"),
    ):
        answer = web.get(f"/calendar/{booking_id}.ics", headers=cookie(who))
        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")

        assert answer.headers["content-disposition"] == 'attachment; filename="session.ics"'
        assert (str(event["SUMMARY"]), event["DTSTART"].dt) == (title, TUESDAY)


@pytest.mark.parametrize(
    ("status", "method"),
    [
        (Status.CONFIRMED, "REQUEST"),
        (Status.MET, "REQUEST"),
        (Status.CANCELLED, "CANCEL"),
        (Status.HELD, None),
        (Status.REQUESTED, None),
        (Status.DECLINED, None),
        (Status.EXPIRED, None),
    ],
)
def test_what_was_called_off_is_taken_out_and_what_was_never_agreed_is_no_entry(
    web: TestClient, everyone: People, booking_id: UUID, status: Status, method: str | None
) -> None:
    with database.transaction() as db:
        booking = db.get_one(Booking, booking_id)
        booking.status, booking.hold_expires_at = status, TUESDAY if status is Status.HELD else None

    answer = web.get(f"/calendar/{booking_id}.ics", headers=cookie(everyone.mentee))

    if method is None:
        assert (answer.status_code, answer.text) == (404, "There is no such session.")
    else:
        assert Calendar.from_ical(answer.content)["METHOD"] == method


def test_strangers_the_signed_out_and_unknown_sessions_find_the_same_nothing(
    web: TestClient, everyone: People, booking_id: UUID
) -> None:
    stranger, mentee = cookie(everyone.stranger), cookie(everyone.mentee)

    answers = [
        web.get(f"/calendar/{booking_id}.ics", headers=stranger),
        web.get(f"/calendar/{booking_id}.ics"),
        web.get(f"/calendar/{booking_id}.ics", headers={"cookie": "mh_session=nonsense"}),
        web.get(f"/calendar/{uuid4()}.ics", headers=mentee),
        web.get("/calendar/nonsense.ics", headers=mentee),
    ]

    assert {(answer.status_code, answer.text) for answer in answers} == {(404, "There is no such session.")}
