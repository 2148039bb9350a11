"""What a person says about themselves, the hat they wear, and who watches over the marketplace."""

from uuid import UUID

from sqlmodel import Session, select

from mentorhub.domain.accounts.models import Hat, User
from mentorhub.domain.accounts.rules import check_clock, check_name, check_portrait, check_zone, normal_email
from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import NotFound


def switch_hat(db: Session, *, user_id: UUID, hat: Hat) -> None:
    """Look at the marketplace from the other side, with the same account."""
    _person(db, user_id).hat = hat


def update_profile(
    db: Session, *, user_id: UUID, name: str, time_zone: str, portrait: str, clock_hours: int | None = None
) -> None:
    """Change name, time zone, portrait (empty for initials) and, where given, the clock; raises FieldError, NotFound.

    Times already agreed keep their instant; only how they are shown changes.
    """
    user = _person(db, user_id)
    user.name, user.time_zone = check_name(name), check_zone(time_zone)
    if clock_hours is not None:
        user.clock_hours = check_clock(clock_hours)
    if portrait != (user.portrait or ""):
        user.portrait = check_portrait(portrait)
    topics.announce(db, topics.person(user_id))


def choose_clock(db: Session, *, user_id: UUID, clock_hours: int) -> None:
    """Write times on a clock of 24 or of 12 hours wherever this person reads them; raises FieldError, NotFound."""
    _person(db, user_id).clock_hours = check_clock(clock_hours)
    topics.announce(db, topics.person(user_id))


def grant_admin(db: Session, *, email: str) -> str:
    """Make the owner of an address an admin and return their name; only the command line calls this."""
    user = db.exec(select(User).where(User.email == normal_email(email))).first()
    if user is None:
        raise NotFound("No account has that address.")
    user.is_admin = True
    return user.name


def _person(db: Session, user_id: UUID) -> User:
    user = db.get(User, user_id)
    if user is None:
        raise NotFound
    return user
