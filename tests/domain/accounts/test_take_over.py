"""Somebody knows the password: what they do with the address, and why the owner still gets the account back."""

import pytest
from sqlmodel import Session, select

from mentorhub.domain.accounts import queries, service
from mentorhub.domain.accounts.errors import LinkSpent
from mentorhub.domain.accounts.models import User
from tests.domain.accounts.outbox_and_links import asked, minutes, open_for, riya, secret_of
from tests.people import SUNDAY, add_person


def _moved(db: Session, *, to: str, after: int) -> str:
    """Move Riya's account to an address; returns the way back that the address before it was sent."""
    at = SUNDAY + minutes(after)
    user_id = db.exec(select(User.id)).first()
    assert user_id is not None
    service.request_email_change(db, user_id=user_id, email=to, now=at)
    service.confirm_email_change(db, secret=secret_of(db, "mail.change_email", at), now=at)
    return secret_of(db, "mail.email_changed", at)


def test_a_new_password_ends_the_wish_for_another_address(db: Session) -> None:
    user_id = riya(db)
    service.request_email_change(db, user_id=user_id, email="thief@example.org", now=SUNDAY)
    waiting = secret_of(db, "mail.change_email")
    service.request_reset(db, email="riya@example.org", now=SUNDAY)

    service.reset_password(db, secret=secret_of(db, "mail.reset"), password_hash="new", now=SUNDAY)

    with pytest.raises(LinkSpent):
        service.confirm_email_change(db, secret=waiting, now=SUNDAY)
    assert db.get_one(User, user_id).email == "riya@example.org"


def test_the_way_back_stands_however_often_the_address_is_changed_again(db: Session) -> None:
    user_id = riya(db)
    owners = _moved(db, to="thief@example.org", after=1)
    _moved(db, to="thief2@example.org", after=2)

    service.confirm_email_change(db, secret=owners, now=SUNDAY + minutes(3))

    assert db.get_one(User, user_id).email == "riya@example.org"


def test_an_earlier_way_back_outlives_a_later_one(db: Session) -> None:
    user_id = riya(db)
    owners = _moved(db, to="thief@example.org", after=1)
    thiefs = _moved(db, to="thief2@example.org", after=2)
    service.confirm_email_change(db, secret=thiefs, now=SUNDAY + minutes(3))

    service.confirm_email_change(db, secret=owners, now=SUNDAY + minutes(4))

    assert db.get_one(User, user_id).email == "riya@example.org"


def test_who_puts_an_address_back_keeps_it_and_everybody_is_signed_out(db: Session) -> None:
    user_id = riya(db)
    inside = open_for(db, user_id)
    owners = _moved(db, to="thief@example.org", after=1)
    thiefs = _moved(db, to="thief2@example.org", after=2)
    service.request_email_change(db, user_id=user_id, email="thief3@example.org", now=SUNDAY + minutes(3))
    waiting = secret_of(db, "mail.change_email", SUNDAY + minutes(3))
    told = len(asked(db, "mail.email_changed"))

    service.confirm_email_change(db, secret=owners, now=SUNDAY + minutes(4))

    assert queries.viewer(db, token=inside, now=SUNDAY + minutes(4)) is None
    assert len(asked(db, "mail.email_changed")) == told
    for useless in (thiefs, waiting, owners):
        with pytest.raises(LinkSpent):
            service.confirm_email_change(db, secret=useless, now=SUNDAY + minutes(5))


def test_nobody_can_sit_on_an_address_that_may_be_put_back(db: Session) -> None:
    user_id = riya(db)
    owners = _moved(db, to="thief@example.org", after=1)

    service.sign_up(db, name="Riya", email="riya@example.org", password_hash="h", now=SUNDAY + minutes(2))
    service.confirm_email_change(db, secret=owners, now=SUNDAY + minutes(3))

    assert db.get_one(User, user_id).email == "riya@example.org"
    assert len(db.exec(select(User.id)).all()) == 1


def test_the_account_page_does_not_tell_whether_an_address_has_an_account(db: Session) -> None:
    user_id = riya(db)
    add_person(db, name="Kabir", email="kabir@example.org", zone="UTC")
    shown = []

    for minute, email in enumerate(("nobody@example.org", "kabir@example.org"), start=1):
        service.request_email_change(db, user_id=user_id, email=email, now=SUNDAY + minutes(minute))
        shown.append(queries.account(db, user_id=user_id, now=SUNDAY + minutes(minute)).asked_email)

    assert shown == ["nobody@example.org", "kabir@example.org"]


def test_an_address_just_left_is_not_shown_as_one_that_waits(db: Session) -> None:
    user_id = riya(db)
    service.request_email_change(db, user_id=user_id, email="new@example.org", now=SUNDAY)
    service.confirm_email_change(db, secret=secret_of(db, "mail.change_email"), now=SUNDAY)

    secret_of(db, "mail.email_changed", SUNDAY + minutes(1))

    assert queries.account(db, user_id=user_id, now=SUNDAY + minutes(2)).asked_email == ""
