"""Calendar feeds over HTTP: the address is the key, the same facts are not sent twice, and nothing else is told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from icalendar import Calendar
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mentorhub import database, settings
from mentorhub.api import calendar_feed
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.scheduling import queries, service
from mentorhub.domain.scheduling.models import BusyBlock, CalendarImport, FeedKind, ImportedBusy
from tests.mailbox import house
from tests.people import People, add_booking

HOUR = timedelta(hours=1)


@pytest.fixture
def web(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    with house(monkeypatch, tmp_path) as (here, _):
        yield TestClient(Starlette(routes=[*calendar_feed.routes(here)]))


def address(user_id: UUID, kind: FeedKind = FeedKind.SESSIONS) -> str:
    with database.transaction() as db:
        service.renew_feed(db, user_id=user_id, kind=kind, now=utc_now())
    with database.reading() as db:
        token = queries.feed_tokens(db, user_id=user_id, secret=settings.current().secret)[kind]
    return f"/feeds/{'sessions' if kind is FeedKind.SESSIONS else 'busy'}/{token}.ics"


def book(everyone: People, status: Status = Status.CONFIRMED, *, days: int, title: str = "CV review") -> UUID:
    starts = utc_now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    with database.transaction() as db:
        booking_id = add_booking(db, everyone, status=status, starts_at=starts)
        booking = db.get_one(Booking, booking_id)
        booking.title, booking.calendar_uid = title, f"{booking_id}@mentorhub"
        if status is Status.CANCELLED:
            booking.cancelled_at = utc_now()
        return booking_id


def told(content: bytes) -> dict[str, tuple[str, str, int]]:
    """What a feed says of each session: its status, its title, its sequence."""
    return {
        str(event["UID"]).removesuffix("@mentorhub"): (
            str(event["STATUS"]),
            str(event["SUMMARY"]),
            int(event["SEQUENCE"]),
        )
        for event in Calendar.from_ical(content).walk("VEVENT")
    }


def test_the_feed_tells_both_people_their_sessions_without_a_cookie(web: TestClient, everyone: People) -> None:
    booking_id = book(everyone, days=3)

    answer = web.get(address(everyone.mentee))

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"].startswith("private")
    assert told(answer.content) == {str(booking_id): ("CONFIRMED", "CV review with Kabir Deshmukh", 0)}
    mentors = told(web.get(address(everyone.mentor)).content)
    assert mentors == {str(booking_id): ("CONFIRMED", "CV review with Riya Patil", 0)}
    assert told(web.get(address(everyone.stranger)).content) == {}
    for word in (b"METHOD", b"VALARM", b"ATTENDEE", b"example.org"):
        assert word not in answer.content


def test_requests_are_tentative_what_was_called_off_lately_is_cancelled_and_the_rest_is_left_out(
    web: TestClient, everyone: People
) -> None:
    asked, gone = book(everyone, Status.REQUESTED, days=2), book(everyone, Status.CANCELLED, days=3)
    met, held = book(everyone, Status.MET, days=-80), book(everyone, Status.HELD, days=4)
    old, declined = book(everyone, Status.MET, days=-95), book(everyone, Status.DECLINED, days=5)
    with database.transaction() as db:
        db.get_one(Booking, gone).version = 2

    found = told(web.get(address(everyone.mentee)).content)

    assert {key: status for key, (status, _, _) in found.items()} == {
        str(asked): "TENTATIVE",
        str(gone): "CANCELLED",
        str(met): "CONFIRMED",
    }
    assert found[str(gone)][2] == 3
    assert {str(held), str(old), str(declined)}.isdisjoint(found)


def test_an_unchanged_feed_is_not_sent_again_and_a_move_is(web: TestClient, everyone: People) -> None:
    booking_id, path = book(everyone, days=3), address(everyone.mentee)
    etag = web.get(path).headers["etag"]

    again = web.get(path, headers={"if-none-match": f'"other", W/{etag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)

    with database.transaction() as db:
        booking = db.get_one(Booking, booking_id)
        booking.starts_at, booking.blocked_to, booking.version = booking.starts_at + HOUR / 4, booking.ends_at, 1
    moved = web.get(path, headers={"if-none-match": etag})
    assert moved.status_code == 200
    assert told(moved.content)[str(booking_id)][2] == 1


def test_the_first_line_of_an_answer_can_be_asked_alone(web: TestClient, everyone: People) -> None:
    path = address(everyone.mentee)

    answer = web.head(path)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"] == web.get(path).headers["etag"]
    assert web.post(path).status_code == 405


def test_closed_replaced_and_invented_addresses_answer_alike(web: TestClient, everyone: People) -> None:
    first = address(everyone.mentee)
    second = address(everyone.mentee)
    other_kind = second.replace("/sessions/", "/busy/")
    with database.transaction() as db:
        service.close_feed(db, user_id=everyone.mentee, kind=FeedKind.SESSIONS)

    answers = [web.get(path) for path in (first, second, other_kind, "/feeds/sessions/nonsense.ics")]

    assert {(answer.status_code, answer.text) for answer in answers} == {(404, "There is no such calendar.")}


def test_the_busy_feed_tells_when_from_every_source_and_nothing_else(web: TestClient, everyone: People) -> None:
    book(everyone, days=3, title="Secret plans")
    noon = utc_now().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=6)
    with database.transaction() as db:
        db.add(BusyBlock(mentor_id=everyone.mentor, starts_at=noon, ends_at=noon + HOUR, reason="Dentist"))
        elsewhere = CalendarImport(
            mentor_id=everyone.mentor, address="https://calendar.example/a.ics", label="Work", created_at=utc_now()
        )
        db.add(elsewhere)
        db.flush()
        db.add(
            ImportedBusy(
                import_id=elsewhere.id, mentor_id=everyone.mentor, starts_at=noon + HOUR, ends_at=noon + 2 * HOUR
            )
        )

    answer = web.get(address(everyone.mentor, FeedKind.FREE_BUSY))

    (busy,) = Calendar.from_ical(answer.content).walk("VFREEBUSY")
    periods = busy["FREEBUSY"] if isinstance(busy["FREEBUSY"], list) else [busy["FREEBUSY"]]
    spans = [(period.start, period.end) for each in periods for period in getattr(each, "dts", [each])]
    assert (noon, noon + 2 * HOUR) in spans
    assert len(spans) == 2
    for word in (b"Secret", b"Dentist", b"Work", b"Riya", b"Kabir", b"SUMMARY", b"example.org"):
        assert word not in answer.content
    as_mentee = web.get(address(everyone.mentee, FeedKind.FREE_BUSY)).content
    assert as_mentee.count(b"FREEBUSY;") == 1


def test_a_program_that_asks_without_end_has_to_wait(web: TestClient, everyone: People) -> None:
    path = address(everyone.mentee)

    answers = [web.get(path).status_code for _ in range(125)]

    assert answers[:100] == [200] * 100
    assert answers[-1] == 429
    assert int(web.get(path).headers["retry-after"]) > 0
    assert web.get(address(everyone.mentor)).status_code == 200
