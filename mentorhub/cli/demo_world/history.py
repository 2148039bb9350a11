"""The past of a demo mentor: sessions that were held, paid for, kept or missed, and reviewed; books balanced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from mentorhub.cli.demo_world import sayings
from mentorhub.cli.demo_world.agreeing import write_agreement
from mentorhub.cli.demo_world.people import Person
from mentorhub.cli.demo_world.rows import Rows
from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking, Intake, Presence, Status
from mentorhub.domain.catalog.models import MentorStanding, Offering, Policy
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import rules as money
from mentorhub.domain.payments.models import LedgerEntry, Payment, PaymentStatus, Refund, RefundStatus
from mentorhub.domain.reviews.models import Review

_LATEST = 3
_PAID_OUT_AFTER = timedelta(days=14)


@dataclass
class Guests:
    """The mentees of the demo, and the hours each has spent, so that nobody is in two rooms at once.

    `promised` names who had the latest session of a mentor, by the mentor's key.
    """

    people: Sequence[User]
    promised: Mapping[str, User] = field(default_factory=dict)
    taken: set[tuple[UUID, int]] = field(default_factory=set)

    def choose(self, start: datetime, dice: Random, *, wanted: User | None = None) -> User:
        """Somebody who has nothing else around that time; `wanted` if they are free."""
        hour = int(start.timestamp()) // 3600
        for attempt in range(200):
            guest = wanted if wanted is not None and attempt == 0 else dice.choice(self.people)
            hours = {(guest.id, hour + near) for near in (-1, 0, 1, 2)}
            if not hours & self.taken:
                self.taken |= hours
                return guest
        raise AssertionError("there are too few mentees for so many sessions")


@dataclass(frozen=True)
class Past:
    """What is needed to write the past of one mentor."""

    person: Person
    mentor: User
    offerings: Sequence[Offering]
    guests: Guests
    now: datetime


def write_past(rows: Rows, past: Past, dice: Random) -> list[Booking]:
    """Write the mentor's sessions, oldest first, with their money, reviews and standing; returns those held."""
    person = past.person
    starts = sorted(dice.sample(_candidates(person, past.now), person.due))
    missed = set(dice.sample(range(person.due), person.missed))
    latest = max(set(range(person.due)) - missed, default=None)
    held: list[Booking] = []
    marks, asked = "", 0
    for place, start in enumerate(starts):
        wanted = past.guests.promised.get(person.key) if place == latest else None
        guest, offering = past.guests.choose(start, dice, wanted=wanted), _offering(past.offerings, dice)
        booking = _booking(rows, past, guest, offering, start, dice, came=place not in missed)
        write_agreement(rows, booking, asked_first=offering.needs_approval)
        asked += offering.needs_approval
        _money(rows, booking, past.now)
        marks += "x" if place in missed else "a"
        if place not in missed:
            _presences(rows, booking, dice)
            held.append(booking)
    _reviews(rows, past, held, dice)
    stars = person.stars
    rows.add(
        MentorStanding(
            mentor_id=past.mentor.id,
            stars_5=stars[0],
            stars_4=stars[1],
            stars_3=stars[2],
            stars_2=stars[3],
            stars_1=stars[4],
            kept=person.due - person.missed,
            due=person.due,
            asked=asked,
            answered=asked,
            lately=marks[-10:],
        )
    )
    return held


def _candidates(person: Person, now: datetime) -> list[datetime]:
    """Every hour of the past that lay in the mentor's open hours, far enough apart for the longest session."""
    zone, today = ZoneInfo(person.zone), now.date()
    longest = max(offer.minutes for offer in person.offers) + person.hours.after
    found: list[datetime] = []
    for back in range(_LATEST, max(person.months * 30, 60)):
        day = today - timedelta(days=back)
        for weekdays, begins, ends in person.hours.rows:
            if str(day.weekday()) in weekdays:
                whole = range(int(begins[:2]) + (begins[3:] != "00"), int(ends[:2]), 1 if longest <= 60 else 2)
                found += _hours(day, whole, zone)
    return found


def _hours(day: date, whole: range, zone: ZoneInfo) -> list[datetime]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return [midnight.replace(hour=hour).astimezone(UTC) for hour in whole]


def _offering(offerings: Sequence[Offering], dice: Random) -> Offering:
    sold = [one for one in offerings if one.kind.value != "intro"] or list(offerings)
    return sold[0] if dice.random() < 0.7 else dice.choice(sold)


def _booking(
    rows: Rows, past: Past, guest: User, offering: Offering, start: datetime, dice: Random, *, came: bool
) -> Booking:
    parts = money.split(Money(offering.price_minor, offering.currency), on=start.date())
    asked = start - timedelta(hours=dice.randint(30, 200), minutes=dice.randint(0, 59))
    ends, booking_id = start + timedelta(minutes=offering.minutes), rows.new_id()
    pair = f"{past.mentor.id}:{guest.id}:{booking_id}" if offering.kind.value == "intro" else None
    booking = Booking(
        id=booking_id,
        mentor_id=past.mentor.id,
        mentee_id=guest.id,
        offering_id=offering.id,
        title=offering.title,
        status=Status.MET if came else Status.MENTOR_ABSENT,
        starts_at=start,
        ends_at=ends,
        blocked_from=start,
        blocked_to=ends + timedelta(minutes=past.person.hours.after),
        price_minor=parts.price.minor,
        fee_minor=parts.fee.minor,
        card_minor=parts.card.minor,
        currency=offering.currency,
        policy=Policy(past.person.policy),
        refund_from=start,
        mentor_zone=past.person.zone,
        mentee_zone=guest.time_zone,
        calendar_uid=f"{booking_id}@mentorhub",
        intro_pair=pair[:80] if pair else None,
        created_at=asked,
        confirmed_at=asked + timedelta(minutes=4),
        settled_at=ends + timedelta(minutes=16),
    )
    rows.add(booking)
    rows.put(
        Intake,
        booking_id=booking_id,
        goal="",
        situation=dice.choice(sayings.ASKS),
        questions="",
        links="",
        updated_at=asked,
    )
    return booking


def _presences(rows: Rows, booking: Booking, dice: Random) -> None:
    """Both came around the start and left around the end, so that they were together all the time but a minute."""
    for user_id in (booking.mentor_id, booking.mentee_id):
        joined = booking.starts_at - timedelta(seconds=dice.randint(0, 240))
        left = booking.ends_at - timedelta(seconds=dice.randint(5, 55))
        rows.put(Presence, id=rows.new_id(), booking_id=booking.id, user_id=user_id, joined_at=joined, left_at=left)


def _money(rows: Rows, booking: Booking, now: datetime) -> None:
    """A captured payment with its postings; then the release and the transfer, or everything back."""
    if not booking.price_minor:
        return
    parts = money.Split(
        price=Money(booking.price_minor, booking.currency),
        fee=Money(booking.fee_minor, booking.currency),
        card=Money(booking.card_minor, booking.currency),
    )
    paid_at, settled_at = booking.confirmed_at, booking.settled_at
    assert paid_at is not None
    assert settled_at is not None
    payment = Payment(
        id=rows.new_id(),
        booking_id=booking.id,
        mentor_id=booking.mentor_id,
        status=PaymentStatus.CAPTURED,
        amount_minor=parts.price.minor,
        fee_minor=parts.fee.minor,
        card_minor=parts.card.minor,
        currency=booking.currency,
        provider_payment_id=f"pi_demo_{booking.id.hex}",
        provider_fee_minor=parts.card.minor,
        created_at=booking.created_at,
        captured_at=paid_at,
    )
    rows.add(payment)
    _post(rows, f"capture:{payment.id}", money.capture_postings(parts, booking.mentor_id), booking, paid_at)
    _post(rows, f"charge:{payment.id}", money.charge_postings(parts.card), booking, paid_at)
    if booking.status is not Status.MET:
        _refund(rows, booking, payment, parts, settled_at)
        return
    release = money.release_postings(parts.net, booking.mentor_id)
    _post(rows, f"release:{payment.id}", release, booking, settled_at + timedelta(hours=24))
    if settled_at + _PAID_OUT_AFTER < now:
        transfer = money.transfer_postings(parts.net, booking.mentor_id)
        _post(rows, f"transfer:{payment.id}", transfer, booking, settled_at + _PAID_OUT_AFTER)


def _refund(rows: Rows, booking: Booking, payment: Payment, parts: money.Split, at: datetime) -> None:
    refund = Refund(
        id=rows.new_id(),
        payment_id=payment.id,
        key=f"refund:settle:{booking.id}",
        amount_minor=parts.price.minor,
        currency=booking.currency,
        reason="mentor_absent",
        status=RefundStatus.SENT,
        provider_refund_id=f"re_demo_{booking.id.hex}",
        created_at=at,
        sent_at=at,
    )
    rows.add(refund)
    nothing = Money.zero(booking.currency)
    back = money.refund_postings(parts, booking.mentor_id, before=nothing, amount=parts.price)
    _post(rows, f"refund:{refund.id}", back, booking, at)


def _post(rows: Rows, cause: str, postings: Sequence[money.Posting], booking: Booking, at: datetime) -> None:
    for line, posting in enumerate(postings):
        rows.put(
            LedgerEntry,
            id=rows.new_id(),
            cause=cause,
            line=line,
            account=posting.account,
            owner_id=posting.owner_id,
            booking_id=booking.id,
            amount_minor=posting.amount.minor,
            currency=posting.amount.currency,
            at=at,
        )


def _reviews(rows: Rows, past: Past, held: Sequence[Booking], dice: Random) -> None:
    stars = [worth for worth, count in zip((5, 4, 3, 2, 1), past.person.stars, strict=True) for _ in range(count)]
    dice.shuffle(stars)
    for booking, given in zip(sorted(dice.sample(list(held), len(stars)), key=_start_of), stars, strict=True):
        minutes = (booking.ends_at - booking.starts_at) // timedelta(minutes=1)
        rows.add(
            Review(
                id=rows.new_id(),
                booking_id=booking.id,
                mentor_id=booking.mentor_id,
                author_id=booking.mentee_id,
                stars=given,
                text=_words(past.person, given, dice),
                met_minutes=minutes - 1,
                created_at=booking.ends_at + timedelta(hours=dice.randint(1, 40)),
            )
        )


def _start_of(booking: Booking) -> datetime:
    return booking.starts_at


def _words(person: Person, stars: int, dice: Random) -> str:
    if stars < 4:
        return dice.choice(sayings.MIXED)
    details = (*sayings.DETAILS[""], *sayings.DETAILS.get(person.field_of_work, ()) * 2)
    parts = (dice.choice(sayings.OPENINGS), dice.choice(details), dice.choice(sayings.CLOSINGS))
    text = " ".join(part for part in parts if part)
    return text.format(first=person.name.split()[0], thing=dice.choice(sayings.THINGS))
