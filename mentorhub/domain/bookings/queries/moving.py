"""Reads around a move: where a session could go, and the proposal that waits for an answer."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.models import Booking, Claim, MoveOption, MoveProposal, MoveState, Status
from mentorhub.domain.bookings.queries.free_time import TimesView
from mentorhub.domain.bookings.queries.mentor_time import MentorTime, load_time
from mentorhub.domain.bookings.queries.notice import booking_notice
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.notifications.rules.moves import MoveNotice
from mentorhub.domain.payments import rules as money
from mentorhub.domain.scheduling.rules import SlotRequest, compute_slots, fits, last_day_ends

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class MoveOptionView:
    """One proposed time; `is_free` says whether the session could go there now."""

    starts_at: datetime
    ends_at: datetime
    is_free: bool


@dataclass(frozen=True)
class ProposalView:
    """An open proposal as one of the two sees it."""

    proposal_id: UUID
    by_me: bool
    note: str
    lapses_at: datetime
    options: tuple[MoveOptionView, ...]


@dataclass(frozen=True)
class MovesView:
    """How a session may move: whether the viewer may propose, the moves each side has left, what is open.

    `deadlines_move` says whether a move accepted by `full_until` (now or ahead) takes the refund deadlines along;
    else they stay, `half_until` too. `last` is how the latest
    closed proposal ended, `last_by_me` whose it was.
    """

    is_movable: bool
    can_propose: bool
    mine_left: int
    theirs_left: int
    is_paid: bool
    deadlines_move: bool
    full_until: datetime
    half_until: datetime
    proposal: ProposalView | None
    last: MoveState | None
    last_by_me: bool


def moves_of(db: Session, *, booking_id: UUID, viewer_id: UUID, now: datetime) -> MovesView:
    """How the session may move, as one of its two people sees it; raises NotFound for everybody else."""
    booking = _of(db, booking_id, viewer_id)
    i_mentor = viewer_id == booking.mentor_id
    other = booking.mentee_id if i_mentor else booking.mentor_id
    newest = select(MoveProposal).where(MoveProposal.booking_id == booking.id)
    proposals = db.exec(newest.order_by(col(MoveProposal.created_at).desc())).all()
    is_movable = can_move(booking, now)
    waiting = next((one for one in proposals if is_open(one, booking, now)), None)
    closed = next((one for one in proposals if one is not waiting), None)
    window = money.refund_window(booking.policy, booking.refund_from)
    mine_left = rules.MOVES_A_SIDE - accepted_moves(db, booking.id, viewer_id)
    return MovesView(
        is_movable=is_movable,
        can_propose=is_movable and mine_left > 0 and (waiting is None or waiting.proposed_by == viewer_id),
        mine_left=mine_left,
        theirs_left=rules.MOVES_A_SIDE - accepted_moves(db, booking.id, other),
        is_paid=booking.price_minor > 0,
        deadlines_move=now <= window.full_until,
        full_until=window.full_until,
        half_until=window.half_until,
        proposal=_shown(db, booking, waiting, viewer_id, now) if waiting is not None else None,
        last=_ended(closed) if closed is not None else None,
        last_by_me=closed is not None and closed.proposed_by == viewer_id,
    )


def times_to_move(
    db: Session, *, booking_id: UUID, viewer_id: UUID, since: datetime, until: datetime, now: datetime
) -> TimesView | None:
    """The mentor's week with the session itself left out: what a mentee can propose, and a mentor at a glance.

    A mentor needs no notice for their own time. Times at which the mentee has another session, and the present
    start, show as booked.
    """
    booking = _of(db, booking_id, viewer_id)
    time = load_time(db, [booking.mentor_id], now=now).get(booking.mentor_id)
    if time is None:
        return None
    request = _request(time, booking, since=since, until=until, now=now)
    if viewer_id == booking.mentor_id:
        request = replace(request, min_notice_minutes=0)
    taken = _others_ticks(db, booking, booking.mentee_id, since, until + _length(booking), now)
    free = [
        start
        for start in time.starts(request, leave_out=(booking.id,))
        if start != booking.starts_at and start > now and not taken & set(rules.ticks(start, start + _length(booking)))
    ]
    open_otherwise = compute_slots(replace(request, bookings=(), max_per_day=None))
    booked = tuple(sorted(set(open_otherwise) - set(free)))
    return TimesView(tuple(free), booked, time.preferences.time_zone, last_day_ends(request))


def free_to_move(
    db: Session,
    booking: Booking,
    starts: Iterable[datetime],
    *,
    by_mentor: bool,
    answering: bool,
    now: datetime,
    offered: frozenset[datetime] = frozenset(),
) -> frozenset[datetime]:
    """Those of `starts` the session could begin at now, itself left out.

    A mentee proposes what the mentor offers: with notice, horizon and caps, in the list now or in `offered`, what the
    server showed them lately; when the mentor answers, their own yes stands for the list and the notice. A mentor
    proposes any five-minute step of the year ahead that is free for both, whatever their hours and caps say, since it
    is their own time.
    """
    people = (booking.mentor_id, booking.mentee_id)
    times = load_time(db, people, now=now)
    mentor = times.get(booking.mentor_id)
    if mentor is None:
        return frozenset()
    return frozenset(
        start
        for start in starts
        if now < start <= now + rules.FURTHEST_AHEAD
        and start != booking.starts_at
        and rules.is_on_a_tick(start)
        and _is_unclaimed(db, booking, mentor, start, now)
        and (
            _is_clear_of_busy(booking, times, start)
            if by_mentor
            else _is_offered(mentor, booking, start, shown=start in offered, answering=answering, now=now)
        )
    )


def accepted_moves(db: Session, booking_id: UUID, person_id: UUID) -> int:
    """How many moves of the session that this person proposed were accepted."""
    accepted = select(func.count()).where(
        MoveProposal.booking_id == booking_id,
        MoveProposal.proposed_by == person_id,
        MoveProposal.state == MoveState.ACCEPTED,
    )
    return db.exec(accepted).one()


def can_move(booking: Booking, now: datetime) -> bool:
    """Whether a new time may be proposed or accepted: confirmed, its own, more than two hours ahead."""
    return (
        booking.status is Status.CONFIRMED
        and booking.group_session_id is None
        and now < booking.starts_at - rules.MOVES_END_BEFORE
    )


def is_open(proposal: MoveProposal, booking: Booking, now: datetime) -> bool:
    """Whether a proposal can still be accepted, also before anything wrote down that it lapsed."""
    return (
        proposal.state is MoveState.OPEN
        and now < proposal.lapses_at
        and proposal.from_start == booking.starts_at
        and can_move(booking, now)
    )


def has_open_proposal(db: Session, booking: Booking, now: datetime) -> bool:
    """Whether a new time waits for an answer."""
    waiting = select(MoveProposal).where(MoveProposal.booking_id == booking.id, MoveProposal.state == MoveState.OPEN)
    return any(is_open(one, booking, now) for one in db.exec(waiting))


def options_of(db: Session, proposal_id: UUID) -> list[datetime]:
    """The proposed starts, soonest first."""
    offered = select(MoveOption.starts_at).where(MoveOption.proposal_id == proposal_id)
    return list(db.exec(offered.order_by(col(MoveOption.starts_at))))


def move_notice(db: Session, *, proposal_id: UUID, public_url: str) -> MoveNotice:
    """Everything the mails about a proposal to move a session say."""
    proposal = db.get_one(MoveProposal, proposal_id)
    session = booking_notice(db, booking_id=proposal.booking_id, public_url=public_url)
    booking = db.get_one(Booking, proposal.booking_id)
    by_mentor = proposal.proposed_by == booking.mentor_id
    return MoveNotice(
        session=session,
        by="mentor" if by_mentor else "mentee",
        to="mentee" if by_mentor else "mentor",
        starts=tuple(options_of(db, proposal.id)),
        note=proposal.note,
        lapses_at=proposal.lapses_at,
        is_open=proposal.state is MoveState.OPEN,
        is_declined=proposal.state is MoveState.DECLINED,
    )


def _of(db: Session, booking_id: UUID, viewer_id: UUID) -> Booking:
    booking = db.get(Booking, booking_id)
    if booking is None or viewer_id not in (booking.mentor_id, booking.mentee_id):
        raise NotFound
    return booking


def _shown(db: Session, booking: Booking, proposal: MoveProposal, viewer_id: UUID, now: datetime) -> ProposalView:
    starts = options_of(db, proposal.id)
    by_mentor = proposal.proposed_by == booking.mentor_id
    free = free_to_move(db, booking, starts, by_mentor=by_mentor, answering=True, now=now)
    return ProposalView(
        proposal_id=proposal.id,
        by_me=proposal.proposed_by == viewer_id,
        note=proposal.note,
        lapses_at=proposal.lapses_at,
        options=tuple(MoveOptionView(start, start + _length(booking), start in free) for start in starts),
    )


def _ended(proposal: MoveProposal) -> MoveState:
    return MoveState.LAPSED if proposal.state is MoveState.OPEN else proposal.state


def _length(booking: Booking) -> timedelta:
    return booking.ends_at - booking.starts_at


def _request(time: MentorTime, booking: Booking, *, since: datetime, until: datetime, now: datetime) -> SlotRequest:
    return time.request(
        offering_id=booking.offering_id,
        minutes=_length(booking) // timedelta(minutes=1),
        since=since,
        until=until,
        now=now,
        leave_out=(booking.id,),
    )


def _is_offered(
    time: MentorTime, booking: Booking, start: datetime, *, shown: bool, answering: bool, now: datetime
) -> bool:
    request = _request(time, booking, since=start, until=start + _SECOND, now=now)
    if start in time.starts(request, leave_out=(booking.id,)):
        return True
    asked = replace(request, min_notice_minutes=0) if answering else request
    return (shown or answering) and fits(asked, start) and time.has_room_that_week(start, (booking.id,))


def _is_unclaimed(db: Session, booking: Booking, time: MentorTime, start: datetime, now: datetime) -> bool:
    """Whether no tick the session would need belongs to anything else: the mentor's padded, the mentee's bare."""
    begins, ends = time.padded(start, _length(booking) // timedelta(minutes=1))
    return not _others_ticks(db, booking, booking.mentor_id, begins, ends, now) and not _others_ticks(
        db, booking, booking.mentee_id, start, start + _length(booking), now
    )


def _is_clear_of_busy(booking: Booking, times: dict[UUID, MentorTime], start: datetime) -> bool:
    end = start + _length(booking)
    busy = [
        (begins, ends)
        for time in times.values()
        for begins, ends in time.busy
        if (begins, ends) != (booking.starts_at, booking.ends_at)
    ]
    return not any(begins < end and start < ends for begins, ends in busy)


def _others_ticks(
    db: Session, booking: Booking, person_id: UUID, begins: datetime, ends: datetime, now: datetime
) -> set[int]:
    span = rules.ticks(begins, ends)
    taken = select(Claim.tick).where(
        Claim.person_id == person_id,
        col(Claim.tick) >= span.start,
        col(Claim.tick) < span.stop,
        or_(col(Claim.until).is_(None), col(Claim.until) > now),
        or_(col(Claim.booking_id).is_(None), Claim.booking_id != booking.id),
    )
    return set(db.exec(taken))
