"""Requests from the card to the answer over the real protocol: the provider in its own process, our jobs, our mails."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import queries, service
from mentorhub.domain.bookings.models import Booking, DeclineReason, Status
from mentorhub.domain.catalog.models import ExpertiseTag, MentorExpertise, Offering, OfferingKind
from mentorhub.domain.common import clock
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications import service as notices
from mentorhub.domain.notifications.rules import Quiet
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.models import Payment, PaymentStatus
from mentorhub.domain.payments.ports import CheckoutLine, CheckoutRequest
from mentorhub.domain.payments.queries import ledger_check
from mentorhub.domain.scheduling.models import AvailabilityRule
from mentorhub.jobs import money, requests
from tests.mailbox import deliver, house, mails_to
from tests.payment_sandbox import API_KEY, PAYS, WEBHOOK_SECRET, Shop, running
from tests.people import INTAKE, People, add_mentor, add_offering

STARTS_PROCESSES = True
KABIR, RIYA = "kabir@example.org", "riya@example.org"
REFUSES_LATE = "4000 0000 0000 0341"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with running(tmp_path_factory.mktemp("sandbox")) as shop:
        yield shop


@pytest.fixture
def out(database_url: str, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    keys = {"STRIPE_SECRET_KEY": API_KEY, "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET, "STRIPE_API_BASE": shop.base}
    with house(monkeypatch, tmp_path, **keys) as (here, outside):
        clock.use_offset_file(here.clock_offset_file)
        yield outside


@pytest.fixture
def asking(everyone: People) -> People:
    with database.transaction() as db:
        db.get_one(Offering, everyone.cv_review).needs_approval = True
        db.add(ExpertiseTag(slug="product", name="Product"))
        other = add_mentor(db, name="Kavya Rao", email="kavya@example.org", zone="Europe/London")
        add_offering(db, other, kind=OfferingKind.CV_REVIEW, title="CV read", minutes=30, price_minor=90000)
        db.flush()
        for mentor in (everyone.mentor, other):
            db.add(MentorExpertise(mentor_id=mentor, tag="product", years=4))
    return everyone


def ask_for_free_within_the_day(people: People) -> Booking:
    """Riya asks for a time some seven hours ahead, of a mentor who is always open."""
    now = utc_now()
    with database.transaction() as db:
        db.get_one(Offering, people.cv_review).price_minor = 0
        for day in range(7):
            db.add(AvailabilityRule(mentor_id=people.mentor, weekday=day, start_minute=0, end_minute=1440))
    with database.transaction() as db:
        booking = hold(db, people, ahead=timedelta(hours=7))
        return service.request_free(db, booking_id=booking.id, mentee_id=people.mentee, now=now)


def quiet_for(who: UUID, zone: str, *, hours: int) -> None:
    """Quiet hours of a person that began an hour ago and go on for so many."""
    there = utc_now().astimezone(ZoneInfo(zone))
    minute = there.hour * 60 + there.minute
    with database.transaction() as db:
        notices.set_quiet_hours(db, user_id=who, quiet=Quiet((minute - 60) % 1440, (minute + hours * 60) % 1440))


def hold(db: Session, people: People, *, ahead: timedelta = timedelta(hours=60)) -> Booking:
    """Hold the first time in some days, and say what it is about."""
    now = utc_now()
    starts = queries.free_starts(
        db,
        mentor_id=people.mentor,
        offering_id=people.cv_review,
        since=now + ahead,
        until=now + timedelta(days=8),
        viewer_id=people.mentee,
        now=now,
    )
    wish = service.Wish(offering_id=people.cv_review, starts_at=starts[0])
    booking = service.place_hold(db, mentee_id=people.mentee, wish=wish, now=now)
    service.write_intake(db, booking_id=booking.id, mentee_id=people.mentee, intake=INTAKE, now=now)
    return booking


def ask(out: Outside, shop: Shop, people: People, *, card: str = PAYS) -> tuple[UUID, UUID]:
    """Hold a time, pay at the provider's page, and let our side ask how it stands."""
    with database.transaction() as db:
        booking = hold(db, people)
        plan = service.plan_checkout(db, booking_id=booking.id, mentee_id=people.mentee, now=utc_now())
    payment_id = pay(out, shop, plan, card)
    return booking.id, payment_id


def pay(out: Outside, shop: Shop, plan: service.CheckoutPlan, card: str) -> UUID:
    request = CheckoutRequest(
        payment_id=plan.payment_id,
        lines=(CheckoutLine(plan.lines[0].title, plan.lines[0].price),),
        success_url="https://mentorhub.example/paid",
        cancel_url="https://mentorhub.example/back",
        expires_at=plan.expires_at,
        email=plan.email,
        manual_capture=plan.manual_capture,
    )
    checkout = out.gateway.open_checkout(request)
    with database.transaction() as db:
        payments.record_checkout(db, payment_id=plan.payment_id, checkout=checkout)
    assert shop.type_card(checkout.checkout_id, card).status_code == 303
    money.ask_provider(out, plan.payment_id)
    return plan.payment_id


def accept(people: People, booking_id: UUID) -> None:
    with database.transaction() as db:
        service.accept_request(db, booking_id=booking_id, mentor_id=people.mentor, now=utc_now())


def state_of(booking_id: UUID, payment_id: UUID) -> tuple[Status, PaymentStatus]:
    with database.reading() as db:
        assert ledger_check(db).differences == ()
        return db.get_one(Booking, booking_id).status, db.get_one(Payment, payment_id).status


def at_provider(shop: Shop, payment_id: UUID) -> tuple[str, int]:
    with database.reading() as db:
        name = db.get_one(Payment, payment_id).provider_payment_id
    intent = shop.sdk.v1.payment_intents.retrieve(str(name))
    return intent.status, intent.amount_received


def subjects(out: Outside, email: str) -> list[str]:
    return [mail.subject for mail in mails_to(out, email)]


def test_a_yes_takes_the_money_and_books(out: Outside, shop: Shop, asking: People) -> None:
    booking_id, payment_id = ask(out, shop, asking)
    deliver(out)
    assert at_provider(shop, payment_id) == ("requires_capture", 0)
    assert subjects(out, KABIR) == ["Riya Patil asks for CV review"]
    accept(asking, booking_id)
    deliver(out)
    assert state_of(booking_id, payment_id) == (Status.CONFIRMED, PaymentStatus.CAPTURED)
    assert at_provider(shop, payment_id) == ("succeeded", 120000)
    assert subjects(out, RIYA)[0].startswith("Booked: CV review with Kabir Deshmukh")


def test_a_no_lets_the_money_go_and_names_somebody_with_time(out: Outside, shop: Shop, asking: People) -> None:
    booking_id, payment_id = ask(out, shop, asking)
    with database.transaction() as db:
        service.decline_request(
            db,
            booking_id=booking_id,
            mentor_id=asking.mentor,
            reason=DeclineReason.NO_TIME,
            note="Ask me in spring.",
            now=utc_now(),
        )
    deliver(out)
    assert state_of(booking_id, payment_id) == (Status.DECLINED, PaymentStatus.VOIDED)
    assert at_provider(shop, payment_id) == ("canceled", 0)
    (mail,) = mails_to(out, RIYA)
    assert "“Ask me in spring.”" in mail.text
    assert "Nothing was charged" in mail.text
    assert "Kavya Rao" in mail.text
    assert "/mentors/kavya-rao" in mail.text


def test_silence_lets_the_money_go_and_names_somebody_with_time(out: Outside, shop: Shop, asking: People) -> None:
    booking_id, payment_id = ask(out, shop, asking)
    clock.move(timedelta(hours=48, seconds=1))
    requests.lapse_requests(out)
    deliver(out)
    assert state_of(booking_id, payment_id) == (Status.EXPIRED, PaymentStatus.VOIDED)
    assert at_provider(shop, payment_id) == ("canceled", 0)
    (mail,) = mails_to(out, RIYA)
    assert "did not answer your request" in mail.text
    assert "Kavya Rao" in mail.text
    assert "/mentors/kavya-rao" in mail.text


def test_who_did_not_reply_is_not_told_that_the_mentor_did_not_answer(out: Outside, shop: Shop, asking: People) -> None:
    booking_id, _ = ask(out, shop, asking)
    with database.transaction() as db:
        service.ask_back(db, booking_id=booking_id, mentor_id=asking.mentor, question="Which role?", now=utc_now())
    deliver(out)
    clock.move(timedelta(days=5))
    requests.lapse_requests(out)
    deliver(out)

    ended = mails_to(out, RIYA)[0].text
    assert "ended before you replied to Kabir Deshmukh's question" in " ".join(ended.split())
    assert "did not answer" not in ended


def test_the_second_silence_in_thirty_days_is_told_to_the_mentor_whose_profile_it_pauses(
    out: Outside, asking: People
) -> None:
    with database.transaction() as db:
        db.get_one(Offering, asking.cv_review).price_minor = 0
    for _ in range(2):
        with database.transaction() as db:
            held = hold(db, asking)
            service.request_free(db, booking_id=held.id, mentee_id=asking.mentee, now=utc_now())
        clock.move(timedelta(hours=49))
        requests.lapse_requests(out)
        deliver(out)

    assert subjects(out, KABIR)[-1] == "Your profile is paused"


def test_a_question_and_its_reply_reach_the_other(out: Outside, shop: Shop, asking: People) -> None:
    booking_id, _ = ask(out, shop, asking)
    with database.transaction() as db:
        service.ask_back(db, booking_id=booking_id, mentor_id=asking.mentor, question="Which role?", now=utc_now())
    deliver(out)
    assert "“Which role?”" in mails_to(out, RIYA)[0].text
    with database.transaction() as db:
        service.reply_to_question(db, booking_id=booking_id, mentee_id=asking.mentee, reply="APM.", now=utc_now())
    deliver(out)
    assert "“APM.”" in mails_to(out, KABIR)[0].text


def test_a_card_that_says_no_at_the_yes_can_be_replaced(out: Outside, shop: Shop, asking: People) -> None:
    booking_id, first = ask(out, shop, asking, card=REFUSES_LATE)
    accept(asking, booking_id)
    deliver(out)
    assert state_of(booking_id, first) == (Status.REQUESTED, PaymentStatus.VOIDED)
    assert at_provider(shop, first) == ("canceled", 0)
    assert "please pay again" in subjects(out, RIYA)[0]
    with database.transaction() as db:
        plan = service.plan_checkout(db, booking_id=booking_id, mentee_id=asking.mentee, now=utc_now())
    second = pay(out, shop, plan, PAYS)
    assert state_of(booking_id, second) == (Status.CONFIRMED, PaymentStatus.CAPTURED)


def test_a_reply_lost_at_the_capture_takes_the_money_once(out: Outside, shop: Shop, asking: People) -> None:
    booking_id, payment_id = ask(out, shop, asking)
    accept(asking, booking_id)
    with database.reading() as db:
        order = payments.order_of(db, payment_id)
    assert order is not None
    out.gateway.capture(provider_payment_id=order.provider_payment_id, key=order.key)
    deliver(out)
    deliver(out)
    assert state_of(booking_id, payment_id) == (Status.CONFIRMED, PaymentStatus.CAPTURED)
    assert at_provider(shop, payment_id) == ("succeeded", 120000)


def test_a_forgotten_capture_and_a_forgotten_request_heal_by_reconciliation(
    out: Outside, shop: Shop, asking: People
) -> None:
    booking_id, payment_id = ask(out, shop, asking)
    accept(asking, booking_id)
    with database.transaction() as db:
        for row in db.exec(select(OutboxRow).where(OutboxRow.topic == payments.CAPTURE_TOPIC)):
            row.dead_at = utc_now()
    money.reconcile(out)
    assert state_of(booking_id, payment_id) == (Status.CONFIRMED, PaymentStatus.CAPTURED)


def test_a_broken_provider_leaves_the_order_for_later(out: Outside, shop: Shop, asking: People) -> None:
    booking_id, payment_id = ask(out, shop, asking)
    accept(asking, booking_id)
    shop.control("faults", trouble="broken", calls=3)
    deliver(out)
    assert state_of(booking_id, payment_id) == (Status.REQUESTED, PaymentStatus.AUTHORISED)
    clock.move(timedelta(seconds=30))
    deliver(out)
    assert state_of(booking_id, payment_id) == (Status.CONFIRMED, PaymentStatus.CAPTURED)


@pytest.mark.parametrize(("hours", "mailed"), [(10, True), (2, False)])
def test_what_must_be_answered_before_quiet_hours_end_does_not_wait_for_their_end(
    out: Outside, asking: People, hours: int, mailed: bool
) -> None:
    quiet_for(asking.mentor, "Europe/London", hours=hours)
    quiet_for(asking.mentee, "Asia/Kolkata", hours=hours)
    booking = ask_for_free_within_the_day(asking)
    deliver(out)
    assert bool(mails_to(out, KABIR)) is mailed

    with database.transaction() as db:
        service.ask_back(
            db, booking_id=booking.id, mentor_id=asking.mentor, question="Which job do you want most?", now=utc_now()
        )
    deliver(out)
    assert bool(mails_to(out, RIYA)) is mailed

    with database.transaction() as db:
        service.reply_to_question(
            db, booking_id=booking.id, mentee_id=asking.mentee, reply="The one in Pune.", now=utc_now()
        )
    deliver(out)
    assert len(mails_to(out, KABIR)) == (2 if mailed else 0)
