"""Changing a password, and setting a new one without knowing the old."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from mentorhub.domain.accounts.models import TokenPurpose, User
from mentorhub.domain.accounts.rules import PASSWORD_CHANGED_MAIL, RESET_MAIL, normal_email
from mentorhub.domain.accounts.service.links import request_link, spend_links, use_link
from mentorhub.domain.accounts.service.sessions import revoke_other_sessions
from mentorhub.domain.common import outbox
from mentorhub.domain.common.ids import new_id


def request_reset(db: Session, *, email: str, now: datetime) -> None:
    """Mail a link for a new password to the owner of `email`; nothing happens, unseen, when there is none.

    Raises FieldError for what is no address.
    """
    user = db.exec(select(User).where(User.email == normal_email(email))).first()
    if user is not None:
        request_link(db, user_id=user.id, purpose=TokenPurpose.RESET, email=user.email, topic=RESET_MAIL, now=now)


def reset_password(db: Session, *, secret: str, password_hash: str, now: datetime) -> UUID:
    """Set a new password with the link of a mail and end every session; returns whose it was.

    The link came by mail, so it proves the address too. Raises LinkSpent.
    """
    token = use_link(db, secret=secret, purpose=TokenPurpose.RESET, now=now)
    user = db.get_one(User, token.user_id)
    if token.email == user.email and user.email_verified_at is None:
        user.email_verified_at = now
    _set_password(db, user, password_hash, keep="", now=now)
    return user.id


def change_password(db: Session, *, user_id: UUID, password_hash: str, keep: str, now: datetime) -> None:
    """Set a new password once the old one was checked; ends every session but `keep` (a token hash)."""
    _set_password(db, db.get_one(User, user_id), password_hash, keep=keep, now=now)


def _set_password(db: Session, user: User, password_hash: str, *, keep: str, now: datetime) -> None:
    user.password_hash = password_hash
    for purpose in (TokenPurpose.RESET, TokenPurpose.CHANGE_EMAIL):
        spend_links(db, user_id=user.id, purpose=purpose, now=now)
    revoke_other_sessions(db, user_id=user.id, keep=keep, now=now)
    key = f"{PASSWORD_CHANGED_MAIL}:{new_id()}"
    outbox.enqueue(db, PASSWORD_CHANGED_MAIL, key=key, subject=str(user.id), now=now)
