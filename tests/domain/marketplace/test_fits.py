"""Who else may fit when a request came to nothing."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import Session, select

from mentorhub import database
from mentorhub.domain.catalog.models import ExpertiseTag, MentorExpertise, Offering, OfferingKind
from mentorhub.domain.marketplace.queries import FitView, better_fits
from tests.people import SUNDAY, TUESDAY, People, add_mentor, add_offering


def _mentor(db: Session, name: str, *tags: str, is_open: bool = True) -> UUID:
    email = f"{name.split()[0].lower()}@example.org"
    mentor = add_mentor(db, name=name, email=email, zone="Europe/London", is_open=is_open)
    add_offering(db, mentor, kind=OfferingKind.CV_REVIEW, title="CV read", minutes=30, price_minor=90000)
    for tag in tags:
        db.add(MentorExpertise(mentor_id=mentor, tag=tag, years=3))
    db.flush()
    return mentor


@pytest.fixture
def field(everyone: People) -> People:
    """Kabir knows product and hiring, and so do others, more or less."""
    with database.transaction() as db:
        for slug in ("product", "hiring", "law"):
            db.add(ExpertiseTag(slug=slug, name=slug.title()))
        db.flush()
        for tag in ("product", "hiring"):
            db.add(MentorExpertise(mentor_id=everyone.mentor, tag=tag, years=9))
    return everyone


def fits(people: People, db: Session) -> tuple[FitView, ...]:
    return better_fits(db, mentor_id=people.mentor, viewer_id=people.mentee, minutes=30, near=TUESDAY, now=SUNDAY)


def test_open_mentors_of_the_same_field_come_first_who_share_most(field: People) -> None:
    with database.transaction() as db:
        _mentor(db, "Ana Lima", "product")
        _mentor(db, "Ben Ode", "product", "hiring")
        _mentor(db, "Cem Kaya", "law")
        _mentor(db, "Dora Weiss", "product", "hiring", is_open=False)
        found = fits(field, db)
    assert [one.name for one in found] == ["Ben Ode", "Ana Lima"]
    assert {one.starts_at for one in found} == {TUESDAY}
    assert found[0].slug == "ben-ode"


def test_never_more_than_three_and_never_oneself(field: People) -> None:
    with database.transaction() as db:
        for number in range(5):
            _mentor(db, f"Mentor{number} Ode", "product")
        db.add(MentorExpertise(mentor_id=_mentor(db, "Full House"), tag="product", years=1))
        found = fits(field, db)
    assert len(found) == 3
    assert not {one.mentor_id for one in found} & {field.mentor, field.mentee}


def test_a_time_that_must_be_asked_for_is_offered_with_its_notice(field: People) -> None:
    with database.transaction() as db:
        ana = _mentor(db, "Ana Lima", "product")
        db.exec(select(Offering).where(Offering.mentor_id == ana)).one().needs_approval = True
        soon = TUESDAY - timedelta(hours=4)
        (fit,) = better_fits(db, mentor_id=field.mentor, viewer_id=field.mentee, minutes=30, near=TUESDAY, now=soon)
    assert fit.starts_at >= soon + timedelta(hours=6)
