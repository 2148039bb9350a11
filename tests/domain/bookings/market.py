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
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.catalog.models import Offering, OfferingKind
from mentorhub.domain.common import outbox
from mentorhub.domain.common.errors import DomainError
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.ports import CheckoutOutcome, CheckoutState, RefundReceipt, RefundState
from mentorhub.domain.scheduling.models import SchedulePreferences
from tests.domain.bookings.provider import Provider
from tests.people import INTAKE, SUNDAY, add_mentor, add_offering, add_person

_TOPICS = (
    payments.CAPTURE_TOPIC,
    payments.VOID_TOPIC,
    payments.REFUND_TOPIC,
    service.RELEASE_TOPIC,
    service.TIME_FREED,
)


@dataclass
class Market:
    """Everybody and everything there is, at a moment that only moves on; `done` counts the verbs that were let."""

    kabir: UUID
    mentees: tuple[UUID, UUID, UUID]
    offerings: tuple[UUID, ...]
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
        return (*self.mentees[:2], self.kabir if of == len(self.offerings) - 1 else self.mentees[2])[place]

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
            checkout = self.provider.open(
                plan.payment_id, price=plan.lines[0].price, manual=plan.manual_capture, expires_at=plan.expires_at
            )
            with database.transaction() as db:
                payments.record_checkout(db, payment_id=plan.payment_id, checkout=checkout)

    def pay(self, booking: Booking) -> None:
        """The mentee pays on the page that is open for it, if any; nobody of ours has heard of it yet."""
        with database.reading() as db:
            known = service.open_checkout_of(db, booking_id=booking.id, mentee_id=booking.mentee_id, now=self.now)
        if known is not None and self.provider.pay(known[0]):
            self.done["pay"] += 1

    def close_page(self, booking: Booking) -> None:
        """The provider's way back: the page is closed there first, then the time is given back."""
        with database.reading() as db:
            known = service.open_checkout_of(db, booking_id=booking.id, mentee_id=booking.mentee_id, now=self.now)
        if known is not None:
            self.provider.close(known[0])
            self.hear(self.provider.say(known[0]))
        self.do(service.give_back, booking_id=booking.id, mentee_id=booking.mentee_id)

    def listen(self) -> None:
        for payment_id in list(self.provider.pages):
            self.hear(self.provider.say(payment_id))

    def hear(self, outcome: CheckoutOutcome) -> None:
        with database.transaction() as db:
            service.apply_outcome(db, payment_id=outcome.payment_id, outcome=outcome, now=self.now)  # type: ignore[arg-type]
        self.done[f"heard {outcome.state.value}"] += 1

    def reconcile(self) -> None:
        """What the provider lists is taken in, whether a notice of it ever came or not."""
        for payment_id, page in list(self.provider.pages.items()):
            if page.state is not CheckoutState.OPEN:
                with database.transaction() as db:
                    outcome = self.provider.say(payment_id)
                    service.take_in(db, payment_id=payment_id, outcome=outcome, now=self.now)

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
                lines.append(service.JournalEntry(self.lines_of_the_journal, booking.id, person, came, at))
        with database.transaction() as db:
            service.record_journal(db, journal="media", entries=lines)
        ends = booking.ends_at + timedelta(minutes=15)
        if ends > self.now:
            self.wait(ends - self.now)

    def clock_duties(self) -> tuple[Callable[[], object], ...]:
        """What comes round by the clock, each in a transaction of its own."""
        return (
            lambda: self.do(service.expire_all_lapsed),
            lambda: self.do(service.expire_requests),
            lambda: self.do(service.lapse_moves),
            lambda: self.do(service.tidy_lines),
            self.settle,
            self.reconcile,
        )

    def come_to_rest(self) -> None:
        """Nobody does anything more: the pages close, and the duties and the work go on for two months."""
        for payment_id in list(self.provider.pages):
            self.provider.close(payment_id)
        self.listen()
        for span in (timedelta(0), timedelta(days=10), timedelta(days=50), timedelta(days=1)):
            self.wait(span)
            for duty in (*self.clock_duties(), self.work, self.work):
                duty()

    def come_back(self) -> None:
        """A mentor who was paused for lapsed requests opens again."""
        with database.transaction() as db:
            catalog.set_open(db, mentor_id=self.kabir, is_open=True)

    def settle(self) -> None:
        with database.reading() as db:
            due = service.due_for_settling(db, now=self.now)
        for booking_id in due:
            self.do(service.settle, booking_id=booking_id)

    def work(self, *, again: bool = False) -> None:
        """Do what is asked for in the outbox; with `again` also what was done already, as after a lost lease."""
        with database.reading() as db:
            rows = select(OutboxRow).where(col(OutboxRow.topic).in_(_TOPICS), OutboxRow.due_at <= self.now)
            if not again:
                rows = rows.where(col(OutboxRow.done_at).is_(None))
            due = db.exec(rows.order_by(col(OutboxRow.created_at), col(OutboxRow.key))).all()
        for row in due:
            self._work(row)

    def _work(self, row: OutboxRow) -> None:
        if row.topic in (payments.CAPTURE_TOPIC, payments.VOID_TOPIC):
            self._tell_provider(UUID(row.subject))
        elif row.topic == payments.REFUND_TOPIC:
            self._send_refund(UUID(row.subject))
        elif row.topic == service.RELEASE_TOPIC:
            self.do(service.release_due, booking_id=UUID(row.subject))
        else:
            offering, _, start = row.subject.partition(" ")
            with database.transaction() as db:
                turn = service.offer_freed(
                    db, offering_id=UUID(offering), starts_at=datetime.fromisoformat(start), now=self.now
                )
                if turn.again_at is not None:
                    outbox.wait(db, row.id, until=turn.again_at)
            self.done["offer_freed"] += turn.booking_id is not None
            if turn.again_at is not None:
                return
        with database.transaction() as db:
            outbox.finish(db, row.id, now=self.now)

    def _tell_provider(self, payment_id: UUID) -> None:
        with database.reading() as db:
            order = payments.order_of(db, payment_id)
        if order is None:
            return
        self.provider.hear(payment_id, order.owed)
        self.hear(self.provider.say(payment_id))

    def _send_refund(self, refund_id: UUID) -> None:
        with database.reading() as db:
            order = payments.refund_order(db, refund_id)
        if order is None:
            return
        receipt = RefundReceipt(
            f"re_{refund_id}", order.provider_payment_id, order.amount, RefundState.SENT, order.key, self.now
        )
        with database.transaction() as db:
            payments.record_refund(db, refund_id=refund_id, receipt=receipt, now=self.now)
        self.done["record_refund"] += 1


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
        add_offering(db, meera, kind=OfferingKind.CV_REVIEW, title="CV review", minutes=45, price_minor=80050),
    )
    for asked in offerings[1:3]:
        db.get_one(Offering, asked).needs_approval = True
    for mentor in (kabir, meera):
        wishes = db.get_one(SchedulePreferences, mentor)
        wishes.slot_step_minutes, wishes.buffer_after_minutes = 15, 10 if mentor == meera else 0
        wishes.min_notice_minutes = 60
    db.flush()
    return Market(kabir, (riya, sam, meera), offerings)
