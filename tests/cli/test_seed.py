"""The demo marketplace: alive whatever the day, honest to the row, the same for the same state."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import typer
from sqlmodel import Session, col, func, select

from mentorhub import database, settings
from mentorhub.adapters.argon2_hasher import Argon2Hasher
from mentorhub.cli import seed
from mentorhub.cli.demo_world import build
from mentorhub.cli.demo_world.gathering import gather
from mentorhub.cli.demo_world.story import keep_a_door_open
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import queries as sessions
from mentorhub.domain.bookings import rules, service
from mentorhub.domain.bookings.models import Booking, BookingRequest, Presence, Status
from mentorhub.domain.bookings.service import JournalEntry
from mentorhub.domain.catalog.models import MentorExpertise, MentorProfile, MentorStanding, Offering
from mentorhub.domain.catalog.rules import OfferingForm, ProfileForm, checked_offering, checked_profile
from mentorhub.domain.common.money import Money
from mentorhub.domain.common.places import COUNTRY_CODES, LANGUAGE_CODES
from mentorhub.domain.marketplace import queries
from mentorhub.domain.payments.queries import ledger_check
from mentorhub.domain.payments.rules import smallest_price
from mentorhub.domain.reviews.models import Review

PORTRAITS = Path(__file__).parents[2] / "assets"
DAYS = (datetime(2026, 11, 25, 2, 0, tzinfo=UTC), datetime(2027, 3, 27, 23, 59, tzinfo=UTC))


@pytest.fixture(scope="module", params=DAYS, ids=["autumn", "the night clocks change"])
def seeded_once(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[datetime, Path]:
    path = tmp_path_factory.mktemp("seeded") / "seeded.db"
    shutil.copy(sqlite_template, path)
    database.connect(f"sqlite:///{path}")
    assert seed.seed_if_empty(request.param) is True
    with database.engine().connect() as link:
        link.exec_driver_sql("COMMIT")
        link.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        link.exec_driver_sql("BEGIN")
    database.dispose()
    return request.param, path


@pytest.fixture
def seeded(seeded_once: tuple[datetime, Path], tmp_path: Path) -> Iterator[datetime]:
    """A copy of the seeded marketplace, connected; the moment it was seeded at."""
    shutil.copy(seeded_once[1], tmp_path / "copy.db")
    database.connect(f"sqlite:///{tmp_path / 'copy.db'}")
    yield seeded_once[0]
    database.dispose()


def test_sixty_four_mentors_are_open_and_nearly_all_have_free_time_this_fortnight(seeded: datetime) -> None:
    with database.reading() as db:
        found = queries.search(db, address={}, zone="Asia/Kolkata", now=seeded, limit=24)
        cards = [
            *found.cards,
            *queries.search(db, address={}, zone="UTC", now=seeded, offset=24, limit=24).cards,
            *queries.search(db, address={}, zone="UTC", now=seeded, offset=48, limit=24).cards,
        ]
    assert (found.total, len(cards)) == (64, 64)
    assert all(card.next_free for card in cards)
    assert len({card.price_tag for card in cards}) > 25
    assert all((PORTRAITS / card.portrait.lstrip("/")).is_file() for card in cards)
    assert all(card.reasons and card.gap for card in cards)


def test_people_come_from_many_fields_regions_and_currencies(seeded: datetime) -> None:
    with database.reading() as db:
        tags = set(db.exec(select(MentorExpertise.tag)))
        countries = set(db.exec(select(MentorProfile.country)))
        currencies = set(db.exec(select(Offering.currency)))
    assert (len(tags) > 40, len(countries) > 20, len(currencies) > 12) == (True, True, True)


def test_every_review_belongs_to_a_session_in_which_the_two_met(seeded: datetime) -> None:
    with database.reading() as db:
        rows = db.exec(select(Review, Booking).join(Booking)).all()
        stays: dict[UUID, dict[UUID, list[tuple[datetime, datetime]]]] = {}
        for presence in db.exec(select(Presence)):
            assert presence.left_at is not None
            here = stays.setdefault(presence.booking_id, {}).setdefault(presence.user_id, [])
            here.append((presence.joined_at, presence.left_at))
    assert len(rows) > 500
    for review, booking in rows:
        mentor, mentee = stays[booking.id][booking.mentor_id], stays[booking.id][booking.mentee_id]
        told = rules.attendance(mentor, mentee, starts_at=booking.starts_at, ends_at=booking.ends_at)
        assert (booking.status, told.outcome.value) == (Status.MET, "met")
        assert review.met_minutes == told.together // timedelta(minutes=1)
        assert (review.author_id, review.mentor_id) == (booking.mentee_id, booking.mentor_id)
        assert booking.ends_at < review.created_at < seeded


def test_the_standing_is_what_reviews_and_sessions_add_up_to(seeded: datetime) -> None:
    with database.reading() as db:
        standings = db.exec(select(MentorStanding)).all()
        stars = dict(db.exec(select(Review.mentor_id, func.sum(Review.stars)).group_by(col(Review.mentor_id))).all())
        kept = _count_by_mentor(db, Status.MET)
        missed = _count_by_mentor(db, Status.MENTOR_ABSENT)
    assert len(standings) == 64
    for row in standings:
        points = row.stars_1 + 2 * row.stars_2 + 3 * row.stars_3 + 4 * row.stars_4 + 5 * row.stars_5
        assert points == stars.get(row.mentor_id, 0)
        assert (row.kept, row.due) == (kept.get(row.mentor_id, 0), row.kept + missed.get(row.mentor_id, 0))
        assert len(row.lately) == min(row.due, 10)


def test_the_books_of_the_invented_past_balance(seeded: datetime) -> None:
    with database.reading() as db:
        found = ledger_check(db)
    assert found.differences == ()
    assert found.bookings > 1000


def test_nobody_was_in_two_sessions_at_once(seeded: datetime) -> None:
    with database.reading() as db:
        bookings = db.exec(select(Booking)).all()
    taken: set[tuple[UUID, int]] = set()
    for booking in bookings:
        for person, begins, ends in (
            (booking.mentor_id, booking.blocked_from, booking.blocked_to),
            (booking.mentee_id, booking.starts_at, booking.ends_at),
        ):
            ticks = {(person, tick) for tick in rules.ticks(begins, ends)}
            assert not ticks & taken
            taken |= ticks


def test_what_is_seeded_would_pass_the_forms(seeded: datetime) -> None:
    with database.reading() as db:
        profiles, offerings = db.exec(select(MentorProfile)).all(), db.exec(select(Offering)).all()
    for profile in profiles:
        names = ("role", "employer", "city", "country", "headline", "bio", "gap", "highlights")
        form = ProfileForm(**{name: getattr(profile, name) for name in names})
        assert checked_profile(form, countries=COUNTRY_CODES, languages=LANGUAGE_CODES).role == profile.role
    for one in offerings:
        price = Money(one.price_minor, one.currency)
        form_of = OfferingForm(
            one.kind, one.title, one.minutes, f"{price.as_decimal():f}", one.send_before, one.leave_with
        )
        floor = smallest_price(one.currency, on=seeded.date())
        assert checked_offering(form_of, kinds=list(type(one.kind)), floor=floor).price == price


def test_the_demo_accounts_sign_in_with_the_printed_password_and_only_they(seeded: datetime) -> None:
    with database.reading() as db:
        known = db.exec(select(User).where(col(User.password_hash).is_not(None))).all()
    assert {user.email for user in known} == {f"{key}@{build.ADDRESS}" for key in build.SIGN_IN_KEYS}
    assert all(user.email in seed.SIGN_INS for user in known)
    assert Argon2Hasher().verify(seed.PASSWORD, known[0].password_hash) is True
    assert [user.email for user in known if user.is_admin] == [f"admin@{build.ADDRESS}"]


def test_a_database_with_people_is_left_alone(seeded: datetime) -> None:
    assert seed.seed_if_empty(seeded, size=12) is False
    with database.reading() as db:
        assert db.exec(select(func.count(col(MentorProfile.user_id)))).one() == 64


def test_the_demos_people_are_known_and_nobody_can_pass_for_them(seeded: datetime) -> None:
    with database.transaction() as db:
        assert seed.holds_invented_people(db)
        for person in db.exec(select(User)).all():
            person.email = person.email.replace("@demo.example", "@example.org")
        db.add(User(name="Sly", email="sly@demo.example", created_at=seeded))
        db.flush()
        assert not seed.holds_invented_people(db)


def test_somebody_is_free_at_any_five_minutes_without_notice(seeded: datetime) -> None:
    with database.reading() as db:
        page = queries.mentor_page(db, slug="robin-vale")
        found = queries.search(db, address={"q": "robin vale"}, zone="UTC", now=seeded)
    assert [offering.price_tag == "Free" for offering in page.offerings] == [True, False]
    soonest = datetime.fromisoformat(found.cards[0].next_free_at)
    assert timedelta(0) <= soonest - seeded <= timedelta(minutes=5)


def test_the_same_state_gives_the_same_people_and_another_gives_others(sqlite_template: Path, tmp_path: Path) -> None:
    def people_of(name: str, state: int) -> list[tuple[object, ...]]:
        shutil.copy(sqlite_template, tmp_path / name)
        database.connect(f"sqlite:///{tmp_path / name}")
        seed.seed_if_empty(DAYS[0], size=16, random_state=state)
        with database.reading() as db:
            rows = db.exec(select(User.id, User.name, User.email).order_by(col(User.email))).all()
            reviews = db.exec(select(Review.text, Review.stars).order_by(col(Review.id))).all()
        database.dispose()
        return [*rows, *reviews]

    first = people_of("first.db", 7)
    assert people_of("second.db", 7) == first
    assert people_of("third.db", 8) != first


def test_the_open_door_stays_open_without_leaving_marks(seeded: datetime) -> None:
    for minutes in (0, 5, 30, 200, 5000):
        now = seeded + timedelta(minutes=minutes)
        with database.transaction() as db:
            booking_id = keep_a_door_open(db, now)
        with database.reading() as db:
            assert booking_id is not None
            booking = db.get_one(Booking, booking_id)
            door = rules.door(booking.starts_at, booking.ends_at)
            assert door.is_open(now)
            assert door.closes_at - now > timedelta(minutes=30)
            assert _confirmed(db) == 1


def test_a_session_somebody_attended_is_left_to_be_settled_and_followed_by_another(seeded: datetime) -> None:
    with database.transaction() as db:
        first = keep_a_door_open(db, seeded)
        assert first is not None
        mentee = db.get_one(Booking, first).mentee_id
        came = [
            JournalEntry(1, first, mentee, joined=True, at=seeded),
            JournalEntry(2, first, mentee, joined=False, at=seeded),
        ]
        service.record_journal(db, journal="test", entries=came)
    with database.transaction() as db:
        second = keep_a_door_open(db, seeded + timedelta(minutes=30))
        assert second != first
        assert _confirmed(db) == 2


def test_two_group_sessions_lie_ahead_one_with_its_last_seat_free_and_one_short_of_people(seeded: datetime) -> None:
    with database.transaction() as db:
        found = [
            sessions.group_page(db, group_session_id=group, viewer_id=None, now=seeded)
            for group in gather(db, now=seeded)
        ]

    assert [(group.people, group.seats, group.seats_needed) for group in found] == [(5, 6, 3), (2, 8, 4)]
    assert all(seeded + timedelta(days=5) < group.starts_at for group in found)


def test_every_session_a_mentor_was_asked_for_first_was_a_request_and_its_answer_is_counted(seeded: datetime) -> None:
    with database.reading() as db:
        asked_for = select(Booking.mentor_id, func.count(col(Booking.id))).join(
            Offering,
            Offering.id == Booking.offering_id,  # type: ignore[arg-type]
        )
        booked = dict(db.exec(asked_for.where(col(Offering.needs_approval)).group_by(col(Booking.mentor_id))).all())
        requests = select(BookingRequest.mentor_id, func.count(col(BookingRequest.booking_id)))
        answered = dict(db.exec(requests.group_by(col(BookingRequest.mentor_id))).all())
        standings = db.exec(select(MentorStanding).where(MentorStanding.asked > 0)).all()

    assert booked
    assert answered == booked == {one.mentor_id: one.answered for one in standings}


def _confirmed(db: Session) -> int:
    return db.exec(select(func.count(col(Booking.id))).where(Booking.status == Status.CONFIRMED)).one()


def _count_by_mentor(db: Session, status: Status) -> dict[UUID, int]:
    rows = select(Booking.mentor_id, func.count(col(Booking.id))).where(Booking.status == status)
    return dict(db.exec(rows.group_by(col(Booking.mentor_id))).all())


def test_either_database_holds_the_same_marketplace(database_url: str) -> None:
    seed.seed_if_empty(DAYS[0], size=16)
    with database.transaction() as db:
        assert keep_a_door_open(db, DAYS[0]) is not None
    with database.reading() as db:
        assert ledger_check(db).differences == ()
        found = queries.search(db, address={"q": "kabir"}, zone="Asia/Kolkata", now=DAYS[0])
    assert [(card.name, card.rating, card.attended) for card in found.cards] == [
        ("Kabir Deshmukh", "4.9", "212 of 214 attended")
    ]


def test_the_command_seeds_once_and_never_in_live_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = {
        "MENTORHUB_MODE": "live",
        "MENTORHUB_SECRET": "a secret of more than thirty-two characters",
        "PUBLIC_URL": "https://mentors.example.org",
        "SMTP_URL": "smtp://mail.example.org",
        "STRIPE_SECRET_KEY": "sk_live_not_a_real_one",
        "STRIPE_WEBHOOK_SECRET": "whsec_not_a_real_one",
    }
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'own.db'}")
    monkeypatch.setenv("MENTORHUB_DATA", str(tmp_path / "data"))
    with monkeypatch.context() as live_mode:
        for name, value in live.items():
            live_mode.setenv(name, value)
        assert _exit_status(size=14) == 2
    assert _exit_status(size=14) == 0
    assert _exit_status(size=14) == 1
    with database.reading() as db:
        assert db.exec(select(func.count(col(MentorProfile.user_id)))).one() == 14
    database.dispose()


def _exit_status(*, size: int) -> int:
    settings.current.cache_clear()
    try:
        seed.seed(size=size, random_state=3)
    except typer.Exit as left:
        return left.exit_code
    finally:
        settings.current.cache_clear()
    return 0
