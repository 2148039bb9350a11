"""Mails about moving a session, from the verb to the mailbox and into a calendar."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar
import pytest

from mentorhub import database
from mentorhub.adapters import Outside
from mentorhub.domain.bookings import service
from mentorhub.domain.bookings.models import MoveProposal
from mentorhub.domain.common import outbox
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.notifications import rules as notices
from mentorhub.domain.notifications.ports import KeptMail
from mentorhub.domain.notifications.service import wishes
from mentorhub.jobs import moves
from tests.mailbox import deliver, mails_to
from tests.people import People, add_booking

KABIR, RIYA = "kabir@example.org", "riya@example.org"


def _soon(days: int) -> datetime:
    return utc_now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)


@pytest.fixture
def booking_id(everyone: People) -> UUID:
    with database.transaction() as db:
        return add_booking(db, everyone, starts_at=_soon(3))


def propose(everyone: People, booking_id: UUID, *starts: datetime, note: str = "") -> UUID:
    with database.transaction() as db:
        return service.propose_move(
            db, booking_id=booking_id, actor_id=everyone.mentor, starts=starts, note=note, now=utc_now()
        ).id


def newest(out: Outside, email: str) -> KeptMail:
    return mails_to(out, email)[0]


def entry(mail: KeptMail) -> tuple[str, str, int, datetime]:
    calendar = icalendar.Calendar.from_ical(mail.calendar)
    (event,) = calendar.walk("VEVENT")
    return str(calendar["method"]), str(event["uid"]), int(event["sequence"]), event.decoded("dtstart")


def test_whoever_is_asked_gets_the_times_on_both_clocks_and_the_way_to_answer(
    out: Outside, everyone: People, booking_id: UUID
) -> None:
    propose(everyone, booking_id, _soon(4), _soon(5), note="My train is late.” MentorHub pays you")
    deliver(out)

    mail = newest(out, RIYA)
    assert mail.subject == "Kabir Deshmukh proposes another time for CV review"
    assert mail.text.count("in Kolkata (UTC+5:30)") == 4
    assert mail.text.count("in London") == 2
    assert f"/sessions/{booking_id}" in mail.text
    assert "“My train is late. MentorHub pays you”" in mail.text
    assert not mail.calendar
    assert mails_to(out, KABIR) == []


def test_booked_moved_and_cancelled_are_one_entry_with_a_rising_sequence(
    out: Outside, everyone: People, booking_id: UUID
) -> None:
    with database.transaction() as db:
        for side in ("mentor", "mentee"):
            outbox.enqueue(
                db, notices.BOOKING_CONFIRMED, key=f"booked:{side}", subject=f"{booking_id} {side}", now=utc_now()
            )
    deliver(out)
    booked = {email: entry(newest(out, email)) for email in (KABIR, RIYA)}
    proposal_id = propose(everyone, booking_id, _soon(4))
    with database.transaction() as db:
        service.accept_move(db, proposal_id=proposal_id, actor_id=everyone.mentee, starts_at=_soon(4), now=utc_now())
    deliver(out)
    moved = {email: entry(newest(out, email)) for email in (KABIR, RIYA)}
    with database.transaction() as db:
        service.cancel(db, booking_id=booking_id, actor_id=everyone.mentor, shown_minor=120000, now=utc_now())
    deliver(out)
    cancelled = {email: entry(newest(out, email)) for email in (KABIR, RIYA)}

    for email in (KABIR, RIYA):
        row = (booked[email], moved[email], cancelled[email])
        assert [method for method, *_ in row] == ["REQUEST", "REQUEST", "CANCEL"]
        assert len({uid for _, uid, *_ in row}) == 1
        sequences = [sequence for *_, sequence, _ in row]
        assert sequences == sorted(set(sequences))
        assert [starts_at for *_, starts_at in row] == [_soon(3), _soon(4), _soon(4)]


def test_a_proposal_taken_back_before_the_mail_went_is_not_sent(
    out: Outside, everyone: People, booking_id: UUID
) -> None:
    proposal_id = propose(everyone, booking_id, _soon(4))
    with database.transaction() as db:
        service.withdraw_move(db, proposal_id=proposal_id, actor_id=everyone.mentor, now=utc_now())
    deliver(out)

    assert mails_to(out, RIYA) == []


def test_a_no_is_told_to_whoever_proposed(out: Outside, everyone: People, booking_id: UUID) -> None:
    proposal_id = propose(everyone, booking_id, _soon(4))
    with database.transaction() as db:
        service.decline_move(db, proposal_id=proposal_id, actor_id=everyone.mentee, now=utc_now())
    deliver(out)

    assert newest(out, KABIR).subject == "CV review keeps its present time"
    assert "Riya Patil keeps the present time" in newest(out, KABIR).text


def test_the_duty_ends_what_nobody_answered_and_says_so(out: Outside, everyone: People) -> None:
    with database.transaction() as db:
        booking_id = add_booking(db, everyone, starts_at=_soon(3))
        service.propose_move(
            db,
            booking_id=booking_id,
            actor_id=everyone.mentor,
            starts=[_soon(4)],
            note="",
            now=utc_now() - timedelta(hours=48),
        )

    moves.lapse_proposals(out)
    deliver(out)

    assert "did not answer your proposal in time" in newest(out, KABIR).text
    assert mails_to(out, RIYA) == []


def test_a_no_waits_for_the_morning_though_the_proposal_is_over(
    out: Outside, everyone: People, booking_id: UUID
) -> None:
    proposal_id = propose(everyone, booking_id, _soon(4))
    there = utc_now().astimezone(ZoneInfo("Europe/London"))
    minute = there.hour * 60 + there.minute
    with database.transaction() as db:
        quiet = notices.Quiet((minute - 60) % 1440, (minute + 600) % 1440)
        wishes.set_quiet_hours(db, user_id=everyone.mentor, quiet=quiet)
        service.decline_move(db, proposal_id=proposal_id, actor_id=everyone.mentee, now=utc_now())
        db.get_one(MoveProposal, proposal_id).lapses_at = utc_now()
    deliver(out)

    assert mails_to(out, KABIR) == []


def test_whoever_wants_no_such_mails_gets_none_but_the_new_time_always_comes(
    out: Outside, everyone: People, booking_id: UUID
) -> None:
    with database.transaction() as db:
        wishes.switch_off_mail(db, user_id=everyone.mentee, kind=notices.NoticeKind.MOVE)
    proposal_id = propose(everyone, booking_id, _soon(4))
    deliver(out)
    assert mails_to(out, RIYA) == []

    with database.transaction() as db:
        service.accept_move(db, proposal_id=proposal_id, actor_id=everyone.mentee, starts_at=_soon(4), now=utc_now())
    deliver(out)
    assert newest(out, RIYA).subject.startswith("New time: ")
