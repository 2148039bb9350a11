"""The page of a held time, by hand: until when it is held."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from reflex.constants import RouteArgType
from reflex.state import State
from sqlmodel import select

from mentorhub import database, settings
from mentorhub.adapters import outside
from mentorhub.domain.bookings import queries, service
from mentorhub.domain.bookings.models import Booking, Status
from mentorhub.domain.common import clock
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.payments.models import Payment
from mentorhub.state.booking import BookingState
from mentorhub.state.checkout import CheckoutState
from mentorhub.state.viewer import ViewerState
from tests.payment_sandbox import API_KEY, PAYS, WEBHOOK_SECRET, Shop, running
from tests.people import INTAKE, People
from tests.state.backstage import Answer, Backstage, sign_in

KOLKATA = ZoneInfo("Asia/Kolkata")


@pytest.fixture
def held(three: People) -> UUID:
    """A paid time held for Riya right now, with all that Pay asks for."""
    now = utc_now()
    with database.transaction() as db:
        starts = queries.free_starts(
            db,
            mentor_id=three.mentor,
            offering_id=three.cv_review,
            since=now + timedelta(days=1),
            until=now + timedelta(days=8),
            viewer_id=three.mentee,
            now=now,
        )
        wish = service.Wish(offering_id=three.cv_review, starts_at=starts[0])
        booking = service.place_hold(db, mentee_id=three.mentee, wish=wish, now=now)
        service.write_intake(db, booking_id=booking.id, mentee_id=three.mentee, intake=INTAKE, now=now)
        return booking.id


class Tab:
    """A tab of the mentee's at the held time."""

    def __init__(self, house: Backstage, person: UUID, booking_id: UUID, name: str) -> None:
        State.setup_dynamic_args({"booking_id": RouteArgType.SINGLE})
        self._house, self._cookie, self._name = house, sign_in(person), name
        self._path, self._query = f"/checkout/{booking_id}", {"booking_id": str(booking_id)}

    async def do(self, state: type[State], handler: str) -> Answer:
        name = f"{state.get_full_name()}.{handler}"
        return await self._house.send(name, cookie=self._cookie, path=self._path, query=self._query, tab=self._name)

    async def open(self) -> Answer:
        await self.do(ViewerState, "enter")
        return await self.do(CheckoutState, "load")


def deadline_in(answer: Answer) -> tuple[str, datetime]:
    """The clock the page names, and the instant its countdown runs to."""
    until, ends_at = (
        answer.value(CheckoutState.get_full_name(), f"{name}_rx_state_") for name in ("hold_until", "hold_ends_at")
    )
    return until, datetime.fromisoformat(ends_at)


def in_force(booking_id: UUID) -> tuple[str, datetime]:
    """When the hold really ends, on the mentee's clock and to the millisecond a browser reads."""
    with database.reading() as db:
        ends_at = db.get_one(Booking, booking_id).hold_expires_at
    assert ends_at is not None
    ends_at = ends_at.replace(microsecond=ends_at.microsecond // 1000 * 1000)
    return f"{ends_at.astimezone(KOLKATA):%H:%M}", ends_at


async def test_the_deadline_on_the_page_is_the_one_in_force_before_and_after_pay_and_after_a_reload(
    house: Backstage, three: People, held: UUID
) -> None:
    tab, at_first = Tab(house, three.mentee, held, "first"), in_force(held)
    assert deadline_in(await tab.open()) == at_first

    with database.transaction() as db:
        service.plan_checkout(db, booking_id=held, mentee_id=three.mentee, now=utc_now())

    longer = in_force(held)
    assert longer[1] - at_first[1] > timedelta(minutes=20)
    assert deadline_in(await tab.do(CheckoutState, "refresh")) == longer
    assert deadline_in(await Tab(house, three.mentee, held, "reloaded").open()) == longer


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """The payment sandbox as a provider somewhere else."""
    (tmp_path / "shop").mkdir()
    with running(tmp_path / "shop") as shop:
        monkeypatch.setenv("STRIPE_SECRET_KEY", API_KEY)
        monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET)
        monkeypatch.setenv("STRIPE_API_BASE", shop.base)
        settings.current.cache_clear()
        outside.cache_clear()
        yield shop
    outside.cache_clear()


async def test_a_buyer_who_reads_the_page_again_and_again_does_not_ask_the_provider_each_time(
    house: Backstage, three: People, held: UUID, shop: Shop, tmp_path: Path
) -> None:
    async def is_waiting() -> bool:
        back = await house.send(
            f"{BookingState.get_full_name()}.load",
            cookie=sign_in(three.mentee),
            path=f"/sessions/{held}",
            query={"booking_id": str(held), "just": "paid"},
            tab=str(uuid4()),
        )
        assert back.failures == []
        with database.reading() as db:
            return db.get_one(Booking, held).status is Status.HELD

    paying = Tab(house, three.mentee, held, "paying")
    await paying.open()
    await paying.do(CheckoutState, "pay")
    with database.reading() as db:
        (checkout_id,) = db.exec(select(Payment.checkout_id).where(Payment.booking_id == held))
    clock.use_offset_file(tmp_path / "clock-offset")
    try:
        assert await is_waiting()
        assert shop.type_card(checkout_id or "", PAYS).status_code == 303
        assert await is_waiting()
        clock.move(timedelta(seconds=6))
        assert not await is_waiting()
    finally:
        clock.use_offset_file(None)
