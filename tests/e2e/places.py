"""Every page of the product as somebody sees it: the table of routes, its parameters filled from the demo's data."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from playwright.sync_api import Page
from sqlmodel import Session, col, select

from mentorhub import database
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.catalog.models import MentorProfile, Offering, OfferingKind
from mentorhub.domain.goals.models import Goal
from mentorhub.pages import ROUTES
from mentorhub.state.base import Access
from tests.e2e.product import Product

MENTEE, MENTOR, FREE_MENTOR = "riya@demo.example", "kabir@demo.example", "robin@demo.example"
_PARAMETER = re.compile(r"\[(\w+)\]")


@dataclass(frozen=True)
class Place:
    """A page at `path` for `who`: nobody in particular (empty) or one of the demo's people by address.

    It is looked at once `act` was done there; a dialog is pictured as the window shows it, a page as a whole.
    """

    name: str
    path: str
    who: str = ""
    act: Callable[[Page], None] = lambda _: None
    is_dialog: bool = False


def places(product: Product) -> list[Place]:
    """Each route once signed out where everyone may come, and as mentee and as mentor where one signs in."""
    database.connect(f"sqlite:///{product.folder / 'data' / 'mentorhub.db'}")
    try:
        with database.transaction() as db:
            return _places(db, product.now())
    finally:
        database.dispose()


def _places(db: Session, now: datetime) -> list[Place]:
    found = []
    in_five_days = now.replace(hour=20, minute=0, second=0, microsecond=0) + timedelta(days=5)
    clinic = free_group(db, "Portfolio clinic", in_five_days, seats=8, needed=3, guests=[MENTEE], now=now)
    group = str(clinic)
    for route in ROUTES:
        path = "/" + route.path.strip("/")
        path = path.replace("[group_id]", group)
        name = _PARAMETER.sub("one", path).replace(group, "one").strip("/").replace("/", "-") or "landing"
        if path == "/404":
            found.append(Place("not-found", "/no-such-page"))
        elif route.access is Access.EVERYONE:
            found.append(Place(name, _filled(db, path, MENTEE, now)))
        else:
            for who, hat in ((MENTEE, "mentee"), (MENTOR, "mentor")):
                if hat == "mentor" and path.startswith(("/checkout", "/goals")):
                    continue
                found.append(Place(f"{hat}-{name}", _filled(db, path, who, now), who))
    found.append(Place("mentee-series", _series(db, now), MENTEE))
    seats = select(Booking.id).where(Booking.group_session_id == clinic, Booking.mentee_id == person_id(db, MENTEE))
    seat = db.exec(seats).one()
    found.append(Place("mentee-seat", f"/sessions/{seat}", MENTEE))
    found.append(Place("mentee-met-session", f"/sessions/{_booking(db, MENTEE, Status.MET)}", MENTEE))
    return found


def _filled(db: Session, path: str, email: str, now: datetime) -> str:
    if "[slug]" in path:
        profile = db.exec(select(MentorProfile).where(MentorProfile.user_id == person_id(db, MENTOR))).one()
        return path.replace("[slug]", profile.slug)
    if "[goal_id]" in path:
        return path.replace(
            "[goal_id]", str(db.exec(select(Goal.id).where(Goal.owner_id == person_id(db, email))).first())
        )
    if path.startswith("/checkout"):
        return path.replace("[booking_id]", str(_held(db, email, now)))
    return path.replace("[booking_id]", str(_booking(db, email, Status.CONFIRMED)))


def person_id(db: Session, email: str) -> UUID:
    """Whose address that is."""
    return db.exec(select(User.id).where(User.email == email)).one()


def _booking(db: Session, email: str, status: Status) -> UUID:
    """Their next booking of that status, or the latest one."""
    person = person_id(db, email)
    wanted = select(Booking).where((col(Booking.mentor_id) == person) | (col(Booking.mentee_id) == person))
    found = db.exec(wanted.where(Booking.status == status).order_by(col(Booking.starts_at))).first()
    if found is None:
        raise LookupError(f"the demo has no {status} booking of {email}")
    return found.id


def free_group(
    db: Session, title: str, starts: datetime, *, seats: int, needed: int, guests: Sequence[str], now: datetime
) -> UUID:
    """A free group session of the mentor's, an hour long, decided a day before, with a seat for each guest."""
    mentor_id = person_id(db, MENTOR)
    offering = Offering(
        mentor_id=mentor_id,
        kind=OfferingKind.GROUP,
        title=title,
        minutes=60,
        price_minor=0,
        currency=db.get_one(MentorProfile, mentor_id).currency,
        created_at=now,
    )
    db.add(offering)
    db.flush()
    plan = service.GroupPlan(offering.id, starts, seats, needed, starts - timedelta(days=1))
    group = service.publish_group_session(db, mentor_id=mentor_id, plan=plan, now=now)
    for guest in (person_id(db, email) for email in guests):
        seat = service.take_seat(db, group_session_id=group.id, mentee_id=guest, now=now)
        service.confirm_free(db, booking_id=seat.id, mentee_id=guest, now=now)
    return group.id


def _held(db: Session, email: str, now: datetime) -> UUID:
    """A time of tomorrow, held just now, with the mentor who is always free."""
    mentor_id = person_id(db, FREE_MENTOR)
    offering_id, start = _free(db, mentor_id, now)
    wish = service.Wish(offering_id=offering_id, starts_at=start)
    return service.place_hold(db, mentee_id=person_id(db, email), wish=wish, now=now).id


def _series(db: Session, now: datetime) -> str:
    """The page of a series with the main demo mentor, some of whose dates are not free."""
    offering_id, start = _free(db, person_id(db, MENTOR), now)
    profile = db.exec(select(MentorProfile).where(MentorProfile.user_id == person_id(db, MENTOR))).one()
    return f"/mentors/{profile.slug}/repeat?offering={offering_id}&start={start:%Y-%m-%dT%H:%M:%SZ}"


def _free(db: Session, mentor_id: UUID, now: datetime) -> tuple[UUID, datetime]:
    """A paid session of a mentor, and its first free time from tomorrow on."""
    wanted = select(Offering).where(Offering.mentor_id == mentor_id, Offering.price_minor > 0)
    offering, tomorrow = db.exec(wanted.order_by(col(Offering.price_minor))).all()[0], now + timedelta(days=1)
    starts = bookings.free_starts(
        db,
        mentor_id=mentor_id,
        offering_id=offering.id,
        since=tomorrow,
        until=tomorrow + timedelta(days=30),
        viewer_id=None,
        now=now,
    )
    return offering.id, starts[0]
