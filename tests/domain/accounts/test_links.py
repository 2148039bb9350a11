"""One-time links on both databases: confirm, reset, change an address; once, in time, for one purpose."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from mentorhub import database
from mentorhub.domain.accounts import queries, service
from mentorhub.domain.accounts.errors import AddressTaken, LinkSpent
from mentorhub.domain.accounts.models import AccountToken, TokenPurpose, User
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.common.ids import fingerprint
from mentorhub.domain.common.outbox import OutboxRow
from tests.domain.accounts.outbox_and_links import asked, minutes, open_for, riya, secret_of
from tests.people import SUNDAY, add_person


def test_no_secret_ever_waits_in_the_outbox_or_the_database(db: Session) -> None:
    service.sign_up(db, name="Riya", email="riya@example.org", password_hash="h", now=SUNDAY)
    request = asked(db, "mail.verify")[0]

    with pytest.raises(LinkSpent):
        service.confirm_address(db, secret=request, now=SUNDAY)

    secret = secret_of(db, "mail.verify")
    assert secret not in {row.token_hash for row in db.exec(select(AccountToken))}


def test_a_verifying_link_works_once_and_a_second_click_is_not_scolded(db: Session) -> None:
    service.sign_up(db, name="Riya", email="riya@example.org", password_hash="h", now=SUNDAY)
    first, second = secret_of(db, "mail.verify"), secret_of(db, "mail.verify")
    user_id = db.exec(select(User.id)).one()

    assert service.confirm_address(db, secret=first, now=SUNDAY + minutes(1)) == user_id

    assert db.get_one(User, user_id).email_verified_at == SUNDAY + minutes(1)
    assert service.confirm_address(db, secret=first, now=SUNDAY + minutes(2)) is None
    assert service.confirm_address(db, secret=second, now=SUNDAY + minutes(2)) is None
    assert db.get_one(User, user_id).email_verified_at == SUNDAY + minutes(1)


def test_a_verifying_link_is_too_old_after_a_day(db: Session) -> None:
    service.sign_up(db, name="Riya", email="riya@example.org", password_hash="h", now=SUNDAY)
    secret = secret_of(db, "mail.verify")

    with pytest.raises(LinkSpent):
        service.confirm_address(db, secret=secret, now=SUNDAY + timedelta(hours=24))

    assert db.exec(select(User.email_verified_at)).one() is None


def test_a_link_is_good_for_its_own_purpose_only(db: Session) -> None:
    riya(db)
    service.request_reset(db, email="riya@example.org", now=SUNDAY)
    secret = secret_of(db, "mail.reset")

    with pytest.raises(LinkSpent):
        service.confirm_address(db, secret=secret, now=SUNDAY)
    with pytest.raises(LinkSpent):
        service.confirm_email_change(db, secret=secret, now=SUNDAY)


def test_a_reset_for_an_unknown_address_does_nothing_and_says_nothing(db: Session) -> None:
    service.request_reset(db, email="nobody@example.org", now=SUNDAY)

    assert db.exec(select(OutboxRow)).all() == []


def test_a_reset_sets_the_password_ends_every_session_and_spends_every_reset_link(db: Session) -> None:
    user_id = riya(db, verified=False)
    token = open_for(db, user_id)
    service.request_reset(db, email="Riya@example.org", now=SUNDAY)
    first, second = secret_of(db, "mail.reset"), secret_of(db, "mail.reset")

    assert service.reset_password(db, secret=first, password_hash="new", now=SUNDAY + minutes(59)) == user_id

    user = db.get_one(User, user_id)
    assert (user.password_hash, user.email_verified_at) == ("new", SUNDAY + minutes(59))
    assert queries.viewer(db, token=token, now=SUNDAY + minutes(59)) is None
    assert asked(db, "mail.password_changed") == [str(user_id)]
    for spent in (first, second):
        with pytest.raises(LinkSpent):
            service.reset_password(db, secret=spent, password_hash="again", now=SUNDAY + minutes(59))


def test_a_reset_link_is_too_old_after_an_hour(db: Session) -> None:
    riya(db)
    service.request_reset(db, email="riya@example.org", now=SUNDAY)
    secret = secret_of(db, "mail.reset")

    with pytest.raises(LinkSpent):
        queries.link(db, secret=secret, purpose=TokenPurpose.RESET, now=SUNDAY + minutes(60))
    with pytest.raises(LinkSpent):
        service.reset_password(db, secret=secret, password_hash="new", now=SUNDAY + minutes(60))


def test_two_clicks_on_one_reset_link_set_one_password(database_url: str) -> None:
    with database.transaction() as db:
        riya(db)
        service.request_reset(db, email="riya@example.org", now=SUNDAY)
        secret = secret_of(db, "mail.reset")
    won: list[str] = []
    start = threading.Barrier(8)

    def click(number: int) -> None:
        start.wait()
        try:
            with database.transaction() as db:
                service.reset_password(db, secret=secret, password_hash=f"new {number}", now=SUNDAY)
            won.append(f"new {number}")
        except LinkSpent:
            pass

    clicks = [threading.Thread(target=click, args=(number,)) for number in range(8)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()

    with database.reading() as db:
        assert db.exec(select(User.password_hash)).all() == won
    assert len(won) == 1


def test_changing_the_password_keeps_this_session_and_ends_the_others(db: Session) -> None:
    user_id = riya(db)
    here, there = open_for(db, user_id), open_for(db, user_id)

    service.change_password(db, user_id=user_id, password_hash="new", keep=fingerprint(here), now=SUNDAY)

    assert queries.viewer(db, token=here, now=SUNDAY) is not None
    assert queries.viewer(db, token=there, now=SUNDAY) is None


def test_an_address_moves_only_when_the_new_one_consents_and_the_old_one_has_a_way_back(db: Session) -> None:
    user_id = riya(db)

    service.request_email_change(db, user_id=user_id, email="New@example.org", now=SUNDAY + minutes(1))
    link = service.issue_link(db, request=asked(db, "mail.change_email")[0], now=SUNDAY + minutes(1))

    assert (link.email, link.account_email) == ("new@example.org", "riya@example.org")
    assert queries.account(db, user_id=user_id, now=SUNDAY + minutes(1)).asked_email == "new@example.org"
    assert db.get_one(User, user_id).email == "riya@example.org"

    service.confirm_email_change(db, secret=link.secret, now=SUNDAY + minutes(5))
    told = service.issue_link(db, request=asked(db, "mail.email_changed")[0], now=SUNDAY + minutes(5))

    assert db.get_one(User, user_id).email == "new@example.org"
    assert (told.email, told.account_email) == ("riya@example.org", "new@example.org")
    assert queries.account(db, user_id=user_id, now=SUNDAY + minutes(6)).asked_email == ""

    service.confirm_email_change(db, secret=told.secret, now=SUNDAY + minutes(10))
    assert db.get_one(User, user_id).email == "riya@example.org"


def test_a_newer_wish_for_an_address_takes_back_the_older_one(db: Session) -> None:
    user_id = riya(db)
    service.request_email_change(db, user_id=user_id, email="typo@example.org", now=SUNDAY)
    typo = secret_of(db, "mail.change_email")
    service.request_email_change(db, user_id=user_id, email="right@example.org", now=SUNDAY + minutes(1))

    with pytest.raises(LinkSpent):
        service.confirm_email_change(db, secret=typo, now=SUNDAY + minutes(2))


def test_links_sent_to_the_old_address_end_with_it(db: Session) -> None:
    user_id = riya(db, verified=False)
    service.request_reset(db, email="riya@example.org", now=SUNDAY)
    service.send_verification_again(db, user_id=user_id, now=SUNDAY)
    reset, verify = secret_of(db, "mail.reset"), secret_of(db, "mail.verify")
    service.request_email_change(db, user_id=user_id, email="new@example.org", now=SUNDAY)
    service.confirm_email_change(db, secret=secret_of(db, "mail.change_email"), now=SUNDAY)

    with pytest.raises(LinkSpent):
        service.reset_password(db, secret=reset, password_hash="stolen", now=SUNDAY)
    for useless in (verify, "unknown"):
        with pytest.raises(LinkSpent):
            service.confirm_address(db, secret=useless, now=SUNDAY)


def test_asking_for_somebody_elses_address_tells_that_person_and_nobody_else(db: Session) -> None:
    user_id = riya(db)
    other = add_person(db, name="Kabir", email="kabir@example.org", zone="UTC")

    service.request_email_change(db, user_id=user_id, email="kabir@example.org", now=SUNDAY)

    assert asked(db, "mail.already_have_account") == [str(other)]
    assert asked(db, "mail.change_email") == []


def test_an_address_taken_meanwhile_is_refused_and_nothing_moves(db: Session) -> None:
    user_id = riya(db)
    service.request_email_change(db, user_id=user_id, email="kabir@example.org", now=SUNDAY)
    secret = secret_of(db, "mail.change_email")
    add_person(db, name="Kabir", email="kabir@example.org", zone="UTC")

    with pytest.raises(AddressTaken):
        service.confirm_email_change(db, secret=secret, now=SUNDAY)

    assert db.exec(select(User.email).where(User.id == user_id)).one() == "riya@example.org"


def test_ones_own_address_is_no_change(db: Session) -> None:
    with pytest.raises(FieldError) as refusal:
        service.request_email_change(db, user_id=riya(db), email="RIYA@example.org", now=SUNDAY)

    assert refusal.value.field == "email"


def test_a_confirmed_address_gets_no_second_verifying_mail(db: Session) -> None:
    service.send_verification_again(db, user_id=riya(db), now=SUNDAY)

    assert asked(db, "mail.verify") == []


def test_a_link_used_up_before_its_mail_is_written_needs_no_mail(db: Session) -> None:
    riya(db)
    service.request_reset(db, email="riya@example.org", now=SUNDAY)
    service.reset_password(db, secret=secret_of(db, "mail.reset"), password_hash="new", now=SUNDAY)

    with pytest.raises(NotFound):
        secret_of(db, "mail.reset")


def test_a_link_to_the_address_one_has_by_now_changes_nothing(db: Session) -> None:
    user_id = riya(db)
    service.request_email_change(db, user_id=user_id, email="new@example.org", now=SUNDAY)
    secret = secret_of(db, "mail.change_email")
    db.get_one(User, user_id).email = "new@example.org"

    assert service.confirm_email_change(db, secret=secret, now=SUNDAY) == user_id

    assert asked(db, "mail.email_changed") == []
