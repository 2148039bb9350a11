"""A review comes from someone who met the mentor, once, and counts at once."""

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from mentorhub import database
from mentorhub.domain.bookings.models import Booking, Presence, Status
from mentorhub.domain.catalog.models import MentorStanding
from mentorhub.domain.common.errors import DomainError, FieldError, NotFound
from mentorhub.domain.reviews import queries, service
from mentorhub.domain.reviews.errors import AlreadyReviewed, NotMet, OnlyMenteesReview
from mentorhub.domain.reviews.models import Review
from tests.people import TUESDAY, People, add_booking

AFTER = TUESDAY + timedelta(hours=1)
WORDS = "She asked the right questions, and I left with a plan."


def met(db: Session, people: People, *, minutes: int = 30, status: Status = Status.MET) -> UUID:
    """A session of 30 minutes at whose start both came, to stay for `minutes`."""
    booking = add_booking(db, people, status=status)
    for person in (people.mentor, people.mentee):
        db.add(
            Presence(
                booking_id=booking,
                user_id=person,
                joined_at=TUESDAY,
                left_at=TUESDAY + timedelta(minutes=minutes),
            )
        )
    db.flush()
    return booking


def leave(booking: UUID, by: UUID, *, stars: int = 5, text: str = WORDS) -> None:
    with database.transaction() as db:
        service.leave_review(db, booking_id=booking, author_id=by, stars=stars, text=text, now=AFTER)


def count() -> int:
    with database.reading() as db:
        return len(db.exec(select(Review.id)).all())


def test_the_mentee_of_a_meeting_reviews_it_and_it_counts(everyone: People) -> None:
    with database.transaction() as db:
        booking = met(db, everyone, minutes=29)

    leave(booking, everyone.mentee, stars=4)

    with database.reading() as db:
        (review,) = queries.reviews_of_mentor(db, mentor_id=everyone.mentor)
        standing = db.get_one(MentorStanding, everyone.mentor)
        counted = (standing.stars_4, standing.stars_5)
    assert (review.author, review.initials, review.about_author, review.stars, review.text) == (
        "Riya Patil",
        "RP",
        "CV review",
        4,
        WORDS,
    )
    assert (review.met, review.written) == ("Met 29 min of 30", "24 Nov 2026")
    assert counted == (1, 0)


def test_neither_the_mentor_nor_a_stranger_reviews(everyone: People) -> None:
    with database.transaction() as db:
        booking = met(db, everyone)

    with pytest.raises(OnlyMenteesReview):
        leave(booking, everyone.mentor)
    with pytest.raises(NotFound):
        leave(booking, everyone.stranger)
    with pytest.raises(NotFound):
        leave(uuid4(), everyone.mentee)

    assert count() == 0


def test_a_session_is_reviewed_once(everyone: People) -> None:
    with database.transaction() as db:
        booking = met(db, everyone)
    leave(booking, everyone.mentee)

    with pytest.raises(AlreadyReviewed):
        leave(booking, everyone.mentee, stars=1)

    assert count() == 1


def test_of_two_presses_at_once_one_counts(everyone: People) -> None:
    with database.transaction() as db:
        booking = met(db, everyone)
    refused: list[DomainError] = []

    def press() -> None:
        try:
            leave(booking, everyone.mentee)
        except DomainError as refusal:
            refused.append(refusal)

    presses = [threading.Thread(target=press) for _ in range(2)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()

    assert [type(refusal) for refusal in refused] == [AlreadyReviewed]
    assert count() == 1
    with database.reading() as db:
        assert db.get_one(MentorStanding, everyone.mentor).stars_5 == 1


@pytest.mark.parametrize(
    "status",
    [status for status in Status if status not in (Status.MET, Status.HELD, Status.REQUESTED, Status.EXPIRED)],
)
def test_who_did_not_meet_does_not_review(everyone: People, status: Status) -> None:
    with database.transaction() as db:
        booking = met(db, everyone, status=status)

    with pytest.raises(NotMet):
        leave(booking, everyone.mentee)

    assert count() == 0


def test_a_meeting_of_under_ten_minutes_is_not_reviewed(everyone: People) -> None:
    with database.transaction() as db:
        booking = met(db, everyone, minutes=9)
        db.get_one(Booking, booking).ends_at = TUESDAY + timedelta(minutes=15)

    with pytest.raises(NotMet):
        leave(booking, everyone.mentee)


def test_a_wrong_field_is_named_and_nothing_kept(everyone: People) -> None:
    with database.transaction() as db:
        booking = met(db, everyone)

    with pytest.raises(FieldError) as refusal:
        leave(booking, everyone.mentee, stars=6)
    with pytest.raises(FieldError) as short:
        leave(booking, everyone.mentee, text="Great.")

    assert (refusal.value.field, short.value.field) == ("stars", "text")
    assert count() == 0
    with database.reading() as db:
        standing = db.get(MentorStanding, everyone.mentor)
        assert standing is None or standing.stars_5 == 0


def test_only_the_mentee_is_asked_and_sees_what_they_wrote(everyone: People) -> None:
    with database.transaction() as db:
        booking = met(db, everyone)

    with database.reading() as db:
        asked = queries.reviewable(db, booking_id=booking, viewer_id=everyone.mentee)
        others = [
            queries.reviewable(db, booking_id=booking, viewer_id=viewer)
            for viewer in (everyone.mentor, everyone.stranger)
        ]
    assert asked is not None
    assert (asked.may_review, asked.mentor_name, asked.met, asked.mine) == (
        True,
        "Kabir Deshmukh",
        "Met 30 min of 30",
        None,
    )
    assert others == [None, None]

    leave(booking, everyone.mentee)

    with database.reading() as db:
        after = queries.reviewable(db, booking_id=booking, viewer_id=everyone.mentee)
    assert after is not None
    assert after.mine is not None
    assert (after.may_review, after.mine.text) == (False, WORDS)
