"""Two mentors, three mentees and a provider, whose days go in any order: every verb and every duty of the bookings."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from mentorhub import database
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import Booking, MoveProposal, MoveState, Status
from mentorhub.domain.bookings.queries.moving import options_of
from mentorhub.domain.catalog.models import Offering, OfferingKind
from mentorhub.domain.common.errors import DomainError
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.ports import CheckoutOutcome
from mentorhub.domain.scheduling.models import SchedulePreferences
from tests.domain.bookings.provider import Provider
from tests.people import INTAKE, SUNDAY, add_mentor, add_offering, add_person


@dataclass
class Market:
    """Everybody and everything there is, at a moment that only moves on; `done` counts the verbs that were let."""

    kabir: UUID
    mentees: tuple[UUID, UUID, UUID]
    offerings: tuple[UUID, ...]
    group_offerings: tuple[UUID, ...]
    now: datetime = SUNDAY
    provider: Provider = field(default_factory=Provider)
    done: Counter[str] = field(default_factory=Counter)
    lines_of_the_journal: int = 0

    def do(self, verb: Callable[..., object], **arguments: object) -> bool:
        """Let somebody do something; a refusal leaves nothing and is an answer like any other."""
        name = getattr(verb, "__name__", "")
        try:
            with database.transaction() as db:
                came_of_it = verb(db, now=self.now, **arguments)
        except DomainError:
            return False
        finally:
            self.wait(timedelta(seconds=1))
        self.done[name] += came_of_it != 0
        return True

    def hold(self, mentee: UUID, of: int, starts_at: datetime) -> bool:
        """Choose a time and say at once what it is for."""
        wish = service.Wish(self.offerings[of], starts_at)

        def place_hold(db: Session, *, now: datetime) -> None:
            booking = service.place_hold(db, mentee_id=mentee, wish=wish, now=now)
            service.write_intake(db, booking_id=booking.id, mentee_id=mentee, intake=INTAKE, now=now)

        return self.do(place_hold)

    def wait(self, span: timedelta) -> None:
        self.now += span
        self.provider.close_what_is_over(self.now)

    def weekday(self, days: int, quarter: int) -> datetime:
        """A quarter of an hour of the morning, on one of the working days to come."""
        day = (self.now + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
        weekdays = [day + timedelta(days=ahead) for ahead in range(7) if (day + timedelta(days=ahead)).weekday() < 5]
        return weekdays[days] + timedelta(minutes=15 * quarter)

    def mentee(self, place: int, of: int) -> UUID:
        """Riya, Sam, or the mentor whose offering it is not."""
        return self.learner(place, besides=self.mentees[2] if of == len(self.offerings) - 1 else self.kabir)

    def learner(self, place: int, *, besides: UUID) -> UUID:
        """Riya, Sam, or the mentor who is not `besides`."""
        return (*self.mentees[:2], self.mentees[2] if besides == self.kabir else self.kabir)[place]

    def bookings(self, *preferred: Status) -> Sequence[Booking]:
        """All bookings, those that stand as preferred first, the newest before the older ones."""
        with database.reading() as db:
            found = db.exec(select(Booking).order_by(col(Booking.created_at).desc())).all()
        return sorted(found, key=lambda booking: booking.status not in preferred)

    def proposals(self) -> Sequence[MoveProposal]:
        with database.reading() as db:
            found = db.exec(select(MoveProposal).order_by(col(MoveProposal.created_at).desc())).all()
        return sorted(found, key=lambda one: one.state is not MoveState.OPEN)

    def open_page(self, booking: Booking) -> None:
        """Lead the mentee to the provider's page, as the edge does it."""
        try:
            with database.transaction() as db:
                plan = service.plan_checkout(db, booking_id=booking.id, mentee_id=booking.mentee_id, now=self.now)
        except DomainError:
            return
        self.done["plan_checkout"] += 1
        if plan.open_url is None:
            price = Money(sum(line.price.minor for line in plan.lines), plan.lines[0].price.currency)
            checkout = self.provider.open(
                plan.payment_id, price=price, manual=plan.manual_capture, expires_at=plan.expires_at
            )
            with database.transaction() as db:
                payments.record_checkout(db, payment_id=plan.payment_id, checkout=checkout)

    def pay(self, booking: Booking) -> None:
        """The mentee pays on the page that is open for it, if any; nobody of ours has heard of it yet."""
        page = self._page_of(booking)
        if page is not None and self.provider.pay(page):
            self.done["pay"] += 1

    def close_page(self, booking: Booking) -> None:
        """The provider's way back: the page is closed there first, then the time is given back."""
        page = self._page_of(booking)
        if page is not None:
            self.provider.close(page)
            self.hear(self.provider.say(page))
        self.do(service.give_back, booking_id=booking.id, mentee_id=booking.mentee_id)

    def listen(self) -> None:
        for payment_id in list(self.provider.pages):
            self.hear(self.provider.say(payment_id))

    def hear(self, outcome: CheckoutOutcome) -> None:
        with database.transaction() as db:
            service.apply_outcome(db, payment_id=outcome.payment_id, outcome=outcome, now=self.now)  # type: ignore[arg-type]
        self.done[f"heard {outcome.state.value}"] += 1

    def call_off(self, booking: Booking, *, by_mentor: bool) -> None:
        """Call a session off for the sum that the page shows at that moment."""
        actor = booking.mentor_id if by_mentor else booking.mentee_id
        try:
            with database.reading() as db:
                quote = service.quote_cancel(db, booking_id=booking.id, actor_id=actor, now=self.now)
        except DomainError:
            return
        self.do(service.cancel, booking_id=booking.id, actor_id=actor, shown_minor=quote.refund.minor)

    def answer_move(self, proposal: MoveProposal, verb: Callable[..., object], *, by_proposer: bool) -> None:
        with database.reading() as db:
            booking = db.get_one(Booking, proposal.booking_id)
            starts = options_of(db, proposal.id)
        other = booking.mentee_id if proposal.proposed_by == booking.mentor_id else booking.mentor_id
        actor = proposal.proposed_by if by_proposer else other
        if verb is service.accept_move:
            self.do(verb, proposal_id=proposal.id, actor_id=actor, starts_at=starts[0])
        else:
            self.do(verb, proposal_id=proposal.id, actor_id=actor)

    def leave_line(self, offering_id: UUID, mentee_id: UUID) -> None:
        def leave_line(db: Session, *, now: datetime) -> None:
            service.leave_line(db, offering_id=offering_id, mentee_id=mentee_id)

        self.do(leave_line)

    def meet(self, booking: Booking, *, stays: Sequence[tuple[UUID, int, int]]) -> None:
        """People are in the room from one minute to another after its start; the time goes on to the closed door."""
        if booking.starts_at > self.now:
            self.wait(booking.starts_at - self.now)
        lines = []
        for person, joined, left in stays:
            for minute, came in ((joined, True), (left, False)):
                self.lines_of_the_journal += 1
                at = booking.starts_at + timedelta(minutes=minute)
                lines.append(service.JournalEntry(self.lines_of_the_journal, booking.room_id, person, came, at))
        with database.transaction() as db:
            service.record_journal(db, journal="media", entries=lines)
        ends = booking.ends_at + timedelta(minutes=15)
        if ends > self.now:
            self.wait(ends - self.now)

    def _page_of(self, booking: Booking) -> UUID | None:
        """The page that is open for a booking, by the payment that leads at it."""
        with database.reading() as db:
            known = service.open_checkout_of(db, booking_id=booking.id, mentee_id=booking.mentee_id, now=self.now)
        return UUID(known[1].removeprefix("cs_")) if known is not None else None


def open_market(db: Session) -> Market:
    """Kabir sells, gives and is asked; Meera sells, and both of them learn from each other like Riya and Sam."""
    kabir = add_mentor(db, name="Kabir Deshmukh", email="kabir@example.org", zone="Europe/London")
    meera = add_mentor(db, name="Meera Iyer", email="meera@example.org", zone="Europe/London")
    riya = add_person(db, name="Riya Patil", email="riya@example.org", zone="Asia/Kolkata")
    sam = add_person(db, name="Sam Stone", email="sam@example.org", zone="America/New_York")
    ask = {"kind": OfferingKind.CAREER_TALK, "minutes": 30}
    offerings = (
        add_offering(db, kabir, kind=OfferingKind.CV_REVIEW, title="CV review", minutes=30, price_minor=120000),
        add_offering(db, kabir, title="Paid talk", price_minor=99900, **ask),  # type: ignore[arg-type]
        add_offering(db, kabir, title="Free talk", price_minor=0, **ask),  # type: ignore[arg-type]
        add_offering(db, kabir, kind=OfferingKind.INTRO, title="Intro call", minutes=15, price_minor=0),
        add_offering(db, kabir, kind=OfferingKind.OPEN_TOPIC, title="Open door", minutes=30, price_minor=0),
        add_offering(db, meera, kind=OfferingKind.CV_REVIEW, title="CV review", minutes=45, price_minor=80050),
    )
    of_group = {"kind": OfferingKind.GROUP, "minutes": 60}
    group_offerings = (
        add_offering(db, kabir, title="Portfolio clinic", price_minor=40000, **of_group),  # type: ignore[arg-type]
        add_offering(db, meera, title="Open circle", price_minor=0, **of_group),  # type: ignore[arg-type]
    )
    for asked in offerings[1:3]:
        db.get_one(Offering, asked).needs_approval = True
    for mentor in (kabir, meera):
        wishes = db.get_one(SchedulePreferences, mentor)
        wishes.slot_step_minutes, wishes.buffer_after_minutes = 15, 10 if mentor == meera else 0
        wishes.min_notice_minutes = 60
    db.flush()
    return Market(kabir, (riya, sam, meera), offerings, group_offerings)
