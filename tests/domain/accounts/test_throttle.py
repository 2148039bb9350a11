"""Tries counted in the database: exact under load, never a hard lock."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from mentorhub import database
from mentorhub.domain.accounts import service
from mentorhub.domain.accounts.errors import TooManyTries
from mentorhub.domain.accounts.models import Throttle
from mentorhub.domain.accounts.rules import Allowance
from mentorhub.domain.common.ids import fingerprint
from tests.domain.accounts.outbox_and_links import open_for, riya
from tests.people import SUNDAY


def test_tries_are_counted_before_they_are_made_so_that_a_dozen_at_once_do_not_slip_through(
    database_url: str,
) -> None:
    passed: list[int] = []
    start = threading.Barrier(12)

    def try_once(number: int) -> None:
        start.wait()
        try:
            with database.transaction() as db:
                service.take_try(db, allowances=(Allowance("b", 3), Allowance("a", 5)), now=SUNDAY)
            passed.append(number)
        except TooManyTries:
            pass

    tries = [threading.Thread(target=try_once, args=(number,)) for number in range(12)]
    for one in tries:
        one.start()
    for one in tries:
        one.join()

    assert len(passed) == 3


def test_a_wait_is_said_in_minutes_and_ends(db: Session) -> None:
    allowance = (Allowance("riya", 2),)
    for _ in range(2):
        service.take_try(db, allowances=allowance, now=SUNDAY)

    with pytest.raises(TooManyTries, match=r"try again in 1 minute\."):
        service.take_try(db, allowances=allowance, now=SUNDAY + timedelta(seconds=29))

    service.take_try(db, allowances=allowance, now=SUNDAY + timedelta(seconds=30))
    service.forgive(db, keys=("riya",))
    service.take_try(db, allowances=allowance, now=SUNDAY + timedelta(seconds=31))


def test_a_key_others_share_gets_only_the_good_try_back(db: Session) -> None:
    for _ in range(3):
        service.take_try(db, allowances=(Allowance("office", 9),), now=SUNDAY)

    service.forgive_one(db, key="office")

    assert db.get_one(Throttle, fingerprint("office")).tries == 2


def test_where_a_person_signed_in_before_is_known(db: Session) -> None:
    user_id = riya(db)
    open_for(db, user_id, address="203.0.113.7")

    assert service.is_known_address(db, user_id=user_id, address="203.0.113.7")
    assert not service.is_known_address(db, user_id=user_id, address="198.51.100.1")


def test_forgiving_what_was_never_tried_changes_nothing(db: Session) -> None:
    service.forgive(db, keys=("never",))
    service.forgive_one(db, key="never")

    assert db.exec(select(Throttle)).all() == []
