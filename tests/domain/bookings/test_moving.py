"""Moving a session: one side proposes, the other side takes one time, and nothing is ever double or lost."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from mentorhub import database
from mentorhub.domain.bookings import queries, rules, service
from mentorhub.domain.bookings.errors import (
    BadProposal,
    MoveTimeTaken,
    NoMovesLeft,
    NotMovable,
    OtherSideProposed,
    ProposalOver,
    TooLateToMove,
)
from mentorhub.domain.bookings.models import Booking, Claim, MoveProposal, MoveState, Status
from mentorhub.domain.bookings.queries import MovesView
from mentorhub.domain.catalog.models import MentorProfile, Offering, OfferingKind
from mentorhub.domain.common.errors import DomainError, NotAllowed, NotFound
from mentorhub.domain.common.outbox import OutboxRow
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.notifications.models import Notification
from mentorhub.domain.notifications.rules import moves as letters
from mentorhub.domain.scheduling.models import BusyBlock, SchedulePreferences
from tests.domain.bookings.conftest import TUESDAY_NINE, hold
from tests.people import SUNDAY, People

WEDNESDAY_TEN = TUESDAY_NINE + timedelta(days=1, hours=1)
THURSDAY_NINE = TUESDAY_NINE + timedelta(days=2)
TUESDAY_EIGHT_AT_NIGHT = TUESDAY_NINE + timedelta(hours=11)


def propose(booking: Booking, by: UUID, *starts: datetime, now: datetime = SUNDAY) -> MoveProposal:
    with database.transaction() as db:
        return service.propose_move(db, booking_id=booking.id, actor_id=by, starts=starts, note="", now=now)


def accept(proposal: MoveProposal, by: UUID, start: datetime, *, now: datetime = SUNDAY) -> Booking:
    with database.transaction() as db:
        return service.accept_move(db, proposal_id=proposal.id, actor_id=by, starts_at=start, now=now)


def moves(booking: Booking, viewer: UUID, *, now: datetime = SUNDAY) -> MovesView:
    with database.reading() as db:
        return queries.moves_of(db, booking_id=booking.id, viewer_id=viewer, now=now)


def kept(booking: Booking) -> Booking:
    with database.reading() as db:
        return db.get_one(Booking, booking.id)


def claimed(person: UUID) -> set[int]:
    with database.reading() as db:
        return set(db.exec(select(Claim.tick).where(Claim.person_id == person)))


def waiting_mails(prefix: str) -> list[str]:
    with database.reading() as db:
        rows = db.exec(select(OutboxRow).where(OutboxRow.topic == prefix, OutboxRow.done_at.is_(None)))  # type: ignore[union-attr]
        return sorted(row.subject for row in rows)


def test_the_other_side_takes_one_and_the_same_session_stands_there(everyone: People, booked: Booking) -> None:
    proposal = propose(booked, everyone.mentor, WEDNESDAY_TEN, THURSDAY_NINE)

    accept(proposal, everyone.mentee, THURSDAY_NINE)

    now = kept(booked)
    assert (now.starts_at, now.ends_at) == (THURSDAY_NINE, THURSDAY_NINE + timedelta(minutes=30))
    assert (now.calendar_uid, now.version, now.status) == (booked.calendar_uid, booked.version + 1, Status.CONFIRMED)
    half_an_hour = set(rules.ticks(THURSDAY_NINE, THURSDAY_NINE + timedelta(minutes=30)))
    assert claimed(everyone.mentor) == claimed(everyone.mentee) == half_an_hour
    assert waiting_mails(letters.BOOKING_MOVED) == [f"{booked.id} mentee", f"{booked.id} mentor"]
    assert waiting_mails(letters.MOVE_PROPOSED) == []
    assert rules.door(now.starts_at, now.ends_at).opens_at == THURSDAY_NINE - timedelta(minutes=15)


def test_a_move_asks_for_reminders_anew_and_those_of_the_old_time_are_void(everyone: People, booked: Booking) -> None:
    accept(propose(booked, everyone.mentor, THURSDAY_NINE), everyone.mentee, THURSDAY_NINE)

    with database.reading() as db:
        rows = db.exec(select(OutboxRow).where(OutboxRow.topic == notices.REMINDER)).all()
        ahead = {row.due_at for row in rows if f"mentee {booked.version + 1} " in row.subject}
        old_holds = service.is_due_still(
            db,
            booking_id=booked.id,
            version=booked.version,
            kind=notices.NoticeKind.REMINDER_DAY,
            now=TUESDAY_NINE - timedelta(hours=24),
        )
    assert {
        THURSDAY_NINE - before for before in (timedelta(hours=24), timedelta(hours=1), timedelta(minutes=10))
    } == ahead
    assert not old_holds


def test_who_said_they_are_coming_said_it_of_the_old_time(everyone: People, booked: Booking) -> None:
    the_day_before = TUESDAY_NINE - timedelta(hours=24)
    proposal = propose(booked, everyone.mentor, THURSDAY_NINE)
    with database.transaction() as db:
        for person in (everyone.mentor, everyone.mentee):
            service.say_coming(db, booking_id=booked.id, actor_id=person, now=the_day_before)

    accept(proposal, everyone.mentee, THURSDAY_NINE, now=the_day_before)

    assert (kept(booked).mentor_coming_at, kept(booked).mentee_coming_at) == (None, None)


def test_the_old_time_can_be_booked_by_others_and_the_new_one_cannot(everyone: People, booked: Booking) -> None:
    accept(propose(booked, everyone.mentor, THURSDAY_NINE), everyone.mentee, THURSDAY_NINE)

    assert hold(everyone, mentee=everyone.stranger, at=TUESDAY_NINE).status is Status.HELD
    with pytest.raises(DomainError):
        hold(everyone, mentee=everyone.stranger, at=THURSDAY_NINE)


def test_a_session_may_move_onto_part_of_its_own_time(everyone: People, booked: Booking) -> None:
    a_bit_later = TUESDAY_NINE + timedelta(minutes=15)

    accept(propose(booked, everyone.mentor, a_bit_later), everyone.mentee, a_bit_later)

    assert kept(booked).starts_at == a_bit_later


@pytest.mark.parametrize(
    "start",
    [
        TUESDAY_NINE,
        TUESDAY_EIGHT_AT_NIGHT,
        SUNDAY - timedelta(days=1),
        THURSDAY_NINE + timedelta(minutes=7),
        TUESDAY_NINE + timedelta(days=700),
    ],
    ids=["the present time", "outside the hours", "past", "no five-minute step", "beyond the horizon"],
)
def test_a_mentee_proposes_only_what_the_mentor_offers(everyone: People, booked: Booking, start: datetime) -> None:
    with pytest.raises(BadProposal):
        propose(booked, everyone.mentee, start)


def test_a_time_shown_lately_may_be_proposed_though_the_grid_moved_but_not_against_the_notice(
    everyone: People, booked: Booking
) -> None:
    off_the_grid = WEDNESDAY_TEN + timedelta(minutes=5)

    def ask(*shown: datetime) -> MoveProposal:
        with database.transaction() as db:
            return service.propose_move(
                db,
                booking_id=booked.id,
                actor_id=everyone.mentee,
                starts=[off_the_grid],
                note="",
                now=SUNDAY,
                offered=frozenset(shown),
            )

    with pytest.raises(BadProposal):
        ask(WEDNESDAY_TEN)
    with database.transaction() as db:
        db.get_one(SchedulePreferences, everyone.mentor).min_notice_minutes = 60 * 24 * 6
    with pytest.raises(BadProposal):
        ask(off_the_grid)
    with database.transaction() as db:
        db.get_one(SchedulePreferences, everyone.mentor).min_notice_minutes = 0

    accept(ask(off_the_grid), everyone.mentor, off_the_grid)

    assert kept(booked).starts_at == off_the_grid


def test_a_mentors_notice_binds_the_mentee_but_not_the_mentor(everyone: People, booked: Booking) -> None:
    with database.transaction() as db:
        db.get_one(SchedulePreferences, everyone.mentor).min_notice_minutes = 72 * 60

    with pytest.raises(BadProposal):
        propose(booked, everyone.mentee, WEDNESDAY_TEN)
    assert propose(booked, everyone.mentor, WEDNESDAY_TEN).state is MoveState.OPEN


def test_a_mentor_may_propose_a_time_outside_their_hours_but_not_one_they_are_busy_at(
    everyone: People, booked: Booking
) -> None:
    assert propose(booked, everyone.mentor, TUESDAY_EIGHT_AT_NIGHT).state is MoveState.OPEN
    with database.transaction() as db:
        db.add(
            BusyBlock(mentor_id=everyone.mentor, starts_at=THURSDAY_NINE, ends_at=THURSDAY_NINE + timedelta(hours=1))
        )

    with pytest.raises(BadProposal):
        propose(booked, everyone.mentor, THURSDAY_NINE + timedelta(minutes=45))


def test_a_mentor_proposes_at_most_a_year_ahead(everyone: People, booked: Booking) -> None:
    furthest = SUNDAY + timedelta(days=365)

    with pytest.raises(BadProposal):
        propose(booked, everyone.mentor, furthest + timedelta(minutes=5))
    assert propose(booked, everyone.mentor, furthest).state is MoveState.OPEN


def test_nobody_proposes_a_time_at_which_the_other_has_a_session(everyone: People, booked: Booking) -> None:
    hold(everyone, at=WEDNESDAY_TEN)

    for person in (everyone.mentor, everyone.mentee):
        with pytest.raises(BadProposal):
            propose(booked, person, WEDNESDAY_TEN)


def test_the_daily_cap_counts_for_a_mentees_proposal_with_the_session_itself_left_out(
    everyone: People, booked: Booking
) -> None:
    hold(everyone, mentee=everyone.stranger, at=WEDNESDAY_TEN)
    with database.transaction() as db:
        db.get_one(SchedulePreferences, everyone.mentor).max_per_day = 1

    with pytest.raises(BadProposal):
        propose(booked, everyone.mentee, WEDNESDAY_TEN + timedelta(minutes=30))
    same_day = TUESDAY_NINE + timedelta(hours=1)
    assert propose(booked, everyone.mentee, same_day).state is MoveState.OPEN


@pytest.mark.parametrize("count", [0, 4])
def test_a_proposal_names_one_to_three_times(everyone: People, booked: Booking, count: int) -> None:
    with pytest.raises(BadProposal):
        propose(booked, everyone.mentor, *(WEDNESDAY_TEN + timedelta(minutes=5 * n) for n in range(count)))


def test_a_newer_proposal_of_one_side_replaces_the_older_and_the_other_side_answers_first(
    everyone: People, booked: Booking
) -> None:
    old = propose(booked, everyone.mentor, WEDNESDAY_TEN)
    new = propose(booked, everyone.mentor, THURSDAY_NINE, now=SUNDAY + timedelta(minutes=1))

    with pytest.raises(ProposalOver):
        accept(old, everyone.mentee, WEDNESDAY_TEN)
    with pytest.raises(OtherSideProposed):
        propose(booked, everyone.mentee, WEDNESDAY_TEN)
    assert waiting_mails(letters.MOVE_PROPOSED) == [str(new.id)]


def test_each_side_has_two_accepted_moves_and_the_third_is_refused_with_the_count(
    everyone: People, booked: Booking
) -> None:
    for number, start in enumerate((WEDNESDAY_TEN, THURSDAY_NINE)):
        at = SUNDAY + timedelta(minutes=number)
        accept(propose(booked, everyone.mentor, start, now=at), everyone.mentee, start, now=at)

    with pytest.raises(NoMovesLeft, match="2 times"):
        propose(booked, everyone.mentor, WEDNESDAY_TEN)
    seen = moves(booked, everyone.mentor)
    assert (seen.mine_left, seen.theirs_left, seen.can_propose) == (0, 2, False)
    assert moves(booked, everyone.mentee).can_propose
    assert kept(booked).version == booked.version + 2


def test_declining_and_withdrawing_cost_no_move_and_keep_the_time(everyone: People, booked: Booking) -> None:
    first = propose(booked, everyone.mentee, WEDNESDAY_TEN)
    with database.transaction() as db:
        service.decline_move(db, proposal_id=first.id, actor_id=everyone.mentor, now=SUNDAY)
    second = propose(booked, everyone.mentee, THURSDAY_NINE, now=SUNDAY + timedelta(minutes=1))
    with database.transaction() as db:
        service.withdraw_move(db, proposal_id=second.id, actor_id=everyone.mentee, now=SUNDAY)

    seen = moves(booked, everyone.mentee)
    assert (seen.mine_left, seen.proposal, seen.last, seen.last_by_me) == (2, None, MoveState.WITHDRAWN, True)
    assert kept(booked).starts_at == TUESDAY_NINE
    assert waiting_mails(letters.MOVE_KEPT) == [str(first.id)]


def test_a_proposal_lapses_by_itself_and_the_duty_tells_it_once(everyone: People, booked: Booking) -> None:
    proposal = propose(booked, everyone.mentee, THURSDAY_NINE)
    assert proposal.lapses_at == TUESDAY_NINE - timedelta(hours=2)
    over = proposal.lapses_at

    assert moves(booked, everyone.mentor, now=over - timedelta(seconds=1)).proposal is not None
    assert moves(booked, everyone.mentor, now=over).proposal is None
    with pytest.raises(ProposalOver):
        accept(proposal, everyone.mentor, THURSDAY_NINE, now=over)
    with database.transaction() as db:
        assert service.lapse_moves(db, now=over - timedelta(seconds=1)) == 0
        assert service.lapse_moves(db, now=over) == 1
        assert service.lapse_moves(db, now=over) == 0

    assert waiting_mails(letters.MOVE_KEPT) == [str(proposal.id)]
    with database.reading() as db:
        told = db.exec(select(Notification.user_id).where(Notification.text.like("Nobody took up%"))).all()  # type: ignore[attr-defined]
    assert set(told) == {everyone.mentor, everyone.mentee}


def test_a_session_far_ahead_gives_48_hours_to_answer() -> None:
    assert rules.proposal_lapses_at(SUNDAY + timedelta(days=9), now=SUNDAY) == SUNDAY + timedelta(hours=48)


def test_within_two_hours_of_the_start_nothing_is_proposed(everyone: People, booked: Booking) -> None:
    with pytest.raises(TooLateToMove):
        propose(booked, everyone.mentor, THURSDAY_NINE, now=TUESDAY_NINE - timedelta(hours=2))
    with pytest.raises(NotMovable):
        propose(booked, everyone.mentor, THURSDAY_NINE, now=TUESDAY_NINE)


def test_only_the_two_people_and_only_the_right_one_of_them_may_act(everyone: People, booked: Booking) -> None:
    proposal = propose(booked, everyone.mentor, WEDNESDAY_TEN)

    with pytest.raises(NotFound):
        propose(booked, everyone.stranger, THURSDAY_NINE)
    with pytest.raises(NotFound):
        accept(proposal, everyone.stranger, WEDNESDAY_TEN)
    with pytest.raises(NotAllowed):
        accept(proposal, everyone.mentor, WEDNESDAY_TEN)
    with pytest.raises(NotAllowed), database.transaction() as db:
        service.withdraw_move(db, proposal_id=proposal.id, actor_id=everyone.mentee, now=SUNDAY)
    with pytest.raises(NotFound):
        moves(booked, everyone.stranger)
    with pytest.raises(BadProposal):
        accept(proposal, everyone.mentee, THURSDAY_NINE)
    assert kept(booked).starts_at == TUESDAY_NINE


def test_a_proposed_time_that_somebody_holds_meanwhile_is_marked_gone_and_the_old_time_stays(
    everyone: People, booked: Booking
) -> None:
    proposal = propose(booked, everyone.mentee, WEDNESDAY_TEN, THURSDAY_NINE)
    hold(everyone, mentee=everyone.stranger, at=WEDNESDAY_TEN)

    with pytest.raises(MoveTimeTaken):
        accept(proposal, everyone.mentor, WEDNESDAY_TEN)

    waiting = moves(booked, everyone.mentor).proposal
    assert waiting is not None
    assert [(option.starts_at, option.is_free) for option in waiting.options] == [
        (WEDNESDAY_TEN, False),
        (THURSDAY_NINE, True),
    ]
    assert kept(booked).starts_at == TUESDAY_NINE
    assert set(rules.ticks(TUESDAY_NINE, TUESDAY_NINE + timedelta(minutes=30))) <= claimed(everyone.mentee)


@pytest.mark.parametrize(
    ("accepted_before_start", "counts_from"),
    [(timedelta(hours=24), THURSDAY_NINE), (timedelta(hours=24) - timedelta(seconds=1), TUESDAY_NINE)],
    ids=["at the deadline", "a second later"],
)
def test_after_a_move_inside_the_window_the_earlier_refund_deadline_stays(
    everyone: People, booked: Booking, accepted_before_start: timedelta, counts_from: datetime
) -> None:
    now = TUESDAY_NINE - accepted_before_start
    proposal = propose(booked, everyone.mentee, THURSDAY_NINE, now=now)

    assert moves(booked, everyone.mentee, now=now).deadlines_move is (counts_from == THURSDAY_NINE)
    accept(proposal, everyone.mentor, THURSDAY_NINE, now=now)

    assert kept(booked).refund_from == counts_from
    full = 120000 if counts_from == THURSDAY_NINE else 60000
    with database.reading() as db:
        quote = service.quote_cancel(
            db, booking_id=booked.id, actor_id=everyone.mentee, now=TUESDAY_NINE - timedelta(hours=3)
        )
    assert quote.refund.minor == full


def test_a_move_to_an_earlier_time_inside_the_window_never_leaves_a_later_deadline() -> None:
    earlier = TUESDAY_NINE - timedelta(hours=5)

    counts_from = rules.refund_from_after_move(
        refund_from=TUESDAY_NINE, full_until=SUNDAY, starts_at=earlier, now=SUNDAY + timedelta(hours=1)
    )

    assert counts_from == earlier


def test_calling_off_closes_the_open_proposal(everyone: People, booked: Booking) -> None:
    proposal = propose(booked, everyone.mentor, WEDNESDAY_TEN)
    with database.transaction() as db:
        service.cancel(db, booking_id=booked.id, actor_id=everyone.mentee, shown_minor=120000, now=SUNDAY)

    with pytest.raises(ProposalOver):
        accept(proposal, everyone.mentee, WEDNESDAY_TEN)
    assert waiting_mails(letters.MOVE_PROPOSED) == []
    with database.transaction() as db:
        assert service.lapse_moves(db, now=TUESDAY_NINE) == 0
    assert claimed(everyone.mentor) == set()


def test_the_week_to_choose_from_leaves_the_session_itself_out_of_the_way(everyone: People, booked: Booking) -> None:
    with database.reading() as db:
        times = queries.times_to_move(
            db,
            booking_id=booked.id,
            viewer_id=everyone.mentee,
            since=TUESDAY_NINE - timedelta(hours=9),
            until=TUESDAY_NINE + timedelta(hours=15),
            now=SUNDAY,
        )

    assert times is not None
    assert times.free[0] == TUESDAY_NINE + timedelta(minutes=30)
    assert times.booked == (TUESDAY_NINE,)


def at_once(*attempts: Callable[[], object]) -> list[str]:
    answers: list[str] = []
    gate = threading.Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> None:
        gate.wait()
        try:
            attempt()
            answers.append("done")
        except DomainError as refusal:
            answers.append(type(refusal).__name__)

    threads = [threading.Thread(target=run, args=(attempt,)) for attempt in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def test_accepted_twice_at_once_it_moves_once(everyone: People, booked: Booking) -> None:
    proposal = propose(booked, everyone.mentor, WEDNESDAY_TEN, THURSDAY_NINE)

    answers = at_once(
        lambda: accept(proposal, everyone.mentee, WEDNESDAY_TEN),
        lambda: accept(proposal, everyone.mentee, THURSDAY_NINE),
    )

    assert answers == ["ProposalOver", "done"]
    now = kept(booked)
    assert now.version == booked.version + 1
    assert claimed(everyone.mentee) == set(rules.ticks(now.starts_at, now.ends_at))


def test_accepted_and_called_off_at_once_nothing_stays_taken(everyone: People, booked: Booking) -> None:
    proposal = propose(booked, everyone.mentor, THURSDAY_NINE)

    def call_off() -> None:
        with database.transaction() as db:
            service.cancel(db, booking_id=booked.id, actor_id=everyone.mentor, shown_minor=120000, now=SUNDAY)

    answers = at_once(lambda: accept(proposal, everyone.mentee, THURSDAY_NINE), call_off)

    assert answers in (["done", "done"], ["ProposalOver", "done"])
    assert kept(booked).status is Status.CANCELLED
    assert claimed(everyone.mentor) == claimed(everyone.mentee) == set()


def test_accepted_while_somebody_holds_the_new_time_exactly_one_has_it(everyone: People, booked: Booking) -> None:
    proposal = propose(booked, everyone.mentor, THURSDAY_NINE)

    answers = at_once(
        lambda: accept(proposal, everyone.mentee, THURSDAY_NINE),
        lambda: hold(everyone, mentee=everyone.stranger, at=THURSDAY_NINE),
    )

    assert answers.count("done") == 1
    now = kept(booked)
    held = claimed(everyone.stranger)
    assert (now.starts_at == TUESDAY_NINE) is bool(held)
    assert claimed(everyone.mentee) == set(rules.ticks(now.starts_at, now.ends_at))


def test_a_move_asks_for_its_reminders_anew_and_takes_the_earlier_ones_back(everyone: People, booked: Booking) -> None:
    later = booked.starts_at + timedelta(hours=1)

    accept(propose(booked, everyone.mentee, later), everyone.mentor, later)

    with database.reading() as db:
        rows = db.exec(select(OutboxRow).where(OutboxRow.topic == notices.REMINDER)).all()
    open_rows = [row for row in rows if row.done_at is None]
    assert {row.subject.split(" ")[2] for row in open_rows} == {"1"}
    assert {later - row.due_at for row in open_rows} == set(notices.LEADS.values())
    assert len(open_rows) == len(rows) - len(open_rows) == 6


def test_a_time_whose_request_nobody_answered_may_be_taken_before_any_job_ran(
    everyone: People, booked: Booking
) -> None:
    with database.transaction() as db:
        db.get_one(MentorProfile, everyone.mentor).answer_hours = 24
        talk = db.get_one(Offering, everyone.intro)
        talk.needs_approval, talk.kind = True, OfferingKind.CAREER_TALK
    asked = hold(everyone, offering=everyone.intro, mentee=everyone.stranger, at=THURSDAY_NINE)
    with database.transaction() as db:
        service.request_free(db, booking_id=asked.id, mentee_id=everyone.stranger, now=SUNDAY)
    too_late = SUNDAY + timedelta(hours=24, minutes=1)
    proposal = propose(booked, everyone.mentor, THURSDAY_NINE, now=too_late)

    accept(proposal, everyone.mentee, THURSDAY_NINE, now=too_late)

    assert kept(booked).starts_at == THURSDAY_NINE
    assert kept(asked).status is Status.EXPIRED
