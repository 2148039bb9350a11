"""What a person is told in the product: each fact once, to nobody else, and not what they switched off."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, select

from mentorhub.domain.common import topics
from mentorhub.domain.common.errors import NotFound
from mentorhub.domain.notifications import queries, service
from mentorhub.domain.notifications.models import NoticeSwitch, Notification
from mentorhub.domain.notifications.rules import NoticeKind
from mentorhub.domain.notifications.service import tell
from tests.people import SUNDAY, settle_in


def told(db: Session, user_id: UUID, *, kind: NoticeKind = NoticeKind.BOOKED, key: str = "booked:1") -> None:
    tell(db, user_id=user_id, kind=kind, key=key, text="Riya booked a CV review.", address="/bookings/1", now=SUNDAY)


def test_a_fact_is_told_to_a_person_once(db: Session) -> None:
    people = settle_in(db)

    told(db, people.mentor)
    told(db, people.mentor)

    notice = db.exec(select(Notification)).one()
    assert (notice.user_id, notice.kind, notice.address) == (people.mentor, "booked", "/bookings/1")
    assert (notice.text, notice.created_at, notice.read_at) == ("Riya booked a CV review.", SUNDAY, None)


def test_both_people_may_be_told_under_the_same_key(db: Session) -> None:
    people = settle_in(db)

    told(db, people.mentor)
    told(db, people.mentee)

    assert {notice.user_id for notice in db.exec(select(Notification))} == {people.mentor, people.mentee}


def test_the_persons_own_pages_hear_of_it_and_nobody_elses(db: Session) -> None:
    people = settle_in(db)
    db.info.clear()

    told(db, people.mentee)

    assert db.info["announced"] == {topics.notices_of(people.mentee)}


def test_a_kind_switched_off_in_the_product_is_not_told(db: Session) -> None:
    people = settle_in(db)
    db.add(NoticeSwitch(user_id=people.mentee, kind="review", in_product=False, by_mail=True))
    db.flush()

    told(db, people.mentee, kind=NoticeKind.REVIEW)

    assert db.exec(select(Notification)).all() == []


@pytest.mark.parametrize("kind", [NoticeKind.BOOKED, NoticeKind.CHANGED, NoticeKind.CANCELLED])
def test_what_must_reach_a_person_is_told_whatever_a_switch_says(db: Session, kind: NoticeKind) -> None:
    people = settle_in(db)
    db.add(NoticeSwitch(user_id=people.mentee, kind=kind.value, in_product=False, by_mail=False))
    db.flush()

    told(db, people.mentee, kind=kind)

    assert db.exec(select(Notification)).one().kind == kind.value


def test_a_sentence_longer_than_its_column_is_cut(db: Session) -> None:
    people = settle_in(db)

    tell(db, user_id=people.mentee, kind=NoticeKind.MOVE, key="move:1", text="x" * 400, address="/bookings", now=SUNDAY)

    assert len(db.exec(select(Notification)).one().text) == 300


def test_notices_are_listed_newest_first_with_what_is_unread_and_nobody_elses(db: Session) -> None:
    people = settle_in(db)
    for number in range(3):
        at = SUNDAY + timedelta(minutes=number)
        tell(db, user_id=people.mentee, kind=NoticeKind.MOVE, key=str(number), text=str(number), address="/x", now=at)
    told(db, people.stranger)

    listed = queries.notices_of(db, user_id=people.mentee, limit=2)

    assert [notice.text for notice in listed.notices] == ["2", "1"]
    assert (listed.unread, listed.has_more) == (3, True)
    assert not queries.notices_of(db, user_id=people.mentee, limit=3).has_more
    assert queries.unread_count(db, user_id=people.mentor) == 0


def test_reading_one_leads_to_its_page_and_leaves_the_others_unread(db: Session) -> None:
    people = settle_in(db)
    told(db, people.mentee, key="a")
    told(db, people.mentee, key="b")
    notice_id = queries.notices_of(db, user_id=people.mentee, limit=9).notices[0].notice_id
    db.info.clear()

    address = service.mark_read(db, user_id=people.mentee, notice_id=notice_id, now=SUNDAY)

    assert address == "/bookings/1"
    assert queries.unread_count(db, user_id=people.mentee) == 1
    assert db.info["announced"] == {topics.notices_of(people.mentee)}


def test_somebody_elses_notice_cannot_be_read(db: Session) -> None:
    people = settle_in(db)
    told(db, people.mentor)
    (notice,) = queries.notices_of(db, user_id=people.mentor, limit=9).notices

    with pytest.raises(NotFound):
        service.mark_read(db, user_id=people.stranger, notice_id=notice.notice_id, now=SUNDAY)

    assert queries.unread_count(db, user_id=people.mentor) == 1


def test_all_are_read_at_once_and_only_ones_own(db: Session) -> None:
    people = settle_in(db)
    told(db, people.mentor, key="a")
    told(db, people.mentor, key="b")
    told(db, people.mentee)

    service.mark_all_read(db, user_id=people.mentor, now=SUNDAY)

    assert queries.unread_count(db, user_id=people.mentor) == 0
    assert queries.unread_count(db, user_id=people.mentee) == 1


def test_what_was_told_half_a_year_ago_is_swept(db: Session) -> None:
    people = settle_in(db)
    told(db, people.mentor)

    service.sweep(db, now=SUNDAY + timedelta(days=180))
    assert queries.unread_count(db, user_id=people.mentor) == 1
    service.sweep(db, now=SUNDAY + timedelta(days=181))

    assert queries.unread_count(db, user_id=people.mentor) == 0
