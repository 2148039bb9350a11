"""London changes its clocks: the hours stay on the mentor's clock, what is booked keeps its instant (J7.5)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from mentorhub import database
from mentorhub.domain.bookings import queries
from mentorhub.domain.bookings.models import Booking
from tests.domain.bookings.conftest import hold
from tests.people import People

LONDON, KOLKATA = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")
TUESDAY_BEFORE = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)
LAST_FRIDAY_OF_SUMMER = datetime(2026, 10, 23, tzinfo=UTC)
FIRST_MONDAY_OF_WINTER = datetime(2026, 10, 26, tzinfo=UTC)


def first_of(people: People, day: datetime) -> datetime:
    with database.reading() as db:
        return queries.free_starts(
            db,
            mentor_id=people.mentor,
            offering_id=people.cv_review,
            since=day,
            until=day + timedelta(days=1),
            viewer_id=None,
            now=TUESDAY_BEFORE,
        )[0]


def test_nine_in_london_stays_nine_and_becomes_an_hour_later_in_pune(everyone: People) -> None:
    before, after = first_of(everyone, LAST_FRIDAY_OF_SUMMER), first_of(everyone, FIRST_MONDAY_OF_WINTER)

    assert [f"{start.astimezone(LONDON):%H:%M}" for start in (before, after)] == ["09:00", "09:00"]
    assert [f"{start.astimezone(KOLKATA):%H:%M}" for start in (before, after)] == ["13:30", "14:30"]


def test_a_session_booked_across_the_change_keeps_its_instant(everyone: People) -> None:
    tuesday = FIRST_MONDAY_OF_WINTER + timedelta(days=1, hours=9)
    booked = hold(everyone, at=tuesday, now=TUESDAY_BEFORE)

    with database.reading() as db:
        kept = db.get_one(Booking, booked.id)
        assert kept.starts_at == tuesday
        assert f"{kept.starts_at.astimezone(KOLKATA):%H:%M}" == "14:30"
