"""Signing up and what a person changes about themselves."""

from uuid import UUID

import pytest
from sqlmodel import Session, select

from mentorhub.domain.accounts import queries, service
from mentorhub.domain.accounts.models import Hat, User
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.common.habits import Habits
from mentorhub.domain.common.outbox import OutboxRow
from tests.domain.accounts.outbox_and_links import asked, riya
from tests.people import SUNDAY


def test_signing_up_makes_an_unverified_account_and_asks_for_the_verifying_mail(db: Session) -> None:
    service.sign_up(
        db, name=" Riya  Patil", email="Riya@Example.org", password_hash="h", time_zone="Asia/Kolkata", now=SUNDAY
    )

    user = db.exec(select(User)).one()
    assert (user.name, user.email, user.hat, user.email_verified_at) == (
        "Riya Patil",
        "riya@example.org",
        Hat.MENTEE,
        None,
    )
    assert len(asked(db, "mail.verify")) == 1


def test_signing_up_with_a_used_address_changes_nothing_and_tells_only_its_owner(db: Session) -> None:
    owner = riya(db)

    for _ in range(3):
        service.sign_up(db, name="Mallory", email="riya@example.org", password_hash="evil", now=SUNDAY)

    assert db.get_one(User, owner).name == "Riya Patil"
    assert db.get_one(User, owner).password_hash is None
    assert asked(db, "mail.already_have_account") == [str(owner)]
    assert asked(db, "mail.verify") == []


def test_a_hat_is_switched_within_one_account(db: Session) -> None:
    user_id = riya(db)

    service.switch_hat(db, user_id=user_id, hat=Hat.MENTOR)

    assert db.get_one(User, user_id).hat is Hat.MENTOR


def test_a_profile_is_changed_whole_or_not_at_all(db: Session) -> None:
    user_id = riya(db)

    service.update_profile(db, user_id=user_id, name="Riya P", time_zone="Europe/Oslo", portrait="/portraits/riya.svg")
    view = queries.account(db, user_id=user_id, now=SUNDAY)

    assert (view.name, view.time_zone, view.portrait) == ("Riya P", "Europe/Oslo", "/portraits/riya.svg")
    with pytest.raises(FieldError):
        service.update_profile(db, user_id=user_id, name="Riya", time_zone="Nowhere", portrait="")
    with pytest.raises(FieldError):
        service.update_profile(db, user_id=user_id, name="Riya", time_zone="UTC", portrait="http://evil")
    service.update_profile(db, user_id=user_id, name="Riya", time_zone="UTC", portrait="")
    assert queries.account(db, user_id=user_id, now=SUNDAY).portrait == ""


def test_an_admin_is_made_by_address(db: Session) -> None:
    user_id = riya(db)

    assert service.grant_admin(db, email="riya@example.org") == "Riya Patil"

    assert db.get_one(User, user_id).is_admin
    with pytest.raises(NotFound):
        service.grant_admin(db, email="nobody@example.org")


def test_an_added_account_is_confirmed_and_gets_no_mail(db: Session) -> None:
    user_id = service.add_account(db, name="Kabir", email="kabir@example.org", password_hash="h", now=SUNDAY)

    assert queries.account(db, user_id=user_id, now=SUNDAY).verified
    assert db.exec(select(OutboxRow)).all() == []


def test_credentials_are_found_by_any_spelling_of_an_address(db: Session) -> None:
    user_id = riya(db)

    found = queries.credentials_of(db, email=" RIYA@example.ORG")

    assert found is not None
    assert found.user_id == user_id
    assert queries.credentials_of(db, email="not an address") is None
    assert queries.credentials_of(db, email="nobody@example.org") is None
    assert queries.credentials_by_id(db, user_id=user_id) == found


def test_who_is_not_there_is_not_found_and_nothing_else_happens(db: Session) -> None:
    nobody = UUID(int=404)

    for act in (
        lambda: queries.account(db, user_id=nobody, now=SUNDAY),
        lambda: service.recipient(db, user_id=nobody),
        lambda: service.switch_hat(db, user_id=nobody, hat=Hat.MENTOR),
        lambda: service.send_verification_again(db, user_id=nobody, now=SUNDAY),
        lambda: service.request_email_change(db, user_id=nobody, email="new@example.org", now=SUNDAY),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_person_reads_24_hours_until_they_choose_12_and_no_other_clock_is_known(db: Session) -> None:
    user_id = riya(db)
    assert queries.account(db, user_id=user_id, now=SUNDAY).clock_hours == 24

    service.choose_clock(db, user_id=user_id, clock_hours=12)

    assert queries.habits_of(db, user_id=user_id) == Habits(clock_hours=12)
    for nonsense in (0, 13, -12, 36):
        with pytest.raises(FieldError):
            service.choose_clock(db, user_id=user_id, clock_hours=nonsense)
    assert queries.account(db, user_id=user_id, now=SUNDAY).clock_hours == 12
