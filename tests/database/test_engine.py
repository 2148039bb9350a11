"""The seam that commits: all or nothing, in order, in UTC, on both databases."""

import threading
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import DatabaseError, DBAPIError, StatementError
from sqlmodel import col, select, text

from mentorhub import database
from mentorhub.domain.accounts.models import User
from mentorhub.domain.payments.models import Account, LedgerEntry
from tests.people import SUNDAY, People, add_person


def test_a_transaction_that_raises_leaves_nothing_behind(database_url: str) -> None:
    with pytest.raises(RuntimeError), database.transaction() as db:
        add_person(db, name="Riya", email="riya@example.org", zone="UTC")
        raise RuntimeError

    with database.reading() as db:
        assert db.exec(select(User)).all() == []


def test_whoever_only_reads_can_change_nothing(database_url: str) -> None:
    with pytest.raises(DBAPIError), database.reading() as db:
        add_person(db, name="Riya", email="riya@example.org", zone="UTC")
        db.flush()

    with database.reading() as db:
        assert db.exec(select(User)).all() == []


def test_what_is_acknowledged_outlives_a_power_cut(database_url: str) -> None:
    asks, safe = ("PRAGMA synchronous", 2) if database_url.startswith("sqlite") else ("SHOW synchronous_commit", "on")

    with database.transaction() as db:
        assert db.execute(text(asks)).scalar_one() == safe


def test_times_come_back_as_the_same_instant_in_utc(database_url: str) -> None:
    pune = timezone(timedelta(hours=5, minutes=30))
    with database.transaction() as db:
        user_id = add_person(db, name="Riya", email="riya@example.org", zone="UTC")
        db.get_one(User, user_id).created_at = datetime(2026, 11, 24, 14, 30, tzinfo=pune)

    with database.reading() as db:
        created_at = db.exec(select(User.created_at)).one()
    assert created_at.isoformat() == "2026-11-24T09:00:00+00:00"


def test_a_time_without_a_zone_is_refused(database_url: str) -> None:
    with pytest.raises((StatementError, ValueError)), database.transaction() as db:
        user_id = add_person(db, name="Riya", email="riya@example.org", zone="UTC")
        db.get_one(User, user_id).created_at = SUNDAY.replace(tzinfo=None)


def test_the_ledger_refuses_changes_and_removals(everyone: People) -> None:
    entry = LedgerEntry(cause="test", line=0, account=Account.PLATFORM_FEE, amount_minor=1, currency="INR", at=SUNDAY)
    with database.transaction() as db:
        db.add(entry)

    for statement in ("UPDATE ledger_entry SET amount_minor = 2", "DELETE FROM ledger_entry"):
        with pytest.raises(DatabaseError, match="append-only"), database.transaction() as db:
            db.execute(text(statement))

    with database.reading() as db:
        assert db.exec(select(col(LedgerEntry.amount_minor))).all() == [1]


def test_parallel_writers_all_get_their_turn(database_url: str) -> None:
    def add(number: int) -> None:
        with database.transaction() as db:
            add_person(db, name=f"Person {number}", email=f"p{number}@example.org", zone="UTC")

    writers = [threading.Thread(target=add, args=(number,)) for number in range(24)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    with database.reading() as db:
        assert len(db.exec(select(User.id)).all()) == 24


def test_a_refusal_of_the_database_quotes_nothing_of_what_was_to_be_kept(database_url: str) -> None:
    with database.transaction() as db:
        user_id = add_person(db, name="Riya", email="riya@example.org", zone="UTC")

    with pytest.raises(DatabaseError) as refused, database.transaction() as db:
        db.execute(
            text("INSERT INTO login_session (token_hash, user_id) VALUES (:hash, :user)"),
            {"hash": "a secret", "user": str(user_id)},
        )

    assert "a secret" not in str(refused.value).partition("DETAIL")[0]
