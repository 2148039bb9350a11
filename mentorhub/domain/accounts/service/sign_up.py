"""How an account begins."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from mentorhub.domain.accounts.models import Hat, TokenPurpose, User
from mentorhub.domain.accounts.rules import ALREADY_MAIL, VERIFY_MAIL, check_clock, check_name, check_zone, normal_email
from mentorhub.domain.accounts.service.links import kept_for, request_link
from mentorhub.domain.common import outbox
from mentorhub.domain.common.habits import USUAL_HOURS


def sign_up(
    db: Session,
    *,
    name: str,
    email: str,
    password_hash: str,
    hat: Hat = Hat.MENTEE,
    time_zone: str = "UTC",
    clock_hours: int = USUAL_HOURS,
    now: datetime,
) -> None:
    """Begin an account, or, when the address has one, tell its owner so by mail; the caller cannot tell.

    Raises FieldError for a name, address, zone or clock that cannot be.
    """
    wanted = User(
        name=check_name(name),
        email=normal_email(email),
        password_hash=password_hash,
        hat=hat,
        time_zone=check_zone(time_zone),
        clock_hours=check_clock(clock_hours),
        created_at=now,
    )
    owner = kept_for(db, email=wanted.email, now=now)
    try:
        if owner is None:
            with db.begin_nested():
                db.add(wanted)
    except IntegrityError:
        owner = db.exec(select(User.id).where(User.email == wanted.email)).one()
    if owner is not None:
        # One such mail an hour: the form must not become a way to flood a mailbox.
        key = f"{ALREADY_MAIL}:{owner}:{now:%Y%m%d%H}"
        outbox.enqueue(db, ALREADY_MAIL, key=key, subject=str(owner), now=now)
        return
    request_link(db, user_id=wanted.id, purpose=TokenPurpose.VERIFY, email=wanted.email, topic=VERIFY_MAIL, now=now)


def add_account(
    db: Session,
    *,
    name: str,
    email: str,
    password_hash: str,
    hat: Hat = Hat.MENTEE,
    time_zone: str = "UTC",
    portrait: str | None = None,
    now: datetime,
) -> UUID:
    """Add an account whose address counts as confirmed and that gets no mail: for demo data."""
    user = User(
        name=check_name(name),
        email=normal_email(email),
        email_verified_at=now,
        password_hash=password_hash,
        hat=hat,
        time_zone=check_zone(time_zone),
        portrait=portrait,
        created_at=now,
    )
    db.add(user)
    db.flush()
    return user.id
