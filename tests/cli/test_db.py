"""The history of the database: what was kept before a step is kept after it, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text
from sqlmodel import col, select

from mentorhub import database
from mentorhub.cli.db import bring_up_to, bring_up_to_date
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, Claim, Intake
from mentorhub.domain.catalog.models import MentorProfile, Offering
from mentorhub.domain.payments.models import Payment

KABIR, RIYA = UUID(int=1), UUID(int=2)
THEN = "'2026-11-20 08:00:00.000000'"
ROWS_OF_THE_FIRST_STEP = f"""
INSERT INTO "user" (id, email, name, time_zone, hat, is_admin, created_at) VALUES
  ('{KABIR.hex}', 'kabir@example.org', 'Kabir Rao', 'Europe/London', 'mentor', false, {THEN}),
  ('{RIYA.hex}', 'riya@example.org', 'Riya Shah', 'Asia/Kolkata', 'mentee', false, {THEN});
INSERT INTO mentor_profile (user_id, slug, role, employer, city, country, headline, bio, gap, highlights, currency,
  policy, is_open, revision, created_at) VALUES
  ('{KABIR.hex}', 'kabir', '', '', '', '', '', '', '', '', 'INR', 'standard', true, 0, {THEN});
INSERT INTO offering (id, mentor_id, kind, title, minutes, price_minor, currency, send_before, leave_with, position,
  is_active, created_at) VALUES
  ('{UUID(int=3).hex}', '{KABIR.hex}', 'cv_review', 'CV review', 30, 120000, 'INR', '', '', 0, true, {THEN});
INSERT INTO booking (id, mentor_id, mentee_id, offering_id, title, status, starts_at, ends_at, blocked_from, blocked_to,
  price_minor, fee_minor, card_minor, currency, policy, refund_from, ask, mentor_zone, mentee_zone, calendar_uid,
  version, created_at) VALUES
  ('{UUID(int=4).hex}', '{KABIR.hex}', '{RIYA.hex}', '{UUID(int=3).hex}', 'CV review', 'confirmed',
  '2026-11-24 09:00:00.000000', '2026-11-24 09:30:00.000000', '2026-11-24 09:00:00.000000',
  '2026-11-24 09:35:00.000000', 120000, 12000, 2800, 'INR', 'standard', '2026-11-24 09:00:00.000000', 'Hello', 'UTC',
  'UTC', 'four@mentorhub', 0, {THEN});
INSERT INTO claim (person_id, tick, booking_id) VALUES ('{RIYA.hex}', 5985036, '{UUID(int=4).hex}');
INSERT INTO payment (id, booking_id, mentor_id, status, amount_minor, fee_minor, card_minor, currency, checkout_id,
  provider_payment_id, created_at) VALUES ('{UUID(int=5).hex}', '{UUID(int=4).hex}', '{KABIR.hex}', 'captured', 120000,
  12000, 2800, 'INR', 'cs_1', 'pi_1', {THEN})
"""


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """A database of either kind that has seen no step."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.db'}"
    else:
        server: str = request.getfixturevalue("postgres_server")
        name = f"old_{uuid4().hex}"
        with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as link:
            link.execute(f"CREATE DATABASE {name}")
        url = server.removesuffix("/postgres") + f"/{name}"
    database.connect(url)
    yield
    database.dispose()


@pytest.mark.usefixtures("empty_database")
def test_a_booked_and_paid_session_of_the_first_step_is_there_after_the_newest() -> None:
    bring_up_to("0001")
    with database.transaction() as db:
        for statement in ROWS_OF_THE_FIRST_STEP.split(";"):
            db.execute(text(statement))
    bring_up_to_date()
    with database.reading() as db:
        booking = db.exec(select(Booking)).one()
        assert (booking.calendar_uid, booking.group_session_id) == ("four@mentorhub", None)
        assert db.exec(select(Intake.situation)).one() == "Hello"
        assert db.exec(select(Claim.booking_id, col(Claim.group_session_id))).one() == (booking.id, None)
        offering = db.exec(select(Offering)).one()
        assert (offering.needs_approval, offering.seats, offering.seats_needed) == (False, 1, 1)
        assert db.exec(select(MentorProfile.answer_hours)).one() == 48
        assert db.exec(select(Payment.checkout_id)).one() == "cs_1"
        assert set(db.exec(select(User.clock_hours))) == {24}


def test_a_step_that_leaves_rows_pointing_nowhere_is_refused_as_a_whole(tmp_path: Path) -> None:
    database.connect(f"sqlite:///{tmp_path / 'old.db'}")
    bring_up_to("0001")
    with database.transaction() as db:
        for statement in ROWS_OF_THE_FIRST_STEP.split(";"):
            db.execute(text(statement))
    with database.engine().connect() as link:
        cursor = link.connection.cursor()
        for statement in ("PRAGMA foreign_keys=OFF", "DELETE FROM booking", "PRAGMA foreign_keys=ON"):
            cursor.execute(statement)
        cursor.close()
    with pytest.raises(RuntimeError, match="point nowhere"):
        bring_up_to_date()
    with database.engine().connect() as link:
        assert link.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "0001"
    database.dispose()
