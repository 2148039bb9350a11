"""Requests: a time is asked for, the mentor accepts, asks back or declines, the mentee replies or withdraws.

An answer that is given twice, by the link of a mail and on the page, changes nothing the second time.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.errors import (
    AlreadyAnswered,
    AlreadyAskedBack,
    HoldOver,
    NothingAsked,
    RequestOver,
    VerifyFirst,
)
from mentorhub.domain.bookings.models import Booking, BookingRequest, DeclineReason, Status
from mentorhub.domain.bookings.service import claims, lapsing, limits
from mentorhub.domain.bookings.service import request_telling as telling
from mentorhub.domain.bookings.service.confirming import confirm
from mentorhub.domain.bookings.service.intake import require_intake
from mentorhub.domain.catalog import service as catalog
from mentorhub.domain.catalog.models import MentorProfile
from mentorhub.domain.common import outbox, topics
from mentorhub.domain.common.errors import FieldError, NotFound
from mentorhub.domain.common.words import tidy_lines
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.payments import service as payments

_LONGEST = 1000


def request_free(db: Session, *, booking_id: UUID, mentee_id: UUID, now: datetime) -> Booking:
    """Ask the mentor for a held time that costs nothing; asking again changes nothing.

    Raises NotFound, VerifyFirst, HoldOver, IntakeNotWhole, or a refusal of `limits.require_room`.
    """
    booking = db.get(Booking, booking_id)
    if booking is None or booking.mentee_id != mentee_id or booking.price_minor or not booking.by_request:
        raise NotFound
    if db.get_one(User, mentee_id).email_verified_at is None:
        raise VerifyFirst
    claims.lock_people(db, booking.mentor_id, mentee_id)
    db.refresh(booking)
    if booking.status is Status.REQUESTED:
        return booking
    if booking.hold_expires_at is None or booking.hold_expires_at <= now:
        raise HoldOver
    require_intake(db, booking)
    limits.require_room(db, mentor_id=booking.mentor_id, mentee_id=mentee_id, now=now, besides=booking.id)
    if not open_request(db, booking, Status.HELD, now=now):
        raise HoldOver
    return booking


def open_request(db: Session, booking: Booking, was: Status, *, now: datetime) -> bool:
    """Turn a hold into a request whose claims are kept until its answer is due; False when there is no time left."""
    profile = db.get_one(MentorProfile, booking.mentor_id)
    answer_by = rules.answer_by(now, booking.starts_at, hours=profile.answer_hours)
    if answer_by <= now:
        return False
    if not claims.move(db, booking, was, Status.REQUESTED, now=now, actor_id=booking.mentee_id):
        return False
    claims.keep_until(db, booking.id, answer_by)
    request = BookingRequest(
        booking_id=booking.id,
        mentor_id=booking.mentor_id,
        mentee_id=booking.mentee_id,
        requested_at=now,
        answer_by=answer_by,
        lapses_at=answer_by,
    )
    db.add(request)
    db.flush()
    _mail(db, notices.REQUEST_RECEIVED, booking, now=now)
    telling.tell_requested(db, booking, now=now)
    topics.announce(db, *claims.watched(booking))
    return True


def accept_request(db: Session, *, booking_id: UUID, mentor_id: UUID, now: datetime) -> Booking:
    """Say yes: a free session is confirmed, of a paid one the money is taken first.

    Raises NotFound, AlreadyAnswered when it was declined, RequestOver when it lapsed, was withdrawn or was not paid.
    """
    booking, request = _for_mentor(db, booking_id, mentor_id)
    if request.decided_at is not None and booking.status is not Status.DECLINED:
        if _has_ended(booking, request, now):
            raise RequestOver
        return booking
    _require_open(booking, request, now)
    _count_first_word(db, request)
    request.decided_at = now
    if not booking.price_minor:
        confirm(db, booking, Status.REQUESTED, now=now)
        return booking
    payment = payments.authorised_payment_of(db, booking_id=booking.id)
    if payment is None:
        card_failed(db, booking, now=now)
        return booking
    payments.owe_capture(db, payment=payment, now=now)
    _wait_until(db, request, booking.starts_at)
    topics.announce(db, *claims.watched(booking))
    return booking


def ask_back(db: Session, *, booking_id: UUID, mentor_id: UUID, question: str, now: datetime) -> BookingRequest:
    """Ask the mentee something; the clock stands still until the reply, for 48 hours at most, once.

    Raises NotFound, FieldError, AlreadyAskedBack, AlreadyAnswered, RequestOver.
    """
    booking, request = _for_mentor(db, booking_id, mentor_id)
    words = _words("question", question, "Please write what you want to know.")
    if request.asked_at is not None and request.question == words:
        return request
    _require_open(booking, request, now)
    if request.asked_at is not None:
        raise AlreadyAskedBack
    _count_first_word(db, request)
    request.question, request.asked_at = words, now
    request.reply_by = rules.reply_by(now, booking.starts_at)
    _wait_until(db, request, rules.resumed(request.answer_by, now, request.reply_by, booking.starts_at))
    _mail(db, notices.REQUEST_QUESTION, booking, now=now)
    telling.tell_question(db, booking, now=now)
    topics.announce(db, *claims.watched(booking))
    return request


def reply_to_question(db: Session, *, booking_id: UUID, mentee_id: UUID, reply: str, now: datetime) -> BookingRequest:
    """Reply to the mentor's question, which lets the clock run again.

    Raises NotFound, FieldError, NothingAsked, AlreadyAnswered, RequestOver.
    """
    booking, request = _for_mentee(db, booking_id, mentee_id)
    words = _words("reply", reply, "Please write a reply.")
    if request.replied_at is not None and request.reply == words:
        return request
    _require_open(booking, request, now)
    if request.asked_at is None or request.replied_at is not None:
        raise NothingAsked
    request.reply, request.replied_at = words, now
    request.answer_by = rules.resumed(request.answer_by, request.asked_at, now, booking.starts_at)
    _wait_until(db, request, request.answer_by)
    _mail(db, notices.REQUEST_REPLIED, booking, now=now)
    telling.tell_reply(db, booking, now=now)
    topics.announce(db, *claims.watched(booking))
    return request


def decline_request(
    db: Session, *, booking_id: UUID, mentor_id: UUID, reason: DeclineReason, note: str, now: datetime
) -> Booking:
    """Say no, with a reason: the time is free again and nothing is charged.

    Raises NotFound, FieldError, AlreadyAnswered when it was accepted, RequestOver.
    """
    booking, request = _for_mentor(db, booking_id, mentor_id)
    if booking.status is Status.DECLINED:
        return booking
    said = tidy_lines(note)
    if len(said) > _LONGEST:
        raise FieldError("note", f"Please keep it under {_LONGEST} characters.")
    _require_open(booking, request, now)
    _count_first_word(db, request)
    request.decided_at, request.reason, request.note = now, reason, said
    lapsing.end_request(db, booking, Status.DECLINED, now=now, actor_id=mentor_id)
    _mail(db, notices.REQUEST_DECLINED, booking, now=now)
    telling.tell_declined(db, booking, now=now)
    return booking


def withdraw_request(db: Session, *, booking_id: UUID, mentee_id: UUID, now: datetime) -> Booking:
    """Take a request back, for nothing. Raises NotFound, AlreadyAnswered once the money is being taken, RequestOver."""
    booking, request = _for_mentee(db, booking_id, mentee_id)
    if booking.status is Status.CANCELLED and booking.cancelled_by == mentee_id:
        return booking
    if request.pay_by is None:
        _require_open(booking, request, now)
    if not lapsing.end_request(db, booking, Status.CANCELLED, now=now, actor_id=mentee_id):
        raise RequestOver
    telling.tell_withdrawn(db, booking, now=now)
    return booking


def card_failed(db: Session, booking: Booking, *, now: datetime) -> None:
    """The mentor said yes and the card no: the mentee may pay anew for twelve hours, if there are as many."""
    request = db.get_one(BookingRequest, booking.id)
    if request.pay_by is not None:
        return
    request.pay_by = rules.pay_by(now, booking.starts_at)
    _wait_until(db, request, max(request.pay_by, now))
    if request.pay_by > now:
        _mail(db, notices.REQUEST_CARD_FAILED, booking, now=now)
        telling.tell_card_failed(db, booking, now=now)
        topics.announce(db, *claims.watched(booking))
    else:
        lapsing.expire_lapsed(db, (booking.mentor_id, booking.mentee_id), now=now)


def is_payable(db: Session, booking: Booking, *, now: datetime) -> bool:
    """Whether an accepted request waits for another payment."""
    request = db.get(BookingRequest, booking.id)
    waits = request is not None and request.pay_by is not None and request.pay_by > now
    return waits and booking.status is Status.REQUESTED


def was_accepted(db: Session, booking: Booking) -> bool:
    """Whether the mentor said yes at any time."""
    request = db.get(BookingRequest, booking.id)
    return request is not None and request.decided_at is not None and request.reason is None


def _for_mentor(db: Session, booking_id: UUID, mentor_id: UUID) -> tuple[Booking, BookingRequest]:
    booking = db.get(Booking, booking_id)
    if booking is None or booking.mentor_id != mentor_id:
        raise NotFound
    return _locked(db, booking)


def _for_mentee(db: Session, booking_id: UUID, mentee_id: UUID) -> tuple[Booking, BookingRequest]:
    booking = db.get(Booking, booking_id)
    if booking is None or booking.mentee_id != mentee_id:
        raise NotFound
    return _locked(db, booking)


def _locked(db: Session, booking: Booking) -> tuple[Booking, BookingRequest]:
    claims.lock_people(db, booking.mentor_id, booking.mentee_id)
    db.refresh(booking)
    request = db.get(BookingRequest, booking.id, populate_existing=True)
    if request is None:
        raise NotFound
    return booking, request


def _require_open(booking: Booking, request: BookingRequest, now: datetime) -> None:
    if booking.status is not Status.DECLINED and request.decided_at is None:
        if booking.status is Status.REQUESTED and request.lapses_at > now:
            return
        raise RequestOver
    raise AlreadyAnswered


def _has_ended(booking: Booking, request: BookingRequest, now: datetime) -> bool:
    if booking.status is Status.REQUESTED:
        return request.lapses_at <= now
    return booking.status in (Status.EXPIRED, Status.CANCELLED)


def _wait_until(db: Session, request: BookingRequest, until: datetime) -> None:
    request.lapses_at = until
    db.flush()
    claims.keep_until(db, request.booking_id, until)


def _count_first_word(db: Session, request: BookingRequest) -> None:
    """The first answer or question is what the mentor's answer rate counts."""
    if request.asked_at is None:
        catalog.record_request(db, mentor_id=request.mentor_id, answered=True)


def _words(field: str, text: str, missing: str) -> str:
    words = tidy_lines(text)
    if not words:
        raise FieldError(field, missing)
    if len(words) > _LONGEST:
        raise FieldError(field, f"Please keep it under {_LONGEST} characters.")
    return words


def _mail(db: Session, topic: str, booking: Booking, *, now: datetime) -> None:
    outbox.enqueue(db, topic, key=f"booking:{booking.id}:{topic}", subject=str(booking.id), now=now)
