"""Login sessions on both databases: who they show, when they end, whose they are."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from mentorhub.domain.accounts import queries, service
from mentorhub.domain.accounts.models import AccountToken, LoginSession, Throttle, User
from mentorhub.domain.accounts.rules import Allowance
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.common.ids import fingerprint
from tests.domain.accounts.outbox_and_links import minutes, open_for, riya
from tests.people import SUNDAY, add_person


def test_a_session_shows_who_is_looking_and_keeps_only_the_fingerprint_of_its_secret(db: Session) -> None:
    user_id = riya(db)

    token = open_for(db, user_id)

    found = queries.viewer(db, token=token, now=SUNDAY)
    assert found is not None
    assert (found.user_id, found.name, found.verified, found.is_admin) == (user_id, "Riya Patil", True, False)
    assert db.exec(select(LoginSession.token_hash)).one() == fingerprint(token) != token
    assert queries.viewer(db, token=fingerprint(token), now=SUNDAY) is None


def test_who_is_looking_costs_one_query(db: Session) -> None:
    token = open_for(db, riya(db))
    db.expunge_all()
    counted: list[str] = []
    from sqlalchemy import event

    event.listen(db.connection(), "before_cursor_execute", lambda *given: counted.append(given[2]))
    queries.viewer(db, token=token, now=SUNDAY)

    assert len(counted) == 1


def test_a_session_ends_after_two_idle_weeks_and_after_ninety_days_in_any_case(db: Session) -> None:
    token = open_for(db, riya(db))

    assert queries.viewer(db, token=token, now=SUNDAY + timedelta(days=14) - minutes(1)) is not None
    assert queries.viewer(db, token=token, now=SUNDAY + timedelta(days=14)) is None

    for day in range(0, 100, 10):
        service.touch_session(db, token_hash=fingerprint(token), now=SUNDAY + timedelta(days=day))
    assert queries.viewer(db, token=token, now=SUNDAY + timedelta(days=90) - minutes(1)) is not None
    assert queries.viewer(db, token=token, now=SUNDAY + timedelta(days=90)) is None


def test_a_session_is_noted_at_most_once_in_five_minutes(db: Session) -> None:
    token = open_for(db, riya(db))
    seen = []
    for after in (4, 5, 9, 10):
        service.touch_session(db, token_hash=fingerprint(token), now=SUNDAY + minutes(after))
        found = queries.viewer(db, token=token, now=SUNDAY + minutes(after))
        assert found is not None
        seen.append(found.seen_at)

    assert seen == [SUNDAY, SUNDAY + minutes(5), SUNDAY + minutes(5), SUNDAY + minutes(10)]


def test_signing_in_again_ends_the_session_this_browser_had(db: Session) -> None:
    user_id = riya(db)
    planted = open_for(db, user_id)

    fresh = open_for(db, user_id, replaces=planted)

    assert queries.viewer(db, token=planted, now=SUNDAY) is None
    assert queries.viewer(db, token=fresh, now=SUNDAY) is not None


def test_signing_out_ends_one_session_and_twice_changes_nothing(db: Session) -> None:
    user_id = riya(db)
    here, there = open_for(db, user_id), open_for(db, user_id)

    service.sign_out(db, token=here, now=SUNDAY)
    service.sign_out(db, token=here, now=SUNDAY + minutes(1))
    service.sign_out(db, token="never there", now=SUNDAY)

    assert queries.viewer(db, token=here, now=SUNDAY) is None
    assert queries.viewer(db, token=there, now=SUNDAY) is not None


def test_the_list_of_sessions_shows_the_own_ones_and_ends_only_those(db: Session) -> None:
    mine, other = riya(db), add_person(db, name="Sam", email="sam@example.org", zone="UTC")
    here, there = open_for(db, mine, device="Chrome on Mac"), open_for(db, mine)
    theirs = open_for(db, other)

    listed = queries.sessions_of(db, user_id=mine, token_hash=fingerprint(here), now=SUNDAY)
    foreign = queries.sessions_of(db, user_id=other, token_hash="", now=SUNDAY)[0].reference

    assert [(view.device, view.is_current) for view in listed] == [("Chrome on Mac", True), ("Firefox on Linux", False)]
    assert {here, there, fingerprint(here), fingerprint(there)}.isdisjoint({view.reference for view in listed})
    with pytest.raises(NotFound):
        service.revoke_session(db, user_id=mine, reference=foreign, now=SUNDAY)
    service.revoke_session(db, user_id=mine, reference=listed[1].reference, now=SUNDAY)
    assert queries.viewer(db, token=there, now=SUNDAY) is None
    assert queries.viewer(db, token=theirs, now=SUNDAY) is not None


def test_sweeping_removes_what_nobody_can_use_and_nothing_else(db: Session) -> None:
    user_id = riya(db)
    old, ended = open_for(db, user_id), open_for(db, user_id)
    service.sign_out(db, token=ended, now=SUNDAY)
    service.request_reset(db, email="riya@example.org", now=SUNDAY)
    service.take_try(db, allowances=(Allowance("x", 3),), now=SUNDAY)

    service.sweep(db, now=SUNDAY + timedelta(days=13))
    assert db.get(LoginSession, fingerprint(old)) is not None
    assert db.exec(select(Throttle)).all() == []

    service.sweep(db, now=SUNDAY + timedelta(days=150))
    assert db.exec(select(LoginSession)).all() == []
    assert db.exec(select(AccountToken)).all() == []
    assert db.get(User, user_id) is not None


def test_signing_in_renews_a_password_hash_made_with_outdated_costs(db: Session) -> None:
    user_id = riya(db)

    open_for(db, user_id, new_hash="renewed")

    assert db.get_one(User, user_id).password_hash == "renewed"
