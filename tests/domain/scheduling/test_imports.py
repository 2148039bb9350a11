"""Connected calendars: whose, how many, what a good or bad reading leaves behind, on both databases."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.bookings.queries import free_starts
from mentorhub.domain.catalog.errors import NotAMentor
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications.models import Notification
from mentorhub.domain.scheduling import queries, service
from mentorhub.domain.scheduling.models import CalendarImport, FeedKind, ImportedBusy
from mentorhub.domain.scheduling.service.reading import Busy
from tests.people import SUNDAY, TUESDAY, People

ADDRESS = "https://calendar.example/secret/work.ics"
HOUR = timedelta(hours=1)
SECRET = "a secret of thirty-two characters"


def connect(everyone: People, address: str = ADDRESS, label: str = "Work") -> UUID:
    with database.transaction() as db:
        return service.add_import(db, actor_id=everyone.mentor, address=address, label=label, now=SUNDAY)


def keep(import_id: UUID, *spans: tuple[datetime, datetime], warning: str = "", now: datetime = SUNDAY) -> None:
    with database.transaction() as db:
        service.keep_copy(db, import_id=import_id, busy=Busy(spans, warning), mark='"1"', now=now)


def fail(import_id: UUID, now: datetime, why: str = "The calendar is larger than 2 MB.") -> None:
    with database.transaction() as db:
        service.note_failure(db, import_id=import_id, why=why, now=now)


def free_on_tuesday(everyone: People) -> list[str]:
    with database.reading() as db:
        starts = free_starts(
            db,
            mentor_id=everyone.mentor,
            offering_id=everyone.cv_review,
            since=TUESDAY,
            until=TUESDAY + timedelta(hours=12),
            viewer_id=None,
            now=SUNDAY,
        )
    return [f"{at:%H:%M}" for at in starts]


def seen(everyone: People) -> queries.ImportView:
    with database.reading() as db:
        return queries.imports_of(db, mentor_id=everyone.mentor)[0]


def test_a_busy_hour_elsewhere_closes_that_hour_here_until_it_is_free_again(everyone: People) -> None:
    import_id = connect(everyone)
    assert free_on_tuesday(everyone)[:3] == ["09:00", "09:30", "10:00"]

    keep(import_id, (TUESDAY, TUESDAY + HOUR))
    assert free_on_tuesday(everyone)[0] == "10:00"

    keep(import_id, (TUESDAY + HOUR, TUESDAY + 2 * HOUR))
    assert free_on_tuesday(everyone)[:2] == ["09:00", "09:30"]
    assert "10:00" not in free_on_tuesday(everyone)


def test_removing_a_calendar_frees_its_times_and_only_its_own(everyone: People) -> None:
    first, second = connect(everyone), connect(everyone, "https://calendar.example/home.ics", "Home")
    keep(first, (TUESDAY, TUESDAY + HOUR))
    keep(second, (TUESDAY + 2 * HOUR, TUESDAY + 3 * HOUR))

    with database.transaction() as db:
        service.remove_import(db, actor_id=everyone.mentor, import_id=first)
        assert db.info["announced"] >= {topics.grid_of(everyone.mentor)}

    assert free_on_tuesday(everyone) == ["09:00", "09:30", "10:00", "10:30"]
    with database.reading() as db:
        assert {row.import_id for row in db.exec(select(ImportedBusy))} == {second}


def test_whoever_looks_at_the_grid_hears_of_a_change_and_of_nothing_else(everyone: People) -> None:
    import_id = connect(everyone)
    for busy, is_told in ((TUESDAY, True), (TUESDAY, False), (TUESDAY + HOUR, True)):
        with database.transaction() as db:
            service.keep_copy(db, import_id=import_id, busy=Busy(((busy, busy + HOUR),)), mark="", now=SUNDAY)
            assert (topics.grid_of(everyone.mentor) in db.info["announced"]) is is_told


def test_a_failing_calendar_keeps_its_last_good_copy_and_its_age(everyone: People) -> None:
    import_id = connect(everyone)
    keep(import_id, (TUESDAY, TUESDAY + HOUR))
    fail(import_id, SUNDAY + timedelta(minutes=10))
    fail(import_id, SUNDAY + timedelta(minutes=20))

    assert free_on_tuesday(everyone)[0] == "10:00"
    view = seen(everyone)
    assert (view.good_at, view.failing_since) == (SUNDAY, SUNDAY + timedelta(minutes=10))
    assert view.words == "The calendar is larger than 2 MB."


def test_after_an_hour_of_failures_the_mentor_is_told_once_and_again_only_after_it_worked(everyone: People) -> None:
    import_id = connect(everyone)

    def told() -> int:
        with database.reading() as db:
            return len(db.exec(select(Notification).where(Notification.user_id == everyone.mentor)).all())

    fail(import_id, SUNDAY)
    fail(import_id, SUNDAY + HOUR)
    assert told() == 0
    for minutes in (61, 71, 81):
        fail(import_id, SUNDAY + timedelta(minutes=minutes))
    assert told() == 1
    assert seen(everyone).is_down(SUNDAY + timedelta(minutes=81))
    assert not seen(everyone).is_down(SUNDAY + HOUR)

    keep(import_id, now=SUNDAY + 2 * HOUR)
    assert (seen(everyone).failing_since, seen(everyone).words) == (None, "")
    fail(import_id, SUNDAY + 3 * HOUR)
    fail(import_id, SUNDAY + 4 * HOUR + timedelta(minutes=1))
    assert told() == 2


def test_an_unchanged_calendar_only_becomes_younger(everyone: People) -> None:
    import_id = connect(everyone)
    keep(import_id, (TUESDAY, TUESDAY + HOUR), warning="Guessed.")
    with database.transaction() as db:
        service.keep_copy(db, import_id=import_id, busy=None, mark='"1"', now=SUNDAY + HOUR)

    assert seen(everyone).good_at == SUNDAY + HOUR
    assert seen(everyone).words == "Guessed."
    assert free_on_tuesday(everyone)[0] == "10:00"


def test_the_whole_calendar_is_asked_for_once_a_day_and_after_a_failure(everyone: People) -> None:
    import_id = connect(everyone)

    def mark(now: datetime) -> str:
        with database.reading() as db:
            reading = queries.reading_of(db, import_id=import_id, now=now)
        assert reading is not None
        return reading.mark

    assert mark(SUNDAY) == ""
    keep(import_id)
    assert mark(SUNDAY + HOUR) == '"1"'
    assert mark(SUNDAY + 24 * HOUR) == ""
    fail(import_id, SUNDAY + HOUR)
    assert mark(SUNDAY + 2 * HOUR) == ""


def test_a_calendar_removed_while_it_was_read_leaves_nothing(everyone: People) -> None:
    keep(uuid4(), (TUESDAY, TUESDAY + HOUR))
    fail(uuid4(), SUNDAY)

    with database.reading() as db:
        assert db.exec(select(ImportedBusy)).all() == []
        assert queries.reading_of(db, import_id=uuid4(), now=SUNDAY) is None


def test_a_calendar_belongs_to_the_mentor_who_added_it(everyone: People) -> None:
    import_id = connect(everyone)

    for verb in (service.remove_import, service.refresh_import):
        extra = {"now": SUNDAY} if verb is service.refresh_import else {}
        with pytest.raises(NotFound), database.transaction() as db:
            verb(db, actor_id=everyone.stranger, import_id=import_id, **extra)
    with pytest.raises(NotAMentor), database.transaction() as db:
        service.add_import(db, actor_id=everyone.mentee, address=ADDRESS, label="", now=SUNDAY)
    with database.reading() as db:
        assert db.get(CalendarImport, import_id) is not None


def test_the_same_calendar_twice_and_a_sixth_one_are_refused(everyone: People) -> None:
    connect(everyone)
    with pytest.raises(FieldError, match="connected already"):
        connect(everyone, "webcal://calendar.example/secret/work.ics")
    for number in range(4):
        connect(everyone, f"https://calendar.example/{number}.ics")
    with pytest.raises(FieldError, match="At most 5"):
        connect(everyone, "https://calendar.example/six.ics")


def test_it_is_read_at_once_every_ten_minutes_and_when_asked(everyone: People) -> None:
    import_id = connect(everyone)

    def asked() -> int:
        with database.reading() as db:
            return len(db.exec(select(OutboxRow).where(OutboxRow.topic == service.READ_CALENDAR)).all())

    assert asked() == 1
    for minutes in (0, 4, 9):
        with database.transaction() as db:
            service.ask_for_all(db, every=timedelta(minutes=10), now=SUNDAY + timedelta(minutes=minutes))
    assert asked() == 2
    for seconds in (0, 30, 60):
        with database.transaction() as db:
            now = SUNDAY + timedelta(seconds=seconds)
            service.refresh_import(db, actor_id=everyone.mentor, import_id=import_id, now=now)
    assert asked() == 4


def test_a_new_address_of_a_feed_makes_the_one_before_worth_nothing(everyone: People) -> None:
    def renewed(kind: FeedKind) -> str:
        with database.transaction() as db:
            service.renew_feed(db, user_id=everyone.mentee, kind=kind, now=SUNDAY)
        with database.reading() as db:
            return queries.feed_tokens(db, user_id=everyone.mentee, secret=SECRET)[kind]

    def reader(token: str, kind: FeedKind, secret: str = SECRET) -> UUID | None:
        with database.reading() as db:
            return queries.feed_reader(db, token=token, kind=kind, secret=secret)

    first, second, busy = renewed(FeedKind.SESSIONS), renewed(FeedKind.SESSIONS), renewed(FeedKind.FREE_BUSY)

    assert reader(first, FeedKind.SESSIONS) is None
    assert reader(second, FeedKind.SESSIONS) == everyone.mentee
    assert reader(busy, FeedKind.SESSIONS) is None
    assert reader(second, FeedKind.FREE_BUSY) is None
    assert reader(second, FeedKind.SESSIONS, secret="another secret of 32 characters!") is None
    assert reader(second[:-1] + ("A" if second[-1] != "A" else "B"), FeedKind.SESSIONS) is None
    assert [reader(odd, FeedKind.SESSIONS) for odd in ("", "nonsense", "é", "%00")] == [None] * 4

    with database.transaction() as db:
        service.close_feed(db, user_id=everyone.mentee, kind=FeedKind.SESSIONS)
    assert reader(second, FeedKind.SESSIONS) is None
    assert renewed(FeedKind.SESSIONS) not in (first, second)


def test_times_are_kept_in_utc(everyone: People) -> None:
    keep(connect(everyone), (TUESDAY, TUESDAY + HOUR))
    with database.reading() as db:
        assert db.exec(select(ImportedBusy.starts_at)).one() == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
