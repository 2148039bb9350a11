"""Moving a session: one side proposes other times, the other side takes one, or the present time stays."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import CursorResult
from sqlmodel import Session, col, select, update

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings import rules
from mentorhub.domain.bookings.errors import (
    BadProposal,
    MoveTimeTaken,
    NoMovesLeft,
    NotMovable,
    OtherSideProposed,
    ProposalOver,
    TooLateToMove,
)
from mentorhub.domain.bookings.models import Booking, BookingChange, MoveOption, MoveProposal, MoveState, Status
from mentorhub.domain.bookings.queries.mentor_time import load_time
from mentorhub.domain.bookings.queries.moving import accepted_moves, can_move, free_to_move, is_open, options_of
from mentorhub.domain.bookings.service import claims, lapsing, line, reminding, telling
from mentorhub.domain.common import outbox, topics
from mentorhub.domain.common.errors import NotAllowed, NotFound
from mentorhub.domain.common.words import tidy
from mentorhub.domain.notifications.rules import NoticeKind
from mentorhub.domain.notifications.rules import moves as letters
from mentorhub.domain.notifications.service import tell
from mentorhub.domain.payments import rules as money

_LONGEST_NOTE = 300


def propose_move(
    db: Session,
    *,
    booking_id: UUID,
    actor_id: UUID,
    starts: Sequence[datetime],
    note: str,
    now: datetime,
    offered: frozenset[datetime] = frozenset(),
) -> MoveProposal:
    """Propose one to three other starts of a confirmed session; a newer proposal of the same side replaces it.

    A mentee chooses among the mentor's free times, with their notice, horizon and caps; `offered` are those the
    server showed them lately, which the list may have lost to another grid. A mentor may propose any five-minute
    step ahead that is free for both, also outside their hours: it is their own time.
    Raises NotFound, NotMovable, TooLateToMove, NoMovesLeft, OtherSideProposed, or BadProposal.
    """
    booking = _locked(db, booking_id, actor_id, now)
    _require_movable(booking, now)
    if accepted_moves(db, booking.id, actor_id) >= rules.MOVES_A_SIDE:
        raise NoMovesLeft(rules.MOVES_A_SIDE)
    earlier = _open_of(db, booking.id)
    if earlier is not None and is_open(earlier, booking, now) and earlier.proposed_by != actor_id:
        raise OtherSideProposed
    wanted = sorted(set(starts))
    by_mentor = actor_id == booking.mentor_id
    free = free_to_move(db, booking, wanted[:4], by_mentor=by_mentor, answering=False, offered=offered, now=now)
    if not 1 <= len(wanted) <= rules.STARTS_A_PROPOSAL or free != set(wanted):
        raise BadProposal
    if earlier is not None:
        _close(db, earlier, MoveState.WITHDRAWN, now=now)
    proposal = MoveProposal(
        booking_id=booking.id,
        proposed_by=actor_id,
        note=tidy(note)[:_LONGEST_NOTE],
        from_start=booking.starts_at,
        lapses_at=rules.proposal_lapses_at(booking.starts_at, now=now),
        created_at=now,
    )
    db.add(proposal)
    db.flush()
    db.add_all(MoveOption(proposal_id=proposal.id, starts_at=start) for start in wanted)
    _send(db, booking, proposal, letters.MOVE_PROPOSED, now=now)
    asked = _other(booking, actor_id)
    _tell(db, booking, proposal, asked, f"{_name(db, actor_id)} proposes another time for {booking.title}.", now=now)
    _announce(db, booking)
    return proposal


def accept_move(db: Session, *, proposal_id: UUID, actor_id: UUID, starts_at: datetime, now: datetime) -> Booking:
    """Move the session to one of the proposed starts: the same row and calendar entry, one version further.

    The ticks are swapped as a whole: when the new time is gone everything stays, the proposal too. Until the
    refund deadline the deadlines move along, after it the earlier ones stay (DECISIONS.md 6).
    Raises NotFound, NotAllowed, ProposalOver, NoMovesLeft, BadProposal, or MoveTimeTaken.
    """
    booking, proposal = _answerable(db, proposal_id, actor_id, now)
    if accepted_moves(db, booking.id, proposal.proposed_by) >= rules.MOVES_A_SIDE:
        raise NoMovesLeft(rules.MOVES_A_SIDE)
    if starts_at not in options_of(db, proposal.id):
        raise BadProposal
    lapsing.expire_lapsed(db, (booking.mentor_id, booking.mentee_id), now=now)
    by_mentor = proposal.proposed_by == booking.mentor_id
    if not free_to_move(db, booking, [starts_at], by_mentor=by_mentor, answering=True, now=now):
        raise MoveTimeTaken
    was_at = booking.starts_at
    _shift(db, booking, starts_at, actor_id=actor_id, now=now)
    line.freed(db, booking, was_at, now=now)
    _close(db, proposal, MoveState.ACCEPTED, now=now)
    proposal.to_start = starts_at
    outbox.withdraw(db, f"booking:{booking.id}:moved:", now=now)
    outbox.withdraw(db, f"booking:{booking.id}:remind:", now=now)
    reminding.remind(db, booking, now=now)
    for side, person_id in (("mentor", booking.mentor_id), ("mentee", booking.mentee_id)):
        outbox.enqueue(
            db,
            letters.BOOKING_MOVED,
            key=f"booking:{booking.id}:moved:{booking.version}:{side}",
            subject=f"{booking.id} {side}",
            now=now,
        )
        _tell_moved(db, booking, person_id, now=now)
    _announce(db, booking)
    return booking


def decline_move(db: Session, *, proposal_id: UUID, actor_id: UUID, now: datetime) -> None:
    """Keep the present time. Raises NotFound, NotAllowed or ProposalOver."""
    booking, proposal = _answerable(db, proposal_id, actor_id, now)
    _close(db, proposal, MoveState.DECLINED, now=now)
    _send(db, booking, proposal, letters.MOVE_KEPT, now=now)
    words = f"{_name(db, actor_id)} keeps the present time of {booking.title}."
    _tell(db, booking, proposal, proposal.proposed_by, words, now=now)
    _announce(db, booking)


def withdraw_move(db: Session, *, proposal_id: UUID, actor_id: UUID, now: datetime) -> None:
    """Take one's own proposal back. Raises NotFound, NotAllowed or ProposalOver."""
    booking, proposal = _locked_proposal(db, proposal_id, actor_id, now)
    if proposal.proposed_by != actor_id:
        raise NotAllowed
    if not is_open(proposal, booking, now):
        raise ProposalOver
    _close(db, proposal, MoveState.WITHDRAWN, now=now)
    words = f"{_name(db, actor_id)} took the proposal back; {booking.title} keeps its time."
    _tell(db, booking, proposal, _other(booking, actor_id), words, now=now)
    _announce(db, booking)


def lapse_moves(db: Session, *, now: datetime, limit: int = 200) -> int:
    """Mark the proposals nobody answered in time and tell both sides; returns how many."""
    over = select(MoveProposal).where(MoveProposal.state == MoveState.OPEN, MoveProposal.lapses_at <= now)
    proposals = db.exec(over.order_by(col(MoveProposal.lapses_at)).limit(limit)).all()
    lapsed = 0
    for proposal in proposals:
        booking = db.get_one(Booking, proposal.booking_id)
        claims.lock_people(db, booking.mentor_id, booking.mentee_id)
        db.refresh(proposal)
        if proposal.state is not MoveState.OPEN:
            continue
        lapsed += 1
        _close(db, proposal, MoveState.LAPSED, now=now)
        if booking.status is Status.CONFIRMED and booking.starts_at > now:
            _send(db, booking, proposal, letters.MOVE_KEPT, now=now)
            words = f"Nobody took up the new time for {booking.title}, so it keeps its present one."
            for person_id in (booking.mentor_id, booking.mentee_id):
                _tell(db, booking, proposal, person_id, words, now=now)
        _announce(db, booking)
    return lapsed


def close_open_moves(db: Session, *, booking_id: UUID, now: datetime) -> None:
    """End what is still proposed for a session that is called off; its own mails say so."""
    waiting = _open_of(db, booking_id)
    if waiting is not None:
        _close(db, waiting, MoveState.LAPSED, now=now)


def _shift(db: Session, booking: Booking, starts_at: datetime, *, actor_id: UUID, now: datetime) -> None:
    """Give the present ticks back and take the new ones, or nothing of both; raises MoveTimeTaken, NotMovable."""
    times = load_time(db, [booking.mentor_id], now=now)
    length, was = booking.ends_at - booking.starts_at, booking.starts_at
    blocked_from, blocked_to = times[booking.mentor_id].padded(starts_at, int(length.total_seconds()) // 60)
    window = money.refund_window(booking.policy, booking.refund_from)
    change = (
        update(Booking)
        .where(
            col(Booking.id) == booking.id,
            col(Booking.status) == Status.CONFIRMED,
            col(Booking.version) == booking.version,
        )
        .values(
            starts_at=starts_at,
            ends_at=starts_at + length,
            blocked_from=blocked_from,
            blocked_to=blocked_to,
            refund_from=rules.refund_from_after_move(
                refund_from=booking.refund_from, full_until=window.full_until, starts_at=starts_at, now=now
            ),
            mentor_coming_at=None,
            mentee_coming_at=None,
            version=booking.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    attempt = db.begin_nested()
    result = db.execute(change)
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        attempt.rollback()
        raise NotMovable
    db.refresh(booking)
    claims.release(db, booking.id)
    if claims.claim(db, booking) is not None:
        attempt.rollback()
        raise MoveTimeTaken
    moved = f"moved from {was:%Y-%m-%dT%H:%MZ} to {starts_at:%Y-%m-%dT%H:%MZ}"
    status = Status.CONFIRMED.value
    db.add(BookingChange(booking_id=booking.id, actor_id=actor_id, was=status, became=status, reason=moved, at=now))
    attempt.commit()


def _locked(db: Session, booking_id: UUID, actor_id: UUID, now: datetime) -> Booking:
    booking = db.get(Booking, booking_id)
    if booking is None or actor_id not in (booking.mentor_id, booking.mentee_id):
        raise NotFound
    claims.lock_people(db, booking.mentor_id, booking.mentee_id)
    db.refresh(booking)
    return booking


def _locked_proposal(db: Session, proposal_id: UUID, actor_id: UUID, now: datetime) -> tuple[Booking, MoveProposal]:
    proposal = db.get(MoveProposal, proposal_id)
    if proposal is None:
        raise NotFound
    booking = _locked(db, proposal.booking_id, actor_id, now)
    db.refresh(proposal)
    return booking, proposal


def _answerable(db: Session, proposal_id: UUID, actor_id: UUID, now: datetime) -> tuple[Booking, MoveProposal]:
    booking, proposal = _locked_proposal(db, proposal_id, actor_id, now)
    if proposal.proposed_by == actor_id:
        raise NotAllowed
    if not is_open(proposal, booking, now):
        raise ProposalOver
    return booking, proposal


def _require_movable(booking: Booking, now: datetime) -> None:
    if booking.status is not Status.CONFIRMED or booking.starts_at <= now:
        raise NotMovable
    if not can_move(booking, now):
        raise NotMovable if booking.group_session_id is not None else TooLateToMove


def _open_of(db: Session, booking_id: UUID) -> MoveProposal | None:
    waiting = select(MoveProposal).where(MoveProposal.booking_id == booking_id, MoveProposal.state == MoveState.OPEN)
    return db.exec(waiting).first()


def _close(db: Session, proposal: MoveProposal, state: MoveState, *, now: datetime) -> None:
    proposal.state, proposal.decided_at = state, now
    outbox.withdraw(db, f"booking:{proposal.booking_id}:move:{proposal.id}:", now=now)
    db.flush()


def _send(db: Session, booking: Booking, proposal: MoveProposal, topic: str, *, now: datetime) -> None:
    key = f"booking:{booking.id}:move:{proposal.id}:{topic}"
    outbox.enqueue(db, topic, key=key, subject=str(proposal.id), now=now)


def _tell(db: Session, booking: Booking, proposal: MoveProposal, person_id: UUID, words: str, *, now: datetime) -> None:
    key = f"move:{proposal.id}:{proposal.state.value}"
    page = f"/sessions/{booking.id}"
    tell(db, user_id=person_id, kind=NoticeKind.MOVE, key=key, text=words, address=page, now=now)


def _tell_moved(db: Session, booking: Booking, person_id: UUID, *, now: datetime) -> None:
    words = f"{booking.title} has moved to {telling.when_for(db, booking, person_id)}."
    tell(
        db,
        user_id=person_id,
        kind=NoticeKind.CHANGED,
        key=f"booking:{booking.id}:moved:{booking.version}",
        text=words,
        address=f"/sessions/{booking.id}",
        now=now,
    )


def _announce(db: Session, booking: Booking) -> None:
    topics.announce(db, *claims.watched(booking), topics.grid_of(booking.mentee_id))


def _other(booking: Booking, person_id: UUID) -> UUID:
    return booking.mentee_id if person_id == booking.mentor_id else booking.mentor_id


def _name(db: Session, person_id: UUID) -> str:
    return db.get_one(User, person_id).name
