"""Words one person types and another reads: no control characters, no marks that turn what stands around them."""

from datetime import timedelta

import pytest

from mentorhub import database
from mentorhub.domain.bookings import queries, rules, service
from mentorhub.domain.bookings.models import BookingRequest, DeclineReason
from mentorhub.domain.catalog.models import Offering
from mentorhub.domain.scheduling import service as scheduling
from mentorhub.domain.scheduling.models import BusyBlock, CalendarImport
from tests.domain.bookings.conftest import TUESDAY_NINE, hold
from tests.people import SUNDAY, People, add_booking

TURNED = "Send \x07the fee to me\u202e first.\u2066\x1b[31m"
PLAIN = "Send the fee to me first. [31m"


def test_an_intake(everyone: People) -> None:
    booking = hold(everyone)
    turned = service.IntakeForm(goal=TURNED, situation=f"{TURNED}\r\n\n\n\n{TURNED}", questions=(TURNED,))

    with database.transaction() as db:
        service.write_intake(db, booking_id=booking.id, mentee_id=everyone.mentee, intake=turned, now=SUNDAY)

    with database.reading() as db:
        kept = queries.draft_of(db, booking_id=booking.id, viewer_id=everyone.mentee)
    assert (kept.goal, kept.situation, kept.questions) == (PLAIN, f"{PLAIN}\n\n{PLAIN}", (PLAIN,))


def test_what_is_said_about_a_request(everyone: People) -> None:
    with database.transaction() as db:
        db.get_one(Offering, everyone.intro).needs_approval = True
    booking = hold(everyone, offering=everyone.intro)
    mentor = {"booking_id": booking.id, "mentor_id": everyone.mentor, "now": SUNDAY}
    mentee = {"booking_id": booking.id, "mentee_id": everyone.mentee, "now": SUNDAY}

    with database.transaction() as db:
        service.request_free(db, **mentee)
        service.ask_back(db, question=TURNED, **mentor)
        service.reply_to_question(db, reply=TURNED, **mentee)
        service.decline_request(db, reason=DeclineReason.OTHER, note=TURNED, **mentor)

    with database.reading() as db:
        request = db.get_one(BookingRequest, booking.id)
        assert {request.question, request.reply, request.note} == {PLAIN}


def test_what_stands_beside_a_move(everyone: People) -> None:
    with database.transaction() as db:
        booking = add_booking(db, everyone, starts_at=TUESDAY_NINE)
        later = [TUESDAY_NINE + timedelta(days=1)]
        proposal = service.propose_move(
            db, booking_id=booking, actor_id=everyone.mentor, starts=later, note=TURNED, now=SUNDAY
        )
        assert proposal.note == PLAIN


def test_the_names_of_a_calendar_and_of_blocked_time(everyone: People) -> None:
    with database.transaction() as db:
        where = "https://example.org/a.ics"
        found = scheduling.add_import(db, actor_id=everyone.mentor, address=where, label=TURNED, now=SUNDAY)
        assert db.get_one(CalendarImport, found).label == PLAIN
        span = {"starts_at": TUESDAY_NINE, "ends_at": TUESDAY_NINE + timedelta(hours=1)}
        scheduling.block_out(db, actor_id=everyone.mentor, reason=TURNED, now=SUNDAY, **span)
        db.flush()
        assert [block.reason for block in db.query(BusyBlock)] == [PLAIN]


@pytest.mark.parametrize("unseen", ["\u200b\u200c" * 60, "\u2060\u00ad" * 60, "\u202e\u202d" * 60])
def test_what_nobody_sees_is_no_own_words(unseen: str) -> None:
    question = "Which of my projects should I tell first?"

    check = rules.check_intake(unseen, unseen, [question])

    assert check.parts == (False, False, True, False)
    assert check.words == len(question)
