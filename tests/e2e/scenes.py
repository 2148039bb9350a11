"""States of scheduling that lie behind a press, or that no seed has: an open dialog, an offered time, a full group."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from playwright.sync_api import Page, expect
from sqlmodel import Session

from mentorhub.domain.bookings import service
from mentorhub.domain.scheduling.models import CalendarImport
from tests.e2e.places import FREE_MENTOR, MENTOR, Place, free_group, person_id
from tests.e2e.product import Product
from tests.e2e.times import Time, free_times, inside

_GUESTS = ("ines@demo.example", "wei@demo.example")
_INTAKE = service.IntakeForm(
    goal="Mentor well, and keep the evenings free",
    situation="I take four sessions a week and they run into each other.",
    questions=("Which of the four would you drop first, and how would you say so?",),
    links=(),
)
_NOTE = "My train was cancelled, sorry. Any of these would suit me."


def scenes(product: Product) -> list[Place]:
    """Bring the states about by the verbs people use, with the main demo mentor as a guest of the free one."""
    free = _hours(product, "Try it out")
    paid = _hours(product, "Try it out, paid")
    with inside(product) as db:
        now = product.now()
        first, last = _series(db, free, now)
        moved = _moved(db, last, free[0].starts_at + timedelta(days=1), now)
        offered = _offered(db, paid[-1], now)
        late = now.replace(hour=22, minute=0, second=0, microsecond=0) + timedelta(days=3)
        group = free_group(db, "Round of two", late, seats=2, needed=2, guests=_GUESTS, now=now)
        _calendar_down(db, now)
    part, other, hold = f"/sessions/{first}", f"/sessions/{moved}", f"/checkout/{offered}"
    return [
        Place("scene-series-part", part, MENTOR, _pick),
        Place("scene-series-cancelling", part, MENTOR, _cancel_picked, is_dialog=True),
        Place("scene-cancelling", part, MENTOR, _press("Cancel the session"), is_dialog=True),
        Place("scene-moving", part, FREE_MENTOR, _propose, is_dialog=True),
        Place("scene-move-asked", other, MENTOR),
        Place("scene-move-proposed", other, FREE_MENTOR),
        Place("scene-offered-home", "/home", MENTOR),
        Place("scene-offered-checkout", hold, MENTOR, _change_zone),
        Place("scene-group-full", "/mentors/kabir-deshmukh", ""),
        Place("scene-group-calling-off", f"/mentoring/groups/{group}", MENTOR, _press("Call off"), is_dialog=True),
        Place("scene-request-answering", "/mentoring/requests", MENTOR, _open_answers),
        Place("scene-calendar-down", "/account/calendars", MENTOR),
    ]


def _hours(product: Product, title: str) -> list[Time]:
    return free_times(product, mentor=FREE_MENTOR, title=title, since=product.now() + timedelta(days=8), days=4)


def _series(db: Session, free: list[Time], now: datetime) -> tuple[UUID, UUID]:
    """Three free sessions a day apart, the middle one called off; the first and the last."""
    guest, times = person_id(db, MENTOR), [time for time in free if time.starts_at.hour == free[0].starts_at.hour][:3]
    wishes = [service.Wish(offering_id=UUID(time.offering_id), starts_at=time.starts_at) for time in times]
    held = [booking.id for booking in service.hold_series(db, mentee_id=guest, wishes=wishes, now=now)]
    service.write_intake(db, booking_id=held[0], mentee_id=guest, intake=_INTAKE, now=now)
    service.confirm_free(db, booking_id=held[0], mentee_id=guest, now=now)
    service.cancel_chosen(db, booking_ids=[held[1]], actor_id=guest, shown_minor=0, now=now)
    return held[0], held[2]


def _moved(db: Session, booking: UUID, start: datetime, now: datetime) -> UUID:
    starts = [start + timedelta(hours=hours) for hours in (1, 2, 3)]
    service.propose_move(
        db, booking_id=booking, actor_id=person_id(db, FREE_MENTOR), starts=starts, note=_NOTE, now=now
    )
    return booking


def _offered(db: Session, time: Time, now: datetime) -> UUID:
    """A freed time that is kept for who waited."""
    offering = UUID(time.offering_id)
    service.join_line(db, offering_id=offering, mentee_id=person_id(db, MENTOR), now=now)
    turn = service.offer_freed(db, offering_id=offering, starts_at=time.starts_at, now=now)
    assert turn.booking_id is not None
    return turn.booking_id


def _calendar_down(db: Session, now: datetime) -> None:
    """One that nobody could read for hours, and that is not tried again by itself for as long."""
    work = CalendarImport(
        mentor_id=person_id(db, MENTOR),
        address="https://calendar.example/secret.ics",
        label="Work",
        checked_at=now,
        good_at=now - timedelta(hours=5),
        failing_since=now - timedelta(hours=5),
        last_error="The calendar's server answered with status 500.",
        created_at=now - timedelta(days=9),
    )
    db.add(work)


def _press(label: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_role("button", name=label, exact=True).press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()

    return act


def _pick(page: Page) -> None:
    last = page.get_by_role("region", name="Series").get_by_role("checkbox").last
    last.click()
    expect(last).to_be_checked()


def _cancel_picked(page: Page) -> None:
    _pick(page)
    _press("Cancel the one chosen")(page)


def _propose(page: Page) -> None:
    _press("Propose another time")(page)
    dialog = page.get_by_role("dialog")
    dialog.locator(".daytimes button").first.press("Enter")
    expect(dialog.get_by_role("list", name="Times you propose")).to_be_visible()
    dialog.get_by_label("A few words with it").fill(_NOTE)


def _change_zone(page: Page) -> None:
    page.get_by_text("Change zone").first.click()
    expect(page.get_by_label("Show times in the zone of").first).to_be_visible()


def _open_answers(page: Page) -> None:
    for answer in ("Ask a question", "Decline"):
        page.get_by_text(answer, exact=True).first.click()
