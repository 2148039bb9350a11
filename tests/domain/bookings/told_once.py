"""Everybody is told what happened to them, and each fact once: mails, notices, and what counts of a mentor."""

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from sqlmodel import Session, select

from mentorhub.domain.bookings.models import Booking, GroupSession, GroupStatus, MoveState, Status
from mentorhub.domain.catalog.models import MentorStanding
from mentorhub.domain.notifications import rules as topics
from mentorhub.domain.notifications.rules import NoticeKind
from mentorhub.domain.notifications.rules import moves as move_topics
from mentorhub.domain.payments import service as payments
from mentorhub.domain.payments.models import Refund
from tests.domain.bookings.rows import Rows

Told = tuple[UUID, NoticeKind, str]
_TOO_LATE = "the time was gone when the payment came"
_ONCE_A_SUBJECT = (
    topics.REMINDER,
    topics.SOMEBODY_WAITS,
    topics.REQUEST_RECEIVED,
    topics.REQUEST_QUESTION,
    topics.REQUEST_REPLIED,
    topics.REQUEST_DECLINED,
    topics.REQUEST_EXPIRED,
    topics.REQUEST_CARD_FAILED,
    topics.MENTOR_PAUSED,
    topics.WAITLIST_OFFER,
    topics.GROUP_AHEAD,
    topics.GROUP_REMINDER,
    move_topics.MOVE_PROPOSED,
    move_topics.MOVE_KEPT,
    payments.CAPTURE_TOPIC,
    payments.VOID_TOPIC,
    payments.REFUND_TOPIC,
)
_FOLLOWS_FROM_THE_ROWS = (
    NoticeKind.BOOKED,
    NoticeKind.CHANGED,
    NoticeKind.CANCELLED,
    NoticeKind.SETTLED,
    NoticeKind.REVIEW,
)


def check(db: Session, every: Rows) -> None:
    _mails_are_those_of_the_rows(every)
    _notices_are_those_of_the_rows(every)
    _a_request_says_each_thing_once(every)
    _no_reminder_is_left_of_what_is_off(every)
    standings = {standing.mentor_id: standing for standing in db.exec(select(MentorStanding))}
    for mentor in {one.mentor_id for one in (*every.bookings, *every.groups)}:
        _marks_are_those_of_the_sessions(every, mentor, standings.get(mentor) or MentorStanding(mentor_id=mentor))


def _mails_are_those_of_the_rows(every: Rows) -> None:
    agreed = [booking for booking in every.bookings if booking.confirmed_at is not None]
    off = [booking for booking in agreed if booking.status is Status.CANCELLED]
    moves = Counter(one.booking_id for one in every.proposals if one.state is MoveState.ACCEPTED)
    late = [f"{one.id} {refund.payment_id}" for one in every.bookings for refund in _refunds_of(every, one, _TOO_LATE)]
    wanted = {
        topics.BOOKING_CONFIRMED: Counter(mail for one in agreed for mail in _own_mails(one)),
        topics.BOOKING_CANCELLED: Counter(mail for one in off for mail in _own_mails(one)),
        topics.REVIEW_ASKED: Counter(str(one.id) for one in agreed if one.status is Status.MET),
        topics.PAID_TOO_LATE: Counter(late),
        topics.GROUP_PUBLISHED: Counter(str(group.id) for group in every.groups),
        move_topics.BOOKING_MOVED: Counter(
            {f"{one} {side}": count for one, count in moves.items() for side in ("mentor", "mentee")}
        ),
    }
    for topic, subjects in wanted.items():
        assert Counter(row.subject for row in every.outbox[topic]) == subjects, topic
    called_off = Counter(row.subject.partition(" ")[0] for row in every.outbox[topics.GROUP_CALLED_OFF])
    assert called_off == Counter(str(group.id) for group in every.groups if group.status is GroupStatus.CANCELLED)
    for topic in _ONCE_A_SUBJECT:
        assert all(count == 1 for count in Counter(row.subject for row in every.outbox[topic]).values()), topic


def _own_mails(booking: Booking) -> Iterator[str]:
    """A group's mentor has the mails of the whole session, and none of its seats."""
    if booking.group_session_id is None:
        yield f"{booking.id} mentor"
    yield f"{booking.id} mentee"


def _notices_are_those_of_the_rows(every: Rows) -> None:
    """What is told in the product of an agreed session, no more and no less; a series is told of as one."""
    series = {f"/sessions/{one.id}": f"/series/{one.series_id}" for one in every.bookings if one.series_id is not None}
    told: Counter[Told] = Counter()
    for notice in every.notices:
        kind = NoticeKind(notice.kind)
        if kind in _FOLLOWS_FROM_THE_ROWS:
            page = series.get(notice.address, notice.address) if kind is NoticeKind.BOOKED else notice.address
            told[(notice.user_id, kind, page)] += 1
    wanted: Counter[Told] = Counter()
    for booking in every.bookings:
        wanted.update(_of_booking(every, booking))
    for each in every.series():
        for _ in {one.confirmed_at for one in each if one.confirmed_at is not None}:
            page = f"/series/{each[0].series_id}"
            wanted.update((who, NoticeKind.BOOKED, page) for who in (each[0].mentor_id, each[0].mentee_id))
    for group in every.groups:
        wanted.update(_of_group(every, group))
    assert told == wanted


def _of_booking(every: Rows, booking: Booking) -> Iterator[Told]:
    mentor, mentee, page = booking.mentor_id, booking.mentee_id, f"/sessions/{booking.id}"
    whole = booking.group_session_id
    both = ((mentor, f"/mentoring/groups/{whole}" if whole is not None else page), (mentee, page))
    if booking.confirmed_at is not None and booking.series_id is None:
        yield from ((who, NoticeKind.BOOKED, where) for who, where in both)
    if booking.confirmed_at is not None and booking.status is Status.CANCELLED:
        silent = {booking.cancelled_by, mentor if whole is not None and booking.cancelled_by is None else None}
        yield from ((who, NoticeKind.CANCELLED, where) for who, where in both if who not in silent)
    yield from ((mentee, NoticeKind.CANCELLED, page) for _ in _refunds_of(every, booking, _TOO_LATE))
    if any(_refunds_of(every, booking, payments.WRONG_SUM)):
        yield mentee, NoticeKind.CANCELLED, page
    if booking.status.is_over:
        yield from ((who, NoticeKind.SETTLED, where) for who, where in both)
    if booking.status is Status.MET:
        yield mentee, NoticeKind.REVIEW, page
    for proposal in every.proposals:
        if proposal.booking_id == booking.id and proposal.state is MoveState.ACCEPTED:
            yield from ((who, NoticeKind.CHANGED, where) for who, where in both)


def _of_group(every: Rows, group: GroupSession) -> Iterator[Told]:
    page = f"/mentoring/groups/{group.id}"
    to_whom = {f"{group.id} {seat.id}": (seat.mentee_id, f"/sessions/{seat.id}") for seat in every.seats_of(group)}
    to_whom[f"{group.id} mentor"] = (group.mentor_id, page)
    for row in every.outbox[topics.GROUP_AHEAD]:
        if row.subject in to_whom:
            who, where = to_whom[row.subject]
            yield who, NoticeKind.BOOKED, where
    if any(row.subject == f"{group.id} decision" for row in every.outbox[topics.GROUP_CALLED_OFF]):
        yield group.mentor_id, NoticeKind.CANCELLED, page


def _a_request_says_each_thing_once(every: Rows) -> None:
    said = Counter((one.user_id, one.address, one.text) for one in every.notices if one.kind == NoticeKind.REQUEST)
    assert all(count == 1 for where, count in said.items() if where[1] != "/mentoring/profile")


def _no_reminder_is_left_of_what_is_off(every: Rows) -> None:
    bookings = {str(booking.id): booking for booking in every.bookings}
    for row in every.outbox[topics.REMINDER]:
        booking = bookings[row.subject.partition(" ")[0]]
        if row.done_at is None:
            assert booking.status is not Status.CANCELLED
            assert row.subject.split()[2] == str(booking.version)
    for row in every.outbox[topics.GROUP_REMINDER]:
        whole = next(group for group in every.groups if str(group.id) == row.subject.partition(" ")[0])
        assert row.done_at is not None or whole.status is not GroupStatus.CANCELLED


def _marks_are_those_of_the_sessions(every: Rows, mentor: UUID, standing: MentorStanding) -> None:
    """A session counts once, a group once whatever its seats, a request at its first word or its lapse."""
    came = [one for booking in every.bookings if booking.mentor_id == mentor for one in _came_to(booking)]
    came += [one for group in every.groups if group.mentor_id == mentor for one in _came_to_group(every, group)]
    assert (standing.kept, standing.due) == (sum(came), len(came))
    requests = [one for one in every.requests.values() if one.mentor_id == mentor]
    answered = [one for one in requests if one.asked_at is not None or one.decided_at is not None]
    expired = {booking.id for booking in every.bookings if booking.status is Status.EXPIRED}
    lapsed = [one for one in requests if one not in answered and one.booking_id in expired]
    assert (standing.answered, standing.asked) == (len(answered), len(answered) + len(lapsed))


def _came_to(booking: Booking) -> Iterator[bool]:
    if booking.group_session_id is not None:
        return
    if booking.status.is_over:
        yield booking.status not in (Status.MENTOR_ABSENT, Status.NOBODY)
    elif booking.confirmed_at is not None and booking.cancelled_by == booking.mentor_id:
        yield False


def _came_to_group(every: Rows, group: GroupSession) -> Iterator[bool]:
    over = {seat.status for seat in every.seats_of(group) if seat.status.is_over}
    if group.status is GroupStatus.SETTLED and over:
        yield Status.MENTOR_ABSENT not in over and over != {Status.NOBODY}
    elif any(seat.cancelled_by == group.mentor_id for seat in every.seats_of(group)):
        yield False


def _refunds_of(every: Rows, booking: Booking, reason: str) -> Iterator[Refund]:
    for payment in every.payments[booking.id]:
        yield from (refund for refund in every.refunds[payment.id] if refund.reason == reason)
