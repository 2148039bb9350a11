"""Proving that an address is one's own, and moving to another."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from mentorhub.domain.accounts.errors import AddressTaken, LinkSpent
from mentorhub.domain.accounts.models import AccountToken, TokenPurpose, User
from mentorhub.domain.accounts.rules import (
    ALREADY_MAIL,
    CHANGE_EMAIL_MAIL,
    EMAIL_CHANGED_MAIL,
    VERIFY_MAIL,
    normal_email,
)
from mentorhub.domain.accounts.service.links import note_wish, request_link, spend_links, use_link
from mentorhub.domain.accounts.service.sessions import revoke_other_sessions
from mentorhub.domain.common import outbox, topics
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.common.ids import fingerprint


def confirm_address(db: Session, *, secret: str, now: datetime) -> UUID | None:
    """Use the link of a verifying mail; returns whose it was, once.

    A second click on the same link gives `None` instead of a refusal while the address stands confirmed.
    Raises LinkSpent.
    """
    try:
        token = use_link(db, secret=secret, purpose=TokenPurpose.VERIFY, now=now)
    except LinkSpent:
        _require_confirmed_before(db, secret)
        return None
    user = db.get_one(User, token.user_id)
    user.email_verified_at = user.email_verified_at or now
    topics.announce(db, topics.person(user.id))
    return user.id


def _require_confirmed_before(db: Session, secret: str) -> None:
    token = db.get(AccountToken, fingerprint(secret))
    if token is None or token.purpose is not TokenPurpose.VERIFY or token.used_at is None:
        raise LinkSpent
    user = db.get_one(User, token.user_id)
    if user.email != token.email or user.email_verified_at is None:
        raise LinkSpent


def send_verification_again(db: Session, *, user_id: UUID, now: datetime) -> None:
    """Send the verifying mail once more; a confirmed address gets none. Raises NotFound."""
    user = db.get(User, user_id)
    if user is None:
        raise NotFound
    if user.email_verified_at is None:
        request_link(db, user_id=user.id, purpose=TokenPurpose.VERIFY, email=user.email, topic=VERIFY_MAIL, now=now)


def request_email_change(db: Session, *, user_id: UUID, email: str, now: datetime) -> None:
    """Ask the new address for its consent; the account keeps the old one until then.

    An address of another account looks the same from here: its owner is told instead.
    Raises FieldError("email") and NotFound.
    """
    user, wanted = db.get(User, user_id), normal_email(email)
    if user is None:
        raise NotFound
    if wanted == user.email:
        raise FieldError("email", "That is your address already.")
    spend_links(db, user_id=user.id, purpose=TokenPurpose.CHANGE_EMAIL, now=now)
    owner = db.exec(select(User.id).where(User.email == wanted)).first()
    if owner is not None:
        key = f"{ALREADY_MAIL}:{owner}:{now:%Y%m%d%H}"
        outbox.enqueue(db, ALREADY_MAIL, key=key, subject=str(owner), now=now)
        note_wish(db, user_id=user.id, purpose=TokenPurpose.CHANGE_EMAIL, email=wanted, now=now)
        return
    request_link(db, user_id=user.id, purpose=TokenPurpose.CHANGE_EMAIL, email=wanted, topic=CHANGE_EMAIL_MAIL, now=now)


def confirm_email_change(db: Session, *, secret: str, now: datetime) -> UUID:
    """Move the account to the address whose link this is; the old one is told, with a way back.

    The way back is the last word: it spends the later ways back, and signs everybody out.
    Raises LinkSpent, and AddressTaken when someone else has the address by now.
    """
    try:
        token = use_link(db, secret=secret, purpose=TokenPurpose.CHANGE_EMAIL, now=now)
    except LinkSpent:
        return _put_back(db, secret=secret, now=now)
    user = db.get_one(User, token.user_id)
    old, user_id = user.email, user.id
    if old == token.email:
        return user_id
    _move(db, user, token.email, now=now)
    request_link(db, user_id=user_id, purpose=TokenPurpose.RESTORE_EMAIL, email=old, topic=EMAIL_CHANGED_MAIL, now=now)
    return user_id


def _put_back(db: Session, *, secret: str, now: datetime) -> UUID:
    token = use_link(db, secret=secret, purpose=TokenPurpose.RESTORE_EMAIL, now=now)
    user_id = token.user_id
    _move(db, db.get_one(User, user_id), token.email, now=now)
    spend_links(db, user_id=user_id, purpose=TokenPurpose.CHANGE_EMAIL, now=now)
    # An earlier way back stays: it belongs to an address the account had before this one.
    spend_links(db, user_id=user_id, purpose=TokenPurpose.RESTORE_EMAIL, since=token.created_at, now=now)
    revoke_other_sessions(db, user_id=user_id, keep="", now=now)
    return user_id


def _move(db: Session, user: User, email: str, *, now: datetime) -> None:
    try:
        with db.begin_nested():
            user.email, user.email_verified_at = email, now
    except IntegrityError:
        raise AddressTaken from None
    spend_links(db, user_id=user.id, purpose=TokenPurpose.VERIFY, now=now)
    spend_links(db, user_id=user.id, purpose=TokenPurpose.RESET, now=now)
    topics.announce(db, topics.person(user.id))
