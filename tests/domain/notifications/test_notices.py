"""What a person is told in the product: each fact once, to nobody else, and not what they switched off."""

from uuid import UUID

import pytest
from sqlmodel import Session, select

from mentorhub.domain.common import topics
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
